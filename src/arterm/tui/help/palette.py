"""The palette: every act by its words, every customer by name; typing narrows, enter does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from arterm.desk.accounts.customers import everyone
from arterm.rules.text import fold
from arterm.tui.host import OpenDossier
from arterm.tui.keys import acts_of, bindings_of, key_text
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

MOST = 50


class Palette(Slip):
    """Opened over a list; what is chosen is done there."""

    SCREEN = "palette"
    BINDINGS: ClassVar[list[Any]] = bindings_of("palette")

    def __init__(self, screen: ListScreen) -> None:
        super().__init__()
        self.over = screen
        self.found: list[Callable[[], Any]] = []
        self.narrowed = ""
        self.grid = Grid([Column("", 4), Column("", 12, share=1), Column("", 20, share=3)], header=False)

    def compose(self) -> ComposeResult:
        """What to look for, and what was found."""
        with Vertical(id="words-box"):
            yield Plain("Find an act or a customer", classes="page-title")
            yield Input(placeholder="type its name", compact=True)
            yield self.grid

    def on_mount(self) -> None:
        """All acts at first."""
        self.grid.styles.height = max(3, min(14, self.app.size.height - 6))
        self.narrow("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow_to(event.value)

    @on(Grid.Chosen)
    async def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands:
            await self.action_take()

    def _narrow_to(self, text: str) -> None:
        if text != self.narrowed:
            self.narrow(text)

    def narrow(self, text: str) -> None:
        """Show the acts and customers that have every word typed."""
        self.narrowed = text
        words, desk = fold(text).split(), self.host.desk
        rows: list[list[Cell]] = []
        self.found = []
        for act in acts_of(self.over.SCREEN):
            if act.rank >= 0 and all(word in fold(f"{act.words} {act.tooltip}") for word in words):
                rows.append([(key_text(act, self.host.changed_keys), "strong"), act.words, act.tooltip])
                self.found.append(self._doer(act.id))
        named = desk.remember("names", lambda: [(fold(one.name), one) for one in everyone(desk)]) if words else []
        for folded, one in named:
            if len(rows) < MOST and all(word in folded for word in words):
                rows.append(["", one.name, " ".join(part for part in (one.own_no, one.city) if part)])
                self.found.append(self._opener(one.id))
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b], "Nothing like that."))
        self.grid.go(0)

    def action_move(self, by: int) -> None:
        """Another row, while the words are typed."""
        self.grid.action_move(by)

    async def action_take(self) -> None:
        """Close, then do it."""
        await self.typed()
        self._narrow_to(self.query_one(Input).value)
        if self.stands and self.grid.cursor < len(self.found):
            do = self.found[self.grid.cursor]
            self.dismiss()
            self.host.call_later(do)

    def _doer(self, name: str) -> Callable[[], Any]:
        return lambda: self.over.action_do(name)

    def _opener(self, customer: int) -> Callable[[], Any]:
        return lambda: self.host.post_message(OpenDossier(customer))
