"""When not to ring: hours by kind of customer, Sundays and the holidays of their country. Courtesy, not statute."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from arterm.rules.calendar import holiday
from arterm.rules.errors import ArtermError

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Hours:
    """From hour to hour, and whether on Saturdays too."""

    start: int
    end: int
    saturday: bool = False


def read_hours(text: str) -> Hours:
    """`9-18`, or `9-20 sat` with Saturdays. Refuses (`bad_hours`) anything else."""
    found = re.fullmatch(r"(\d{1,2}) ?- ?(\d{1,2})( sat)?", text.strip().lower())
    if not found or not 0 <= int(found[1]) < int(found[2]) <= 24:
        raise ArtermError("bad_hours", "hours", text=text[:20])
    return Hours(int(found[1]), int(found[2]), bool(found[3]))


def closed(hours: Hours, country: str, now: datetime) -> str:
    """Why nobody should be called at that local time; empty when it is fine."""
    day = now.date()
    if day.weekday() == _SUNDAY:
        return "it is Sunday"
    if day.weekday() == _SATURDAY and not hours.saturday:
        return "it is Saturday"
    feast = holiday(day, country)
    if feast:
        return f"it is a holiday there: {feast}"
    if not hours.start <= now.hour < hours.end:
        return f"it is {now:%H:%M}, outside {hours.start}:00 to {hours.end}:00"
    return ""
