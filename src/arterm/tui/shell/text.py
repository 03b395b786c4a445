"""Some lines to read: an explanation, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain


class TextScreen(Slip):
    """A title and lines, drawn as they are scrolled to."""

    SCREEN = "text"
    BINDINGS: ClassVar[list[Any]] = bindings_of("text")

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self.heading = title
        self.lines = list(lines)
        self.grid = Grid([Column("", 20, share=1)], header=False)

    def compose(self) -> ComposeResult:
        """Title, lines, the way back."""
        with Vertical(id="words-box"):
            yield Plain(self.heading, classes="page-title")
            yield self.grid
            yield Plain(self.face(), id="form-hints")

    def on_mount(self) -> None:
        """Show the lines."""
        room = max(20, min(90, self.app.size.width * 95 // 100) - 8)
        lines = [part for line in self.lines for part in (wrap(line, room, subsequent_indent="    ") or [""])]
        self.grid.styles.height = max(1, min(len(lines), self.app.size.height - 6))
        self.grid.show(Rows(range(len(lines)), lambda a, b: [[line] for line in lines[a:b]]))
        self.grid.focus()
