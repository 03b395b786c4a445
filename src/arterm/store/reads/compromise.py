"""What the book knows of plans and offers: who agreed what, about which invoices, what was told of them.

They are asked for in lists with whoever they are of, over several tables: SQL text. What concerns one row is a Peewee
query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.compromise import Instalment
from arterm.store.models.letters import Notice
from arterm.store.sql import marks, parts


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan beside its instalments: whose, who did what, how it is meant (minor units)."""

    id: int
    customer: str
    customer_id: int
    currency: str
    total: int
    accepted_by: str
    cancelled_by: str
    proposed_by: str
    why: str
    every: str
    interest: bool
    remind: int
    to_sign: bool
    signed: str
    notice: int | None
    note: str


@dataclass(frozen=True, slots=True)
class PlannedInvoice:
    """An invoice that a plan is about, itself or by its charges."""

    plan: int
    invoice: int
    number: str


@dataclass(frozen=True, slots=True)
class PlannedCharge:
    """What a plan takes in beside the principal and is no debt yet (minor units); due with the last instalment."""

    id: int
    invoice: int
    kind: str
    amount: int
    law: str
    due: date


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as it was made (minor units)."""

    id: int
    kind: str
    customer: str
    customer_id: int
    currency: str
    amount: int
    offered: date
    until: date
    accepted: date | None
    declined: date | None
    offered_by: str
    accepted_by: str
    declined_by: str
    interest: bool
    work: bool
    note: str
    notice: int | None


@dataclass(frozen=True, slots=True)
class OfferedDebt:
    """A debt that an offer is about: open when it was offered, left on a day, the last day something came (minor
    units).
    """

    invoice: int
    number: str
    open: int
    left: int
    kind: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Breach:
    """An invoice of which a letter said that its plan was broken, and the day of the letter."""

    invoice: int
    day: date


def plans(book: Book, until: date, customers: Sequence[int] | None = None) -> list[PlanRow]:
    """Plans proposed up to a day, the newest first; of some customers or all."""
    whose = f" AND p.customer IN ({marks(customers)})" if customers is not None else ""
    return book.records(
        PlanRow, f"{_PLAN} WHERE p.proposed <= ?{whose} ORDER BY p.id DESC", (until.isoformat(), *(customers or ()))
    )


def plan(book: Book, row: int) -> PlanRow | None:
    """One plan; None where there is none of that number."""
    return book.record(PlanRow, f"{_PLAN} WHERE p.id = ?", (row,))


_PLAN = """
    SELECT p.id, c.name, c.customer, p.currency, p.total, p.accepted_by, p.cancelled_by, p.proposed_by, p.why, p.every,
        p.interest, p.remind, p.to_sign, coalesce(f.name, ''), p.notice, p.note
    FROM live_plan p JOIN customer_now c ON c.id = p.customer LEFT JOIN attachment f ON f.id = p.signed"""


def plan_invoices(book: Book, plans: Sequence[int]) -> list[PlannedInvoice]:
    """The invoices that plans are about, the longest due first."""
    found: list[PlannedInvoice] = []
    for some in parts(plans):
        found += book.records(
            PlannedInvoice,
            f"""
            SELECT plan, invoice, number FROM (
                SELECT DISTINCT l.plan AS plan, i.id AS invoice, i.number AS number, i.due AS due
                FROM live_plan_invoice l JOIN invoice x ON x.id = l.invoice
                JOIN invoice i ON i.id = coalesce(x.parent, x.id) WHERE l.plan IN ({marks(some)})
            ) AS members ORDER BY due, invoice""",
            some,
        )
    return found


def planned_charges(book: Book, plan: int) -> list[PlannedCharge]:
    """Charges of a plan that are no debts yet."""
    return book.records(
        PlannedCharge,
        """
        SELECT h.id, h.invoice, h.kind, h.amount, h.law, (SELECT max(t.due) FROM instalment t WHERE t.plan = h.plan)
        FROM live_plan_charge h WHERE h.plan = ? AND h.debit IS NULL ORDER BY h.id""",
        (plan,),
    )


def instalment(book: Book, plan: int, n: int) -> int | None:
    """The number of the n-th instalment of a plan."""
    found: int | None = book.value(Instalment.select(Instalment.id).where(Instalment.plan == plan, Instalment.n == n))
    return found


def is_written(book: Book, notice: int) -> bool:
    """Whether a letter is written and nobody said yet whether it went out."""
    query = Notice.select(Notice.id).where(Notice.id == notice, Notice.state == "written")
    return book.value(query) is not None


def offers(book: Book, until: date, customers: Sequence[int] | None = None) -> list[OfferRow]:
    """Offers made up to a day, the newest first; of some customers or all."""
    whose = f" AND o.customer IN ({marks(customers)})" if customers is not None else ""
    return book.records(
        OfferRow, f"{_OFFER} WHERE o.offered <= ?{whose} ORDER BY o.id DESC", (until.isoformat(), *(customers or ()))
    )


def offer(book: Book, row: int) -> OfferRow | None:
    """One offer; None where there is none of that number."""
    return book.record(OfferRow, f"{_OFFER} WHERE o.id = ?", (row,))


_OFFER = """
    SELECT o.id, o.kind, c.name, c.customer, o.currency, o.amount, o.offered, o.until, o.accepted, o.declined,
        o.offered_by, o.accepted_by, o.declined_by, o.interest, o.work, o.note, o.notice
    FROM live_offer o JOIN customer_now c ON c.id = o.customer"""


def offer_lines(book: Book, offer: int, until: date) -> list[OfferedDebt]:
    """The debts of an offer as they stand on a day."""
    return book.records(
        OfferedDebt,
        """
        SELECT i.id, i.number, l.open, i.total - coalesce(sum(a.amount), 0), i.kind, max(a.value_day)
        FROM offer_line l JOIN invoice i ON i.id = l.invoice
        LEFT JOIN allocation a ON a.invoice = i.id AND a.value_day <= ?
        WHERE l.offer = ? GROUP BY l.id, i.id, i.number, l.open, i.total, i.kind ORDER BY l.id""",
        (until.isoformat(), offer),
    )


def settlement_that_stands(book: Book, invoice: int, today: date) -> int | None:
    """An offer to settle an invoice for less that was neither fulfilled nor declined and has not lapsed."""
    found: int | None = book.value(
        """
        SELECT o.id FROM live_offer o JOIN offer_line l ON l.offer = o.id
        WHERE l.invoice = ? AND o.kind = 'discount' AND o.credit IS NULL AND o.declined IS NULL AND o.until >= ?
        ORDER BY o.id LIMIT 1""",
        (invoice, today.isoformat()),
    )
    return found


def is_anything_agreed(book: Book) -> bool:
    """Whether the book has any plan or offer."""
    return book.value("SELECT id FROM plan UNION ALL SELECT id FROM offer LIMIT 1") is not None


def is_reminded(book: Book, plan: int, n: int) -> bool:
    """Whether somebody noted that they were told of an instalment."""
    query = """
        SELECT 1 FROM live_reminded r JOIN instalment t ON t.id = r.instalment WHERE t.plan = ? AND t.n = ?"""
    return book.value(query, (plan, n)) is not None


def has_instalment_letter(book: Book, invoices: Sequence[int], since: date, until: date) -> bool:
    """Whether a letter about an instalment of these invoices was written between two days and not withdrawn."""
    query = f"""
        SELECT 1 FROM letter t JOIN live_notice n ON n.id = t.notice JOIN letter_line l ON l.notice = n.id
        WHERE t.kind = 'instalment' AND n.state <> 'withdrawn' AND n.day BETWEEN ? AND ?
        AND l.invoice IN ({marks(invoices)})"""
    return book.value(query, (since.isoformat(), until.isoformat(), *invoices)) is not None


def breaches(book: Book, until: date) -> list[Breach]:
    """Letters of breach that were written up to a day and not withdrawn, by invoice."""
    return book.records(
        Breach,
        """
        SELECT l.invoice, n.day FROM letter t JOIN live_notice n ON n.id = t.notice
        JOIN letter_line l ON l.notice = n.id
        WHERE t.kind = 'breach' AND n.state <> 'withdrawn' AND n.day <= ?""",
        (until.isoformat(),),
    )
