"""Every key that works here; typing narrows the list."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from arterm.rules.text import fold
from arterm.tui.keys import ACTS, acts_of, key_text
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

_MOVING = (
    ("↑ ↓ j k", "move", "Up and down; page keys, g and G for first and last"),
    ("enter", "open", "The customer's dossier"),
    ("space", "mark", "Mark rows: an act then is for all of them"),
    ("esc", "back", "One step back: filter, marks, sheet"),
    ("ctrl+p", "palette", "Find any act or customer by name"),
    ("ctrl+q", "leave", "Close arterm; everything is saved"),
)


class KeysScreen(Slip):
    """The table of acts, as a person reads it."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "dismiss", "Back", priority=True),
        *(Binding(key, f"move({by})", show=False, priority=True) for key, by in (("down", 1), ("up", -1))),
        *(Binding(key, f"page({by})", show=False, priority=True) for key, by in (("pagedown", 1), ("pageup", -1))),
    ]

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
            yield Plain("↑ ↓ and page keys for more · esc back", id="form-hints")

    def on_mount(self) -> None:
        """All of them at first."""
        self.grid.styles.height = max(3, min(len(ACTS) + 7, self.app.size.height - 7))
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
        every = [(changed.get(act.id) or key_text(act), act.words, act.tooltip) for act in acts_of(self.of)] + list(
            _MOVING
        )
        rows: list[list[Cell]] = [
            [(key, "strong"), words, tip] for key, words, tip in every if fold(text) in fold(f"{key} {words} {tip}")
        ]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b], "No key like that."))
