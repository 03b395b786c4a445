"""Pictures say what the numbers beside them say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.charts import Picture, bar, below, beside, shade

AMOUNTS = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12)


def picture(kind: str, *values: int) -> Picture:
    return Picture(kind, tuple(map(str, range(len(values)))), values)  # type: ignore[arg-type]


def test_a_waterfall_hangs_each_bar_where_the_one_before_it_ended() -> None:
    month = picture("fall", 100, 50, -80, 70)
    assert month.spans == ((0, 100), (100, 150), (150, 70), (0, 70))
    assert beside(month, 30) == ["█" * 20, " " * 20 + "▒" * 10, " " * 14 + "░" * 16, "█" * 14]


def test_below_nothing_a_bar_goes_the_other_way() -> None:
    assert beside(picture("bars", 10, -10), 20) == [" " * 10 + "▒" * 10, "░" * 10]


def test_bars_are_to_scale_and_little_is_still_seen() -> None:
    assert beside(picture("bars", 1000, 500, 1, 0), 8) == ["█" * 8, "█" * 4, "▏", ""]
    assert bar(3, 4, 1) == "▊"


def test_a_course_of_time_stands_over_its_labels() -> None:
    assert below(picture("line", 10, 5, 0), 9, high=2) == [" ██", " ██ ██", " 0  1  2"]
    assert below(picture("line", 0, 0), 80) == []
    assert below(picture("line", *range(60)), 80) == []  # too many to be told apart


@given(AMOUNTS, st.integers(4, 60))
def test_no_picture_is_wider_than_its_room_and_what_is_something_is_seen(values: list[int], room: int) -> None:
    for kind in ("bars", "fall"):
        drawn = beside(picture(kind, *values), room)
        assert all(len(line) <= room + 1 for line in drawn)
        spans = picture(kind, *values).spans
        assert [bool(line) for line in drawn] == [begin != end for begin, end in spans]
    assert all(len(line) <= room for line in below(picture("line", *values), room))


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 10**6), min_size=1))
def test_a_calendar_has_every_day_once_and_every_week_in_turn(days: dict[date, int]) -> None:
    weeks = Picture("calendar", (), tuple(days.values()), tuple(days)).weeks
    assert sum(sum(values) for _, values in weeks) == sum(days.values())
    assert all(monday.weekday() == 0 for monday, _ in weeks)
    assert all(b[0] - a[0] == timedelta(days=7) for a, b in pairwise(weeks))
    for day, value in days.items():
        monday = day - timedelta(days=day.weekday())
        assert dict(weeks)[monday][day.weekday()] == value


def test_a_day_is_darker_the_more_it_has() -> None:
    assert [shade(value, 100) for value in (0, 1, 25, 26, 51, 76, 100)] == ["·", "░", "░", "▒", "▓", "█", "█"]
