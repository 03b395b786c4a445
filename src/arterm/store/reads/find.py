"""How customers and invoices are found by what people type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arterm.store.book import Book
from arterm.store.models.book import Customer, Invoice
from arterm.store.sql import marks

MOST = 20  # candidates


@dataclass(frozen=True, slots=True)
class Candidate:
    """An invoice that a text fits, and whose it is."""

    id: int
    number: str
    customer: str


def customer_by_id(book: Book, row: int) -> list[int]:
    """The customer of that number in the book."""
    return book.column(Customer.select(Customer.id).where(Customer.id == row, Customer.void_act.is_null()))


def customers_by_number(book: Book, number: str) -> list[int]:
    """Customers whose own number it is."""
    return book.column(Customer.select(Customer.id).where(Customer.own_no == number, Customer.void_act.is_null()))


def customers_by_number_in_any_case(book: Book, number: str) -> list[int]:
    """Customers whose own number it is, but for capitals."""
    return book.column("SELECT id FROM live_customer WHERE lower(own_no) = lower(?)", (number,))


def customers_by_name(book: Book, folded: str) -> list[int]:
    """Customers of that folded name."""
    return book.column(Customer.select(Customer.id).where(Customer.folded == folded, Customer.void_act.is_null()))


def customers_with(book: Book, folded: str) -> list[int]:
    """Customers in whose folded name it stands; the first of them."""
    return book.column("SELECT id FROM live_customer WHERE replace(folded, ?, '') <> folded LIMIT ?", (folded, MOST))


def invoice_by_id(book: Book, row: int) -> list[int]:
    """The invoice of that number in the book."""
    return book.column(Invoice.select(Invoice.id).where(Invoice.id == row, Invoice.void_act.is_null()))


def invoices_by_number(book: Book, number: str) -> list[int]:
    """Invoices of that number; the first of them."""
    return book.column(
        Invoice.select(Invoice.id).where(Invoice.number == number, Invoice.void_act.is_null()).limit(MOST)
    )


def invoices_by_key(book: Book, number_key: str) -> list[int]:
    """Invoices of that number, leading zeros left out; the first of them."""
    return book.column(
        Invoice.select(Invoice.id).where(Invoice.number_key == number_key, Invoice.void_act.is_null()).limit(MOST)
    )


def invoices_with(book: Book, lower: str) -> list[int]:
    """Invoices in whose number it stands, whatever its capitals; the first of them."""
    return book.column(
        "SELECT id FROM live_invoice WHERE replace(lower(number), ?, '') <> lower(number) LIMIT ?", (lower, MOST)
    )


def candidates(book: Book, invoices: Sequence[int]) -> list[Candidate]:
    """Invoices with their customers."""
    return book.records(
        Candidate,
        f"""
        SELECT i.id, i.number, c.name FROM invoice i JOIN customer c ON c.id = i.customer
        WHERE i.id IN ({marks(invoices)}) ORDER BY i.id""",
        tuple(invoices),
    )
