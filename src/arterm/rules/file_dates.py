"""Dates in files: which order a column writes day and month in, and each cell as a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from arterm.rules.dates import EARLIEST, LATEST

_SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\.?(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})[-/.:](\d{1,2})[-/.:](\d{1,2})\.?(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_WORDED = re.compile(r"(?:[A-Za-z]+,? +)?(\d{1,2})[ -]([^\W\d_]{3,9})\.?[ -](\d{4}|\d{2})(?:[ T].*)?")
_WORDED_US = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2}),? (\d{4})(?:[ T].*)?")
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "jan",
            "feb fév",
            "mar mrt mär",
            "apr avr",
            "may mai mei",
            "jun",
            "jul",
            "aug aoû",
            "sep",
            "oct okt",
            "nov",
            "dec dez déc",
        ),
        1,
    )
    for name in names.split()
}


def day_order(cells: Iterable[str]) -> str:
    """How a column writes its dates: `dmy`, `mdy`, or empty when no cell tells.

    Only cells with a part above 12 tell; where both kinds occur, the more frequent one is taken and the others will be
    refused one by one.
    """
    votes = {"dmy": 0, "mdy": 0}
    for cell in cells:
        found = _SLASHED.fullmatch(cell.strip())
        if found:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                votes["dmy"] += 1
            elif second > 12 >= first:
                votes["mdy"] += 1
    if votes["dmy"] == votes["mdy"]:
        return ""
    return max(votes, key=lambda order: votes[order])


def has_ambiguous(cells: Iterable[str]) -> bool:
    """Whether any cell is a date whose meaning depends on the order of day and month."""
    return any(
        found and found[1].lstrip("0") != found[2].lstrip("0")
        for found in (_SLASHED.fullmatch(cell.strip()) for cell in cells)
    )


def reader(order: str, pattern: str = "") -> Callable[[str], date | None]:
    """A function from a cell to its date (None: it is not one). `order` is `dmy` or `mdy`.

    `pattern`, when given, is a strptime format the whole column must follow.
    """

    @lru_cache(maxsize=65536)
    def read(cell: str) -> date | None:
        text = cell.strip()
        parts = _by_pattern(text, pattern) if pattern else _parts(text, order)
        if parts is None:
            return None
        try:
            made = date(*parts)
        except ValueError:
            return None
        return made if EARLIEST <= made <= LATEST else None

    return read


def _by_pattern(text: str, pattern: str) -> tuple[int, int, int] | None:
    from datetime import datetime

    try:
        made = datetime.strptime(text, pattern)  # noqa: DTZ007 - only its date is used
    except ValueError:
        return None
    return made.year, made.month, made.day


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    if not text.isascii() and not any(c.isalpha() for c in text):
        return None
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        return (year, second, first) if order == "dmy" else (year, first, second)
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _WORDED.fullmatch(text):
        return _with_month(found[2], found[1], found[3])
    if found := _WORDED_US.fullmatch(text):
        return _with_month(found[1], found[2], found[3])
    return None


def _with_month(name: str, day: str, year: str) -> tuple[int, int, int] | None:
    month = _MONTHS.get(name[:3].lower())
    return (_year(year), month, int(day)) if month else None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)
