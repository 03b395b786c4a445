"""Instalments: a sum split over days, to the last cent; month ends are kept."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from arterm.rules.errors import ArtermError

EVERY = ("week", "2weeks", "month")
MOST = 120


def split(total: int, parts: int, deposit: int = 0) -> tuple[int, ...]:
    """A total (minor units) in equal parts, after a deposit that comes first; what rounding leaves lands on the last.

    Refuses (`bad_plan`) what cannot be split so: no part may be nothing.
    """
    if not 1 <= parts <= MOST:
        raise ArtermError("bad_plan", f"A plan has from 1 to {MOST} instalments.", "parts", "Choose fewer or more.")
    rest = total - deposit
    if deposit < 0 or rest < parts:
        raise ArtermError("bad_plan", "There is too little to split into so many parts.", "parts", "Choose fewer, or a smaller deposit.")  # fmt: skip
    each = rest // parts
    found = [each] * (parts - 1) + [rest - each * (parts - 1)]
    return (deposit, *found) if deposit else tuple(found)


def days_from(first: date, every: str, count: int) -> tuple[date, ...]:
    """The days of instalments: every week, two weeks or month; a day that a month lacks is its last one."""
    return tuple(islice(_days(first, every), count))


def _days(first: date, every: str) -> Iterator[date]:
    if every not in EVERY:
        raise ArtermError("bad_choice", f"'{every[:20]}' is no rhythm of instalments.", "every", f"Choose one of {', '.join(EVERY)}.")  # fmt: skip
    n, ends = 0, first.day == monthrange(first.year, first.month)[1]
    while True:
        if every == "month":
            year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
            last = monthrange(year, month + 1)[1]
            yield date(year, month + 1, last if ends else min(first.day, last))
        else:
            yield first + timedelta(weeks=n * (2 if every == "2weeks" else 1))
        n += 1
