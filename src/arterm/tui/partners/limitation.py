"""The limitation radar: claims that may run out of time within a year, the first ones first, and those to be
checked.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.claims.limitation import RunningOut, running_out
from arterm.rules.day_words import in_words
from arterm.rules.money import show
from arterm.rules.text import count
from arterm.tui.host import OpenDossier
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("Customer", 14, share=1),
    Column("Invoice", 10, yields=2),
    Column("Open", 11, right=True),
    Column("Out of time", 11),
    Column("What stops the clock", 26, share=3, yields=1),
)


class LimitationSheet(ListSheet):
    """Which claims to act on before the law takes them."""

    SCREEN = "limitation"
    BINDINGS: ClassVar[list[Any]] = bindings_of("limitation")

    def __init__(self) -> None:
        super().__init__(_COLUMNS)
        self.rows: tuple[RunningOut, ...] = ()

    def load(self) -> None:
        """Ask the desk."""
        self.rows = running_out(self.host.desk)
        cells = [self._cells(one) for one in self.rows]
        self.put("#title", f"{count(len(cells), 'claim')} that may run out of time within a year, or is to be checked")
        self.grid.show(Rows(range(len(cells)), lambda a, b: cells[a:b], "No claim runs out of time within a year."))

    def _cells(self, one: RunningOut) -> list[Cell]:
        desk = self.host.desk
        tone = (
            "late"
            if one.days is not None and one.days <= 30
            else "warn"
            if one.days is not None and one.days <= 90
            else ""
        )
        when = in_words(one.on, desk.today) if one.on else "check"
        return [one.customer, one.invoice, show(one.open.minor, one.currency, desk.style), (when, tone), one.words]

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands and self.grid.cursor < len(self.rows):
            customer = self.rows[self.grid.cursor].customer_id
            self.dismiss()
            self.host.post_message(OpenDossier(customer))

    def action_why(self) -> None:
        """The whole sentence of the row, where its column is too narrow for it."""
        if self.grid.cursor < len(self.rows):
            one = self.rows[self.grid.cursor]
            self.host.push_screen(TextScreen(f"{one.customer}, {one.invoice}", [one.words]))
