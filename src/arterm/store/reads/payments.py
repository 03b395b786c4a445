"""What the book knows of payments and credits, the debts they can settle, and the offers and plans they are meant for.

Debts and credits are asked for in passing by every booked row of an import, and most questions sum over allocations:
SQL text. The rest are Peewee queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from arterm.store.book import Book
from arterm.store.models.book import Credit
from arterm.store.sql import marks

_AT_ONCE = 400  # numbers in one question
OfferState = Literal["stands", "fulfilled"]


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A payment or credit (minor units); `free` settles nothing yet."""

    id: int
    kind: str
    day: date
    total: int
    free: int
    currency: str
    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class CreditedInvoice:
    """An invoice on which something of a credit stands."""

    credit: int
    number: str


@dataclass(frozen=True, slots=True)
class OpenSum:
    """What is open in a currency (minor units)."""

    currency: str
    open: int


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A debt that a payment without a purpose can settle; `due` and `owner` are those of its invoice (minor units)."""

    id: int
    due: date
    open: int
    charge: bool
    owner: int


@dataclass(frozen=True, slots=True)
class NamedDebt:
    """An invoice that a payment names (minor units); the customer as it was booked."""

    customer: int
    currency: str
    due: date
    open: int
    number: str


@dataclass(frozen=True, slots=True)
class Whole:
    """When an invoice was issued, and its total (minor units)."""

    issued: date
    total: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What was allocated to an invoice on a day, in all (minor units)."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Free:
    """A credit that settles nothing yet, and how much (minor units)."""

    id: int
    free: int


@dataclass(frozen=True, slots=True)
class Left:
    """A debt and what is open of it (minor units)."""

    id: int
    open: int


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer to settle for less: the sum that is asked, until when, of whom as booked (minor units)."""

    id: int
    amount: int
    until: date
    currency: str
    customer: int


@dataclass(frozen=True, slots=True)
class Waived:
    """What was written off for an offer (minor units)."""

    credit: int
    total: int


_CREDIT = "SELECT id, kind, day, total, free, currency, reference, note FROM live_credit"


def credits_of(book: Book, customers: Sequence[int], until: date) -> list[CreditRow]:
    """Payments and credits of some customers up to a day, the newest first."""
    query = f"{_CREDIT} WHERE customer IN ({marks(customers)}) AND day <= ? ORDER BY day DESC, id DESC"
    return book.records(CreditRow, query, (*customers, until.isoformat()))


def credit(book: Book, row: int) -> CreditRow | None:
    """One payment or credit; None where there is none of that number."""
    return book.record(CreditRow, f"{_CREDIT} WHERE id = ?", (row,))


def settled_by(book: Book, rows: Sequence[int]) -> list[CreditedInvoice]:
    """The invoices on which something of these credits stands, in the order they were settled."""
    return book.records(
        CreditedInvoice,
        f"""
        SELECT a.credit, i.number FROM allocation a JOIN invoice i ON i.id = a.invoice
        WHERE a.credit IN ({marks(rows)}) AND i.kind <> 'refund'
        GROUP BY a.credit, i.id, i.number HAVING sum(a.amount) > 0 ORDER BY min(a.id)""",
        tuple(rows),
    )


def open_sums(book: Book, invoices: Sequence[int]) -> list[OpenSum]:
    """What is open on some invoices, by currency."""
    return book.records(
        OpenSum,
        f"""
        SELECT currency, sum(open) FROM invoice WHERE id IN ({marks(invoices)})
        GROUP BY currency HAVING sum(open) > 0""",
        tuple(invoices),
    )


def given_back(book: Book, credit: int) -> list[str]:
    """On what ground money of a credit went back: `bounced`, `refund` …"""
    return book.column(
        """
        SELECT i.basis FROM allocation a JOIN live_invoice i ON i.id = a.invoice
        WHERE a.credit = ? AND i.kind = 'refund' GROUP BY i.id, i.basis HAVING sum(a.amount) > 0""",
        (credit,),
    )


def whole(book: Book, invoice: int) -> Whole:
    """When an invoice was issued, and its total."""
    found = book.record(Whole, "SELECT issued, total FROM invoice WHERE id = ?", (invoice,))
    assert found is not None
    return found


def moves(book: Book, invoice: int) -> list[Moved]:
    """What was allocated to an invoice, day by day."""
    query = """
        SELECT value_day, sum(amount) FROM allocation WHERE invoice = ? GROUP BY value_day ORDER BY value_day"""
    return book.records(Moved, query, (invoice,))


def open_debts(book: Book, customers: Sequence[int], currency: str, until: date) -> list[OpenDebt]:
    """Everything open of some customers that was issued up to a day."""
    return book.records(
        OpenDebt,
        f"""
        SELECT i.id, coalesce(p.due, i.due), i.open, CASE WHEN i.kind = 'charge' THEN 1 ELSE 0 END,
            coalesce(p.id, i.id)
        FROM live_invoice i LEFT JOIN invoice p ON p.id = i.parent
        WHERE i.customer IN ({marks(customers)}) AND i.currency = ? AND i.open > 0 AND i.issued <= ?""",
        (*customers, currency, until.isoformat()),
    )


def named_debt(book: Book, invoice: int) -> NamedDebt | None:
    """One invoice; None where there is none of that number that stands."""
    query = "SELECT customer, currency, due, open, number FROM live_invoice WHERE id = ?"
    return book.record(NamedDebt, query, (invoice,))


def free_credits(book: Book, customers: Sequence[int], currency: str) -> list[Free]:
    """Credits of some customers that settle nothing yet, the oldest first."""
    query = Credit.select(Credit.id, Credit.free).where(
        Credit.customer.in_(customers), Credit.currency == currency, Credit.free > 0, Credit.void_act.is_null()
    )
    return book.records(Free, query.order_by(Credit.day, Credit.id))


def received_for(book: Book, offer: int, until: date) -> int:
    """Money that came for an offer from its day on and in time, as of a day (minor units).

    Where an allocation was reversed and stands again, it counts as it did first.
    """
    return int(
        book.value(
            """
            SELECT coalesce(sum(a.amount), 0) FROM offer_line l
            JOIN allocation a ON a.invoice = l.invoice
            JOIN credit k ON k.id = a.credit
            LEFT JOIN allocation o ON o.id = a.reverses
            LEFT JOIN allocation r ON r.id = coalesce(o.restores, a.restores)
            JOIN offer c ON c.id = l.offer
            WHERE l.offer = ? AND k.kind IN ('receipt', 'reported') AND coalesce(r.act, o.act, a.act) > c.act
            AND coalesce(r.value_day, o.value_day, a.value_day) BETWEEN c.offered AND c.until AND a.value_day <= ?""",
            (offer, until.isoformat()),
        )
    )


def settlements(book: Book, customers: Sequence[int], currency: str, offered_by: date, day: date) -> list[Offered]:
    """Offers to settle for less that money of a day can still fulfil."""
    return book.records(
        Offered,
        f"""
        SELECT id, amount, until, currency, customer FROM live_offer
        WHERE customer IN ({marks(customers)}) AND currency = ? AND kind = 'discount' AND credit IS NULL
        AND declined IS NULL AND offered <= ? AND until >= ? ORDER BY id""",
        (*customers, currency, offered_by.isoformat(), day.isoformat()),
    )


def settlements_of(book: Book, customers: Sequence[int], state: OfferState) -> list[Offered]:
    """Offers to settle for less of some customers: those that stand, or those that were fulfilled."""
    wanted = "credit IS NULL AND declined IS NULL" if state == "stands" else "credit IS NOT NULL"
    found: list[Offered] = []
    for n in range(0, len(customers), _AT_ONCE):
        some = customers[n : n + _AT_ONCE]
        found += book.records(
            Offered,
            f"""
            SELECT id, amount, until, currency, customer FROM live_offer
            WHERE kind = 'discount' AND {wanted} AND customer IN ({marks(some)}) ORDER BY id""",
            tuple(some),
        )
    return found


def has_settlements(book: Book) -> bool:
    """Whether there is any offer to settle for less."""
    return book.value("SELECT id FROM live_offer WHERE kind = 'discount' LIMIT 1") is not None


def waived(book: Book, offer: int) -> Waived:
    """What was written off when an offer was fulfilled."""
    found = book.record(
        Waived, "SELECT k.id, k.total FROM offer o JOIN credit k ON k.id = o.credit WHERE o.id = ?", (offer,)
    )
    assert found is not None
    return found


def open_when_offered(book: Book, offer: int) -> int:
    """What was open on the debts of an offer when it was made (minor units)."""
    return int(book.value("SELECT coalesce(sum(open), 0) FROM offer_line WHERE offer = ?", (offer,)))


def debts_of_offer(book: Book, offer: int) -> list[Left]:
    """The open debts of an offer, the longest due first."""
    return book.records(
        Left,
        """
        SELECT i.id, i.open FROM offer_line l JOIN live_invoice i ON i.id = l.invoice
        WHERE l.offer = ? AND i.open > 0 ORDER BY i.due, i.id""",
        (offer,),
    )


def debts_of_plan(book: Book, plan: int) -> list[Left]:
    """The open debts of a plan, the longest due first."""
    return book.records(
        Left,
        """
        SELECT i.id, i.open FROM live_plan_invoice l JOIN live_invoice i ON i.id = l.invoice
        WHERE l.plan = ? AND i.open > 0 ORDER BY i.due, i.id""",
        (plan,),
    )


def accepted_plans(book: Book, customers: Sequence[int], currency: str) -> list[int]:
    """Plans of some customers that were accepted and not cancelled."""
    return book.column(
        f"""
        SELECT id FROM live_plan WHERE customer IN ({marks(customers)}) AND currency = ?
        AND accepted IS NOT NULL AND cancelled IS NULL ORDER BY id""",
        (*customers, currency),
    )
