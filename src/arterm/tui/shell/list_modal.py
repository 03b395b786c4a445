"""A sheet that is one list under a title: asked for again when a sheet over it was closed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from arterm.tui.shell.modal import Sheet
from arterm.tui.widgets.grid import Column, Grid
from arterm.tui.widgets.plain import Plain


class ListSheet(Sheet):
    """Title, rows, keys. `load` fills it."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.grid = Grid(columns)

    @property
    def list_name(self) -> str:
        """Which of its lists is shown, as the faces are named."""
        return self.SCREEN

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Plain("", id="title", classes="page-title")
        yield self.grid
        yield Plain(self.face(self.list_name), id="hints")

    def on_mount(self) -> None:
        """Show what there is."""
        self.load()
        self.grid.focus()

    def on_screen_resume(self) -> None:
        """A sheet over this one was closed: what it changed is shown."""
        if self.is_mounted:
            self.load()

    def load(self) -> None:
        """Ask the desk."""
