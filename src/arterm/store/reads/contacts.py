"""Talks and promises: the log and what each entry is about, how often somebody was contacted, what was promised.

Limits are asked for with every task of the worklist, and promises are summed up for all customers at once: both are SQL
text, as is what goes over several tables. The rest are Peewee queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Contact
from arterm.store.models.dunning import Log, Wish
from arterm.store.promise_facts import PROMISE_RECEIPTS
from arterm.store.sql import marks

_AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class ContactCount:
    """How often somebody was contacted: calls on a day, contacts of any kind within a stretch of days."""

    calls: int
    contacts: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log, with the promise that was made in it (minor units) and the customer as now known."""

    id: int
    at: str
    day: date
    customer: str
    customer_id: int
    folded: str
    direction: str
    channel: str
    outcome: str
    reason: str
    note: str
    follow_up: date | None
    promised: int | None
    currency: str | None
    promised_for: date | None
    who: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that stands beside an entry of the log or a promise: the number of an invoice, the name of a file."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise that stands, of the customer as now known (minor units)."""

    customer: int
    id: int
    made: date
    day: date
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class PaidOnPromise:
    """Money of a day that came for the invoices of a promise after it was made (minor units; negative: bounced)."""

    promise: int
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class PromisableDebt:
    """An invoice or charge and what is open on it beyond what is disputed (minor units)."""

    currency: str
    invoice: int
    due: date
    left: int


def made(book: Book, customers: Sequence[int], first: date, last: date) -> ContactCount:
    """Calls on the last day, and contacts from the first to the last, that went out to some customers."""
    found = book.record(
        ContactCount,
        f"""
        SELECT coalesce(sum(CASE WHEN channel = 'call' AND day = ? THEN 1 ELSE 0 END), 0), count(*)
        FROM standing_log
        WHERE customer IN ({marks(customers)}) AND direction = 'out' AND channel <> 'note' AND day BETWEEN ? AND ?""",
        (last.isoformat(), *customers, first.isoformat(), last.isoformat()),
    )
    assert found is not None
    return found


def wish(book: Book, customers: Sequence[int], until: date) -> str:
    """Why some customers do not want to be called, by the newest wish that stands; empty where there is none."""
    found = book.value(
        f"""
        SELECT why FROM live_wish WHERE customer IN ({marks(customers)}) AND since <= ? AND ended IS NULL
        ORDER BY id DESC LIMIT 1""",
        (*customers, until.isoformat()),
    )
    return str(found or "")


def wishes(book: Book, customers: Sequence[int]) -> list[int]:
    """Wishes of some customers not to be called that were not ended."""
    return book.column(
        Wish.select(Wish.id).where(Wish.customer.in_(customers), Wish.ended.is_null(), Wish.void_act.is_null())
    )


def calls_about(book: Book, invoice: int, after: date | None) -> int:
    """Calls about an invoice that went out after a day, or (None) ever."""
    return int(
        book.value(
            """
            SELECT count(*) FROM log_line x JOIN standing_log l ON l.id = x.log
            WHERE x.invoice = ? AND l.channel = 'call' AND l.direction = 'out' AND l.day > ?""",
            (invoice, after.isoformat() if after else ""),
        )
    )


def entries(book: Book, until: date, customers: Sequence[int] | None, limit: int | None) -> list[LogEntry]:
    """Entries of the log up to a day that no later one corrects, the newest first; of some customers or all."""
    whose = f"AND l.customer IN ({marks(customers)})" if customers is not None else ""
    newest = "LIMIT ?" if limit is not None else ""
    return book.records(
        LogEntry,
        f"""
        SELECT l.id, l.at, l.day, c.name, c.customer, c.folded, l.direction, l.channel, l.outcome, l.reason, l.note,
            l.follow_up, p.amount, p.currency, p.day, a.who
        FROM standing_log l JOIN customer_now c ON c.id = l.customer JOIN act a ON a.id = l.act
        LEFT JOIN live_promise p ON p.log = l.id
        WHERE l.day <= ? {whose} ORDER BY l.day DESC, l.id DESC {newest}""",
        (until.isoformat(), *(customers or ()), *(() if limit is None else (limit,))),
    )


def entry_invoices(book: Book, entries: Sequence[int]) -> list[Beside]:
    """The invoices that entries of the log are about."""
    query = """
        SELECT x.log, i.number FROM log_line x JOIN invoice i ON i.id = x.invoice
        WHERE x.log IN ({0}) ORDER BY x.log, x.invoice"""
    return _beside(book, query, entries)


def entry_files(book: Book, entries: Sequence[int]) -> list[Beside]:
    """The files that are kept beside entries of the log."""
    query = """
        SELECT owner_id, name FROM live_attachment
        WHERE owner = 'log' AND owner_id IN ({0}) ORDER BY owner_id, id"""
    return _beside(book, query, entries)


def promise_invoices(book: Book, promises: Sequence[int]) -> list[Beside]:
    """The invoices that promises are for."""
    query = """
        SELECT l.promise, i.number FROM promise_line l JOIN invoice i ON i.id = l.invoice
        WHERE l.promise IN ({0}) ORDER BY l.promise, l.id"""
    return _beside(book, query, promises)


def _beside(book: Book, query: str, rows: Sequence[int]) -> list[Beside]:
    found: list[Beside] = []
    for n in range(0, len(rows), _AT_ONCE):
        some = rows[n : n + _AT_ONCE]
        found += book.records(Beside, query.format(marks(some)), tuple(some))
    return found


def has_contact(book: Book, contact: int, customers: Sequence[int]) -> bool:
    """Whether a contact is one of these customers'."""
    query = Contact.select(Contact.id).where(
        Contact.id == contact, Contact.customer.in_(customers), Contact.void_act.is_null()
    )
    return book.value(query) is not None


def has_entry(book: Book, entry: int, customers: Sequence[int]) -> bool:
    """Whether an entry of the log is about one of these customers."""
    query = Log.select(Log.id).where(Log.id == entry, Log.customer.in_(customers), Log.void_act.is_null())
    return book.value(query) is not None


def is_corrected(book: Book, entry: int) -> bool:
    """Whether another entry of the log corrects this one."""
    return book.value(Log.select(Log.id).where(Log.corrects == entry, Log.void_act.is_null())) is not None


def promises(book: Book, until: date, customers: Sequence[int] | None = None) -> list[PromiseRow]:
    """Promises that were made up to a day and whose entry in the log was not corrected, the newest first."""
    return book.records(
        PromiseRow,
        f"""
        SELECT c.customer, p.id, p.made, p.day, p.amount, p.currency
        FROM standing_promise p JOIN customer_now c ON c.id = p.customer
        WHERE p.made <= ? {_whose(customers)} ORDER BY p.made DESC, p.id DESC""",
        (until.isoformat(), *(customers or ())),
    )


def receipts(book: Book, until: date, customers: Sequence[int] | None = None) -> list[PaidOnPromise]:
    """What came up to a day for the promises of some customers or all, day by day."""
    return book.records(
        PaidOnPromise,
        f"{PROMISE_RECEIPTS} AND a.value_day <= ? {_whose(customers)} GROUP BY l.promise, a.value_day",
        (until.isoformat(), *(customers or ())),
    )


def _whose(customers: Sequence[int] | None) -> str:
    return f"AND p.customer IN ({marks(customers)})" if customers is not None else ""


def open_debts(book: Book, customers: Sequence[int], until: date, invoices: Sequence[int] = ()) -> list[PromisableDebt]:
    """What some customers owe of what was issued up to a day, the oldest first; of some invoices where any are named.

    It is what is open less what is disputed.
    """
    only = f"AND i.id IN ({marks(invoices)})" if invoices else ""
    return book.records(
        PromisableDebt,
        f"""
        SELECT currency, id, due, open - disputed FROM (
            SELECT i.currency AS currency, i.id AS id, i.due AS due, i.open AS open, coalesce((
                SELECT sum(d.amount) FROM live_dispute d WHERE d.invoice = i.id AND d.closed IS NULL), 0) AS disputed
            FROM live_invoice i WHERE i.customer IN ({marks(customers)}) AND i.issued <= ? {only}
        ) AS debts
        WHERE open > disputed ORDER BY due, id""",
        (*customers, until.isoformat(), *invoices),
    )
