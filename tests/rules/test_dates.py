"""Dates: typed by people, written in files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.dates import days_late, parse_iso, read_past, read_typed
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import day_order, has_ambiguous, reader

SUNDAY = date(2026, 11, 22)
days = st.dates(min_value=date(1995, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", SUNDAY),
        ("+7", date(2026, 11, 29)),
        ("-3", date(2026, 11, 19)),
        ("+2w", date(2026, 12, 6)),
        ("fri", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("tomorrow", date(2026, 11, 23)),
        ("1 dec", date(2026, 12, 1)),
        ("dec 1", date(2026, 12, 1)),
        ("3 jan", date(2027, 1, 3)),
        ("12/1", date(2027, 1, 12)),
        ("1.12.26", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("31.1.", date(2027, 1, 31)),
        ("14 August 2026", date(2026, 8, 14)),
    ],
)
def test_a_day_is_understood_as_typed(typed: str, meant: date) -> None:
    assert read_typed(typed, SUNDAY) == meant


def test_the_owners_order_of_day_and_month_decides() -> None:
    assert read_typed("12/1", SUNDAY, month_before_day=True) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "30 feb",
        "31/4",
        "2026-02-30",
        "soon",
        "",
        "13/13",
        "+99999999",
        "1900-01-01",
        "5",
        "1 2 3 4",
        "marble 3",
        "+9999w",
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ArtermError) as refused:
        read_typed(typed, SUNDAY)
    assert refused.value.code == "bad_date"


def test_the_contract_form_takes_nothing_else() -> None:
    assert parse_iso("2026-11-22") == SUNDAY
    with pytest.raises(ArtermError):
        parse_iso("22/11/2026")


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(read_typed(text, SUNDAY), date)
    except ArtermError as refused:
        assert refused.code == "bad_date"


@given(days, days)
def test_days_late_count_whole_days_and_never_fall_below_zero(due: date, on: date) -> None:
    assert days_late(due, on) == max(0, (on - due) // timedelta(days=1))


def test_the_order_of_a_column_is_told_by_its_own_days() -> None:
    assert day_order(["1/2/2013", "2/15/2013"]) == "mdy"
    assert day_order(["15.02.2013", "01.02.2013"]) == "dmy"
    assert day_order(["01/02/2013"]) == ""
    assert has_ambiguous(["01/02/2013"])
    assert not has_ambiguous(["2/2/2013", "2013-01-02"])


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("20190405.0", date(2019, 4, 5)),
        ("2020-03-30 00:00:00.000000000", date(2020, 3, 30)),
        ("02 Sep 2026", date(2026, 9, 2)),
        ("Jan 28 2021", date(2021, 1, 28)),
        ("2012:03:01", date(2012, 3, 1)),
        ("2019.04.19.", date(2019, 4, 19)),
        ("5.4.19", date(2019, 4, 5)),
        ("1111/11/11", None),
        ("Pending", None),
        ("30/02/2020", None),
    ],
)
def test_cells_of_real_files_are_days(cell: str, meant: date | None) -> None:
    assert reader("dmy")(cell) == meant


def test_a_day_in_words_names_the_year_only_when_it_is_another() -> None:
    assert in_words(date(2026, 8, 14), SUNDAY) == "14 Aug"
    assert in_words(date(2025, 8, 14), SUNDAY) == "14 Aug 2025"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12/1", "2026-01-12"),
        ("22 nov", "2026-11-22"),
        ("23 nov", "2025-11-23"),
        ("12/1/27", "2027-01-12"),
        ("+3", "2026-11-25"),
        ("-3", "2026-11-19"),
        ("tomorrow", "2026-11-23"),
    ],
)
def test_a_day_that_has_been_is_the_last_there_was(text: str, meant: str) -> None:
    assert read_past(text, date(2026, 11, 22)).isoformat() == meant
