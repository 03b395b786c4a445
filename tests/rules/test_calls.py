"""The rules of calling: outcomes that the owner can change, hours and holidays, points of the worklist, limitation,
promises with grace.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.law.limitation import limitation
from arterm.rules.addresses import shown_phone
from arterm.rules.calendar import holiday
from arterm.rules.errors import ArtermError
from arterm.rules.hours import closed, read_hours
from arterm.rules.outcomes import OUTCOMES, REASONS, THEN, follow_up, outcomes, what_then
from arterm.rules.promises import Promise, state
from arterm.rules.worklist import WEIGHTS, Portrait, better_later, points_of, read_weights

DAY = date(2026, 11, 23)  # a Monday
ONE = timedelta(days=1)
WHO = Portrait("EUR", 200_000, DAY - 40 * ONE)


def test_every_outcome_says_what_follows() -> None:
    assert {one.number for one in OUTCOMES.values()} == {"", "good", "bad"}
    assert {code for code, one in OUTCOMES.items() if one.number == "bad"} == {"wrong_number", "disconnected"}
    assert {one.then for one in OUTCOMES.values()} <= set(THEN)
    assert not any(one.waits for one in OUTCOMES.values() if not one.reached)


@pytest.mark.parametrize(
    ("outcome", "reason", "then"),
    [
        ("promise", "", "confirm"),
        ("refuses", "unhappy_with_work", "dispute"),
        ("refuses", "short_of_cash", "plan"),
        ("other", "invoice_missing", "copy"),
        ("voicemail", "avoiding", "next_step"),
        ("cannot_pay", "", "plan"),
        ("no_answer", "", ""),
        ("no_invoice", "", "copy"),
        ("disputes", "other", "dispute"),
    ],
)
def test_the_reason_decides_what_comes_next_else_what_came_of_it(outcome: str, reason: str, then: str) -> None:
    assert what_then(outcome, reason) == then
    assert all(what_then("other", one) in THEN for one in REASONS)


def test_the_owner_changes_days_and_what_waits() -> None:
    table = outcomes("voicemail.days=3  refuses.waits=yes voicemail.made=no")
    assert (table["voicemail"].look_again, table["voicemail"].made, table["refuses"].waits) == (3, False, True)
    assert table["promise"] == OUTCOMES["promise"]
    assert follow_up("voicemail", DAY, "BE", table) == DAY + 3 * ONE
    assert follow_up("voicemail", DAY, "BE") == DAY + 2 * ONE


@pytest.mark.parametrize(
    "text",
    [
        "voicemail",
        "voicemail.days",
        "voicemail.days=61",
        "voicemail.days=-1",
        "nothing.days=1",
        "voicemail.words=x",
        "refuses.waits=maybe",
        "x=1",
    ],
)
def test_a_change_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ArtermError) as refused:
        outcomes(text)
    assert refused.value.code == "bad_outcome"


@pytest.mark.parametrize(
    ("said", "when", "words"),
    [
        ("8-18", datetime(2026, 11, 23, 8, 0), ""),
        ("8-18", datetime(2026, 11, 23, 7, 59), "it is 07:59"),
        ("8-18", datetime(2026, 11, 23, 18, 0), "it is 18:00"),
        ("8-18", datetime(2026, 11, 21, 10, 0), "Saturday"),
        ("9-20 sat", datetime(2026, 11, 21, 10, 0), ""),
        ("9-20 sat", datetime(2026, 11, 22, 10, 0), "Sunday"),
        ("8-18", datetime(2026, 12, 25, 10, 0), "holiday"),
        ("0-24", datetime(2026, 11, 23, 0, 0), ""),
    ],
)
def test_nobody_is_rung_outside_hours(said: str, when: datetime, words: str) -> None:
    why = closed(read_hours(said), "BE", when)
    assert (words in why) if words else why == ""


def test_holidays_are_those_of_the_customers_country() -> None:
    assert holiday(date(2026, 7, 21), "BE")
    assert not holiday(date(2026, 7, 21), "FR")
    assert holiday(date(2026, 12, 25), "XX") == ""


@pytest.mark.parametrize("text", ["", "8", "18-8", "8-25", "8-18 sun", "a-b", "8-8"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ArtermError, match="no hours"):
        read_hours(text)


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 0),
        ({"broken": 2}, 60),
        ({"since": DAY - 100 * ONE}, 25),
        ({"since": DAY - 400 * ONE}, 0),
        ({"reminded": True}, 15),
        ({"reminded": True, "spoken": DAY - 5 * ONE}, 0),
        ({"reminded": True, "spoken": DAY - 31 * ONE}, 15),
        ({"limitation": DAY + 180 * ONE}, 60),
        ({"limitation": DAY + 181 * ONE}, 0),
        ({"due_today": True}, 20),
        ({"since": DAY - 2000 * ONE, "invoiced": 2_000_000, "usual": 5}, -20),
        ({"since": DAY - 2000 * ONE, "invoiced": 1_999_999, "usual": 5}, 0),
        ({"since": DAY - 2000 * ONE, "invoiced": 2_000_000, "usual": 5, "broken": 1}, 30),
    ],
)
def test_each_circumstance_has_its_points(change: dict[str, object], points: int) -> None:
    base = sum(part for part, _ in points_of(WHO, DAY))
    assert base == 12 * 10 + 40  # ten doublings of 2,000, forty days
    assert sum(part for part, _ in points_of(replace(WHO, **change), DAY)) - base == points  # type: ignore[arg-type,misc]


@given(st.integers(1, 10**9), st.integers(0, 700), st.sampled_from(sorted(WEIGHTS)))
def test_more_money_or_more_days_never_weigh_less(minor: int, days: int, name: str) -> None:
    def total(who: Portrait) -> int:
        return sum(part for part, _ in points_of(who, DAY))

    one = Portrait("EUR", minor, DAY - days * ONE)
    assert total(replace(one, overdue=2 * minor)) >= total(one)
    assert total(replace(one, oldest=one.oldest - ONE)) >= total(one)
    weights = read_weights(f"{name}=0")
    assert sum(part for part, _ in points_of(one, DAY, weights)) <= total(one) or name == "old"


@pytest.mark.parametrize("text", ["amount", "amount=x", "amount=501", "colour=3", "age=1.5"])
def test_a_weight_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ArtermError, match="no weight"):
        read_weights(text)


@pytest.mark.parametrize(
    ("usual", "late", "broken", "waits"),
    [
        (8, 3, 0, True),
        (8, 8, 0, True),
        (8, 9, 0, False),
        (8, 3, 1, False),
        (None, 3, 0, False),
        (0, 1, 0, False),
        (31, 3, 0, False),
    ],
)
def test_who_always_pays_on_the_eighth_day_is_not_called_on_the_third(
    usual: int | None, late: int, broken: int, waits: bool
) -> None:
    assert bool(better_later(replace(WHO, usual=usual, oldest=DAY - late * ONE, broken=broken), DAY)) == waits


@pytest.mark.parametrize(
    ("country", "debtor", "due", "day"),
    [
        ("DE", "business", date(2023, 5, 1), date(2027, 1, 1)),
        ("FR", "consumer", date(2024, 5, 1), date(2026, 5, 1)),
        ("FR", "business", date(2024, 5, 1), date(2029, 5, 1)),
        ("FR", "unknown", date(2024, 5, 1), date(2026, 5, 1)),
        ("GB", "business", date(2020, 2, 29), date(2025, 3, 1)),
        ("XX", "business", date(2024, 5, 1), None),
    ],
)
def test_the_shortest_period_that_may_apply_is_told(country: str, debtor: str, due: date, day: date | None) -> None:
    assert limitation(country, debtor, due) == day


def test_money_within_the_days_of_grace_keeps_a_promise() -> None:
    promise = Promise(1, DAY - 5 * ONE, DAY, 100, grace=2)
    paid = [(DAY + 2 * ONE, 100)]
    assert [state(promise, paid, DAY + n * ONE) for n in (0, 1, 2, 3)] == ["open", "open", "kept", "kept"]
    assert state(promise, (), DAY + 2 * ONE) == "open"
    assert state(promise, (), DAY + 3 * ONE) == "broken"
    assert state(replace(promise, grace=0), paid, DAY + 3 * ONE) == "broken"


@pytest.mark.parametrize(
    ("typed", "country", "shown"),
    [
        ("0475 12 34 56", "BE", "+32 475 12 34 56"),
        ("+44 20 7946 0018", "BE", "+44 20 7946 0018"),
        ("020 7946 0018", "GB", "+44 20 7946 0018"),
        ("12", "BE", "12"),
        ("0475123456", "", "0475123456"),
    ],
)
def test_a_number_is_shown_as_callers_from_anywhere_dial_it(typed: str, country: str, shown: str) -> None:
    assert shown_phone(typed, country) == shown
