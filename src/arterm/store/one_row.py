"""One fact of one row, by its number: what many rooms ask in passing. Sums in minor units."""

from __future__ import annotations

from dataclasses import dataclass

from arterm.store.book import Book


@dataclass(frozen=True, slots=True)
class Debtor:
    """What decides whose law, hours and holidays are looked at: a customer's kind and country, empty where unknown."""

    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class InvoiceOwner:
    """Whose an invoice is, as it was booked, and its number."""

    customer: int
    number: str


def invoice_number(book: Book, invoice: int) -> str:
    """The number that an invoice goes by."""
    return str(book.value("SELECT number FROM invoice WHERE id = ?", (invoice,)))


def invoice_open(book: Book, invoice: int) -> int:
    """What is open of an invoice, without its charges."""
    return int(book.value("SELECT open FROM invoice WHERE id = ?", (invoice,)))


def invoice_currency(book: Book, invoice: int) -> str:
    """The currency of an invoice; empty where there is none of that number."""
    return str(book.value("SELECT currency FROM invoice WHERE id = ?", (invoice,)) or "")


def invoice_customer(book: Book, invoice: int) -> int:
    """Whose an invoice is, as it was booked: somebody who may have been merged since."""
    return int(book.value("SELECT customer FROM invoice WHERE id = ?", (invoice,)))


def credit_customer(book: Book, credit: int) -> int:
    """Whose a payment or credit is, as it was booked."""
    return int(book.value("SELECT customer FROM credit WHERE id = ?", (credit,)))


def customer_name(book: Book, customer: int) -> str:
    """What a customer is called."""
    return str(book.value("SELECT name FROM customer WHERE id = ?", (customer,)))


def debtor(book: Book, customer: int) -> Debtor:
    """A customer's kind and country."""
    found = book.record(Debtor, "SELECT kind, country FROM customer WHERE id = ?", (customer,))
    assert found is not None
    return found


def invoice_owner(book: Book, invoice: int) -> InvoiceOwner | None:
    """Whose an invoice is; None where there is none of that number that stands."""
    return book.record(InvoiceOwner, "SELECT customer, number FROM live_invoice WHERE id = ?", (invoice,))
