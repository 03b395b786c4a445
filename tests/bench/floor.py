"""The least that Textual can do: a blank app, and a table of ready-made strips that redraws two lines or all of
them.
"""

from __future__ import annotations

import sys
from typing import Any, ClassVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

MARKER = "everything stands"


class Blank(App[None]):
    """One line."""

    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+q", "quit", priority=True)]

    def compose(self) -> ComposeResult:
        """The marker."""
        yield Static(MARKER)


class _Strips(Widget, can_focus=True):
    BINDINGS: ClassVar[list[Any]] = [Binding("j", "down"), Binding("pagedown", "page")]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = self.turn = 0
        rows = [f"{MARKER} row {n}".ljust(138) for n in range(80)]
        self.ready = [[Strip([Segment(lead + row)]) for row in rows] for lead in ("  ", "> ")]

    def render_line(self, y: int) -> Strip:
        """A strip made long ago."""
        return self.ready[y == self.cursor][(y + self.turn) % 80]

    def action_down(self) -> None:
        """Two lines."""
        before, self.cursor = self.cursor, (self.cursor + 1) % max(1, self.size.height)
        for y in (before, self.cursor):
            self.refresh(Region(0, y, self.size.width, 1))

    def action_page(self) -> None:
        """All lines."""
        self.turn += 1
        self.refresh()


class Floor(App[None]):
    """The strips."""

    CSS = "_Strips { height: 1fr; }"
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+q", "quit", priority=True)]

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield _Strips()


if __name__ == "__main__":
    (Blank if "blank" in sys.argv else Floor)().run()
