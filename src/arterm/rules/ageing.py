"""Ageing: which bucket a debt stands in on a day, and the days that divide them."""

from __future__ import annotations

from datetime import date, timedelta

from arterm.rules.dates import days_late

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")
_UPPER = (0, 30, 60, 90)


def bucket(due: date, on: date) -> str:
    """The ageing bucket by days past due: `current` up to and on the due day, then 1-30, 31-60, 61-90, 90+."""
    late = days_late(due, on)
    for name, upper in zip(BUCKETS, _UPPER, strict=False):
        if late <= upper:
            return name
    return BUCKETS[-1]


def bounds(on: date) -> tuple[date, ...]:
    """The days that divide the buckets: a debt stands in the bucket that has as many of them after its due day."""
    return tuple(on - timedelta(days=upper) for upper in _UPPER)
