"""When a reminder has reached somebody: e-mail the day it is sent, post some days later, on the careful side."""

from __future__ import annotations

from datetime import date

from arterm.law.question import Reminder
from arterm.rules.calendar import nth_working_day


def third_working_day(country: str, sent: date) -> date:
    """The third working day after posting; Saturdays count as no working day, which is the later reading."""
    return nth_working_day(sent, 3, country)


def received(country: str, reminder: Reminder) -> date:
    """The day a reminder counts as received where no rule of that country is known: e-mail at once, post by the third
    working day.
    """
    return reminder.day if reminder.channel == "email" else third_working_day(country, reminder.day)
