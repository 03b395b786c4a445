"""Open invoices as cases: the facts each is judged by on a day, and the caches the board is read from.

`facts` asks the tables themselves and is true for any day. The caches hold the same for the newest day, for open
invoices only, in an order that does not change with the date; they are refreshed for touched customers within the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.rules.assessment import rank_of, status_of
from arterm.rules.case import Case
from arterm.store.book import Book
from arterm.store.case_facts import CaseFacts
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.sold_claims import sold_on
from arterm.store.sql import marks

_FEW = 400  # customers whose cases are refreshed one set at a time; more of them, and everything is rebuilt


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An open invoice as of a day, with the case made of it. Amounts in minor units."""

    id: int
    number: str
    customer: int
    name: str
    issued: date
    total: int
    kind: str
    reference: str
    case: Case


def facts(
    book: Book, on: date, customers: Sequence[int] | None = None, invoices: Sequence[int] | None = None
) -> list[OpenInvoice]:
    """Every invoice on which principal or charges are open on that day (by value dates); of some customers, or some by
    id.

    A charge is no row of its own: it stands beside the invoice it belongs to. What is sold is not among them.
    """
    where, values = _where(None if customers is None else merged_ids(book, customers), invoices)
    day = on.isoformat()
    late, charges = _after(book, day), _charges(book, day, where, values)
    owing = ""
    if charges:
        owing = (
            " OR i.id IN (SELECT parent FROM invoice WHERE parent IS NOT NULL AND kind = 'charge' AND void_act IS NULL"
            " AND open > 0)"
        )
    query = f"""
      SELECT i.id, i.number, c.id, c.name, i.issued, i.due, i.currency, i.total, i.open, i.kind, i.reference, c.kind,
        c.country
      FROM invoice i JOIN customer o ON o.id = i.customer JOIN customer c ON c.id = coalesce(o.merged_into, o.id)
      WHERE i.void_act IS NULL AND i.issued <= ? AND i.total > 0
        AND i.kind <> 'charge' {where} {"" if late else f"AND (i.open > 0{owing})"} ORDER BY i.id"""
    rows = [(*r[:8], r[8] + late.get(r[0], 0), *r[9:]) for r in book.rows(query, (day, *values))]
    sold = sold_on(book, on)
    rows = [r for r in rows if (r[8] > 0 or r[0] in charges) and r[0] not in sold]
    around = CaseFacts(book, on, where, values, {r[2] for r in rows})
    fromiso = date.fromisoformat
    return [
        OpenInvoice(
            id_,
            number,
            customer,
            name,
            fromiso(issued),
            total,
            kind,
            reference,
            around.case(id_, customer, fromiso(due), open_, charges.get(id_, 0), currency, debtor),
        )
        for id_, number, customer, name, issued, due, currency, total, open_, kind, reference, debtor, _ in rows
    ]


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What was open of an invoice on a day, without its charges (minor units)."""

    invoice: int
    due: date
    open: int


def open_on(book: Book, days: Sequence[date], currency: str) -> dict[date, list[LeftOpen]]:
    """What was open of a currency on each of some days, in one pass: the same sums as `facts`, without what stands
    around.
    """
    first, last = min(days).isoformat(), max(days).isoformat()
    later: dict[int, list[tuple[str, int]]] = {}
    for row, value_day, amount in book.rows(
        "SELECT invoice, value_day, amount FROM allocation WHERE value_day > ?", (first,)
    ):
        later.setdefault(row, []).append((value_day, amount))
    rows = book.rows(
        "SELECT id, issued, due, open FROM invoice WHERE void_act IS NULL AND issued <= ? AND total > 0 AND kind <>"
        " 'charge' AND currency = ? AND (open > 0 OR id IN (SELECT invoice FROM allocation WHERE value_day > ?))",
        (last, currency, first),
    )
    named = [(day, day.isoformat(), sold_on(book, day)) for day in days]
    found: dict[date, list[LeftOpen]] = {day: [] for day in days}
    for row, issued, due_day, now in rows:
        due, moved = date.fromisoformat(due_day), later.get(row, ())
        for day, name, sold in named:
            if issued <= name and row not in sold:
                left = now
                for value_day, amount in moved:
                    if value_day > name:
                        left += amount
                if left > 0:
                    found[day].append(LeftOpen(row, due, left))
    return found


def disputed_on(book: Book, on: date) -> dict[int, int]:
    """What was disputed of each invoice on that day (minor units)."""
    rows = book.rows(
        "SELECT invoice, sum(amount) FROM dispute WHERE void_act IS NULL AND opened <= ? AND (closed IS NULL OR closed"
        " > ?) GROUP BY 1",
        (on.isoformat(), on.isoformat()),
    )
    return dict(rows)


def horizon(book: Book) -> str:
    """The newest value day in the book; from that day on the caches tell the truth."""
    queries = (
        "SELECT max(value_day) FROM allocation",
        "SELECT max(issued) FROM invoice",
        "SELECT max(day) FROM log",
        "SELECT max(made) FROM promise",
        "SELECT max(day) FROM credit",
        "SELECT max(coalesce(issued, day)) FROM notice",
        "SELECT value FROM cache_state WHERE key = 'day'",
    )
    return max(((book.one(query) or ("",))[0] or "") for query in queries)


def refresh(book: Book, customers: Iterable[int], on: date) -> None:
    """Bring the caches of these customers up to date, within the caller's transaction."""
    named = set(customers)
    touched = sorted(named | {canonical_id(book, customer) for customer in named})
    if not touched:
        return
    if len(touched) > _FEW:
        rebuild(book, on)
        return
    for currency, due, n, total, charges in book.rows(
        "SELECT currency, due, count(*), sum(open), sum(charges) FROM board_case WHERE customer IN"
        f" ({marks(touched)}) GROUP BY 1, 2",
        touched,
    ):
        book.rows(
            "UPDATE open_day SET n = n - ?, sum = sum - ?, charges = charges - ? WHERE currency = ? AND due = ?",
            (n, total, charges, currency, due),
        )
    book.rows(f"DELETE FROM board_case WHERE customer IN ({marks(touched)})", touched)
    rows = list(_case_rows(book, on, touched))
    _insert_cases(book, rows)
    for _, _, currency, due, open_, charges, *_ in rows:
        book.rows(
            "INSERT INTO open_day (currency, due, n, sum, charges) VALUES (?, ?, 1, ?, ?) ON CONFLICT (currency, due)"
            " DO UPDATE SET n = open_day.n + 1, sum = open_day.sum + excluded.sum,"
            " charges = open_day.charges + excluded.charges",
            (currency, due, open_, charges),
        )
    book.rows("DELETE FROM open_day WHERE n = 0")
    _note_day(book, on)


def rebuild(book: Book, on: date) -> None:
    """Make all caches anew from the tables, within the caller's transaction."""
    book.rows("DELETE FROM board_case")
    book.rows("DELETE FROM open_day")
    _insert_cases(book, list(_case_rows(book, on, None)))
    book.rows(
        "INSERT INTO open_day SELECT currency, due, count(*), sum(open), sum(charges) FROM board_case GROUP BY 1, 2"
    )
    _note_day(book, on)


def refresh_expired(book: Book, on: date) -> None:
    """Judge again the cases whose promise has run out by that day; fill the caches of a book that has none yet."""
    if book.read_only:
        return
    fresh = book.one("SELECT 1 FROM cache_state WHERE key = 'day'") is None
    due = (
        []
        if fresh
        else [r[0] for r in book.rows("SELECT DISTINCT customer FROM board_case WHERE wake_on <= ?", (on.isoformat(),))]
    )
    if fresh or due:
        with book.caches():
            if fresh:
                rebuild(book, on)
            else:
                refresh(book, due, on)


def find_inconsistencies(book: Book) -> list[str]:
    """Caches and kept sums compared with the rows they follow from; for `doctor`."""
    found = []
    for table, column, own, sums in (
        ("invoice", "open", "total", "SELECT coalesce(sum(amount), 0) FROM allocation a WHERE a.invoice = t.id"),
        ("credit", "free", "total", "SELECT coalesce(sum(amount), 0) FROM allocation a WHERE a.credit = t.id"),
    ):
        for (row,) in book.rows(f'SELECT t.id FROM "{table}" t WHERE t.{column} <> t.{own} - ({sums})'):
            found.append(f"{table} {row}: what is {column} does not follow from its allocations")
    missing = book.rows(
        "SELECT i.id FROM invoice i LEFT JOIN board_case b ON b.invoice = i.id WHERE i.void_act IS NULL AND i.kind <>"
        " 'charge' AND i.open > 0 AND (b.open IS NULL OR b.open <> i.open OR b.due <> i.due) UNION SELECT b.invoice"
        " FROM board_case b JOIN invoice i ON i.id = b.invoice WHERE i.open <> b.open OR i.void_act IS NOT NULL UNION"
        " SELECT b.invoice FROM board_case b WHERE b.charges <> (SELECT coalesce(sum(x.open), 0) FROM invoice x   WHERE"
        " x.parent = b.invoice AND x.kind = 'charge' AND x.void_act IS NULL) UNION SELECT x.parent FROM invoice x LEFT"
        " JOIN board_case b ON b.invoice = x.parent   WHERE x.kind = 'charge' AND x.void_act IS NULL AND x.open > 0 AND"
        " b.invoice IS NULL"
    )
    sold = sold_on(book, date.max)
    found += [f"board: invoice {row[0]} is not shown as it is" for row in missing if row[0] not in sold]
    found += [
        f"board: invoice {row} is sold and still shown"
        for (row,) in book.rows("SELECT invoice FROM board_case")
        if row in sold
    ]
    totals = book.rows(
        "SELECT currency, due, count(*), sum(open), sum(charges) FROM board_case GROUP BY 1, 2 EXCEPT SELECT currency,"
        " due, n, sum, charges FROM open_day"
    )
    totals += book.rows(
        "SELECT currency, due, n, sum, charges FROM open_day EXCEPT SELECT currency, due, count(*), sum(open),"
        " sum(charges) FROM board_case GROUP BY 1, 2"
    )
    return found + [f"board: the total due on {row[1]} does not add up" for row in totals]


def _case_rows(book: Book, on: date, customers: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
    for found in facts(book, date.max, customers):
        case = found.case
        status, wakes = status_of(case, on), case.wakes_on(on)
        yield (
            found.id,
            found.customer,
            case.currency,
            case.due.isoformat(),
            case.open,
            case.charges,
            "" if status in ("overdue", "open") else status,
            case.step,
            rank_of(case, on),
            wakes.isoformat() if wakes else None,
        )


def _insert_cases(book: Book, rows: list[tuple[Any, ...]]) -> None:
    book.connection.executemany(
        "INSERT INTO board_case (invoice, customer, currency, due, open, charges, status, step, rank, wake_on)"
        " VALUES (?,?,?,?,?,?,?,?,?,?)",
        rows,
    )


def _note_day(book: Book, on: date) -> None:
    book.rows(
        "INSERT INTO cache_state (key, value) VALUES ('day', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE excluded.value > cache_state.value",
        (on.isoformat(),),
    )


def _where(customers: Sequence[int] | None, invoices: Sequence[int] | None) -> tuple[str, tuple[int, ...]]:
    if invoices is not None:
        return f"AND i.id IN ({marks(invoices)})", tuple(invoices)
    if customers is not None:
        return f"AND i.customer IN ({marks(customers)})", tuple(customers)
    return "", ()


def _after(book: Book, day: str) -> dict[int, int]:
    """What was allocated after that day: open then, though not now."""
    if book.one("SELECT 1 FROM allocation WHERE value_day > ? LIMIT 1", (day,)) is None:
        return {}
    return dict(book.rows("SELECT invoice, sum(amount) FROM allocation WHERE value_day > ? GROUP BY 1", (day,)))


def _charges(book: Book, day: str, where: str, values: tuple[int, ...]) -> dict[int, int]:
    """Charges open on that day, by the invoice they belong to (minor units)."""
    # The day is asked of each sum and not in WHERE: there SQLite would go through every invoice by its day.
    found = book.rows(
        "SELECT i.parent, CASE WHEN i.issued <= ? THEN i.open + coalesce((SELECT sum(a.amount) FROM allocation a WHERE"
        " a.invoice = i.id AND a.value_day > ?), 0) ELSE 0 END FROM invoice i WHERE i.parent IS NOT NULL AND i.kind ="
        f" 'charge' AND i.void_act IS NULL {where.replace('i.id IN', 'i.parent IN')}",
        (day, day, *values),
    )
    sums: dict[int, int] = {}
    for parent, left in found:
        if left:
            sums[parent] = sums.get(parent, 0) + left
    return sums
