"""The board's reads: ids in order, totals by due day, and the words a filter looks in. Nothing here writes.

They are asked at every key press and read nothing but the caches: SQL text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
Due = tuple[date | None, date | None]  # bounds of the due day: from, before; either may be open


@dataclass(frozen=True, slots=True)
class CustomerSum:
    """What is open of a customer in a currency, with charges (minor units); `best` is the highest rank."""

    customer: int
    name: str
    currency: str
    invoices: int
    open: int
    oldest: date
    best: int


@dataclass(frozen=True, slots=True)
class AgeSum:
    """What is open in a currency and an age, the age as a number of the bounds it is past (minor units)."""

    currency: str
    age: int
    open: int
    invoices: int
    charges: int


@dataclass(frozen=True, slots=True)
class CustomerAge:
    """What is open of a customer in a currency and an age (minor units)."""

    customer: int
    name: str
    currency: str
    age: int
    open: int
    charges: int


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What a filter searches of an open invoice."""

    invoice: int
    text: str


@dataclass(frozen=True, slots=True)
class FreeSum:
    """What settles nothing yet, in a currency (minor units)."""

    currency: str
    total: int


@dataclass(frozen=True, slots=True)
class CustomerFree:
    """What a customer has that settles nothing yet, in a currency (minor units)."""

    customer: int
    name: str
    currency: str
    free: int


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A customer's own number."""

    customer: int
    own_no: str


def ids_in_order(
    book: Book,
    order: str = "priority",
    due: Due = (None, None),
    customer: int | None = None,
    limit: int | None = None,
) -> list[int]:
    """Open invoices from the caches, in that order; `due` bounds the due day."""
    join = "JOIN customer c ON c.id = b.customer" if order == "customer" else ""
    join += " JOIN invoice i ON i.id = b.invoice" if order == "number" else ""
    condition, values = _within(due, customer)
    bound = f"LIMIT {int(limit)}" if limit is not None else ""
    return book.column(
        f"SELECT b.invoice FROM board_case b {join} {condition} ORDER BY {ORDERS[order]} {bound}", values
    )


def how_many(book: Book, due: Due) -> int:
    """How many rows `ids_in_order` has, from the kept totals: as quick for a million as for a hundred."""
    condition, values = _within(due, None)
    return int(book.value(f"SELECT coalesce(sum(n), 0) FROM open_day b {condition}", values))


def by_customer(book: Book, due: Due) -> list[CustomerSum]:
    """Everything open by customer and currency, most pressing first."""
    condition, values = _within(due, None)
    return book.records(
        CustomerSum,
        f"""
        SELECT b.customer, c.name, b.currency, count(*), sum(b.open + b.charges), min(b.due), max(b.rank) AS best
        FROM board_case b JOIN customer c ON c.id = b.customer {condition}
        GROUP BY b.customer, c.name, b.currency ORDER BY best DESC, b.customer""",
        values,
    )


def _within(due: Due, customer: int | None) -> tuple[str, list[Any]]:
    where, values = list[str](), list[Any]()
    for bound, sign in zip(due, (">=", "<"), strict=True):
        if bound is not None:
            where.append(f"b.due {sign} ?")
            values.append(bound.isoformat())
    if customer is not None:
        where.append("b.customer = ?")
        values.append(customer)
    return (f"WHERE {' AND '.join(where)}" if where else ""), values


def _age(bounds: Sequence[date]) -> str:
    """An age by number: how many of some falling days a due day lies before."""
    return " + ".join("CASE WHEN b.due < ? THEN 1 ELSE 0 END" for _ in bounds)


def sums_by_age(book: Book, bounds: Sequence[date]) -> list[AgeSum]:
    """Everything open by currency and age, from the caches."""
    return book.records(
        AgeSum,
        f"""
        SELECT currency, age, sum(open), sum(n), sum(charges) FROM (
            SELECT b.currency AS currency, {_age(bounds)} AS age, b.sum AS open, b.n AS n, b.charges AS charges
            FROM open_day b
        ) AS aged GROUP BY currency, age""",
        [bound.isoformat() for bound in bounds],
    )


def ages_by_customer(book: Book, bounds: Sequence[date]) -> list[CustomerAge]:
    """Everything open by customer, currency and age, from the caches."""
    return book.records(
        CustomerAge,
        f"""
        SELECT customer, name, currency, age, sum(open), sum(charges) FROM (
            SELECT b.customer AS customer, c.name AS name, b.currency AS currency, {_age(bounds)} AS age,
                b.open AS open, b.charges AS charges
            FROM board_case b JOIN customer c ON c.id = b.customer
        ) AS aged GROUP BY customer, name, currency, age""",
        [bound.isoformat() for bound in bounds],
    )


def unapplied_now(book: Book) -> dict[str, int]:
    """Per currency, receipts and credits that settle nothing yet (minor units); of what is free, nothing else is
    read.
    """
    rows = book.records(FreeSum, "SELECT currency, sum(free) FROM live_credit WHERE free > 0 GROUP BY currency")
    return {one.currency: one.total for one in rows}


_FREE = "k.free + coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.credit = k.id AND a.value_day > ?), 0)"


def unapplied(book: Book, on: date) -> dict[str, int]:
    """The same as of a past day: also what was used only later."""
    rows = book.records(
        FreeSum,
        f"SELECT k.currency, sum({_FREE}) FROM live_credit k WHERE k.day <= ? GROUP BY k.currency",
        (on.isoformat(), on.isoformat()),
    )
    return {one.currency: one.total for one in rows if one.total}


def unapplied_by_customer(book: Book, on: date) -> list[CustomerFree]:
    """The same by customer."""
    return book.records(
        CustomerFree,
        f"""
        SELECT customer, name, currency, sum(free) FROM (
            SELECT c.customer AS customer, c.name AS name, k.currency AS currency, {_FREE} AS free
            FROM live_credit k JOIN customer_now c ON c.id = k.customer WHERE k.day <= ?
        ) AS unused GROUP BY customer, name, currency HAVING sum(free) > 0""",
        (on.isoformat(), on.isoformat()),
    )


def own_numbers(book: Book) -> dict[int, str]:
    """The customers' own numbers."""
    rows = book.records(OwnNumber, "SELECT id, own_no FROM customer WHERE own_no <> ''")
    return {one.customer: one.own_no for one in rows}


def words(book: Book) -> list[SearchWords]:
    """What a filter searches of every open invoice, in the order of the board."""
    return book.records(
        SearchWords,
        """
        SELECT b.invoice, c.folded || ' ' || c.own_no || ' ' || i.number || ' ' || i.reference || ' ' || i.note
            || ' ' || c.note
        FROM board_case b JOIN customer c ON c.id = b.customer JOIN invoice i ON i.id = b.invoice
        ORDER BY b.rank DESC, b.invoice""",
    )
