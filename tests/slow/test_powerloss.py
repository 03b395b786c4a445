"""Power lost at any moment: with the shipped settings nothing is; with weaker ones the same test sees it."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("apsw", reason="simulated power loss needs the other build of SQLite from the test extra")

from tests.slow.powerloss import run

SEED = int(os.environ.get("ARTERM_SEED", "20261122"))
TRIALS = max(2000, 200 * int(os.environ.get("ARTERM_DEEP", "0")))


def test_with_the_shipped_settings_nothing_acknowledged_is_ever_lost() -> None:
    found = run(TRIALS, SEED)
    print(f"seed {SEED}: {found}")
    assert found == {"ok": TRIALS}


@pytest.mark.parametrize(
    "weaker", [{"synchronous": 1}, {"synchronous": 0}, {"synchronous": 2, "journal_mode": "delete"}], ids=str
)
def test_the_simulation_sees_weaker_settings(weaker: dict[str, int | str]) -> None:
    found = run(200, SEED, weaker)
    print(f"seed {SEED}: {found}")
    assert found.get("corrupt", 0) + found.get("lost", 0) > 0
