"""Instalments: a sum split over days, to the last cent; month ends are kept, days off are stepped over."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from arterm.rules.errors import ArtermError

EVERY = ("week", "2weeks", "month")
MOST = 120
Working = Callable[[date], bool]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a sum is to be paid: in `parts`, or by `each` (minor units) at a time, or evenly until a day; one of the
    three.

    `deposit` (minor units) comes first, on the `first` day; then `every` week, two weeks or month, in a month on the
    day `on_day` (31: its last). With `working`, a day off becomes the next working day.
    """

    first: date
    every: str = "month"
    parts: int = 0
    each: int = 0
    until: date | None = None
    deposit: int = 0
    on_day: int = 0
    working: Working | None = None


def schedule(total: int, wanted: Wanted) -> tuple[tuple[date, int], ...]:
    """The instalments (day, minor units): they add up to the total, none is nothing, their days rise strictly.

    Refuses (`bad_plan`) what cannot be paid so, (`bad_choice`) an unknown rhythm.
    """
    if (wanted.parts > 0) + (wanted.each > 0) + (wanted.until is not None) != 1:
        raise ArtermError("bad_plan.parts", "parts")
    if wanted.on_day and not 1 <= wanted.on_day <= 31:
        raise ArtermError("bad_plan.day_of_month", "on_day")
    if wanted.on_day and wanted.every != "month":
        raise ArtermError("bad_plan.monthly", "on_day")
    if not 0 <= wanted.deposit < total:
        raise ArtermError("bad_plan.deposit", "deposit")
    sums = _sums(total, wanted)
    days = days_from(wanted.first, wanted.every, len(sums), wanted.on_day)
    moved = list(on_working_days(days, wanted.working) if wanted.working else days)
    if wanted.until and moved[-1] > wanted.until:
        moved[-1] = _back(wanted.until, wanted, moved[-2] if len(moved) > 1 else None)
    return tuple(zip(moved, sums, strict=True))


def split(total: int, parts: int, deposit: int = 0) -> tuple[int, ...]:
    """A total (minor units) in equal parts, after a deposit that comes first; what rounding leaves lands on the last.

    Refuses (`bad_plan`) what cannot be split so: no part may be nothing.
    """
    if not 1 <= parts <= MOST:
        raise ArtermError("bad_plan.count", "parts", most=MOST)
    rest = total - deposit
    if deposit < 0 or rest < parts:
        raise ArtermError("bad_plan.too_little", "parts")
    each = rest // parts
    found = [each] * (parts - 1) + [rest - each * (parts - 1)]
    return (deposit, *found) if deposit else tuple(found)


def days_from(first: date, every: str, count: int, on_day: int = 0) -> tuple[date, ...]:
    """The days of instalments: every week, two weeks or month; a day that a month lacks is its last one.

    From the second on, `on_day` says on which day of the month.
    """
    return tuple(islice(_days(first, every, on_day), count))


def on_working_days(days: Iterable[date], working: Working) -> tuple[date, ...]:
    """Days of instalments with each day off become the next working day; they rise strictly."""
    moved: list[date] = []
    for day in days:
        if moved:
            day = max(day, moved[-1] + _DAY)  # holidays in a row can carry one day past the next
        while not working(day):
            day += _DAY
        moved.append(day)
    return tuple(moved)


def _sums(total: int, wanted: Wanted) -> tuple[int, ...]:
    if wanted.parts:
        return split(total, wanted.parts, wanted.deposit)
    if wanted.until:
        until, first = wanted.until, wanted.first
        if until < first:
            raise ArtermError("bad_plan.until", "until")
        days = takewhile(lambda day: day <= until, _days(first, wanted.every, wanted.on_day))
        room = len(list(islice(days, MOST + 2))) - bool(wanted.deposit)
        if room < 1:
            raise ArtermError("bad_plan.no_room", "until")
        return split(total, room, wanted.deposit)
    rest = total - wanted.deposit
    whole, left = divmod(rest, wanted.each)
    if whole + bool(left) > MOST:
        raise ArtermError("bad_plan.too_many", "each", most=MOST)
    found = (wanted.each,) * whole + ((left,) if left else ())
    return (wanted.deposit, *found) if wanted.deposit else found


def _back(day: date, wanted: Wanted, after: date | None) -> date:
    """The last working day that is not past the agreed end."""
    last = day
    while (
        wanted.working and not wanted.working(last) and (after is None or last - _DAY > after) and last > wanted.first
    ):
        last -= _DAY
    return last


def _days(first: date, every: str, on_day: int = 0) -> Iterator[date]:
    if every not in EVERY:
        raise ArtermError("bad_choice.every", "every", every=every[:20], every2=tuple(EVERY))
    n, wanted = 0, on_day or first.day
    ends = not on_day and first.day == monthrange(first.year, first.month)[1]
    while True:
        if every == "month" and n:
            year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
            last = monthrange(year, month + 1)[1]
            yield date(year, month + 1, last if ends else min(wanted, last))
        else:
            yield first + timedelta(weeks=n * (2 if every == "2weeks" else 1))
        n += 1
