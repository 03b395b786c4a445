"""What stands in the way of chasing, and the ladders: pauses, disputes, the owner's own ladders and who has which.

Pauses and disputes are asked for in lists with whoever they are of, over four tables: SQL text. Ladders are Peewee
queries, but for the one that is grouped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.dunning import Ladder, LadderChoice
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause that holds, of the customer as now known; `invoice` is empty where it is for all of theirs."""

    id: int
    customer: str
    customer_id: int
    invoice: str
    since: date
    until: date
    why: str


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute, of the customer as now known (minor units); `closed` may be a day to come of the day asked about."""

    id: int
    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    amount: int
    currency: str
    reason: str
    who: str
    target: date | None
    opened: date
    closed: date | None
    outcome: str
    note: str


def pauses(book: Book, today: date, customers: Sequence[int] | None = None) -> list[PauseRow]:
    """The pauses that hold on a day, the first to end first; of some customers or all."""
    whose = f"AND p.customer IN ({marks(customers)})" if customers is not None else ""
    day = today.isoformat()
    return book.records(
        PauseRow,
        f"""
        SELECT p.id, c.name, c.customer, coalesce(i.number, ''), p.since, p.until, p.why
        FROM live_pause p JOIN customer_now c ON c.id = p.customer LEFT JOIN invoice i ON i.id = p.invoice
        WHERE p.since <= ? AND p.until >= ? AND (p.ended IS NULL OR p.ended > ?) {whose} ORDER BY p.until, p.id""",
        (day, day, day, *(customers or ())),
    )


def disputes(book: Book, until: date, customers: Sequence[int] | None = None) -> list[DisputeRow]:
    """Disputes that were opened up to a day, those without an end first; of some customers or all."""
    whose = f"AND d.customer IN ({marks(customers)})" if customers is not None else ""
    return _disputes(book, whose, (until.isoformat(), *(customers or ())))


def disputes_on(book: Book, until: date, invoice: int) -> list[DisputeRow]:
    """Disputes on an invoice that were opened up to a day, those without an end first."""
    return _disputes(book, "AND d.invoice = ?", (until.isoformat(), invoice))


def _disputes(book: Book, which: str, values: tuple[str | int, ...]) -> list[DisputeRow]:
    return book.records(
        DisputeRow,
        f"""
        SELECT d.id, i.number, i.id, c.name, c.customer, d.amount, i.currency, d.reason, d.who, d.target, d.opened,
            d.closed, d.outcome, d.note
        FROM live_dispute d JOIN invoice i ON i.id = d.invoice JOIN customer_now c ON c.id = d.customer
        WHERE d.opened <= ? {which} ORDER BY CASE WHEN d.closed IS NULL THEN 0 ELSE 1 END, d.opened, d.id""",
        values,
    )


def owned_ladders(book: Book) -> frozenset[str]:
    """The ladders that the owner made or changed."""
    return frozenset(book.column(Ladder.select(Ladder.key).where(Ladder.void_act.is_null())))


def owned_ladder(book: Book, key: str) -> int | None:
    """The owner's ladder of that key; None where they have none."""
    found: int | None = book.value(Ladder.select(Ladder.id).where(Ladder.key == key, Ladder.void_act.is_null()))
    return found


def any_ladder(book: Book, key: str) -> int | None:
    """The same, also one that is as it came again: a change takes up its row."""
    found: int | None = book.value(Ladder.select(Ladder.id).where(Ladder.key == key))
    return found


def times_chosen(book: Book) -> dict[str, int]:
    """By how many customers and invoices each ladder is chosen."""
    return dict(book.rows("SELECT ladder, count(*) FROM live_ladder_choice GROUP BY ladder"))


def choice(book: Book, customer: int | None, invoice: int | None) -> int | None:
    """The choice of a ladder for an invoice where one is named, else for a customer; None where none was made."""
    whose = LadderChoice.customer == customer if invoice is None else LadderChoice.invoice == invoice
    found: int | None = book.value(LadderChoice.select(LadderChoice.id).where(whose, LadderChoice.void_act.is_null()))
    return found
