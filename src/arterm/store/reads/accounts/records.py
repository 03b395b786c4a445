"""What the book knows of customers and invoices.

A page of the board and a dossier ask for invoices with their sums as of a day: SQL text. One customer, contact or file
is a Peewee query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Attachment, Contact, Customer
from arterm.store.models.dunning import Log
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """A customer's own facts."""

    id: int
    name: str
    own_no: str
    kind: str
    country: str
    language: str
    street: str
    postcode: str
    city: str
    vat_no: str
    note: str
    archived: date | None
    version: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person or mailbox at a customer."""

    id: int
    name: str
    role: str
    rank: int
    mail: str
    mail_state: str
    phone: str
    phone_state: str
    version: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """The facts of a customer that a double can fill in."""

    own_no: str
    kind: str
    country: str
    source_country: str
    language: str
    street: str
    postcode: str
    city: str
    vat_no: str
    note: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A customer who is like another."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice as of a day: what was settled by then, when last, what of it was paid (minor units)."""

    id: int
    number: str
    customer: str
    customer_id: int
    currency: str
    issued: date
    due: date
    original_due: date
    total: int
    settled: int
    last: date | None
    paid: int
    kind: str
    reference: str
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class NamedFile:
    """The name of a file beside an invoice."""

    invoice: int
    name: str


@dataclass(frozen=True, slots=True)
class LikeInvoice:
    """An invoice that has a number already (minor units)."""

    number: str
    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that was attached, with the digest of what it was."""

    name: str
    bytes: bytes
    sha256: str


_CUSTOMER = """
    SELECT id, name, own_no, kind, country, language, street, postcode, city, vat_no, note, archived, version
    FROM customer"""


def customer(book: Book, row: int) -> CustomerFacts:
    """A customer's facts."""
    found = book.record(CustomerFacts, f"{_CUSTOMER} WHERE id = ?", (row,))
    assert found is not None
    return found


def customers(book: Book, archived: bool) -> list[CustomerFacts]:
    """Customers by name; the archived ones on request."""
    seen = "" if archived else " AND archived IS NULL"
    query = f"{_CUSTOMER} WHERE void_act IS NULL AND merged_into IS NULL{seen} ORDER BY folded, id"
    return book.records(CustomerFacts, query)


def contacts(book: Book, customer: int) -> list[ContactRow]:
    """The contacts of a customer and of those merged into it, the first to ask first."""
    return book.records(
        ContactRow,
        """
        SELECT id, name, role, rank, mail, mail_state, phone, phone_state, version FROM live_contact
        WHERE customer IN (SELECT id FROM customer WHERE id = ? OR merged_into = ?) ORDER BY rank, id""",
        (customer, customer),
    )


def contact_owner(book: Book, contact: int) -> int | None:
    """Whose a contact is, as booked; None where there is none of that number."""
    found: int | None = book.value(
        Contact.select(Contact.customer).where(Contact.id == contact, Contact.void_act.is_null())
    )
    return found


def one_and_doubles(book: Book, customer: int) -> list[int]:
    """A customer and those merged into it."""
    return book.column(
        Customer.select(Customer.id).where((Customer.id == customer) | (Customer.merged_into == customer))
    )


def gaps(book: Book, customer: int) -> Gaps:
    """What is known of a customer."""
    query = """
        SELECT own_no, kind, country, source_country, language, street, postcode, city, vat_no, note
        FROM customer WHERE id = ?"""
    found = book.record(Gaps, query, (customer,))
    assert found is not None
    return found


def owes_something(book: Book, customer: int) -> bool:
    """Whether anything is open of a customer."""
    return book.value("SELECT 1 FROM board_case WHERE customer = ?", (customer,)) is not None


def customer_like(book: Book, folded: str, own_no: str, but: int) -> Twin | None:
    """Another customer of that folded name, or of that number; the one that is given is asked for."""
    query = Customer.select(Customer.id, Customer.name).where(
        Customer.void_act.is_null(), Customer.merged_into.is_null(), Customer.id != but
    )
    return book.record(Twin, query.where(Customer.folded == folded if folded else Customer.own_no == own_no))


_INVOICE = """
    SELECT i.id, i.number, c.name, c.customer, i.currency, i.issued, i.due, i.original_due, i.total,
        coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice = i.id AND a.value_day <= :day), 0),
        (SELECT max(a.value_day) FROM allocation a WHERE a.invoice = i.id AND a.value_day <= :day),
        coalesce((SELECT sum(a.amount) FROM allocation a JOIN credit k ON k.id = a.credit
            WHERE a.invoice = i.id AND a.value_day <= :day AND k.kind IN ('receipt', 'reported')), 0),
        i.kind, i.reference, i.note, i.version
    FROM live_invoice i JOIN customer_now c ON c.id = i.customer"""


def invoice(book: Book, row: int, day: date) -> InvoiceRow:
    """One invoice as of a day."""
    values = {"day": day.isoformat(), "row": row}
    found = book.record(InvoiceRow, f"{_INVOICE} WHERE i.id = :row", values)
    assert found is not None
    return found


def invoices(book: Book, day: date) -> list[InvoiceRow]:
    """Every invoice as of a day, by due date."""
    return book.records(InvoiceRow, f"{_INVOICE} ORDER BY i.due, i.id", {"day": day.isoformat()})


def invoices_of(book: Book, customers: Sequence[int], day: date) -> list[InvoiceRow]:
    """The invoices of some customers as of a day, by due date, with their charges; refunds while they are open."""
    places = {f"c{n}": one for n, one in enumerate(customers)}
    named = ", ".join(f":{place}" for place in places) or "NULL"
    query = f"""{_INVOICE} WHERE i.customer IN ({named}) AND i.issued <= :day
        AND (i.kind <> 'refund' OR i.open > 0) ORDER BY i.due, i.id"""
    return book.records(InvoiceRow, query, {"day": day.isoformat(), **places})


def files(book: Book, invoices: Sequence[int]) -> list[NamedFile]:
    """The names of files beside some invoices."""
    query = f"""
        SELECT owner_id, name FROM live_attachment
        WHERE owner = 'invoice' AND owner_id IN ({marks(invoices)}) ORDER BY id"""
    return book.records(NamedFile, query, tuple(invoices))


def invoice_like(book: Book, customers: Sequence[int], number_key: str) -> LikeInvoice | None:
    """An invoice of some customers that has that number already."""
    return book.record(
        LikeInvoice,
        f"""
        SELECT number, total, currency FROM live_invoice
        WHERE customer IN ({marks(customers)}) AND number_key = ? AND kind = 'invoice'""",
        (*customers, number_key),
    )


def settled_of(book: Book, invoice: int) -> int:
    """What settles an invoice, in all (minor units)."""
    return int(book.value("SELECT total - open FROM invoice WHERE id = ?", (invoice,)))


def log_customer(book: Book, entry: int) -> int | None:
    """Whom an entry of the log is about, as booked; None where there is none of that number."""
    found: int | None = book.value(Log.select(Log.customer).where(Log.id == entry, Log.void_act.is_null()))
    return found


def file(book: Book, row: int) -> FileRow | None:
    """A file that was attached; None where there is none of that number."""
    query = Attachment.select(Attachment.name, Attachment.bytes, Attachment.sha256)
    return book.record(FileRow, query.where(Attachment.id == row, Attachment.void_act.is_null()))


def has_file(book: Book, owner: str, row: int, digest: str) -> bool:
    """Whether a file of that digest is kept beside something."""
    query = Attachment.select(Attachment.id).where(
        Attachment.owner == owner,
        Attachment.owner_id == row,
        Attachment.sha256 == digest,
        Attachment.void_act.is_null(),
    )
    return book.value(query) is not None
