"""What a statement and the payment behaviour of customers are made of. All of it sums over allocations: SQL text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class Debit:
    """An invoice, charge or refund on a statement (minor units); `owner` is the invoice that a charge stands beside."""

    day: date
    kind: str
    number: str
    amount: int
    due: date
    id: int
    owner: int


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A payment or credit on a statement (minor units)."""

    day: date
    kind: str
    reference: str
    amount: int
    id: int


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose an invoice is, as booked, and its currency."""

    customer: int
    currency: str


@dataclass(frozen=True, slots=True)
class PaidOff:
    """An invoice that was paid off, and the last day on which money came (minor units)."""

    customer: int
    paid: date
    invoice: int
    total: int
    due: date
    currency: str

    @property
    def lag(self) -> int:
        """Days from the due day until then; negative when it was early."""
        return (self.paid - self.due).days


@dataclass(frozen=True, slots=True)
class Checked:
    """What a credit check said, until when it holds."""

    customer: int
    result: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """Whether a customer owes more than the limit; what is asked beforehand (per cent)."""

    customer: int
    over: bool
    prepay: int


_LATER = "coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.{0} = t.id AND a.value_day > ?), 0)"


def open_debits(book: Book, customers: Sequence[int], currency: str, day: date) -> list[Debit]:
    """What is open of some customers on a day, invoice by invoice, the oldest first."""
    on = day.isoformat()
    return book.records(
        Debit,
        f"""
        SELECT issued, kind, number, left_open, due, id, owner FROM (
            SELECT t.issued AS issued, t.kind AS kind, t.number AS number,
                t.open + {_LATER.format("invoice")} AS left_open, t.due AS due, t.id AS id,
                coalesce(t.parent, t.id) AS owner
            FROM live_invoice t WHERE t.customer IN ({marks(customers)}) AND t.currency = ? AND t.issued <= ?
        ) AS debits WHERE left_open > 0 ORDER BY issued, id""",
        (on, *customers, currency, on),
    )


def free_credits(book: Book, customers: Sequence[int], currency: str, day: date) -> list[CreditLine]:
    """What some customers had on a day that settled nothing yet, the oldest first."""
    on = day.isoformat()
    return book.records(
        CreditLine,
        f"""
        SELECT day, kind, reference, left_free, id FROM (
            SELECT t.day AS day, t.kind AS kind, t.reference AS reference,
                t.free + {_LATER.format("credit")} AS left_free,
                t.id AS id
            FROM live_credit t WHERE t.customer IN ({marks(customers)}) AND t.currency = ? AND t.day <= ?
        ) AS credits WHERE left_free > 0 ORDER BY day, id""",
        (on, *customers, currency, on),
    )


def debits(book: Book, customers: Sequence[int], currency: str, until: date) -> list[Debit]:
    """Every invoice, charge and refund of some customers up to a day."""
    query = f"""
        SELECT issued, kind, number, total, due, id, coalesce(parent, id) FROM live_invoice
        WHERE customer IN ({marks(customers)}) AND currency = ? AND issued <= ?"""
    return book.records(Debit, query, (*customers, currency, until.isoformat()))


def credit_lines(book: Book, customers: Sequence[int], currency: str, until: date) -> list[CreditLine]:
    """Every payment and credit of some customers up to a day."""
    query = f"""
        SELECT day, kind, reference, total, id FROM live_credit
        WHERE customer IN ({marks(customers)}) AND currency = ? AND day <= ?"""
    return book.records(CreditLine, query, (*customers, currency, until.isoformat()))


def whose(book: Book, invoice: int) -> Whose:
    """Whose an invoice is, and its currency."""
    found = book.record(Whose, "SELECT customer, currency FROM invoice WHERE id = ?", (invoice,))
    assert found is not None
    return found


def paid_off(book: Book, customers: Sequence[int] | None, until: date) -> list[PaidOff]:
    """Invoices that money paid off by a day, of some customers or all; nothing of them was written off."""
    few = (
        f"AND a.invoice IN (SELECT id FROM invoice WHERE open = 0 AND customer IN ({marks(customers)}))"
        if customers is not None
        else ""
    )
    return book.records(  # SQL: summed by the invoice alone, in the order of its index, before anything is joined
        PaidOff,
        f"""
        SELECT c.customer, s.paid, i.id, i.total, i.due, i.currency
        FROM (
            SELECT a.invoice AS invoice,
                max(CASE WHEN k.kind IN ('receipt', 'reported') THEN a.value_day END) AS paid,
                max(a.value_day) AS last,
                sum(CASE WHEN k.kind = 'write_off' THEN 1 ELSE 0 END) AS written_off
            FROM allocation a JOIN credit k ON k.id = a.credit
            WHERE a.amount > 0 {few}
            GROUP BY a.invoice
        ) AS s
        JOIN live_invoice i ON i.id = s.invoice JOIN customer_now c ON c.id = i.customer
        WHERE i.open = 0 AND i.kind = 'invoice' AND s.last <= ? AND s.paid IS NOT NULL AND s.written_off = 0""",
        (*(customers or ()), until.isoformat()),
    )


def stopped(book: Book, day: date) -> list[int]:
    """Customers, as now known, to whom nothing was supplied on a day."""
    return book.column(
        """
        SELECT DISTINCT c.customer FROM live_freeze f JOIN customer_now c ON c.id = f.customer
        WHERE f.since <= ? AND (f.lifted IS NULL OR f.lifted > ?)""",
        (day.isoformat(), day.isoformat()),
    )


def credit_checks(book: Book, until: date) -> list[Checked]:
    """Credit checks of customers as now known up to a day, the newest first."""
    return book.records(
        Checked,
        """
        SELECT c.customer, k.result, k.expires FROM live_credit_check k JOIN customer_now c ON c.id = k.customer
        WHERE k.day <= ? ORDER BY k.day DESC, k.id DESC""",
        (until.isoformat(),),
    )


def terms(book: Book) -> list[CreditTerms]:
    """Own terms of supply of customers as now known, and whether each owes more than their limit."""
    return book.records(
        CreditTerms,
        """
        SELECT c.customer,
            CASE WHEN t.credit_limit < (SELECT sum(b.open + b.charges) FROM board_case b
                WHERE b.customer = c.customer AND b.currency = t.currency) THEN 1 ELSE 0 END,
            t.prepay
        FROM live_supply_terms t JOIN customer_now c ON c.id = t.customer""",
    )
