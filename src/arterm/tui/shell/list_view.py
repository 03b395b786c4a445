"""A list screen that is one list under a title, narrowed by typing: what the log and the figures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.widgets.filterbar import FilterBar
from arterm.tui.widgets.grid import Column, Grid
from arterm.tui.widgets.plain import Plain


class ListView(ListScreen):
    """Title, rows, filter, hints. `words` is what was typed into the filter."""

    COLUMNS: ClassVar[Sequence[Column]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.grid = Grid(self.COLUMNS)
        self.filter_bar = FilterBar(self._narrow, lambda: self.grid)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Plain("", id="title", classes="page-title")
        yield self.grid
        yield self.filter_bar
        yield self.hints()

    def head(self, words: str) -> None:
        """Say what the list is, and what it is narrowed to."""
        self.query_one("#title", Plain).say(words + (f"   /{self.words}" if self.words else ""))

    def step_back(self) -> bool:
        """The filter is a layer."""
        if self.words:
            self.filter_bar.clear()
            return True
        return False

    def action_filter(self) -> None:
        """Begin to type a filter."""
        self.filter_bar.begin()

    def _narrow(self, text: str) -> None:
        if text != self.words:
            self.words = text
            self.host.guarded(self.load)
