"""A page as a picture made of half blocks: it shows in every terminal with colours, within tmux too."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_MOST = 150  # columns: beyond that a page is only larger, not clearer


class Page(ScrollView, can_focus=False):
    """Brightness, two points a cell. `show` is given points of the width that `across` says."""

    def __init__(self) -> None:
        super().__init__(id="letter-page")
        self._wide, self._high, self._points = 0, 0, b""

    @property
    def across(self) -> int:
        """How many points wide a picture for this widget is."""
        return max(20, min(_MOST, self.size.width - 2))

    def show(self, wide: int, high: int, points: bytes) -> None:
        """Show a page from its top."""
        self._wide, self._high, self._points = wide, high, points
        self.virtual_size = Size(wide, (high + 1) // 2)
        self.scroll_home(animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of cells: the upper point in front, the lower one behind it."""
        row = (y + self.scroll_offset.y) * 2
        if row >= self._high:
            return Strip.blank(self.size.width)
        upper = self._points[row * self._wide : (row + 1) * self._wide]
        lower = self._points[(row + 1) * self._wide : (row + 2) * self._wide] or b"\xff" * self._wide
        return Strip([Segment("▀", _style(a, b)) for a, b in zip(upper, lower, strict=True)])


_STYLES: dict[tuple[int, int], Style] = {}


def _style(above: int, below: int) -> Style:
    key = (above & 0xF0, below & 0xF0)  # sixteen greys: a page needs no more, and few styles are made
    if key not in _STYLES:
        a, b = (min(255, part + (part >> 4)) for part in key)
        _STYLES[key] = Style(color=Color.from_rgb(a, a, a), bgcolor=Color.from_rgb(b, b, b))
    return _STYLES[key]
