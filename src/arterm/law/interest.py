"""Interest to the cent: on the balance as it falls, at each rate for its days, rounded once at the end.

The engine knows no country: rate path, day count and compounding are handed in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from arterm.law.question import Period

ACT_365 = "act/365"
ACT_ACT = "act/act"  # 366 for days of a leap year, so that no year costs more than its rate
ANNIVERSARY = "act/act anniversary"  # the days of the year that began with the default
RateOn = Callable[[date], tuple[Fraction, date]]  # the rate on a day, and the last day it holds
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InterestStretch:
    """Days (both ends included) at one rate on one sum; `interest` exact, in minor units."""

    start: date
    end: date
    days: int
    base: Fraction
    rate: Fraction
    interest: Fraction


def accrue(
    principal: int,
    first: date,
    last: date,
    rate_on: RateOn,
    payments: Sequence[tuple[date, int]] = (),
    day_count: str = ACT_365,
    yearly: bool = False,
) -> list[InterestStretch]:
    """Interest from `first` to `last`, both included, on a principal that payments lower from the day after theirs.

    `principal` is what is owed at the start of `first`. With `yearly`, interest is added to the sum on each
    anniversary of the day before `first`. Days at nothing, or of a debt that is paid, give no stretch.
    """
    due = sorted(payments)
    left, added, since_year = principal, Fraction(0), Fraction(0)
    began = first - _DAY
    year = 1
    turn = _anniversary(began, year)
    found: list[InterestStretch] = []
    paid = 0
    day = first
    while day <= last:
        while paid < len(due) and due[paid][0] < day:
            left = max(0, left - due[paid][1])
            paid += 1
        rate, until = rate_on(day)
        end = min(last, until)
        if paid < len(due):
            end = min(end, due[paid][0])
        if day_count == ACT_ACT:
            end = min(end, date(day.year, 12, 31))
        if yearly or day_count == ANNIVERSARY:
            end = min(end, turn)
        days = (end - day).days + 1
        base = left + added
        if base and rate:
            part = base * rate * days / (100 * _year_days(day, day_count, _anniversary(began, year - 1), turn))
            found.append(InterestStretch(day, end, days, Fraction(base), rate, part))
            since_year += part
        if end == turn:
            if yearly:
                added, since_year = added + since_year, Fraction(0)
            year += 1
            turn = _anniversary(began, year)
        day = end + _DAY
    return found


def total(stretches: Sequence[InterestStretch]) -> int:
    """The interest in whole minor units: exact parts added, rounded half up once."""
    return rounded(sum((stretch.interest for stretch in stretches), start=Fraction(0)))


def rounded(exact: Fraction) -> int:
    """A sum that is not negative in whole minor units, half up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def periods(stretches: Sequence[InterestStretch]) -> tuple[Period, ...]:
    """The stretches as they are shown: joined where rate and sum stay the same, each in whole minor units that add
    up.
    """
    joined: list[InterestStretch] = []
    for one in stretches:
        held = joined[-1] if joined else None
        if held and held.end + _DAY == one.start and (held.base, held.rate) == (one.base, one.rate):
            joined[-1] = InterestStretch(
                held.start, one.end, held.days + one.days, one.base, one.rate, held.interest + one.interest
            )
        else:
            joined.append(one)
    parts = [one.interest.numerator // one.interest.denominator for one in joined]
    missing = total(stretches) - sum(parts)
    largest = sorted(range(len(joined)), key=lambda n: (parts[n] - joined[n].interest, n))
    for n in largest[:missing]:
        parts[n] += 1
    return tuple(
        Period(one.start, one.end, one.days, rounded(one.base), one.rate, part)
        for one, part in zip(joined, parts, strict=True)
    )


def path(steps: Sequence[tuple[date, date, Fraction]]) -> RateOn:
    """A rate path out of (from, until, per cent a year), in order. A day outside it raises LookupError."""
    starts = [start for start, _, _ in steps]

    def rate_on(day: date) -> tuple[Fraction, date]:
        at = bisect_left(starts, day + _DAY) - 1
        if at < 0 or steps[at][1] < day:
            raise LookupError(day)
        return steps[at][2], steps[at][1]

    return rate_on


def paused(rate_on: RateOn, pauses: Sequence[tuple[date, date]]) -> RateOn:
    """The same rate path at nothing from the first to the last day of each pause, both included."""

    def on(day: date) -> tuple[Fraction, date]:
        rate, until = rate_on(day)
        for first, last in pauses:
            if first <= day <= last:
                return Fraction(0), last
            if day < first:
                until = min(until, first - _DAY)
        return rate, until

    return on if pauses else rate_on


def _year_days(day: date, day_count: str, began: date, turn: date) -> int:
    if day_count == ACT_365:
        return 365
    if day_count == ACT_ACT:
        return 366 if _is_leap(day.year) else 365
    return (turn - began).days


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _anniversary(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
