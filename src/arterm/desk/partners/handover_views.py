"""Hand-overs as they stand on a day: to whom, what, what came of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.desk import find
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.states import HandoverState
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.reads.partners import handovers as reads


@dataclass(frozen=True, slots=True)
class ReportView:
    """What a partner reported."""

    id: int
    day: date
    received: Money
    cut: Money
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A hand-over: to whom, what, what came of it so far. `state` is open, or ended; a mediation is proposed before it
    is open.

    `accepted`, `meets`, `agreed` are of mediations only.
    """

    id: int
    partner: str
    partner_id: int
    customer: str
    customer_id: int
    kind: str
    day: date
    face: Money
    currency: str
    invoices: tuple[str, ...]
    invoice_ids: tuple[int, ...]
    state: HandoverState
    ended: date | None
    outcome: str
    recourse: bool
    advance: Money
    fee: Money
    received: Money
    cut: Money
    reports: tuple[ReportView, ...]
    accepted: date | None = None
    meets: date | None = None
    agreed: bool | None = None


def handover(desk: Desk, row: int) -> HandoverView:
    """One hand-over. Refuses (`no_handover`) one that there is not."""
    found = reads.handover(desk.book, row, desk.today)
    if found is None:
        raise ArtermError("no_handover", "handover", row=row)
    return _view(desk, found)


def handovers(desk: Desk, customer: int | None = None) -> tuple[HandoverView, ...]:
    """Every hand-over up to today, newest first; of one customer."""
    group = merged_ids(desk.book, [customer]) if customer is not None else None
    return tuple(_view(desk, row) for row in reads.handovers(desk.book, desk.today, group))


def _view(desk: Desk, row: reads.HandoverRow) -> HandoverView:
    today, customer, code = desk.today, canonical_id(desk.book, row.customer), row.currency
    lines = reads.handed(desk.book, row.id)
    told = tuple(
        ReportView(one.id, one.day, Money(one.received, code), Money(one.cut, code), one.note)
        for one in reads.reports(desk.book, row.id, today)
    )
    over = row.ended is not None and row.ended <= today
    begun = row.accepted is not None and row.accepted <= today
    state: HandoverState = "ended" if over else "proposed" if row.kind == "mediation" and not begun else "open"
    return HandoverView(
        id=row.id,
        partner=row.partner,
        partner_id=row.partner_id,
        customer=find.customer_name(desk, customer),
        customer_id=customer,
        kind=row.kind,
        day=row.day,
        face=Money(row.face, code),
        currency=code,
        invoices=tuple(one.number for one in lines),
        invoice_ids=tuple(one.invoice for one in lines),
        state=state,
        ended=row.ended if over else None,
        outcome=row.outcome if over else "",
        recourse=row.recourse,
        advance=Money(row.advance, code),
        fee=Money(row.fee, code),
        received=sum((one.received for one in told), Money(0, code)),
        cut=sum((one.cut for one in told), Money(0, code)),
        reports=told,
        accepted=row.accepted if begun else None,
        meets=row.meets if begun else None,
        agreed=row.agreed if over else None,
    )
