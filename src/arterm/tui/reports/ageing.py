"""Aged receivables in cells: what each column says, and amounts that fit it."""

from __future__ import annotations

from arterm.desk.accounts.views import AgeingRow
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS
from arterm.rules.money import show
from arterm.tui.widgets.grid import Cell, Column

AGEING_COLUMNS = (
    Column("Customer", 12, share=1),
    Column("Cur", 3),
    *(Column(name, 9, right=True) for name in BUCKETS),
    Column("charges", 9, right=True, yields=2),
    Column("unapplied", 9, right=True, yields=1),
    Column("Total", 10, right=True),
)


def ageing_cells(desk: Desk, row: AgeingRow) -> list[Cell]:
    """A customer, or the total of a currency."""
    sums = (*row.buckets, row.charges, row.unapplied, row.total)
    amounts = [_short(show(money.minor, row.currency, desk.style)) if money else "-" for money in sums]
    said = [row.customer, row.currency, *amounts]
    return [(text, "strong") for text in said] if not row.customer_id else [*said]


def _short(text: str) -> str:
    """An amount that fits its column: a large one goes without its cents rather than without its end."""
    return text if len(text) <= 9 or text[-3:-2] not in (".", ",") else text[:-3]
