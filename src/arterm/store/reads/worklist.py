"""What the worklist asks beside the cases: business done, when anybody was heard of last, times to call back at.

It is asked of all customers at once, day for day: SQL text. What concerns one customer is a Peewee query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Customer
from arterm.store.models.dunning import Log
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class Business:
    """What was invoiced to a customer, as now known, in one currency (minor units), and since when."""

    customer: int
    currency: str
    since: date
    invoiced: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The last day on which anything was heard of a customer, as now known."""

    customer: int
    day: date


@dataclass(frozen=True, slots=True)
class PromisedSum:
    """What was promised in one currency (minor units)."""

    currency: str
    amount: int


def business(book: Book, until: date, customers: Sequence[int] | None = None) -> list[Business]:
    """What was invoiced up to a day; to some customers or all."""
    return book.records(
        Business,
        f"""
        SELECT c.customer, i.currency, min(i.issued), sum(i.total)
        FROM live_invoice i JOIN customer_now c ON c.id = i.customer
        WHERE i.kind = 'invoice' AND i.issued <= ? {_of("i.customer", customers)} GROUP BY c.customer, i.currency""",
        (until.isoformat(), *(customers or ())),
    )


def heard(book: Book, until: date, outcomes: Sequence[str], customers: Sequence[int] | None = None) -> list[Heard]:
    """When some customers or all called or were reached last, up to a day: `outcomes` are those that reach somebody."""
    return book.records(
        Heard,
        f"""
        SELECT c.customer, max(l.day) FROM standing_log l JOIN customer_now c ON c.id = l.customer
        WHERE l.day <= ? AND (l.direction = 'in' OR l.outcome IN ({marks(outcomes)}))
        {_of("l.customer", customers)} GROUP BY c.customer""",
        (until.isoformat(), *outcomes, *(customers or ())),
    )


def call_times(book: Book, today: date) -> dict[int, str]:
    """The time of day at which customers, as now known, are to be called back: as their newest contact says."""
    return dict(
        book.rows(
            """
            SELECT c.customer, t.time
            FROM call_time t JOIN live_log l ON l.id = t.log JOIN customer_now c ON c.id = l.customer
            WHERE l.follow_up <= ? AND l.id IN (
                SELECT max(id) FROM live_log WHERE day <= ? AND channel <> 'note' GROUP BY customer)""",
            (today.isoformat(), today.isoformat()),
        )
    )


def outcomes_since(book: Book, act: int) -> list[str]:
    """How contacts came out that were logged after an act."""
    return book.column(Log.select(Log.outcome).where(Log.act > act, Log.channel != "note", Log.void_act.is_null()))


def promised_since(book: Book, act: int) -> list[PromisedSum]:
    """What was promised after an act, by currency."""
    query = "SELECT currency, sum(amount) FROM live_promise WHERE act > ? GROUP BY currency ORDER BY currency"
    return book.records(PromisedSum, query, (act,))


def letters_since(book: Book, act: int) -> list[str]:
    """Kinds of the letters that were written after an act and not withdrawn."""
    return book.column(
        """
        SELECT t.kind FROM letter t JOIN live_notice n ON n.id = t.notice
        WHERE t.act > ? AND n.state <> 'withdrawn'""",
        (act,),
    )


def merged_names(book: Book, customer: int) -> list[str]:
    """What those who were merged into a customer were called."""
    return book.column(Customer.select(Customer.name).where(Customer.merged_into == customer).order_by(Customer.id))


def _of(column: str, customers: Sequence[int] | None) -> str:
    return f"AND {column} IN ({marks(customers)})" if customers is not None else ""
