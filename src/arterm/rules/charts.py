"""Pictures of figures: what is drawn, as plain numbers for paper, and as characters of one cell each for a terminal.

Nothing is told by a picture alone: every number that is drawn stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["bars", "fall", "line", "calendar"]
_EIGHTHS_ACROSS, _EIGHTHS_UP = "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█"
_SHADES = "░▒▓█"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: values (of any unit) under their labels; None where there is none. `days` are those of a calendar.

    `bars` begin at nothing; a `fall` (waterfall) begins each bar where the one before it ended, but for the first and
    the last; a `line` is a course of time; a `calendar` has a cell for each day.
    """

    kind: Kind
    labels: tuple[str, ...]
    values: tuple[int | None, ...]
    days: tuple[date, ...] = ()

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each bar begins and ends."""
        numbers = [value or 0 for value in self.values]
        if self.kind != "fall":
            return tuple((0, number) for number in numbers)
        found, stands = list[tuple[int, int]](), 0
        for n, number in enumerate(numbers):
            begins = 0 if n in (0, len(numbers) - 1) else stands
            stands = begins + number
            found.append((begins, stands))
        return tuple(found)

    @property
    def reach(self) -> tuple[int, int]:
        """The lowest and the highest point that is drawn; nothing is always between them."""
        points = [0, *(point for span in self.spans for point in span)]
        return min(points), max(points)

    @property
    def weeks(self) -> tuple[tuple[date, tuple[int, ...]], ...]:
        """A calendar's weeks without a gap: Monday, and what each day from it to Sunday has."""
        if not self.days:
            return ()
        sums: dict[date, int] = {}
        for day, value in zip(self.days, self.values, strict=True):
            sums[day] = sums.get(day, 0) + (value or 0)
        first, last = (day - timedelta(days=day.weekday()) for day in (min(sums), max(sums)))
        mondays = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, _WEEK)]
        return tuple(
            (monday, tuple(sums.get(monday + timedelta(days=n), 0) for n in range(_WEEK))) for monday in mondays
        )


def bar(value: int, most: int, room: int) -> str:
    """A bar of at most `room` cells, to scale in eighths of a cell; something that is more than nothing is seen."""
    if room <= 0 or value <= 0:
        return ""
    eighths = max(1, value * room * 8 // most)
    return "█" * (eighths // 8) + (_EIGHTHS_ACROSS[eighths % 8 - 1] if eighths % 8 else "")


def beside(picture: Picture, room: int) -> list[str]:
    """What stands at the end of each row of a table: a bar of at most `room` cells; of a waterfall where it hangs.

    What is added is drawn `▒`, what is taken away `░`, so that it is told without colour.
    """
    low, high = picture.reach
    width = max(1, high - low)
    if picture.kind == "bars" and low == 0:
        return [bar(end, width, room) for _, end in picture.spans]

    def cell(point: int) -> int:
        return (point - low) * room // width

    drawn, last = list[str](), len(picture.spans) - 1
    for n, (begin, end) in enumerate(picture.spans):
        left, right = cell(min(begin, end)), cell(max(begin, end))
        ink = "█" if n in (0, last) and picture.kind == "fall" else "░" if end < begin else "▒"
        drawn.append((" " * left + ink * max(1, right - left)) if begin != end else "")
    return drawn


def below(picture: Picture, room: int, high: int = 5) -> list[str]:
    """A course of time as columns under a table, at most `room` cells wide and `high` lines high, its labels under
    them.
    """
    many, most = len(picture.values), picture.reach[1]
    wide = min(8, room // many) if many else 0
    if wide < 2 or most <= 0:
        return []
    lines = []
    for line in range(high, 0, -1):
        cells = []
        for value in picture.values:
            eighths = max(0, (value or 0)) * high * 8 // most - (line - 1) * 8
            if line == 1 and value and value > 0:
                eighths = max(1, eighths)
            ink = " " if eighths <= 0 else _EIGHTHS_UP[min(8, eighths) - 1]
            cells.append(f" {ink * (wide - 1)}")
        lines.append("".join(cells).rstrip())
    names = "".join(f" {label[-(wide - 1) :]:<{wide - 1}}" for label in picture.labels)
    return [*lines, names.rstrip()]


def shade(value: int, most: int) -> str:
    """How much a day of a calendar has, in one cell: a dot for nothing, then darker by quarters of the most."""
    return "·" if value <= 0 else _SHADES[min(3, (value - 1) * 4 // max(1, most))]
