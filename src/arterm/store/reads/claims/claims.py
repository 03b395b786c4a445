"""Charges that were asked for, and what the law's answer depends on: payments, reminders, accepted terms, more time.

All of a claim is asked for every invoice of the daily decision: SQL text. What is asked when a letter is written, or
once at a key press, is a Peewee query where it is about one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Invoice
from arterm.store.models.dunning import RateOwned
from arterm.store.models.letters import Charge
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """A charge that is open, as the debt it became (minor units)."""

    debit: int
    kind: str
    open: int
    law: str


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter that asks for charges on an invoice, and of which nobody said whether it went out."""

    notice: int
    number: str


@dataclass(frozen=True, slots=True)
class NoticeCharge:
    """A charge of a letter that is no debt yet (minor units)."""

    id: int
    invoice: int
    kind: str
    step: int
    amount: int
    law: str


@dataclass(frozen=True, slots=True)
class Debited:
    """A charge of a letter and the debt it became."""

    id: int
    debit: int


@dataclass(frozen=True, slots=True)
class Parent:
    """The invoice that a charge belongs to: whose it is as booked, its number and currency."""

    customer: int
    number: str
    currency: str


@dataclass(frozen=True, slots=True)
class ClaimedInvoice:
    """An invoice as the law is asked about it (minor units), and whose it is, as now known."""

    total: int
    currency: str
    due: date
    issued: date
    customer: int
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class SettledPart:
    """What was settled of an invoice on a day (minor units)."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class MoreTime:
    """More time that was given without interest: until when, and when that was first accepted; None where none was."""

    until: date | None
    accepted: date | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """General terms that a customer accepted; `rate` in per cent a year as text, empty where they name none."""

    version: str
    accepted: date
    rate: str
    costs_clause: bool


@dataclass(frozen=True, slots=True)
class TermsWithDocument:
    """The same with the note and the document, whose name and digest are empty where none was kept."""

    id: int
    customer: int
    version: str
    accepted: date
    rate: str
    costs_clause: bool
    note: str
    document: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OwnedRate:
    """A published rate that the owner added (per cent a year, as text)."""

    jurisdiction: str
    kind: str
    start: date
    until: date
    rate: str
    source: str


@dataclass(frozen=True, slots=True)
class IssuedReminder:
    """A reminder that went out; `legal` names the letter of the law that it is, or is empty."""

    issued: date
    channel: str
    tone: str
    legal: str


@dataclass(frozen=True, slots=True)
class CustomerLaw:
    """Whose law it is: a customer's country and kind."""

    customer: int
    country: str
    kind: str


# What letters and plans asked for beside an invoice.
_ASKED = """
    SELECT invoice, debit, kind, law, amount FROM live_charge WHERE debit IS NOT NULL
    UNION ALL
    SELECT invoice, debit, kind, law, amount FROM live_plan_charge WHERE debit IS NOT NULL"""


def asked(book: Book, invoice: int) -> dict[str, int]:
    """What was asked for an invoice by kind of charge, whatever became of it (minor units)."""
    return dict(
        book.rows(f"SELECT kind, sum(amount) FROM ({_ASKED}) AS asked WHERE invoice = ? GROUP BY kind", (invoice,))
    )


def settled_charges(book: Book, invoice: int, until: date) -> dict[str, int]:
    """What was paid, credited or waived of an invoice's charges by a day, by kind of charge (minor units)."""
    return dict(
        book.rows(
            f"""
            SELECT asked.kind, sum(a.amount)
            FROM ({_ASKED}) AS asked JOIN allocation a ON a.invoice = asked.debit
            WHERE asked.invoice = ? AND a.value_day <= ? GROUP BY asked.kind""",
            (invoice, until.isoformat()),
        )
    )


def open_charges(book: Book, invoice: int) -> list[OpenCharge]:
    """The charges of an invoice that are open, the oldest first."""
    return book.records(
        OpenCharge,
        f"""
        SELECT i.id, asked.kind, i.open, asked.law FROM ({_ASKED}) AS asked JOIN live_invoice i ON i.id = asked.debit
        WHERE asked.invoice = ? AND i.open > 0 ORDER BY i.id""",
        (invoice,),
    )


def waiting_letter(book: Book, invoice: int) -> WaitingLetter | None:
    """The oldest letter that asks for charges on an invoice and waits to be said to have gone out."""
    return book.record(
        WaitingLetter,
        """
        SELECT n.id, i.number
        FROM live_charge h JOIN live_notice n ON n.id = h.notice JOIN invoice i ON i.id = h.invoice
        WHERE h.invoice = ? AND h.debit IS NULL AND n.state = 'written' ORDER BY n.id LIMIT 1""",
        (invoice,),
    )


def to_debit(book: Book, notice: int) -> list[NoticeCharge]:
    """The charges of a letter that are no debts yet."""
    query = Charge.select(Charge.id, Charge.invoice, Charge.kind, Charge.step, Charge.amount, Charge.law)
    mine = query.where(Charge.notice == notice, Charge.debit.is_null(), Charge.void_act.is_null())
    return book.records(NoticeCharge, mine.order_by(Charge.id))


def untouched_debits(book: Book, notice: int) -> list[Debited]:
    """The charges of a letter that became debts on which nothing was settled."""
    query = (
        Charge.select(Charge.id, Charge.debit)
        .join(Invoice, on=Charge.debit == Invoice.id)
        .where(
            Charge.notice == notice,
            Charge.void_act.is_null(),
            Invoice.open == Invoice.total,
            Invoice.void_act.is_null(),
        )
    )
    return book.records(Debited, query)


def parent(book: Book, invoice: int) -> Parent:
    """The invoice that a charge is to belong to."""
    query = Invoice.select(Invoice.customer, Invoice.number, Invoice.currency).where(Invoice.id == invoice)
    found = book.record(Parent, query)
    assert found is not None
    return found


def claimed(book: Book, invoice: int) -> ClaimedInvoice | None:
    """An invoice as the law is asked about it; None where there is none of that number that stands."""
    return book.record(
        ClaimedInvoice,
        """
        SELECT i.total, i.currency, i.due, i.issued, c.customer, c.name, c.kind, c.country
        FROM live_invoice i JOIN customer_now c ON c.id = i.customer WHERE i.id = ?""",
        (invoice,),
    )


def payments(book: Book, invoice: int, until: date) -> list[SettledPart]:
    """What was settled of an invoice up to a day, day by day."""
    return book.records(
        SettledPart,
        """
        SELECT value_day, sum(amount) FROM allocation WHERE invoice = ? AND value_day <= ?
        GROUP BY value_day ORDER BY value_day""",
        (invoice, until.isoformat()),
    )


def is_paid_after(book: Book, invoice: int, day: date) -> bool:
    """Whether anything was paid on an invoice after a day."""
    query = "SELECT 1 FROM allocation WHERE invoice = ? AND value_day > ? AND amount > 0 LIMIT 1"
    return book.value(query, (invoice, day.isoformat())) is not None


def more_time(book: Book, invoice: int, until: date) -> MoreTime:
    """More time without interest that was accepted for an invoice up to a day."""
    found = book.record(
        MoreTime,
        """
        SELECT max(o.until), min(o.accepted) FROM offer_line l JOIN live_offer o ON o.id = l.offer
        WHERE l.invoice = ? AND o.kind = 'extend' AND o.interest = 0 AND o.accepted <= ? AND o.declined IS NULL""",
        (invoice, until.isoformat()),
    )
    assert found is not None
    return found


def accepted_terms(book: Book, customer: int, until: date) -> Accepted | None:
    """The newest terms that a customer, or one who was merged into them, had accepted by a day."""
    return book.record(
        Accepted,
        """
        SELECT edition, accepted, rate, costs_clause FROM live_terms
        WHERE customer IN (SELECT id FROM customer WHERE id = ? OR merged_into = ?) AND accepted <= ?
        ORDER BY accepted DESC, id DESC LIMIT 1""",
        (customer, customer, until.isoformat()),
    )


def terms_of(book: Book, customers: Sequence[int]) -> list[TermsWithDocument]:
    """The terms that some customers accepted, the newest first."""
    return book.records(
        TermsWithDocument,
        f"""
        SELECT t.id, t.customer, t.edition, t.accepted, t.rate, t.costs_clause, t.note, coalesce(a.name, ''),
            coalesce(a.sha256, '')
        FROM live_terms t LEFT JOIN attachment a ON a.id = t.document
        WHERE t.customer IN ({marks(customers)}) ORDER BY t.accepted DESC, t.id DESC""",
        tuple(customers),
    )


def owned_rates(book: Book) -> list[OwnedRate]:
    """The published rates that the owner added, the oldest first."""
    query = RateOwned.select(
        RateOwned.jurisdiction, RateOwned.kind, RateOwned.start, RateOwned.until, RateOwned.rate, RateOwned.source
    )
    return book.records(OwnedRate, query.where(RateOwned.void_act.is_null()).order_by(RateOwned.start, RateOwned.id))


def reminders(book: Book, invoice: int, until: date) -> list[IssuedReminder]:
    """The reminders of an invoice that went out up to a day, the oldest first."""
    return book.records(
        IssuedReminder,
        """
        SELECT n.issued, n.channel, coalesce(k.tone, ''), coalesce(k.legal, '')
        FROM notice_line l JOIN live_notice n ON n.id = l.notice LEFT JOIN notice_kind k ON k.notice = n.id
        WHERE l.invoice = ? AND n.state = 'issued' AND n.issued <= ? ORDER BY n.issued""",
        (invoice, until.isoformat()),
    )


def debtors(book: Book, customers: Sequence[int] | None = None) -> dict[int, CustomerLaw]:
    """Whose law it is, by customer; of some or all."""
    only = f"WHERE id IN ({marks(customers)})" if customers is not None else ""
    rows = book.records(CustomerLaw, f"SELECT id, country, kind FROM customer {only}", tuple(customers or ()))
    return {one.customer: one for one in rows}
