"""Working days of countries and regions: weekends, public holidays, and neither for what is not known."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.calendar import holiday, is_working_day, next_working_day, nth_working_day

CHRISTMAS = date(2026, 12, 25)  # a Friday
SOURCE = Path(__file__).resolve().parents[2] / "src" / "arterm"


@pytest.mark.parametrize(
    ("day", "country", "region", "wanted"),
    [
        (CHRISTMAS, "FR", "", date(2026, 12, 28)),
        (CHRISTMAS, "BE", "", date(2026, 12, 28)),
        (CHRISTMAS, "GB", "", date(2026, 12, 29)),  # Boxing Day falls on a Saturday: its substitute is the Monday
        (CHRISTMAS, "DE", "", date(2026, 12, 28)),
        (CHRISTMAS, "XX", "", CHRISTMAS),
        (CHRISTMAS, "", "", CHRISTMAS),
        (date(2026, 12, 26), "", "", date(2026, 12, 28)),
        (date(2026, 12, 31), "FR", "", date(2026, 12, 31)),
        (date(2027, 1, 1), "FR", "", date(2027, 1, 4)),
        (date(2026, 7, 21), "BE", "", date(2026, 7, 22)),
        (date(2026, 7, 21), "FR", "", date(2026, 7, 21)),
        (date(2026, 1, 6), "DE", "", date(2026, 1, 6)),
        (date(2026, 1, 6), "DE", "BY", date(2026, 1, 7)),  # Epiphany is kept in Bavaria
        (date(2026, 1, 6), "DE", "HH", date(2026, 1, 6)),
        (CHRISTMAS, "DE", "no such region", date(2026, 12, 28)),
        (date(2026, 12, 4), "IL", "", date(2026, 12, 6)),  # Friday and Saturday are the weekend, Sunday is not
    ],
)
def test_the_next_working_day(day: date, country: str, region: str, wanted: date) -> None:
    assert next_working_day(day, country, region) == wanted


def test_a_holiday_has_its_name() -> None:
    assert holiday(CHRISTMAS, "BE")
    assert not holiday(date(2026, 12, 24), "BE")
    assert holiday(date(2026, 1, 6), "DE", "BY")
    assert not holiday(date(2026, 1, 6), "DE")


def test_days_are_counted_with_the_weekdays_that_the_law_leaves_out() -> None:
    assert nth_working_day(date(2026, 12, 23), 3, "BE") == date(2026, 12, 29)
    assert nth_working_day(date(2026, 12, 23), 2, "NL", frozenset({6, 0})) == date(2026, 12, 29)
    assert nth_working_day(date(2026, 12, 23), 3, "XX") == date(2026, 12, 28)


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.sampled_from(["BE", "FR", "GB", "US", "IL", "XX", ""]))
def test_the_next_working_day_is_one_and_nothing_lies_between(day: date, country: str) -> None:
    found = next_working_day(day, country)
    assert is_working_day(found, country)
    between = [date.fromordinal(one) for one in range(day.toordinal(), found.toordinal())]
    assert not any(is_working_day(one, country) for one in between)


def test_nobody_counts_working_days_but_the_calendar() -> None:
    found = [str(path.relative_to(SOURCE)) for path in sorted(SOURCE.rglob("*.py")) if _knows_weekends(path)]
    assert found == []


def _knows_weekends(path: Path) -> bool:
    """Whether a file compares a weekday with a number, as whoever steps over weekends does."""
    return path.name != "calendar.py" and any(
        isinstance(node, ast.Compare)
        and "weekday()" in ast.unparse(node.left)
        and any(isinstance(one, ast.Constant) for one in node.comparators)
        for node in ast.walk(ast.parse(path.read_text()))
    )
