"""Every key that works here; typing narrows the list."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from arterm.rules.text import fold
from arterm.tui.keys import acts_of, bindings_of, key_text
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain


class KeysScreen(Slip):
    """The table of acts, as a person reads it."""

    SCREEN = "keys"
    BINDINGS: ClassVar[list[Any]] = bindings_of("keys")

    def __init__(self, screen: str) -> None:
        super().__init__()
        self.of = screen
        self.grid = Grid([Column("Key", 10), Column("Does", 10), Column("In words", 20, share=1)])

    def compose(self) -> ComposeResult:
        """Filter and list."""
        with Vertical(id="words-box"):
            yield Plain("Keys that work here", classes="page-title")
            yield Input(placeholder="type to narrow", compact=True)
            yield self.grid
            yield Plain(self.face(), id="form-hints")

    def on_mount(self) -> None:
        """All of them at first."""
        self.grid.styles.height = max(3, min(len(acts_of(self.of)) + 1, self.app.size.height - 7))
        self.narrow("")

    def action_move(self, by: int) -> None:
        """Another row, while words may be typed."""
        self.grid.action_move(by)

    def action_page(self, by: int) -> None:
        """Another page of them."""
        self.grid.action_page(by)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show the keys whose words hold the text."""
        changed = self.host.changed_keys
        every = [(key_text(act, changed), act.words, act.tooltip) for act in acts_of(self.of)]
        rows: list[list[Cell]] = [
            [(key, "strong"), words, tip] for key, words, tip in every if fold(text) in fold(f"{key} {words} {tip}")
        ]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b], "No key like that."))
