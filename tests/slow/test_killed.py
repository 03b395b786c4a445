"""Killed at every step once, and at random moments: everything acknowledged is there, everything else whole or
absent.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.slow import killing, scenarios

DEEP = int(os.environ.get("ARTERM_DEEP", "0"))
SEED = int(os.environ.get("ARTERM_SEED", "20261122"))
TOP = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="killing needs processes that fork")


def killed(*words: str) -> dict[str, Any]:
    """Run the harness in a process of its own; its seed and count are printed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.slow.killing", *words],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    result: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(result)
    return result


@pytest.mark.timeout(600)
@pytest.mark.parametrize("scenario", scenarios.SCENARIOS)
def test_killed_at_every_step_nothing_acknowledged_is_lost(scenario: str) -> None:
    result = killed(scenario)
    assert result["wrong"] == []
    assert result["kills"] > 30


@pytest.mark.timeout(600 + DEEP)
@pytest.mark.parametrize("scenario", scenarios.SCENARIOS)
def test_killed_at_any_moment_nothing_acknowledged_is_lost(scenario: str) -> None:
    result = killed(scenario, "--random", str(DEEP or 25), "--seed", str(SEED))
    assert result["wrong"] == [], f"seed {SEED}"


def test_the_harness_sees_an_act_that_is_told_before_it_is_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def liar(folder: Path, ack: scenarios.Ack) -> None:
        ack("import")
        scenarios.import_(folder, lambda word: None)

    monkeypatch.setitem(scenarios.SCENARIOS, "import", (scenarios.base, liar))
    scenarios.base(tmp_path)
    found = [words for n in range(1, 40, 4) for words in killing.trial("import", tmp_path, kill_at=n)[1]]
    assert any("after ['import']" in words for words in found)
