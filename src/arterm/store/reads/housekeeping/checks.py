"""What the doctor counts, and what the demo asks of the story so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Invoice


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice and what is open of it (minor units)."""

    id: int
    open: int
    currency: str


def act_count(book: Book) -> int:
    """How many acts the journal has."""
    return int(book.value("SELECT count(*) FROM act"))


def unclear_mails(book: Book) -> int:
    """How many messages may have gone out, or not."""
    return int(book.value("SELECT count(*) FROM live_outbox WHERE state = 'unclear'"))


def owed(book: Book, customer: int, number: str) -> Owed | None:
    """A customer's invoice of that number."""
    query = Invoice.select(Invoice.id, Invoice.open, Invoice.currency)
    return book.record(Owed, query.where(Invoice.customer == customer, Invoice.number == number))


def overdue_customers(book: Book, on: date) -> list[int]:
    """Customers with something overdue, those who owe most first."""
    query = "SELECT customer FROM board_case WHERE due < ? GROUP BY customer ORDER BY sum(open) DESC, customer"
    found: list[int] = book.column(query, (on.isoformat(),))
    return found
