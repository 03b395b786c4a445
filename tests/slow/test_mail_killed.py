"""A run that sends mail, killed at every step against a real server: nobody gets two mails, nobody gets none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DEEP = int(os.environ.get("ARTERM_DEEP", "0"))
SEED = int(os.environ.get("ARTERM_SEED", "20261122"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="killing needs processes that fork")


def killed(*words: str) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.slow.mail_killing", *words],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    result: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(result)
    return result


@pytest.mark.timeout(600 + DEEP)
def test_killed_between_any_two_lines_nobody_is_mailed_twice_or_never() -> None:
    result = killed("--every", "1" if DEEP else "4")
    assert result["wrong"] == {}
    assert result["kills"] > 50


@pytest.mark.timeout(600 + DEEP)
def test_killed_at_any_moment_nobody_is_mailed_twice_or_never() -> None:
    result = killed("--random", str(DEEP or 20), "--seed", str(SEED))
    assert result["wrong"] == {}, f"seed {SEED}"
    assert result["kills"] > 5
