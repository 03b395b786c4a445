"""Dates as people type them and as files hold them; days late; days in words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from arterm.rules.day_words import MONTHS, WEEKDAYS
from arterm.rules.errors import ArtermError

EARLIEST = date(1990, 1, 1)
LATEST = date(2099, 12, 31)

_FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_OF = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
_DAY_OF = {name.lower(): n for n, name in enumerate(WEEKDAYS)}
_MONTH_FIRST = frozenset({"US", "PH"})


def days_late(due: date, on: date) -> int:
    """Whole days past the due date on that day; 0 when it is not late."""
    return max(0, (on - due).days)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_first(country: str) -> bool:
    """Whether people of that country write the month before the day."""
    return country.upper() in _MONTH_FIRST


def parse_iso(text: str, where: str = "date") -> date:
    """A date written YYYY-MM-DD; anything else is refused (`bad_date`)."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        raise _not_a_date(text, where)
    year, month, day = (int(part) for part in text.strip().split("-"))
    return _make(year, month, day, text, where)


def read_past(text: str, today: date, month_before_day: bool = False, where: str = "date") -> date:
    """The same for a day that has been: one without a year is the last there was, `12/1` in November as much as in
    May.
    """
    found = read_typed(text, today, month_before_day, where)
    if found <= today or text.strip().startswith("+") or not any(char.isdigit() for char in text):
        return found
    return read_typed(text, today - timedelta(days=182), month_before_day, where)  # the nearest to half a year ago


def read_typed(text: str, today: date, month_before_day: bool = False, where: str = "date") -> date:
    """A date as a person types it, relative to `today`.

    `today`, `tomorrow`, `+7`, `-3`, `fri` (the next one after today), `1 dec`, `dec 1`, `12/1`, `1.12.26`,
    `2026-12-01`. A day without a year is the nearest one within half a year. Raises ArtermError `bad_date`.
    """
    words = text.strip().lower()
    if words in ("today", "now", "t"):
        return today
    if words in ("tomorrow", "tom"):
        return today + timedelta(days=1)
    if words == "yesterday":
        return today - timedelta(days=1)
    if found := re.fullmatch(r"([+-])(\d{1,4})([dw]?)", words):
        days = int(found[2]) * (7 if found[3] == "w" else 1)
        return _within(today, -days if found[1] == "-" else days, text, where)
    if words[:3] in _DAY_OF and words.isalpha() and _is_weekday(words):
        ahead = (_DAY_OF[words[:3]] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _make(int(found[1]), int(found[2]), int(found[3]), text, where)
    if found := re.fullmatch(r"(\d{1,2})[ .-]*([a-z]{3,9})\.?(?:[ .,-]*(\d{2}|\d{4}))?", words):
        return _worded(found[1], found[2], found[3], today, text, where)
    if found := re.fullmatch(r"([a-z]{3,9})\.?[ -]*(\d{1,2})(?:[ ,]+(\d{2}|\d{4}))?", words):
        return _worded(found[2], found[1], found[3], today, text, where)
    if found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{2}|\d{4}))?\.?", words):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if month_before_day else (first, second)
        return _with_year(day, month, found[3], today, text, where)
    raise _not_a_date(text, where)


def _is_weekday(word: str) -> bool:
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return any(name.startswith(word) for name in full)


def _worded(day: str, month: str, year: str | None, today: date, text: str, where: str) -> date:
    number = _MONTH_OF.get(month[:3])
    if number is None or (not _FULL_MONTHS[number - 1].startswith(month) and month != "sept"):
        raise _not_a_date(text, where)
    return _with_year(int(day), number, year, today, text, where)


def _with_year(day: int, month: int, year: str | None, today: date, text: str, where: str) -> date:
    if year:
        return _make(int(year) + (2000 if len(year) == 2 else 0), month, day, text, where)
    near = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(candidate, month, day))
        except ValueError:  # 29 February outside a leap year
            continue
    if not near:
        raise _not_a_date(text, where)
    return min(near, key=lambda d: abs((d - today).days))


def _within(today: date, days: int, text: str, where: str) -> date:
    try:
        moved = today + timedelta(days=days)
    except OverflowError:
        raise _not_a_date(text, where) from None
    return _make(moved.year, moved.month, moved.day, text, where)


def _make(year: int, month: int, day: int, text: str, where: str) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        raise _not_a_date(text, where) from None
    if not EARLIEST <= made <= LATEST:
        raise ArtermError("bad_date.years", where, made=made)
    return made


def _not_a_date(text: str, where: str) -> ArtermError:
    shown = " ".join(text.split())[:30]
    return ArtermError("bad_date.text", where, shown=shown)
