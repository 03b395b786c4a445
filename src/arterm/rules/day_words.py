"""A day as it is said."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def in_words(day: date, today: date | None = None) -> str:
    """`14 Aug`, with the year where it is not the one of `today`."""
    short = f"{day.day:02d} {MONTHS[day.month - 1]}"
    return short if today and day.year == today.year else f"{short} {day.year}"


def long_words(day: date) -> str:
    """`Sun 22 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"
