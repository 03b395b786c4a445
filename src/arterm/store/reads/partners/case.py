"""What a case is made of: papers, answers, what is assumed of a debtor, how they paid before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Attachment
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the owner assumes, of one customer or of all."""

    id: int
    customer: int | None
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SettledBefore:
    """How many invoices, what they came to, what was paid on them (minor units)."""

    count: int
    total: int
    paid: int


@dataclass(frozen=True, slots=True)
class CustomerMessage:
    """A message of the customer that came in."""

    id: int
    day: date
    sender: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A customer's number and folded name."""

    id: int
    folded: str


def has_document(book: Book, invoice: int) -> bool:
    """Whether a file is kept beside an invoice."""
    query = Attachment.select(Attachment.id).where(
        Attachment.owner == "invoice", Attachment.owner_id == invoice, Attachment.void_act.is_null()
    )
    return book.value(query.limit(1)) is not None


def log_files(book: Book, entries: Sequence[int]) -> list[int]:
    """Files beside entries of the log."""
    query = f"SELECT id FROM live_attachment WHERE owner = 'log' AND owner_id IN ({marks(entries)}) ORDER BY id"
    return book.column(query, tuple(entries))


def invoice_files(book: Book, invoices: Sequence[int]) -> list[int]:
    """Files beside invoices."""
    query = f"SELECT id FROM live_attachment WHERE owner = 'invoice' AND owner_id IN ({marks(invoices)}) ORDER BY id"
    return book.column(query, tuple(invoices))


def terms_files(book: Book, customers: Sequence[int]) -> list[int]:
    """Documents of terms that some customers accepted."""
    return book.column(
        f"""
        SELECT id FROM live_attachment
        WHERE id IN (SELECT document FROM live_terms WHERE customer IN ({marks(customers)})) ORDER BY id""",
        tuple(customers),
    )


def assumed(book: Book, customers: Sequence[int]) -> list[Assumed]:
    """What is assumed of all, then what is of some customers."""
    return book.records(
        Assumed,
        f"""
        SELECT id, customer, key, value FROM live_assumption
        WHERE customer IS NULL OR customer IN ({marks(customers)}) ORDER BY customer IS NOT NULL, id""",
        tuple(customers),
    )


def assumption(book: Book, customer: int | None, key: str) -> Assumed | None:
    """What is assumed of one customer, or (None) of all, under a key."""
    query = "SELECT id, customer, key, value FROM live_assumption WHERE coalesce(customer, 0) = ? AND key = ?"
    return book.record(Assumed, query, (customer or 0, key))


def settled_before(book: Book, customers: Sequence[int], currency: str, due_before: date) -> SettledBefore:
    """How invoices of some customers that were due before a day were paid by now."""
    found = book.record(
        SettledBefore,
        f"""
        SELECT count(*), coalesce(sum(i.total), 0), coalesce(sum((
            SELECT sum(a.amount) FROM allocation a JOIN credit k ON k.id = a.credit
            WHERE a.invoice = i.id AND k.kind IN ('receipt', 'reported'))), 0)
        FROM live_invoice i
        WHERE i.kind = 'invoice' AND i.currency = ? AND i.due < ? AND i.customer IN ({marks(customers)})""",
        (currency, due_before.isoformat(), *customers),
    )
    assert found is not None
    return found


def answers(book: Book, customers: Sequence[int]) -> list[CustomerMessage]:
    """What some customers wrote, the oldest first."""
    return book.records(
        CustomerMessage,
        f"""
        SELECT id, day, sender_mail, subject, body FROM live_inbox
        WHERE customer IN ({marks(customers)}) AND kind = 'reply' ORDER BY id""",
        tuple(customers),
    )


def names(book: Book) -> list[Named]:
    """Every customer's folded name."""
    return book.records(Named, "SELECT id, folded FROM live_customer")
