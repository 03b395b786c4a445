"""The board's reads: ids in order, totals by due day, and the words a filter looks in. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from arterm.store.book import Book

# How the board can be sorted: the SQL of each order, most pressing first.
ORDERS = {
    "priority": "b.rank DESC, b.invoice",
    "late": "b.due, b.invoice",
    "amount": "b.open + b.charges DESC, b.invoice",
    "customer": "c.folded, b.due, b.invoice",
    "step": "b.step DESC, b.rank DESC",
    "number": "i.number, b.invoice",
}


def ids_in_order(
    book: Book,
    order: str = "priority",
    due: tuple[date | None, date | None] = (None, None),
    customer: int | None = None,
    limit: int | None = None,
) -> list[int]:
    """Open invoices from the caches, in that order; `due` bounds the due day (from, before), either may be open."""
    join = "JOIN customer c ON c.id = b.customer" if order == "customer" else ""
    join += " JOIN invoice i ON i.id = b.invoice" if order == "number" else ""
    condition, values = _within(due, customer)
    bound = f"LIMIT {int(limit)}" if limit is not None else ""
    rows = book.rows(f"SELECT b.invoice FROM board_case b {join} {condition} ORDER BY {ORDERS[order]} {bound}", values)
    return [row[0] for row in rows]


def how_many(book: Book, due: tuple[date | None, date | None]) -> int:
    """How many rows `ids_in_order` has, from the kept totals: as quick for a million as for a hundred."""
    condition, values = _within(due, None)
    return int(book.one(f"SELECT coalesce(sum(n), 0) FROM open_day b {condition}", values)[0])


def by_customer(book: Book, due: tuple[date | None, date | None]) -> list[tuple[int, str, str, int, int, date, int]]:
    """(customer, name, currency, number, open sum, oldest due, best rank) of everything open, most pressing first."""
    condition, values = _within(due, None)
    rows = book.rows(
        "SELECT b.customer, c.name, b.currency, count(*), sum(b.open + b.charges), min(b.due), max(b.rank) AS best"
        f" FROM board_case b JOIN customer c ON c.id = b.customer {condition} GROUP BY 1, 3 ORDER BY best DESC, 1",
        values,
    )
    return [(*row[:5], date.fromisoformat(row[5]), row[6]) for row in rows]


def _within(due: tuple[date | None, date | None], customer: int | None) -> tuple[str, list[Any]]:
    where, values = list[str](), list[Any]()
    for bound, sign in zip(due, (">=", "<"), strict=True):
        if bound is not None:
            where.append(f"b.due {sign} ?")
            values.append(bound.isoformat())
    if customer is not None:
        where.append("b.customer = ?")
        values.append(customer)
    return (f"WHERE {' AND '.join(where)}" if where else ""), values


def sums_by_age(book: Book, bounds: Sequence[date]) -> list[tuple[str, int, int, int, int]]:
    """(currency, bucket by number, open sum, how many, open charges) of everything open, from the caches."""
    age = " + ".join("(due < ?)" for _ in bounds)
    return book.rows(
        f"SELECT currency, {age} AS age, sum(sum), sum(n), sum(charges) FROM open_day GROUP BY 1, 2",
        [bound.isoformat() for bound in bounds],
    )


def ages_by_customer(book: Book, bounds: Sequence[date]) -> list[tuple[int, str, str, int, int, int]]:
    """(customer, name, currency, bucket by number, principal, charges) of everything open, from the caches."""
    age = " + ".join("(b.due < ?)" for _ in bounds)
    return book.rows(
        f"SELECT b.customer, c.name, b.currency, {age} AS age, sum(b.open), sum(b.charges) FROM board_case b"
        " JOIN customer c ON c.id = b.customer GROUP BY 1, 3, 4",
        [bound.isoformat() for bound in bounds],
    )


def unapplied_now(book: Book) -> dict[str, int]:
    """Per currency, receipts and credits that settle nothing yet (minor units); of what is free, nothing else is
    read.
    """
    return dict(
        book.rows("SELECT currency, sum(free) FROM credit WHERE free > 0 AND void_act IS NULL GROUP BY currency")
    )


def unapplied(book: Book, on: date) -> dict[str, int]:
    """The same as of a past day: also what was used only later."""
    rows = book.rows(
        "SELECT c.currency, sum(c.free + coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.credit = c.id AND"
        " a.value_day > ?1), 0)) FROM credit c WHERE c.void_act IS NULL AND c.day <= ?1 GROUP BY 1",
        (on.isoformat(),),
    )
    return {currency: total for currency, total in rows if total}


def words(book: Book) -> list[tuple[int, str]]:
    """(invoice, what a filter searches) of every open invoice, in the order of the board."""
    return book.rows(
        "SELECT b.invoice, c.folded || ' ' || c.own_no || ' ' || i.number || ' ' || i.reference || ' ' || i.note || ' '"
        " || c.note FROM board_case b JOIN customer c ON c.id = b.customer JOIN invoice i ON i.id = b.invoice ORDER BY"
        " b.rank DESC, b.invoice"
    )
