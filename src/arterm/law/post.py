"""When a reminder has reached somebody: e-mail the day it is sent, post some days later, on the careful side."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from arterm.law.question import Reminder

_DAY = timedelta(days=1)


@lru_cache(maxsize=400)
def _holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))


def is_holiday(country: str, day: date) -> bool:
    """Whether a day is a public holiday there (the whole country's; a country that is not known has none)."""
    try:
        return day in _holidays(country, day.year)
    except (NotImplementedError, KeyError):
        return False


def nth_day(country: str, sent: date, n: int, off: frozenset[int]) -> date:
    """The n-th day after `sent` that is neither a weekday in `off` (Monday is 0) nor a public holiday."""
    day = sent
    while n:
        day += _DAY
        if day.weekday() not in off and not is_holiday(country, day):
            n -= 1
    return day


def third_working_day(country: str, sent: date) -> date:
    """The third working day after posting; Saturdays count as no working day, which is the later reading."""
    return nth_day(country, sent, 3, frozenset({5, 6}))


def received(country: str, reminder: Reminder) -> date:
    """The day a reminder counts as received where no rule of that country is known: e-mail at once, post by the third
    working day.
    """
    return reminder.day if reminder.channel == "email" else third_working_day(country, reminder.day)
