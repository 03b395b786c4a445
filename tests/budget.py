"""What each harness may take and what it took, printed at the end of every run: seconds of work, not of the clock on
the wall.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Harness (the start of a test's path) and its budget in seconds, two workers side by side.
BUDGETS = {
    "tests/slow/test_killed.py": 240,
    "tests/slow/test_mail_killed.py": 120,
    "tests/mail": 180,
    "tests/slow/test_powerloss.py": 60,
    "tests/slow/test_terminal.py": 300,
    "tests/slow/test_disk.py": 90,
    "tests/slow/test_clock.py": 60,
    "tests/slow/test_hostile.py": 600,
    "tests/desk/test_machine.py": 180,
    "tests/slow/test_real": 120,
    "tests/bench": 120,
}
REST = "all other tests"
REST_BUDGET = 420


def used(reports: Iterable[Any]) -> dict[str, float]:
    """Seconds per harness out of the reports of a run."""
    spent = dict.fromkeys([*BUDGETS, REST], 0.0)
    for report in reports:
        name = next((start for start in BUDGETS if report.nodeid.startswith(start)), REST)
        spent[name] += report.duration
    return spent


def lines(reports: Iterable[Any]) -> list[str]:
    """The table: harness, used, budget, and a word where it took more."""
    return [
        f"{name:<32} {seconds:>6.0f} s of {BUDGETS.get(name, REST_BUDGET):>4}"
        f" s{'  OVER BUDGET' if seconds > BUDGETS.get(name, REST_BUDGET) else ''}"
        for name, seconds in used(reports).items()
        if seconds
    ]
