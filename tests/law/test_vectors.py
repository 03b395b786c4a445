"""Worked amounts from statutes, official pages and other people's tests: to the cent, by the engine and by the
claim.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from arterm.law import interest
from arterm.law.claim import claim
from arterm.law.countries import be, nl
from arterm.law.question import Question, Reminder, Terms
from arterm.law.rates import steps

VECTORS = {row["id"]: row for row in csv.DictReader((Path(__file__).parent / "vectors.csv").read_text().splitlines())}
# Named exceptions: its source rounds every part; a judge's interest, never on a reminder; law and rates before 2014.
ELSEWHERE = {"NL-02", "UK-12", "UK-13", "DE-01"}
COUNTS = {
    "act/365": interest.ACT_365,
    "act/act(calendar year)": interest.ACT_ACT,
    "act/act(anniversary year)": interest.ANNIVERSARY,
}


def cents(text: str) -> int:
    return round(Fraction(text) * 100)


def days(row: dict[str, str]) -> tuple[date, date]:
    return date.fromisoformat(row["due_date"]), date.fromisoformat(row["as_of_date"])


def by_path(row: dict[str, str]) -> list[interest.InterestStretch]:
    """The engine with the row's own rate path and day count."""
    due, as_of = days(row)
    found, day = [], due + timedelta(days=1)
    for rate, length in re.findall(r"([\d.]+)%x(\d+)d", row["rate_path"]):
        until = day + timedelta(days=int(length) - 1)
        found.append((day, until, Fraction(rate)))
        day = until + timedelta(days=1)
    kind = "consumer" if row["debtor_type"].startswith("b2c") else "business"
    path = found or [(rate.start, rate.until, rate.rate) for rate in steps(row["jurisdiction"], kind)]
    return interest.accrue(
        cents(row["principal"]),
        due + timedelta(days=1),
        as_of,
        interest.path(path),
        (),
        COUNTS[row["day_count"]],
        "yearly" in row["compounding"],
    )


WITH_DAYS = [key for key, row in VECTORS.items() if row["due_date"]]


@pytest.mark.parametrize("key", [key for key in WITH_DAYS if key not in ("NL-02",)])
def test_the_engine_gives_every_worked_amount_by_its_own_path_and_day_count(key: str) -> None:
    row = VECTORS[key]
    stretches = [] if row["rate_path"] == "none" else by_path(row)
    assert interest.total(stretches) == cents(row["expected_interest"])
    if stretches:
        shown = interest.periods(stretches)
        assert sum(period.interest for period in shown) == interest.total(stretches)
        assert sum(period.days for period in shown) == int(row["interest_days"])


def test_the_named_exception_differs_only_by_the_rounding_of_its_source() -> None:
    row = VECTORS["NL-02"]
    assert interest.total(by_path({**row, "rate_path": ""})) in (282_042, 282_043)


# What each row means as a question: reminders that were sent, terms that were accepted, the owner's own facts.
SME = Terms(rate=Fraction("10.15"), costs_clause=True)
ASKED: dict[str, dict[str, object]] = {
    "NL-01": {"collection_work": True},
    "NL-04": {"reminders": (Reminder(date(2025, 3, 3), "email"),)},
    "FR-02": {"terms": Terms(rate=Fraction(15))},
    "FR-05": {"due": date(2025, 12, 1), "reminders": (Reminder(date(2026, 2, 1), "email"),)},
    "IT-03": {"due": date(2025, 12, 1), "reminders": (Reminder(date(2026, 2, 10), "email"),)},
    "BE-04": {"reminders": (Reminder(date(2025, 9, 10), "email"),)},
    "BE-06": {
        "due": date(2025, 8, 31),
        "reminders": (Reminder(date(2025, 9, 10), "email"),),
        "terms": SME,
        "small_creditor": True,
    },
    "BE-07": {"due": date(2025, 8, 31), "reminders": (Reminder(date(2025, 9, 10), "email"),)},
    "US-02": {"terms": Terms(rate=Fraction(18))},
}


def same_basis(row: dict[str, str]) -> bool:
    """Whether the country's own day count gives what the row's does: where they differ, no day is of a leap year."""
    due, as_of = days(row)
    leap = any((due + timedelta(days=n + 1)).year % 4 == 0 for n in range((as_of - due).days))
    return row["day_count"] != "act/365" or row["jurisdiction"] in ("GB", "IE", "FR", "US", "AU") or not leap


@pytest.mark.parametrize("key", [k for k in WITH_DAYS if k not in ELSEWHERE and same_basis(VECTORS[k])])
def test_the_claim_gives_every_worked_amount_whose_basis_is_the_countrys(key: str) -> None:
    row = VECTORS[key]
    due, as_of = days(row)
    kind = "consumer" if row["debtor_type"].startswith("b2c") else "business"
    facts: dict[str, object] = {"due": due, **ASKED.get(key, {})}
    found = claim(
        Question(row["jurisdiction"], kind, cents(row["principal"]), row["currency"], as_of=as_of, **facts)  # type: ignore[arg-type]
    )
    assert found.interest == cents(row["expected_interest"])
    assert found.compensation + found.costs == cents(row["expected_fixed_or_costs"])
    assert sum(period.interest for period in found.interest_periods) == found.interest
    assert found.total == found.principal + cents(row["expected_interest"]) + cents(row["expected_fixed_or_costs"])
    assert found.stopped is None


@pytest.mark.parametrize("key", [key for key in VECTORS if key.startswith(("NL-BIK", "BE-IND"))])
def test_scales_of_costs(key: str) -> None:
    row = VECTORS[key]
    if key == "NL-BIK-12":  # no letter, no costs
        found = claim(Question("NL", "consumer", 100_000, "EUR", date(2026, 1, 31), date(2026, 6, 1)))
        assert found.costs == 0
        return
    scale = nl.collection_costs if key.startswith("NL") else be.indemnity
    assert scale(cents(row["principal"])) == cents(row["expected_fixed_or_costs"])
