"""Working days: no weekend and no public holiday of a country, and of a region of it where that is known.

Whoever pays, answers or is called does so on a working day of where they are. A country that is not known here has
weekends only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})  # Saturday and Sunday; Monday is 0


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of a country: its weekend, and its public holidays with their names."""

    weekend: frozenset[int]
    holidays: Mapping[date, str]


def holiday(day: date, country: str, region: str = "") -> str:
    """The public holiday on a day; empty where there is none."""
    return _year(country, region, day.year).holidays.get(day, "")


def is_working_day(day: date, country: str, region: str = "") -> bool:
    """Whether a day is neither in the weekend there nor a public holiday."""
    year = _year(country, region, day.year)
    return day.weekday() not in year.weekend and day not in year.holidays


def next_working_day(day: date, country: str, region: str = "") -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_working_day(day, country, region):
        day += _DAY
    return day


def nth_working_day(after: date, n: int, country: str, off: frozenset[int] = WEEKEND) -> date:
    """The n-th day after a day that is no public holiday of the country and none of these weekdays (Monday is 0):
    which those are is for the law that counts.
    """
    day = after
    while n:
        day += _DAY
        if day.weekday() not in off and not holiday(day, country):
            n -= 1
    return day


@lru_cache(maxsize=400)
def _year(country: str, region: str, year: int) -> _Year:
    from holidays import country_holidays  # a tenth of a second, which the board need not wait for

    try:
        found = country_holidays(country, subdiv=region or None, years=year)
    except (NotImplementedError, KeyError):
        return _year(country, "", year) if region else _Year(WEEKEND, {})
    days = {day: str(name) for day, name in found.items() if day.year == year}
    return _Year(frozenset(found.weekend), days)
