"""The cash calendar against a real ledger: its last months held back, beside two plain guesses."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from arterm.desk.reports.forecast import weeks
from arterm.desk.session import Desk
from tests.conftest import Ran

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data"))
HISTORY = HERE / "ar-ledgers" / "ibm_late_payment_histories.csv"
pytestmark = pytest.mark.skipif(
    not HISTORY.is_file(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)
CUTS = [
    date(2012, 6, 30),
    date(2012, 9, 30),
    date(2012, 12, 31),
    date(2013, 3, 31),
    date(2013, 6, 30),
    date(2013, 9, 30),
]
WEEKS = 13


@dataclass(frozen=True)
class Paid:
    issued: date
    due: date
    settled: date
    cents: int


def _day(text: str) -> date:
    month, day, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


def _by_week(some: list[Paid], cut: date, when: Callable[[Paid], date]) -> list[int]:
    first, sums = cut - timedelta(days=cut.weekday()), [0] * WEEKS
    for one in some:
        week = (max(when(one), cut) - first).days // 7
        if week < WEEKS:
            sums[week] += one.cents
    return sums


def test_it_errs_less_than_half_as_much_as_due_days_and_as_the_average_lag(
    arterm: Callable[..., Ran], tmp_path: Path
) -> None:
    assert arterm("import", str(HISTORY), today="2014-06-30").code == 0
    every = [
        Paid(
            _day(row["InvoiceDate"]),
            _day(row["DueDate"]),
            _day(row["SettledDate"]),
            round(float(row["InvoiceAmount"]) * 100),
        )
        for row in csv.DictReader(HISTORY.read_text("utf-8-sig").splitlines())
    ]
    came = ours = due = average = 0
    for cut in CUTS:
        open_then = [one for one in every if one.issued <= cut < one.settled]
        lags = [(one.settled - one.due).days for one in every if one.settled <= cut]
        lag = timedelta(days=round(sum(lags) / len(lags)))
        truth = _by_week(open_then, cut, lambda one: one.settled)
        with closing(Desk.open(tmp_path / "b.arterm", cut)) as desk:
            likely = [held[2] for held in weeks(desk, WEEKS)]
        came += sum(truth)
        ours += _error(truth, likely)
        due += _error(truth, _by_week(open_then, cut, lambda one: one.due))
        average += _error(truth, _by_week(open_then, cut, lambda one, lag=lag: one.due + lag))  # type: ignore[misc]
    print(f"error of the weeks: ours {ours / came:.3f}, due day {due / came:.3f}, average lag {average / came:.3f}")
    assert 2 * ours < min(due, average)


def _error(truth: list[int], guess: list[int]) -> int:
    return sum(abs(one - other) for one, other in zip(truth, guess, strict=True))
