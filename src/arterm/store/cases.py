"""Open invoices as cases: the facts each is judged by on a day, and the caches the board is read from.

`facts` asks the tables themselves and is true for any day. The caches hold the same for the newest day, for open
invoices only, in an order that does not change with the date; they are refreshed for touched customers within the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.rules.judgement import Case, judge
from arterm.rules.promises import Promise
from arterm.store.book import Book

# Money for the invoices of promises that came after each was made: an older payment, and what became of it, does not count.
PROMISE_RECEIPTS = """
  SELECT l.promise, a.value_day, sum(a.amount) FROM promise_line l JOIN promise p ON p.id = l.promise
  JOIN allocation a ON a.invoice = l.invoice JOIN credit c ON c.id = a.credit LEFT JOIN allocation o ON o.id = a.reverses
  LEFT JOIN allocation r ON r.id = coalesce(o.restores, a.restores)
  WHERE c.kind IN ('receipt', 'reported') AND (coalesce(r.value_day, o.value_day, a.value_day) > p.made
    OR (coalesce(r.value_day, o.value_day, a.value_day) = p.made AND coalesce(r.act, o.act, a.act) > p.act))"""
# A promise whose log entry was corrected by another no longer counts.
STANDING_PROMISE = "p.log NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL)"
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
    """Every invoice open on that day (by value dates), of some customers or all, or some invoices by id."""
    where, values = _where(None if customers is None else one_and_merged(book, customers), invoices)
    day = on.isoformat()
    late = _after(book, day)
    query = f"""
      SELECT i.id, i.number, c.id, c.name, i.issued, i.due, i.currency, i.total, i.open, i.kind, i.reference
      FROM invoice i JOIN customer o ON o.id = i.customer JOIN customer c ON c.id = coalesce(o.merged_into, o.id)
      WHERE i.void_act IS NULL AND i.issued <= ? AND i.total > 0 {where} {"" if late else "AND i.open > 0"} ORDER BY i.id"""
    rows = [(*r[:8], r[8] + late.get(r[0], 0), *r[9:]) for r in book.rows(query, (day, *values))]
    rows = [r for r in rows if r[8] > 0]
    steps = _steps(book, day, where, values)
    promises = _promises(book, day, where, values)
    receipts = _receipts(book, on, promises) if promises else {}
    contacts = _contacts(book, day, {r[2] for r in rows})
    fromiso = date.fromisoformat
    found = []
    for id_, number, customer, name, issued, due, currency, total, open_, kind, reference in rows:
        step, noticed = steps.get(id_, (0, None))
        promise = promises.get(id_)
        spoken, follow_up = contacts.get(customer, (None, None))
        case = Case(
            due=fromiso(due), open=open_, currency=currency, step=step, last_notice=noticed, last_contact=spoken,
            follow_up=follow_up, promise=promise, receipts=receipts.get(promise.id, ()) if promise else (),
        )  # fmt: skip
        found.append(OpenInvoice(id_, number, customer, name, fromiso(issued), total, kind, reference, case))
    return found


def horizon(book: Book) -> str:
    """The newest value day in the book; from that day on the caches tell the truth."""
    queries = (
        "SELECT max(value_day) FROM allocation", "SELECT max(issued) FROM invoice", "SELECT max(day) FROM log",
        "SELECT max(made) FROM promise", "SELECT max(day) FROM credit", "SELECT max(coalesce(issued, day)) FROM notice", "SELECT value FROM cache_state WHERE key = 'day'",
    )  # fmt: skip
    return max(((book.one(query) or ("",))[0] or "") for query in queries)


def refresh(book: Book, customers: Iterable[int], on: date) -> None:
    """Bring the caches of these customers up to date, within the caller's transaction."""
    named = set(customers)
    touched = sorted(named | {now_known_as(book, customer) for customer in named})
    if not touched:
        return
    if len(touched) > _FEW:
        rebuild(book, on)
        return
    marks = ", ".join("?" * len(touched))
    for currency, due, n, total in book.rows(
        f"SELECT currency, due, count(*), sum(open) FROM board_case WHERE customer IN ({marks}) GROUP BY 1, 2", touched
    ):
        book.rows(
            "UPDATE open_day SET n = n - ?, sum = sum - ? WHERE currency = ? AND due = ?", (n, total, currency, due)
        )
    book.rows(f"DELETE FROM board_case WHERE customer IN ({marks})", touched)
    rows = list(_case_rows(book, on, touched))
    _insert_cases(book, rows)
    for _, _, currency, due, open_, *_ in rows:
        book.rows(
            "INSERT INTO open_day (currency, due, n, sum) VALUES (?, ?, 1, ?)"
            " ON CONFLICT (currency, due) DO UPDATE SET n = n + 1, sum = sum + excluded.sum",
            (currency, due, open_),
        )
    book.rows("DELETE FROM open_day WHERE n = 0")
    _note_day(book, on)


def rebuild(book: Book, on: date) -> None:
    """Make all caches anew from the tables, within the caller's transaction."""
    book.rows("DELETE FROM board_case")
    book.rows("DELETE FROM open_day")
    _insert_cases(book, list(_case_rows(book, on, None)))
    book.rows("INSERT INTO open_day SELECT currency, due, count(*), sum(open) FROM board_case GROUP BY 1, 2")
    _note_day(book, on)


def wake(book: Book, on: date) -> None:
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


def now_known_as(book: Book, customer: int) -> int:
    """The customer that one was merged into, or itself."""
    return int(book.one("SELECT coalesce(merged_into, id) FROM customer WHERE id = ?", (customer,))[0])


def one_and_merged(book: Book, customers: Sequence[int]) -> list[int]:
    """These customers and all that were merged into them."""
    marks = ", ".join("?" * len(customers))
    merged = book.rows(f"SELECT id FROM customer WHERE merged_into IN ({marks})", tuple(customers))
    return [*customers, *(row[0] for row in merged)]


def disagreements(book: Book) -> list[str]:
    """Caches and kept sums compared with the rows they follow from; for `doctor`."""
    found = []
    for table, column, own, sums in (
        ("invoice", "open", "total", "SELECT coalesce(sum(amount), 0) FROM allocation a WHERE a.invoice = t.id"),
        ("credit", "free", "total", "SELECT coalesce(sum(amount), 0) FROM allocation a WHERE a.credit = t.id"),
    ):
        for (row,) in book.rows(f"SELECT t.id FROM {table} t WHERE t.{column} <> t.{own} - ({sums})"):
            found.append(f"{table} {row}: what is {column} does not follow from its allocations")
    missing = book.rows(
        "SELECT i.id FROM invoice i LEFT JOIN board_case b ON b.invoice = i.id WHERE i.void_act IS NULL"
        " AND i.open > 0 AND (b.open IS NULL OR b.open <> i.open OR b.due <> i.due)"
        " UNION SELECT b.invoice FROM board_case b JOIN invoice i ON i.id = b.invoice WHERE i.open = 0 OR i.void_act IS NOT NULL"
    )
    found += [f"board: invoice {row[0]} is not shown as it is" for row in missing]
    totals = book.rows(
        "SELECT currency, due, count(*), sum(open) FROM board_case GROUP BY 1, 2 EXCEPT SELECT currency, due, n, sum FROM open_day"
    )
    totals += book.rows(
        "SELECT currency, due, n, sum FROM open_day EXCEPT SELECT currency, due, count(*), sum(open) FROM board_case GROUP BY 1, 2"
    )
    return found + [f"board: the total due on {row[1]} does not add up" for row in totals]


def _case_rows(book: Book, on: date, customers: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
    for found in facts(book, date.max, customers):
        case = found.case
        judged = judge(case, on)
        yield (
            found.id, found.customer, case.currency, case.due.isoformat(), case.open,
            "promised" if judged.status == "promised" else "", case.step, judged.rank,
            judged.wake_on.isoformat() if judged.wake_on else None,
        )  # fmt: skip


def _insert_cases(book: Book, rows: list[tuple[Any, ...]]) -> None:
    book.connection.executemany(
        "INSERT INTO board_case (invoice, customer, currency, due, open, status, step, rank, wake_on)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        rows,
    )


def _note_day(book: Book, on: date) -> None:
    book.rows(
        "INSERT INTO cache_state (key, value) VALUES ('day', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)",
        (on.isoformat(),),
    )


def _where(customers: Sequence[int] | None, invoices: Sequence[int] | None) -> tuple[str, tuple[int, ...]]:
    if invoices is not None:
        return f"AND i.id IN ({', '.join('?' * len(invoices))})", tuple(invoices)
    if customers is not None:
        return f"AND i.customer IN ({', '.join('?' * len(customers))})", tuple(customers)
    return "", ()


def _after(book: Book, day: str) -> dict[int, int]:
    """What was allocated after that day: open then, though not now."""
    if book.one("SELECT 1 FROM allocation WHERE value_day > ? LIMIT 1", (day,)) is None:
        return {}
    return dict(book.rows("SELECT invoice, sum(amount) FROM allocation WHERE value_day > ? GROUP BY 1", (day,)))


def _steps(book: Book, day: str, where: str, values: tuple[int, ...]) -> dict[int, tuple[int, date]]:
    query = f"""
      SELECT l.invoice, max(l.step), max(n.issued) FROM notice n JOIN notice_line l ON l.notice = n.id
      JOIN invoice i ON i.id = l.invoice
      WHERE n.state = 'issued' AND n.void_act IS NULL AND n.issued <= ? {where} GROUP BY l.invoice"""
    return {row[0]: (row[1], date.fromisoformat(row[2])) for row in book.rows(query, (day, *values))}


def _promises(book: Book, day: str, where: str, values: tuple[int, ...]) -> dict[int, Promise]:
    """The newest promise of each invoice: a later one takes the place of an earlier."""
    query = f"""
      SELECT l.invoice, p.id, p.made, p.day, p.amount FROM promise p JOIN promise_line l ON l.promise = p.id
      JOIN invoice i ON i.id = l.invoice
      WHERE p.void_act IS NULL AND p.made <= ? AND {STANDING_PROMISE} {where} ORDER BY p.made, p.id"""
    made = date.fromisoformat
    return {row[0]: Promise(row[1], made(row[2]), made(row[3]), row[4]) for row in book.rows(query, (day, *values))}


def _receipts(book: Book, on: date, promises: dict[int, Promise]) -> dict[int, list[tuple[date, int]]]:
    """Money allocated to the invoices of each promise, by value day."""
    found: dict[int, list[tuple[date, int]]] = {}
    only, values = _some("l.promise", {promise.id for promise in promises.values()})
    query = f"""
      {PROMISE_RECEIPTS} AND a.value_day <= ? {only} GROUP BY 1, 2"""
    for promise, day, amount in book.rows(query, (on.isoformat(), *values)):
        found.setdefault(promise, []).append((date.fromisoformat(day), amount))
    return found


def _contacts(book: Book, day: str, customers: set[int]) -> dict[int, tuple[date | None, date | None]]:
    """Per customer the newest day they were contacted and the follow-up their newest entry asks for."""
    only, values = _some(
        "l.customer", set(one_and_merged(book, sorted(customers))) if len(customers) <= _FEW else customers
    )
    query = f"""
      SELECT coalesce(o.merged_into, o.id), channel, day, follow_up FROM log l JOIN customer o ON o.id = l.customer
      WHERE l.void_act IS NULL AND day <= ? {only}
      AND l.id NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL) ORDER BY day, l.id"""
    found: dict[int, tuple[date | None, date | None]] = {}
    for customer, channel, said, again in book.rows(query, (day, *values)):
        spoken = found.get(customer, (None, None))[0] if channel == "note" else date.fromisoformat(said)
        found[customer] = (spoken, date.fromisoformat(again) if again else None)
    return found


def _some(column: str, ids: set[int]) -> tuple[str, tuple[int, ...]]:
    """A condition for a few ids; none at all for many, where reading everything is cheaper."""
    if len(ids) > _FEW:
        return "", ()
    return f"AND {column} IN ({', '.join('?' * len(ids))})", tuple(ids)
