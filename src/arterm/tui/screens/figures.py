"""Place 4: aged receivables by customer, with totals per currency."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.figures import ageing
from arterm.desk.views import AgeingRow
from arterm.rules.ageing import BUCKETS
from arterm.rules.money import show
from arterm.rules.text import fold
from arterm.tui.acts import bindings_of
from arterm.tui.doing import open_dossier
from arterm.tui.listing import Listing
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("Customer", 12, share=1), Column("Cur", 3), *(Column(name, 9, right=True) for name in BUCKETS),
    Column("unapplied", 9, right=True, yields=1), Column("Total", 10, right=True),
)  # fmt: skip


class FiguresScreen(Listing):
    """Who owes how much, by age."""

    PLACE = "figures"
    BINDINGS: ClassVar[list[Any]] = bindings_of("figures")

    COLUMNS = _COLUMNS

    def load(self) -> None:
        """Ask the desk for the figures."""
        page = ageing(self.desk)
        self.head(f"Aged receivables as of {page.as_of.isoformat()}")
        wanted = fold(self.words)
        rows = [*page.totals, *(row for row in page.rows if wanted in fold(row.customer))]
        keys = [(row.customer_id, row.currency) for row in rows]
        self.grid.show(Rows(keys, lambda a, b: [self._cells(row) for row in rows[a:b]], "Nothing is open."))

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        if isinstance(event.key, tuple) and event.key[0]:
            open_dossier(self.app, event.key[0])

    def _cells(self, row: AgeingRow) -> list[Cell]:
        style = self.desk.style
        tone = "strong" if not row.customer_id else ""
        sums = (*row.buckets, row.unapplied, row.total)
        amounts = [self._short(show(money.minor, row.currency, style)) if money else "-" for money in sums]
        return [(text, tone) if tone else text for text in (row.customer, row.currency, *amounts)]

    @staticmethod
    def _short(text: str) -> str:
        """An amount that fits its column: a large one goes without its cents rather than without its end."""
        return text if len(text) <= 9 or text[-3:-2] not in (".", ",") else text[:-3]
