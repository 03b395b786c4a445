"""What the book knows of hand-overs: what was given to whom, what was reported, who holds an invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.partners import HandoverReport
from arterm.store.sql import marks


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
class PartnerReport:
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


def reports(book: Book, handover: int, until: date) -> list[PartnerReport]:
    """What was reported of a hand-over up to a day, the oldest first."""
    query = HandoverReport.select(
        HandoverReport.id, HandoverReport.day, HandoverReport.received, HandoverReport.cut, HandoverReport.note
    ).where(
        HandoverReport.handover == handover,
        HandoverReport.void_act.is_null(),
        HandoverReport.day <= until.isoformat(),
    )
    return book.records(PartnerReport, query.order_by(HandoverReport.day, HandoverReport.id))


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
        JOIN partner p ON p.id = h.partner WHERE h.ended IS NULL OR h.ended > ? ORDER BY l.id""",
        (today.isoformat(),),
    )
    return {one.invoice: one.partner for one in rows}


def open_of(book: Book, invoices: Sequence[int]) -> int:
    """What is open of some invoices and charges (minor units)."""
    query = f"SELECT coalesce(sum(open), 0) FROM invoice WHERE id IN ({marks(invoices)})"
    return int(book.value(query, tuple(invoices)))
