"""Runs of the mail: what is due to be told, when each customer hears of it, how the last runs went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from arterm.rules.states import RunState
from arterm.store.book import Book
from arterm.store.models.mail import Alert, MailHabit, MailRun
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert that the owner was told of."""

    kind: str
    row: int
    day: date


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """An invoice on a reminder that went out, with the day it gave."""

    notice: int
    deadline: date
    issued: date
    customer: int
    invoice: int


@dataclass(frozen=True, slots=True)
class PromisedInvoice:
    """An invoice that a promise is about, and its day."""

    promise: int
    day: date
    invoice: int


@dataclass(frozen=True, slots=True)
class Habit:
    """When a customer hears of what comes due: so many days before; 0: never."""

    id: int
    customer: int
    courtesy: int


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run of the mail: its days and times as they were noted, how it ended, what went."""

    day: str
    began: str
    ended: str | None
    state: RunState
    sent: int
    failed: int
    unclear: int
    words: str

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.began)


def told_alerts(book: Book) -> list[ToldAlert]:
    """Every alert that the owner was told of."""
    return book.records(ToldAlert, Alert.select(Alert.kind, Alert.row, Alert.day))


def reminders_run_out(book: Book, since: date, today: date) -> list[ReminderLine]:
    """Invoices on reminders whose day was between the two, the later one left out."""
    return book.records(
        ReminderLine,
        """
        SELECT n.id, n.deadline, n.issued, n.customer, l.invoice FROM live_notice n
        JOIN notice_line l ON l.notice = n.id
        WHERE n.state = 'issued' AND n.deadline >= ? AND n.deadline < ? AND n.issued <= ?""",
        (since.isoformat(), today.isoformat(), today.isoformat()),
    )


def was_heard(book: Book, customer: int, since: date, until: date, outcomes: Sequence[str]) -> bool:
    """Whether a customer said something between two days: of themselves, or in a contact with one of these outcomes."""
    query = f"""
        SELECT 1 FROM live_log WHERE customer = ? AND day BETWEEN ? AND ?
        AND (direction = 'in' OR outcome IN ({marks(outcomes)})) AND channel <> 'note'"""
    return book.value(query, (customer, since.isoformat(), until.isoformat(), *outcomes)) is not None


def promises_run_out(book: Book, since: date, before: date) -> list[PromisedInvoice]:
    """Invoices of promises whose day was between the two, the later one left out."""
    return book.records(
        PromisedInvoice,
        """
        SELECT p.id, p.day, l.invoice FROM live_promise p JOIN promise_line l ON l.promise = p.id
        WHERE p.day >= ? AND p.day < ?""",
        (since.isoformat(), before.isoformat()),
    )


def sent_on(book: Book, day: date) -> int:
    """How many messages went on a day, or may have."""
    query = "SELECT count(*) FROM live_outbox WHERE day = ? AND state IN ('sent', 'unclear', 'reserved')"
    return int(book.value(query, (day.isoformat(),)))


def unclear_count(book: Book) -> int:
    """How many messages are unclear."""
    return int(book.value("SELECT count(*) FROM live_outbox WHERE state = 'unclear'"))


def habits(book: Book) -> list[Habit]:
    """Customers who hear of what comes due at a time of their own."""
    query = MailHabit.select(MailHabit.id, MailHabit.customer, MailHabit.courtesy)
    return book.records(Habit, query.where(MailHabit.void_act.is_null()))


def habit(book: Book, customer: int) -> Habit | None:
    """When one customer hears of what comes due; None where the owner's setting rules."""
    query = MailHabit.select(MailHabit.id, MailHabit.customer, MailHabit.courtesy)
    return book.record(Habit, query.where(MailHabit.customer == customer, MailHabit.void_act.is_null()))


def due_soon(book: Book, after: date, until: date) -> list[int]:
    """Open invoices that come due between two days and of which no courtesy notice stands."""
    return book.column(
        """
        SELECT i.id FROM live_invoice i
        WHERE i.kind = 'invoice' AND i.open > 0 AND i.due > ? AND i.due <= ? AND NOT EXISTS (
            SELECT 1 FROM letter_line l JOIN letter t ON t.notice = l.notice JOIN live_notice n ON n.id = l.notice
            WHERE l.invoice = i.id AND t.kind = 'courtesy' AND n.state <> 'withdrawn')""",
        (after.isoformat(), until.isoformat()),
    )


def running(book: Book) -> list[int]:
    """Runs that have not ended."""
    return book.column(MailRun.select(MailRun.id).where(MailRun.state == "running", MailRun.void_act.is_null()))


def runs(book: Book, limit: int) -> list[PastRun]:
    """The last runs, the newest first."""
    return book.records(
        PastRun,
        """
        SELECT day, began, ended, state, sent, failed, unclear, words FROM live_mail_run ORDER BY id DESC LIMIT ?""",
        (limit,),
    )


def last_good_run(book: Book) -> date | None:
    """The day of the last run that ended well."""
    found = book.value("SELECT max(day) FROM live_mail_run WHERE state = 'done'")
    return date.fromisoformat(found) if found else None


def first_hash(book: Book) -> str:
    """What tells this book from every other: the hash of its first act."""
    return str(book.value("SELECT hash FROM act ORDER BY id LIMIT 1"))
