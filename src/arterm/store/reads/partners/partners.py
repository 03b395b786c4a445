"""What the book knows of partners: their terms, what came of them, what the owner thought of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.partners import Handover, Partner, PartnerReview


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
