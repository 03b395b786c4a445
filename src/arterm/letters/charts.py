"""Pictures of figures as lines and areas of a page: bars, waterfalls, courses of time. Grey, so that any printer shows
them.
"""

from __future__ import annotations

from arterm.letters.fonts import width
from arterm.letters.pen import MM, Pen
from arterm.letters.setting import fit
from arterm.rules.charts import Picture

SIZE = 8.5
COURSE = 34 * MM  # the height of a course of time with its labels
_NAME, _INK, _FAINT = 42 * MM, 0.35, 0.7


def bar(pen: Pen, picture: Picture, n: int, shown: str, left: float, right: float) -> None:
    """The n-th bar at the pen's height, its label in front and its value (`shown`) behind; what takes away is
    fainter.
    """
    low, high = picture.reach
    scale = (right - left - _NAME) / (high - low or 1)
    begin, end = picture.spans[n]
    pen.text(left, fit(picture.labels[n], _NAME - 2 * MM, SIZE), SIZE)
    pen.canvas.setFillGray(_FAINT if end < begin else _INK)
    pen.canvas.rect(
        left + _NAME + (min(begin, end) - low) * scale, pen.y - 1, abs(end - begin) * scale, 8, stroke=0, fill=1
    )
    pen.canvas.setFillGray(0)
    pen.text(left + _NAME + (max(begin, end) - low) * scale + 3, shown, 7)


def course(pen: Pen, picture: Picture, shown: tuple[str, ...], left: float, right: float) -> None:
    """A course of time from left to right, upward from the pen's height: a line through its points, each with its value
    (`shown`) above and its label below; a gap where there is no value.
    """
    foot, high = pen.y + 12, COURSE - 26
    step = (right - left) / max(1, len(picture.values))
    most = picture.reach[1] or 1
    pen.canvas.setLineWidth(0.5)
    pen.canvas.line(left, foot, right, foot)
    before = None
    for n, value in enumerate(picture.values):
        middle = left + (n + 0.5) * step
        pen.y = foot - 10
        _centred(pen, picture.labels[n], middle, step)
        if value is None:
            before = None
            continue
        at = (middle, foot + max(0, value) * high / most)
        pen.canvas.circle(*at, 1.6, stroke=0, fill=1)
        if before:
            pen.canvas.setLineWidth(1.2)
            pen.canvas.line(*before, *at)
        pen.y = at[1] + 4
        _centred(pen, shown[n], middle, step)
        before = at
    pen.y = foot - 12


def _centred(pen: Pen, text: str, middle: float, room: float) -> None:
    """A word under or over a point, smaller than the text around it."""
    said = fit(text, room - 2, 7)
    pen.text(middle - width(said, 7, False) / 2, said, 7)
