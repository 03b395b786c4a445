"""What the book knows of partners, hand-overs and what is assumed: terms, results, papers of a case.

Lists with names from other tables and sums are SQL text; what is asked of one row is a Peewee query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Attachment, Customer
from arterm.store.models.partners import Handover, HandoverReport, Partner, PartnerReview
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner and their terms; sums in minor units, `advance` in hundredths of a per cent."""

    id: int
    name: str
    kind: str
    model: str
    flat: int
    rates: str
    least: int
    oldest: int
    undisputed: bool
    advance: int
    recourse: bool
    days: int
    contact: str
    mail: str
    phone: str
    address: str
    area: str
    languages: str
    note: str
    currency: str
    version: int
    folded: str


@dataclass(frozen=True, slots=True)
class Given:
    """How many hand-overs a partner got, and their face (minor units)."""

    count: int
    face: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What came through a partner, and what they kept of it (minor units)."""

    received: int
    cut: int


@dataclass(frozen=True, slots=True)
class Span:
    """From a hand-over until it ended."""

    day: date
    ended: date


@dataclass(frozen=True, slots=True)
class Review:
    """What the owner thought of a partner."""

    day: date
    stars: int
    note: str


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A hand-over (minor units); `customer` as it was booked."""

    id: int
    partner: str
    partner_id: int
    customer: int
    kind: str
    day: date
    face: int
    currency: str
    ended: date | None
    outcome: str
    recourse: bool
    advance: int
    fee: int
    accepted: date | None
    meets: date | None
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class HandedInvoice:
    """An invoice that was handed over."""

    number: str
    invoice: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a partner reported on a day (minor units)."""

    id: int
    day: date
    received: int
    cut: int
    note: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an invoice, or was proposed for it."""

    invoice: int
    partner: str


@dataclass(frozen=True, slots=True)
class Debtor:
    """Whose law: the customer's country and kind."""

    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the owner assumes, of one customer or of all."""

    id: int
    customer: int | None
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Settled:
    """How many invoices, what they came to, what was paid on them (minor units)."""

    count: int
    total: int
    paid: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A message of the customer that came in."""

    id: int
    day: date
    sender: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A customer's number and folded name."""

    id: int
    folded: str


_PARTNER = """
    SELECT id, name, kind, model, flat, rates, least, oldest, undisputed, advance, recourse, days, contact, mail, phone,
        address, area, languages, note, currency, version, folded
    FROM live_partner"""


def partners(book: Book, kind: str = "") -> list[PartnerRow]:
    """Every partner, by name; of one kind only."""
    return book.records(PartnerRow, f"{_PARTNER} WHERE ? = '' OR kind = ? ORDER BY folded", (kind, kind))


def partner(book: Book, row: int) -> PartnerRow | None:
    """One partner; None where there is none of that number."""
    return book.record(PartnerRow, f"{_PARTNER} WHERE id = ?", (row,))


def has_partner(book: Book, folded: str) -> bool:
    """Whether there is a partner of that folded name."""
    query = Partner.select(Partner.id).where(Partner.folded == folded, Partner.void_act.is_null())
    return book.value(query) is not None


def holds_something(book: Book, partner: int) -> bool:
    """Whether a partner has a hand-over that is not over."""
    query = Handover.select(Handover.id).where(
        Handover.partner == partner, Handover.ended.is_null(), Handover.void_act.is_null()
    )
    return book.value(query.limit(1)) is not None


def given(book: Book, partner: int, currency: str, until: date) -> Given:
    """What a partner was given up to a day."""
    found = book.record(
        Given,
        """
        SELECT count(*), coalesce(sum(face), 0) FROM live_handover
        WHERE partner = ? AND currency = ? AND day <= ?""",
        (partner, currency, until.isoformat()),
    )
    assert found is not None
    return found


def reported(book: Book, partner: int, currency: str, until: date) -> Reported:
    """What came through a partner up to a day."""
    found = book.record(
        Reported,
        """
        SELECT coalesce(sum(r.received), 0), coalesce(sum(r.cut), 0)
        FROM live_handover_report r JOIN live_handover h ON h.id = r.handover
        WHERE h.partner = ? AND h.currency = ? AND r.day <= ?""",
        (partner, currency, until.isoformat()),
    )
    assert found is not None
    return found


def ended(book: Book, partner: int) -> list[Span]:
    """How long a partner's hand-overs that are over took."""
    query = Handover.select(Handover.day, Handover.ended)
    return book.records(
        Span, query.where(Handover.partner == partner, Handover.ended.is_null(False), Handover.void_act.is_null())
    )


def reviews(book: Book, partner: int) -> list[Review]:
    """Every review of a partner, the newest first."""
    query = PartnerReview.select(PartnerReview.day, PartnerReview.stars, PartnerReview.note)
    return book.records(
        Review,
        query.where(PartnerReview.partner == partner, PartnerReview.void_act.is_null()).order_by(
            PartnerReview.id.desc()
        ),
    )


_HANDOVER = """
    SELECT h.id, p.name, p.id, h.customer, h.kind, h.day, h.face, h.currency, h.ended, h.outcome, h.recourse, h.advance,
        h.fee, h.accepted, h.meets, h.agreed
    FROM live_handover h JOIN partner p ON p.id = h.partner WHERE h.day <= ?"""


def handovers(book: Book, until: date, customers: Sequence[int] | None = None) -> list[HandoverRow]:
    """Hand-overs up to a day, the newest first; of some customers or all."""
    whose = f" AND h.customer IN ({marks(customers)})" if customers is not None else ""
    return book.records(HandoverRow, f"{_HANDOVER}{whose} ORDER BY h.id DESC", (until.isoformat(), *(customers or ())))


def handover(book: Book, row: int, until: date) -> HandoverRow | None:
    """One hand-over; None where there is none of that number on that day."""
    return book.record(HandoverRow, f"{_HANDOVER} AND h.id = ?", (until.isoformat(), row))


def handed(book: Book, handover: int) -> list[HandedInvoice]:
    """The invoices of a hand-over."""
    return book.records(
        HandedInvoice,
        """
        SELECT i.number, i.id FROM handover_line l JOIN invoice i ON i.id = l.invoice
        WHERE l.handover = ? ORDER BY l.id""",
        (handover,),
    )


def reports(book: Book, handover: int, until: date) -> list[Report]:
    """What was reported of a hand-over up to a day, the oldest first."""
    query = HandoverReport.select(
        HandoverReport.id, HandoverReport.day, HandoverReport.received, HandoverReport.cut, HandoverReport.note
    ).where(
        HandoverReport.handover == handover,
        HandoverReport.void_act.is_null(),
        HandoverReport.day <= until.isoformat(),
    )
    return book.records(Report, query.order_by(HandoverReport.day, HandoverReport.id))


def paid_by_buyer(book: Book, handover: int) -> list[int]:
    """Credits that the buyer of a claim paid themselves."""
    query = HandoverReport.select(HandoverReport.credit).where(
        HandoverReport.handover == handover,
        HandoverReport.credit.is_null(False),
        HandoverReport.by_customer == 0,
        HandoverReport.void_act.is_null(),
    )
    return book.column(query.order_by(HandoverReport.id))


def holders(book: Book, today: date) -> dict[int, str]:
    """Who has each invoice, or was proposed for it, and is not done."""
    rows = book.records(
        Holder,
        """
        SELECT l.invoice, p.name FROM live_handover h JOIN handover_line l ON l.handover = h.id
        JOIN partner p ON p.id = h.partner WHERE h.ended IS NULL OR h.ended > ?""",
        (today.isoformat(),),
    )
    return {one.invoice: one.partner for one in rows}


def open_of(book: Book, invoices: Sequence[int]) -> int:
    """What is open of some invoices and charges (minor units)."""
    query = f"SELECT coalesce(sum(open), 0) FROM invoice WHERE id IN ({marks(invoices)})"
    return int(book.value(query, tuple(invoices)))


def debtor(book: Book, customer: int) -> Debtor:
    """Whose law is asked for a customer."""
    found = book.record(Debtor, Customer.select(Customer.country, Customer.kind).where(Customer.id == customer))
    assert found is not None
    return found


def has_document(book: Book, invoice: int) -> bool:
    """Whether a file is kept beside an invoice."""
    query = Attachment.select(Attachment.id).where(
        Attachment.owner == "invoice", Attachment.owner_id == invoice, Attachment.void_act.is_null()
    )
    return book.value(query.limit(1)) is not None


def log_files(book: Book, entries: Sequence[int]) -> list[int]:
    """Files beside entries of the log."""
    query = f"SELECT id FROM live_attachment WHERE owner = 'log' AND owner_id IN ({marks(entries)}) ORDER BY id"
    return book.column(query, tuple(entries))


def invoice_files(book: Book, invoices: Sequence[int]) -> list[int]:
    """Files beside invoices."""
    query = f"SELECT id FROM live_attachment WHERE owner = 'invoice' AND owner_id IN ({marks(invoices)}) ORDER BY id"
    return book.column(query, tuple(invoices))


def terms_files(book: Book, customers: Sequence[int]) -> list[int]:
    """Documents of terms that some customers accepted."""
    return book.column(
        f"""
        SELECT id FROM live_attachment
        WHERE id IN (SELECT document FROM live_terms WHERE customer IN ({marks(customers)})) ORDER BY id""",
        tuple(customers),
    )


def assumed(book: Book, customers: Sequence[int]) -> list[Assumed]:
    """What is assumed of all, then what is of some customers."""
    return book.records(
        Assumed,
        f"""
        SELECT id, customer, key, value FROM live_assumption
        WHERE customer IS NULL OR customer IN ({marks(customers)}) ORDER BY customer IS NOT NULL, id""",
        tuple(customers),
    )


def assumption(book: Book, customer: int | None, key: str) -> Assumed | None:
    """What is assumed of one customer, or (None) of all, under a key."""
    query = "SELECT id, customer, key, value FROM live_assumption WHERE coalesce(customer, 0) = ? AND key = ?"
    return book.record(Assumed, query, (customer or 0, key))


def settled_before(book: Book, customers: Sequence[int], currency: str, due_before: date) -> Settled:
    """How invoices of some customers that were due before a day were paid by now."""
    found = book.record(
        Settled,
        f"""
        SELECT count(*), coalesce(sum(i.total), 0), coalesce(sum((
            SELECT sum(a.amount) FROM allocation a JOIN credit k ON k.id = a.credit
            WHERE a.invoice = i.id AND k.kind IN ('receipt', 'reported'))), 0)
        FROM live_invoice i
        WHERE i.kind = 'invoice' AND i.currency = ? AND i.due < ? AND i.customer IN ({marks(customers)})""",
        (currency, due_before.isoformat(), *customers),
    )
    assert found is not None
    return found


def answers(book: Book, customers: Sequence[int]) -> list[Answer]:
    """What some customers wrote, the oldest first."""
    return book.records(
        Answer,
        f"""
        SELECT id, day, sender_mail, subject, body FROM live_inbox
        WHERE customer IN ({marks(customers)}) AND kind = 'reply' ORDER BY id""",
        tuple(customers),
    )


def names(book: Book) -> list[Named]:
    """Every customer's folded name."""
    return book.records(Named, "SELECT id, folded FROM live_customer")
