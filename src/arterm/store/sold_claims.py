"""Claims that others have: sold ones, from the day of the sale until they are given back they are the buyer's, and no
debt to us; and collected ones.
"""

from __future__ import annotations

from datetime import date

from arterm.store.book import Book

_SALES = """
  SELECT l.invoice, p.name, h.day, h.handover FROM handover_line l
  JOIN (SELECT id AS handover, partner, day FROM handover WHERE kind = 'sale' AND void_act IS NULL AND day <= ?1
        AND (returned IS NULL OR returned > ?1)) h ON h.handover = l.handover
  JOIN partner p ON p.id = h.partner"""


def sold_on(book: Book, on: date) -> frozenset[int]:
    """The invoices that were sold by a day and not given back by then; as a rule none."""
    return frozenset(row[0] for row in book.rows(_SALES, (on.isoformat(),)))


def buyers(book: Book, on: date) -> dict[int, tuple[str, date]]:
    """Who owns each of them, since when."""
    return {row: (name, date.fromisoformat(day)) for row, name, day, _ in book.rows(_SALES, (on.isoformat(),))}


def sold_left(book: Book, on: date) -> list[tuple[int, int, str, int]]:
    """(invoice, customer as now known, currency, what is open of it with its charges in minor units) of what is sold on
    a day.
    """
    return book.rows(
        f"""
        SELECT s.invoice, coalesce(o.merged_into, o.id), i.currency, sum(d.open + coalesce(
          (SELECT sum(a.amount) FROM allocation a WHERE a.invoice = d.id AND a.value_day > ?1), 0)) AS left
        FROM ({_SALES}) s JOIN invoice i ON i.id = s.invoice JOIN customer o ON o.id = i.customer
        JOIN invoice d ON (d.id = i.id OR (d.parent = i.id AND d.kind = 'charge')) AND d.void_act IS NULL
          AND d.issued <= ?1
        GROUP BY s.invoice HAVING left > 0""",
        (on.isoformat(),),
    )


def paid_by_buyers(book: Book, on: date) -> tuple[frozenset[int], dict[int, int]]:
    """Credits that buyers of claims paid, and what of them is on each claim that is sold on a day (minor units)."""
    rows = book.rows(
        f"""
        SELECT r.credit, coalesce(d.parent, d.id), coalesce(sum(a.amount), 0) FROM handover_report r
        JOIN (SELECT DISTINCT handover FROM ({_SALES})) s ON s.handover = r.handover
        LEFT JOIN allocation a ON a.credit = r.credit AND a.value_day <= ?1 LEFT JOIN invoice d ON d.id = a.invoice
        WHERE r.void_act IS NULL AND r.credit IS NOT NULL AND r.by_customer = 0 AND r.day <= ?1 GROUP BY 1, 2""",
        (on.isoformat(),),
    )
    paid: dict[int, int] = {}
    for _, invoice, amount in rows:
        paid[invoice] = paid.get(invoice, 0) + amount
    return frozenset(row[0] for row in rows), paid


def collectors(book: Book, on: date) -> dict[int, tuple[str, ...]]:
    """Who collects an invoice on a day, without owning it."""
    found: dict[int, tuple[str, ...]] = {}
    for row, name in book.rows(
        "SELECT l.invoice, p.name FROM handover h JOIN handover_line l ON l.handover = h.id JOIN partner p ON p.id ="
        " h.partner WHERE h.kind = 'collection' AND h.void_act IS NULL AND h.day <= ?1 AND (h.ended IS NULL OR h.ended"
        " > ?1)",
        (on.isoformat(),),
    ):
        found[row] = (*found.get(row, ()), name)
    return found
