"""Whether to supply: what others said of a customer, terms of supply, stops, and what speaks in the own record.

Whether somebody is stopped is asked after every act, and lists go over several tables and people who were merged: SQL
text. What is asked of one table at a key press is a Peewee query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Customer
from arterm.store.models.partners import SupplyTerms
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What somebody outside said, and its document; that one's name, digest and path are empty where there is none."""

    id: int
    source: str
    day: date
    result: str
    score: str
    note: str
    expires: date | None
    again: date | None
    document: str
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class CheckAgain:
    """A credit check whose time to look again has come, of the customer as now known."""

    customer: int
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """The terms of supply that were set for a customer, and how often they changed."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class SupplyTermsRow:
    """Terms of supply: limit (minor units) or None, own days to pay or None, per cent paid beforehand.

    `version` is 0 where they are those of somebody who was merged into the customer.
    """

    limit: int | None
    currency: str
    days: int | None
    prepay: int
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class Registered:
    """What a register is asked with."""

    vat_no: str
    country: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that holds, of the customer as now known, and who made it."""

    id: int
    customer: int
    name: str
    since: date
    why: str
    who_may: str
    carve_outs: str
    by: str


@dataclass(frozen=True, slots=True)
class Unlifted:
    """A stop that nobody lifted, also one that is dated ahead."""

    id: int
    since: date
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """Who lifted a stop last, and when."""

    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """What a customer owes that is overdue in one currency with its charges (minor units), and the oldest due day in
    any.
    """

    customer: int
    name: str
    owed: int
    oldest: date


def checks(book: Book, customers: Sequence[int], until: date) -> list[CheckRow]:
    """What others said of some customers up to a day, the newest first."""
    return book.records(
        CheckRow,
        f"""
        SELECT k.id, k.source, k.day, k.result, k.score, k.note, k.expires, k.again, coalesce(a.name, ''),
            coalesce(a.sha256, ''), coalesce(a.path, '')
        FROM live_credit_check k LEFT JOIN attachment a ON a.id = k.document
        WHERE k.customer IN ({marks(customers)}) AND k.day <= ? ORDER BY k.day DESC, k.id DESC""",
        (*customers, until.isoformat()),
    )


def checks_again(book: Book, today: date, lately: date) -> list[CheckAgain]:
    """The newest check of each customer where its time to look again has come since `lately`, or it expired since."""
    return book.records(
        CheckAgain,
        """
        SELECT c.customer, c.name, k.source FROM live_credit_check k JOIN customer_now c ON c.id = k.customer
        WHERE ((k.again <= :today AND k.again > :lately) OR (k.expires < :today AND k.expires > :lately))
        AND k.id IN (SELECT max(n.id) FROM live_credit_check n JOIN customer_now m ON m.id = n.customer
            GROUP BY m.customer)
        ORDER BY c.customer""",
        {"today": today.isoformat(), "lately": lately.isoformat()},
    )


def own_terms(book: Book, customer: int) -> OwnTerms | None:
    """The terms of supply that were set for a customer, not for one who was merged into them."""
    query = SupplyTerms.select(SupplyTerms.id, SupplyTerms.version)
    return book.record(OwnTerms, query.where(SupplyTerms.customer == customer, SupplyTerms.void_act.is_null()))


def terms(book: Book, customer: int, merged: Sequence[int]) -> SupplyTermsRow | None:
    """The terms of supply of a customer, else the newest of whom was merged into them: `merged` are all of these."""
    return book.record(
        SupplyTermsRow,
        f"""
        SELECT credit_limit, currency, days, prepay, note, CASE customer WHEN ? THEN version ELSE 0 END
        FROM live_supply_terms WHERE customer IN ({marks(merged)})
        ORDER BY CASE customer WHEN ? THEN 0 ELSE 1 END, id DESC LIMIT 1""",
        (customer, *merged, customer),
    )


def registered(book: Book, customer: int) -> Registered:
    """What a register is asked of a customer with."""
    found = book.record(Registered, Customer.select(Customer.vat_no, Customer.country).where(Customer.id == customer))
    assert found is not None
    return found


def disputes(book: Book, customers: Sequence[int], until: date) -> int:
    """How many disputes some customers opened up to a day."""
    query = f"SELECT count(*) FROM live_dispute WHERE customer IN ({marks(customers)}) AND opened <= ?"
    return int(book.value(query, (*customers, until.isoformat())))


def bounces(book: Book, customers: Sequence[int], until: date) -> int:
    """How many payments of some customers bounced up to a day, but for what was undone."""
    return int(
        book.value(
            f"""
            SELECT count(*) FROM act
            WHERE name = 'money.bounce' AND about = 'customer' AND about_id IN ({marks(customers)}) AND day <= ?
            AND id NOT IN (SELECT undoes FROM act WHERE undoes IS NOT NULL)""",
            (*customers, until.isoformat()),
        )
    )


def stops(book: Book, today: date, customers: Sequence[int] | None = None) -> list[Stop]:
    """The stops that hold on a day, the newest first; of some customers or all."""
    whose = f"AND f.customer IN ({marks(customers)})" if customers is not None else ""
    return book.records(
        Stop,
        f"""
        SELECT f.id, c.customer, c.name, f.since, f.why, f.who_may, f.carve_outs, a.who
        FROM live_freeze f JOIN customer_now c ON c.id = f.customer JOIN act a ON a.id = f.act
        WHERE f.since <= ? AND (f.lifted IS NULL OR f.lifted > ?) {whose} ORDER BY f.id DESC""",
        (today.isoformat(), today.isoformat(), *(customers or ())),
    )


def unlifted(book: Book, customers: Sequence[int], today: date) -> list[Unlifted]:
    """Every stop of some customers that nobody lifted by a day."""
    return book.records(
        Unlifted,
        f"""
        SELECT f.id, f.since, a.who, f.why FROM live_freeze f JOIN act a ON a.id = f.act
        WHERE f.customer IN ({marks(customers)}) AND (f.lifted IS NULL OR f.lifted > ?)
        ORDER BY f.customer, f.id""",
        (*customers, today.isoformat()),
    )


def last_lifted(book: Book, customers: Sequence[int]) -> Lifted | None:
    """Who lifted the last stop of some customers."""
    return book.record(
        Lifted,
        f"""
        SELECT a.who, f.lifted FROM live_freeze f
        JOIN change x ON x.rows = 'freeze' AND x.row = f.id AND x.kind = 'update' JOIN act a ON a.id = x.act
        WHERE f.customer IN ({marks(customers)}) AND f.lifted IS NOT NULL ORDER BY x.act DESC LIMIT 1""",
        tuple(customers),
    )


def is_anyone_stopped(book: Book) -> bool:
    """Whether there is a stop that nobody lifted."""
    return book.value("SELECT 1 FROM live_freeze WHERE lifted IS NULL LIMIT 1") is not None


def overdue(book: Book, today: date, currency: str) -> list[Overdue]:
    """Everybody with something overdue, who owes the most in that currency first."""
    return book.records(
        Overdue,
        """
        SELECT late.customer, c.name, late.owed, late.oldest FROM (
            SELECT customer, sum(CASE currency WHEN ? THEN open + charges ELSE 0 END) AS owed, min(due) AS oldest
            FROM board_case WHERE due < ? GROUP BY customer
        ) AS late JOIN customer c ON c.id = late.customer ORDER BY late.owed DESC, late.customer""",
        (currency, today.isoformat()),
    )


def own_numbers(book: Book) -> dict[int, str]:
    """The owner's number of each customer; empty where they have none."""
    return dict(book.rows("SELECT id, own_no FROM customer"))
