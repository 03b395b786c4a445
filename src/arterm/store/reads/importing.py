"""What an import compares a file with: customers, invoices, credits and contacts that the book has; known shapes.

An import asks for a hundred thousand rows: what is asked per customer or per row is SQL text, built once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Contact, Invoice, Profile


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer as it is now known, under one of its names and numbers; `merged`: this name was merged into it."""

    customer: int
    folded: str
    own_no: str
    country: str
    source_country: str
    merged: bool


@dataclass(frozen=True, slots=True)
class BookedInvoice:
    """An invoice as the book holds it. Amounts in minor units; days as ISO text, as they are compared."""

    id: int
    number: str
    currency: str
    issued: str
    original_due: str
    total: int
    settled: int
    paid: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The days to pay that were agreed with a customer."""

    customer: int
    days: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """An invoice with a number, and whose it is as now known."""

    invoice: int
    customer: int


@dataclass(frozen=True, slots=True)
class BookedCredit:
    """A payment or credit note of a customer as now known (minor units); its day as ISO text, as it is compared."""

    customer: int
    day: str
    total: int
    currency: str
    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a customer that a list can correct."""

    name: str
    own_no: str
    country: str
    street: str
    postcode: str
    city: str
    vat_no: str


@dataclass(frozen=True, slots=True)
class Reach:
    """An address and a telephone number that a customer's contacts have."""

    mail: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An invoice and what is open of it (minor units)."""

    id: int
    open: int


@dataclass(frozen=True, slots=True)
class ToldPaid:
    """What a column told as paid of an invoice, all of it on that invoice (minor units)."""

    credit: int
    customer: int
    currency: str
    day: str
    total: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An open invoice that a list of open items brought in (minor units)."""

    invoice: int
    number: str
    number_key: str
    customer: str
    open: int
    currency: str


@dataclass(frozen=True, slots=True)
class KnownShape:
    """How files of one shape are read; the mapping as JSON."""

    id: int
    shape: str
    mapping: str


def customers(book: Book) -> list[KnownCustomer]:
    """Every name and number that customers go by."""
    return book.records(
        KnownCustomer,
        """
        SELECT coalesce(merged_into, id), folded, own_no, country, source_country, merged_into IS NOT NULL
        FROM live_customer""",
    )


def own_days(book: Book) -> dict[int, int]:
    """Days to pay that were agreed, by customer."""
    found = book.records(OwnDays, "SELECT customer, days FROM live_supply_terms WHERE days IS NOT NULL")
    return {one.customer: one.days for one in found}


def invoices_of(book: Book, customer: int) -> list[BookedInvoice]:
    """Every invoice of a customer and of those merged into it."""
    return book.records(
        BookedInvoice,
        """
        SELECT i.id, i.number, i.currency, i.issued, i.original_due, i.total, i.total - i.open,
            coalesce((SELECT sum(a.amount) FROM allocation a JOIN credit k ON k.id = a.credit
                WHERE a.invoice = i.id AND k.kind IN ('receipt', 'reported')), 0),
            coalesce((SELECT -sum(a.amount) FROM allocation a JOIN live_credit k ON k.id = a.credit
                WHERE a.invoice = i.id AND a.amount < 0 AND k.kind = 'reported'), 0)
        FROM live_invoice i
        WHERE i.customer IN (SELECT id FROM customer WHERE id = ? OR merged_into = ?) AND i.kind = 'invoice'""",
        (customer, customer),
    )


def numbered(book: Book, number_key: str) -> list[Numbered]:
    """Invoices with that number, leading zeros left out."""
    return book.records(
        Numbered,
        """
        SELECT i.id, c.customer FROM live_invoice i JOIN customer_now c ON c.id = i.customer
        WHERE i.number_key = ? AND i.kind = 'invoice'""",
        (number_key,),
    )


def has_credit(book: Book, kind: str, reference: str, customer: int) -> bool:
    """Whether the customer, or one merged into it, has a credit of that kind and reference."""
    query = """
        SELECT 1 FROM live_credit WHERE kind = ? AND reference = ?
        AND customer IN (SELECT id FROM customer WHERE id = ? OR merged_into = ?)"""
    return book.value(query, (kind, reference, customer, customer)) is not None


def booked_credits(book: Book) -> list[BookedCredit]:
    """Every payment and credit note, as a file would tell of it."""
    return book.records(
        BookedCredit,
        """
        SELECT c.customer, k.day, k.total, k.currency, k.kind, k.reference
        FROM live_credit k JOIN customer_now c ON c.id = k.customer""",
    )


def facts(book: Book, customer: int) -> Facts:
    """What the book says of a customer."""
    found = book.record(
        Facts, "SELECT name, own_no, country, street, postcode, city, vat_no FROM customer WHERE id = ?", (customer,)
    )
    assert found is not None
    return found


def reach(book: Book, customer: int) -> list[Reach]:
    """How a customer's contacts are reached."""
    query = Contact.select(Contact.mail, Contact.phone)
    return book.records(Reach, query.where(Contact.customer == customer, Contact.void_act.is_null()))


def newest_by_key(book: Book, key: str) -> int:
    """The customer with that number, or that folded name, who came in last."""
    query = "SELECT id FROM live_customer WHERE lower(own_no) = ? OR folded = ? ORDER BY id DESC"
    return int(book.value(query, (key, key)))


def open_invoice(book: Book, customer: int, number_key: str, currency: str) -> OpenAmount | None:
    """A customer's open invoice of that number."""
    query = Invoice.select(Invoice.id, Invoice.open).where(
        Invoice.customer == customer,
        Invoice.number_key == number_key,
        Invoice.currency == currency,
        Invoice.kind == "invoice",
        Invoice.open > 0,
        Invoice.void_act.is_null(),
    )
    return book.record(OpenAmount, query)


def invoice_of_number(book: Book, customer: int, number_key: str) -> int:
    """A customer's invoice of that number; 0 where there is none."""
    query = "SELECT id FROM live_invoice WHERE customer = ? AND number_key = ? AND kind = 'invoice'"
    return int(book.value(query, (customer, number_key)) or 0)


def told_paid(book: Book, invoice: int, number: str, but_by: int) -> list[ToldPaid]:
    """Credits that a column told of and that are wholly on this invoice, but for those of the act `but_by`."""
    return book.records(
        ToldPaid,
        """
        SELECT k.id, k.customer, k.currency, k.day, k.total
        FROM allocation a JOIN live_credit k ON k.id = a.credit
        WHERE a.invoice = ? AND k.kind = 'reported' AND k.reference = ? AND k.act <> ?
        GROUP BY k.id, k.customer, k.currency, k.day, k.total
        HAVING sum(a.amount) = k.total ORDER BY k.id""",
        (invoice, number, but_by),
    )


def listed(book: Book, until: date) -> list[Listed]:
    """What is still open of what lists of open items brought in, issued up to that day; the longest due first."""
    return book.records(
        Listed,
        """
        SELECT i.id, i.number, i.number_key, c.name, i.open, i.currency
        FROM live_invoice i JOIN customer_now c ON c.id = i.customer
        WHERE i.open > 0 AND i.kind = 'invoice' AND i.issued <= ?
        AND i.act IN (SELECT act FROM live_source_file WHERE kind = 'open_items')
        ORDER BY i.due, i.id""",
        (until.isoformat(),),
    )


def shapes(book: Book) -> list[KnownShape]:
    """Every shape of file that is known."""
    return book.records(KnownShape, Profile.select(Profile.id, Profile.shape, Profile.mapping).where(_stands()))


def shape(book: Book, shape: str) -> KnownShape | None:
    """How files of one shape are read."""
    query = Profile.select(Profile.id, Profile.shape, Profile.mapping)
    return book.record(KnownShape, query.where(Profile.shape == shape, _stands()))


def profile(book: Book, name: str) -> KnownShape | None:
    """The newest profile of that name."""
    query = Profile.select(Profile.id, Profile.shape, Profile.mapping)
    return book.record(KnownShape, query.where(Profile.name == name, _stands()).order_by(Profile.id.desc()))


def profile_names(book: Book) -> list[str]:
    """The names of profiles, in order."""
    return book.column(Profile.select(Profile.name).where(_stands()).distinct().order_by(Profile.name))


def _stands() -> object:
    return Profile.void_act.is_null()
