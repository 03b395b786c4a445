"""What the book knows of letters: those that were written, what each is about, payments they thank for, own texts.

A letter as it is shown comes from six tables, and a list of them is asked for at once: that is SQL text, as is whatever
is grouped. The rest are Peewee queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules.states import NoticeState
from arterm.store.book import Book
from arterm.store.models.book import Customer, Invoice
from arterm.store.models.dunning import PromiseLine
from arterm.store.models.letters import Document, LetterLine, LetterText
from arterm.store.models.mail import Outbox
from arterm.store.sql import marks, parts


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as it was written; `charged` are its charges, `amount` what one that is no reminder asks (minor units).

    `kind` and what follows it are None for letters of older books.
    """

    id: int
    customer: str
    customer_id: int
    step: int
    state: NoticeState
    day: date
    deadline: date
    channel: str
    currency: str
    document: int | None
    sha256: str | None
    tone: str
    charged: int
    kind: str | None
    reference: str | None
    amount: int | None
    language: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """An invoice on a letter, and what a reminder asks of it (minor units)."""

    letter: int
    number: str
    open: int


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter's bytes and their digest."""

    bytes: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class CarryingMail:
    """A message that carries a letter and has not gone for certain."""

    id: int
    state: str


@dataclass(frozen=True, slots=True)
class RunningPromise:
    """A promise that still runs (minor units)."""

    id: int
    currency: str
    amount: int
    day: date


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment (minor units)."""

    id: int
    currency: str
    total: int
    day: date


@dataclass(frozen=True, slots=True)
class PaidInvoice:
    """An invoice on which a payment went (minor units)."""

    id: int
    number: str
    issued: date
    due: date
    total: int
    open: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter is to."""

    name: str
    own_no: str
    kind: str
    country: str
    language: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """A letter text of the owner's."""

    id: int
    language: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A reminder that went out; `charged`: it asked for charges."""

    id: int
    issued: date
    kind: str
    tone: str
    charged: bool


def newest_day(book: Book) -> date | None:
    """The day of the newest letter."""
    found = book.value("SELECT max(day) FROM live_notice")
    return date.fromisoformat(found) if found else None


def written(book: Book) -> list[int]:
    """Letters of which nobody said whether they went out."""
    return book.column("SELECT id FROM live_notice WHERE state = 'written' ORDER BY id")


def of_customers(book: Book, customers: Sequence[int], until: date) -> list[int]:
    """Letters to some customers up to a day, the newest first."""
    return book.column(
        f"""
        SELECT id FROM live_notice WHERE customer IN ({marks(customers)}) AND day <= ? ORDER BY day DESC, id DESC""",
        (*customers, until.isoformat()),
    )


def letters(book: Book, ids: Sequence[int]) -> dict[int, LetterRow]:
    """Letters by number."""
    found: dict[int, LetterRow] = {}
    for some in parts(ids):
        rows = book.records(
            LetterRow,
            f"""
            SELECT n.id, c.name, c.customer, n.step, n.state, n.day, n.deadline, n.channel, n.currency, n.document,
                d.sha256, coalesce(k.tone, ''),
                (SELECT coalesce(sum(h.amount), 0) FROM live_charge h WHERE h.notice = n.id),
                t.kind, t.reference, t.amount, t.language
            FROM live_notice n JOIN customer_now c ON c.id = n.customer
            LEFT JOIN notice_kind k ON k.notice = n.id
            LEFT JOIN letter t ON t.notice = n.id
            LEFT JOIN document d ON d.id = n.document
            WHERE n.id IN ({marks(some)})""",
            some,
        )
        found |= {one.id: one for one in rows}
    return found


def lines(book: Book, ids: Sequence[int]) -> list[LineRow]:
    """The invoices on letters, in the order they stand there."""
    found: list[LineRow] = []
    for some in parts(ids):
        found += book.records(
            LineRow,
            f"""
            SELECT letter, number, open FROM (
                SELECT l.notice AS letter, i.number AS number, l.open AS open, l.id AS id
                FROM notice_line l JOIN invoice i ON i.id = l.invoice WHERE l.notice IN ({marks(some)})
                UNION ALL
                SELECT l.notice, i.number, 0, l.id
                FROM letter_line l JOIN invoice i ON i.id = l.invoice WHERE l.notice IN ({marks(some)})
            ) AS both_kinds ORDER BY letter, id""",
            (*some, *some),
        )
    return found


def page(book: Book, document: int) -> StoredLetter | None:
    """A letter's page; None where there is none of that number."""
    return book.record(StoredLetter, Document.select(Document.bytes, Document.sha256).where(Document.id == document))


def messages(book: Book, notice: int) -> list[CarryingMail]:
    """Messages that carry a letter and did not go for certain."""
    query = Outbox.select(Outbox.id, Outbox.state).where(
        Outbox.notice == notice, Outbox.void_act.is_null(), Outbox.state.in_(("planned", "reserved", "unclear"))
    )
    return book.records(CarryingMail, query.order_by(Outbox.id))


def is_agreed(book: Book, notice: int) -> bool:
    """Whether a plan or an offer stands in the book for what a letter says."""
    query = "SELECT 1 FROM plan WHERE notice = ? UNION SELECT 1 FROM offer WHERE notice = ?"
    return book.value(query, (notice, notice)) is not None


def other_invoices(book: Book, notice: int) -> list[int]:
    """The invoices that a letter which is no reminder is about."""
    query = LetterLine.select(LetterLine.invoice).where(LetterLine.notice == notice)
    return book.column(query.order_by(LetterLine.invoice))


def paused_until(book: Book, invoice: int) -> date | None:
    """The last day of a pause of an invoice that runs."""
    found = book.value("SELECT max(until) FROM live_pause WHERE invoice = ? AND ended IS NULL", (invoice,))
    return date.fromisoformat(found) if found else None


def newest_promise(book: Book, customers: Sequence[int], today: date) -> RunningPromise | None:
    """The promise made last that still runs."""
    return book.record(
        RunningPromise,
        f"""
        SELECT id, currency, amount, day FROM standing_promise
        WHERE customer IN ({marks(customers)}) AND day >= ? ORDER BY made DESC, id DESC LIMIT 1""",
        (*customers, today.isoformat()),
    )


def promised_invoices(book: Book, promise: int) -> list[int]:
    """What a promise is about."""
    query = PromiseLine.select(PromiseLine.invoice).where(PromiseLine.promise == promise)
    return book.column(query.order_by(PromiseLine.invoice))


def newest_payment(book: Book, customers: Sequence[int], until: date, invoices: Sequence[int]) -> Payment | None:
    """The newest payment up to a day; where invoices are named, of those that went on one of them."""
    chosen = f" AND a.invoice IN ({marks(invoices)})" if invoices else ""
    return book.record(
        Payment,
        f"""
        SELECT k.id, k.currency, k.total, k.day FROM live_credit k LEFT JOIN allocation a ON a.credit = k.id
        WHERE k.customer IN ({marks(customers)}) AND k.kind = 'receipt' AND k.day <= ?{chosen}
        ORDER BY k.day DESC, k.id DESC LIMIT 1""",
        (*customers, until.isoformat(), *invoices),
    )


def settled_by(book: Book, credit: int) -> list[PaidInvoice]:
    """Invoices on which a payment stands, the longest due first."""
    return book.records(
        PaidInvoice,
        """
        SELECT i.id, i.number, i.issued, i.due, i.total, i.open FROM invoice i JOIN allocation a ON a.invoice = i.id
        WHERE a.credit = ? AND i.kind <> 'charge'
        GROUP BY i.id, i.number, i.issued, i.due, i.total, i.open
        HAVING sum(a.amount) > 0 ORDER BY i.due, i.id""",
        (credit,),
    )


def main_currency(book: Book, customers: Sequence[int]) -> str:
    """The currency in which most is open; empty where there is no invoice."""
    return str(
        book.value(
            f"""
            SELECT currency FROM live_invoice WHERE customer IN ({marks(customers)})
            GROUP BY currency ORDER BY sum(open) DESC, count(*) DESC, currency LIMIT 1""",
            tuple(customers),
        )
        or ""
    )


def addressee(book: Book, customer: int) -> Addressee:
    """Whom a letter to a customer is addressed to."""
    found = book.record(
        Addressee,
        Customer.select(
            Customer.name,
            Customer.own_no,
            Customer.kind,
            Customer.country,
            Customer.language,
            Customer.street,
            Customer.postcode,
            Customer.city,
        ).where(Customer.id == customer),
    )
    assert found is not None
    return found


def reference_of(book: Book, invoice: int) -> str:
    """What payers of an invoice quote."""
    return str(book.value(Invoice.select(Invoice.reference).where(Invoice.id == invoice)))


def own_texts(book: Book) -> list[OwnText]:
    """The owner's letter texts."""
    query = LetterText.select(LetterText.id, LetterText.language, LetterText.kind, LetterText.text)
    return book.records(OwnText, query.where(LetterText.void_act.is_null()))


def own_text(book: Book, language: str, kind: str) -> OwnText | None:
    """The owner's text of a kind in a language; None where arterm's own is used."""
    query = LetterText.select(LetterText.id, LetterText.language, LetterText.kind, LetterText.text)
    return book.record(
        OwnText, query.where(LetterText.language == language, LetterText.kind == kind, LetterText.void_act.is_null())
    )


def sent(book: Book, invoices: Sequence[int], until: date) -> list[SentLetter]:
    """Reminders about some invoices that went out up to a day, the oldest first."""
    return book.records(
        SentLetter,
        f"""
        SELECT n.id, n.issued, coalesce(t.kind, ''), coalesce(k.tone, 'friendly'),
            EXISTS (SELECT 1 FROM charge h WHERE h.notice = n.id)
        FROM live_notice n
        LEFT JOIN letter t ON t.notice = n.id
        LEFT JOIN notice_kind k ON k.notice = n.id
        WHERE n.id IN (SELECT l.notice FROM notice_line l WHERE l.invoice IN ({marks(invoices)}))
        AND n.state = 'issued' AND n.issued <= ? ORDER BY n.issued, n.id""",
        (*invoices, until.isoformat()),
    )
