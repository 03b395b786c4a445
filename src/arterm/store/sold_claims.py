"""Claims that others have: sold ones, from the day of the sale until they are given back they are the buyer's, and no
debt to us; and collected ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book

_SALES = """
  SELECT l.invoice, p.name, h.day, h.handover FROM handover_line l
  JOIN (SELECT id AS handover, partner, day FROM handover WHERE kind = 'sale' AND void_act IS NULL AND day <= :on
        AND (returned IS NULL OR returned > :on)) h ON h.handover = l.handover
  JOIN partner p ON p.id = h.partner"""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who owns a claim, and since when."""

    name: str
    since: date


@dataclass(frozen=True, slots=True)
class SoldInvoice:
    """A sold invoice, of a customer as now known, with what is open of it and its charges (minor units)."""

    invoice: int
    customer: int
    currency: str
    left: int


@dataclass(frozen=True, slots=True)
class PaidByBuyers:
    """Credits that buyers of claims paid, and what of them is on each claim (minor units)."""

    credits: frozenset[int]
    on_claims: dict[int, int]


def sold_on(book: Book, on: date) -> frozenset[int]:
    """The invoices that were sold by a day and not given back by then; as a rule none."""
    return frozenset(book.column(_SALES, {"on": on.isoformat()}))


def buyers(book: Book, on: date) -> dict[int, Buyer]:
    """Who owns each of them."""
    rows = book.rows(_SALES, {"on": on.isoformat()})
    return {row: Buyer(name, date.fromisoformat(day)) for row, name, day, _ in rows}


def sold_left(book: Book, on: date) -> list[SoldInvoice]:
    """What is sold on a day, and not paid."""
    found = book.records(
        SoldInvoice,
        f"""
        SELECT s.invoice, coalesce(o.merged_into, o.id), i.currency, sum(d.open + coalesce(
          (SELECT sum(a.amount) FROM allocation a WHERE a.invoice = d.id AND a.value_day > :on), 0))
        FROM ({_SALES}) s JOIN invoice i ON i.id = s.invoice JOIN customer o ON o.id = i.customer
        JOIN invoice d ON (d.id = i.id OR (d.parent = i.id AND d.kind = 'charge')) AND d.void_act IS NULL
          AND d.issued <= :on
        GROUP BY s.invoice, coalesce(o.merged_into, o.id), i.currency""",
        {"on": on.isoformat()},
    )
    return [one for one in found if one.left > 0]


def paid_by_buyers(book: Book, on: date) -> PaidByBuyers:
    """What buyers of the claims that are sold on a day have paid by then."""
    rows = book.rows(
        f"""
        SELECT r.credit, coalesce(d.parent, d.id), coalesce(sum(a.amount), 0) FROM handover_report r
        JOIN (SELECT DISTINCT handover FROM ({_SALES}) AS sales) s ON s.handover = r.handover
        LEFT JOIN allocation a ON a.credit = r.credit AND a.value_day <= :on LEFT JOIN invoice d ON d.id = a.invoice
        WHERE r.void_act IS NULL AND r.credit IS NOT NULL AND r.by_customer = 0 AND r.day <= :on GROUP BY 1, 2""",
        {"on": on.isoformat()},
    )
    paid: dict[int, int] = {}
    for _, invoice, amount in rows:
        paid[invoice] = paid.get(invoice, 0) + amount
    return PaidByBuyers(frozenset(row[0] for row in rows), paid)


def collectors(book: Book, on: date) -> dict[int, tuple[str, ...]]:
    """Who collects an invoice on a day, without owning it."""
    found: dict[int, tuple[str, ...]] = {}
    for row, name in book.rows(
        "SELECT l.invoice, p.name FROM handover h JOIN handover_line l ON l.handover = h.id JOIN partner p ON p.id ="
        " h.partner WHERE h.kind = 'collection' AND h.void_act IS NULL AND h.day <= :on AND (h.ended IS NULL OR h.ended"
        " > :on)",
        {"on": on.isoformat()},
    ):
        found[row] = (*found.get(row, ()), name)
    return found
