"""Every way out side by side: what comes in, when, at what cost, how probable, worth what today; e changes what is
assumed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.partners.options import Comparison, compare
from arterm.rules.day_words import in_words
from arterm.rules.money import show
from arterm.tui.compromise.forms import assume_form
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("Way out", 24, share=1),
    Column("Comes in", 11, right=True),
    Column("On", 11, yields=2),
    Column("Costs", 10, right=True, yields=1),
    Column("Chance", 6, right=True),
    Column("Worth today", 11, right=True),
    Column("And then", 22, share=1, yields=3),
)


class OptionsSheet(ListSheet):
    """No way is called the best: the figures stand beside what they rest on."""

    SCREEN = "options"
    BINDINGS: ClassVar[list[Any]] = bindings_of("options")

    def __init__(self, customer: int, invoices: tuple[int, ...]) -> None:
        super().__init__(_COLUMNS)
        self.customer, self.invoices = customer, invoices
        self.found: Comparison | None = None

    def load(self) -> None:
        """Ask the desk."""
        self.host.guarded(self._load)

    def _load(self) -> None:
        desk = self.host.desk
        self.found = found = compare(desk, self.customer, self.invoices)
        self.put(
            "#title",
            f"Ways out for {found.customer}: {desk.format_money(found.debt)} on"
            f" {', '.join(found.invoices[:4])}{' …' if len(found.invoices) > 4 else ''}",
        )
        rows: list[list[Cell]] = [
            [
                one.words,
                show(one.brings.minor, one.currency, desk.style),
                in_words(one.on),
                show(one.cost.minor, one.currency, desk.style),
                f"{one.chance} %",
                (show(one.worth.minor, one.currency, desk.style), "strong"),
                (one.relation, "quiet"),
            ]
            for one in found.ways
        ]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b]))

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands:
            self.action_why()

    def action_assume(self) -> None:
        """Change what is assumed."""
        if self.found:
            self.host.push_screen(assume_form(self.host, self.found))

    def action_why(self) -> None:
        """What the figure under the cursor rests on."""
        if self.found is None or self.grid.cursor >= len(self.found.ways):
            return
        way, desk = self.found.ways[self.grid.cursor], self.host.desk
        held = {one.key: one for one in self.found.assumptions}
        lines = [
            (
                f"Comes in where it works: {desk.format_money(way.brings)}, about {in_words(way.on)}; it then costs"
                f" {desk.format_money(way.cost)}."
            ),
            f"Chance {way.chance} %. Probable value today, less the cost: {desk.format_money(way.worth)}.",
            f"And then: {way.relation}.",
            way.note,
            "",
            "It rests on:",
            *(f"  {held[key].words}: {held[key].value} {held[key].unit}  ({held[key].source})" for key in way.rests_on),
        ]
        self.host.push_screen(TextScreen(way.words, lines))
