"""Hand-overs as they stand on a day: to whom, what, what came of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.desk import find
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.merged import canonical_id, merged_ids


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
    state: str
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
    found = _views(desk, "h.id = ?", (row,))
    if not found:
        raise ArtermError(
            "no_handover", f"There is no hand-over #{row}.", "handover", "See them: arterm handover --list"
        )
    return found[0]


def handovers(desk: Desk, customer: int | None = None) -> tuple[HandoverView, ...]:
    """Every hand-over up to today, newest first; of one customer."""
    if customer is None:
        return tuple(_views(desk, "1", ()))
    group = merged_ids(desk.book, [customer])
    return tuple(_views(desk, f"h.customer IN ({', '.join('?' * len(group))})", tuple(group)))


def _views(desk: Desk, where: str, values: tuple[int, ...]) -> list[HandoverView]:
    today = desk.today.isoformat()
    rows = desk.book.rows(
        "SELECT h.id, p.name, p.id, h.customer, h.kind, h.day, h.face, h.currency, h.ended, h.outcome, h.recourse,"
        " h.advance, h.fee, h.accepted, h.meets, h.agreed FROM handover h JOIN partner p ON p.id = h.partner WHERE"
        f" h.void_act IS NULL AND h.day <= ? AND {where} ORDER BY h.id DESC",
        (today, *values),
    )
    return [_view(desk, row) for row in rows]


def _view(desk: Desk, row: Any) -> HandoverView:
    number, name, to, whose, kind, day, face, code, ended, outcome, recourse, advance, fee, accepted, meets, agreed = (
        row
    )
    today, customer = desk.today.isoformat(), canonical_id(desk.book, whose)
    lines = desk.book.rows(
        "SELECT i.number, i.id FROM handover_line l JOIN invoice i ON i.id = l.invoice WHERE l.handover = ? ORDER BY"
        " l.id",
        (number,),
    )
    reports = desk.book.rows(
        "SELECT id, day, received, cut, note FROM handover_report WHERE handover = ? AND void_act IS NULL AND day <= ?"
        " ORDER BY day, id",
        (number, today),
    )
    told = tuple(
        ReportView(one, date.fromisoformat(on), Money(received, code), Money(cut, code), note)
        for one, on, received, cut, note in reports
    )
    over = ended is not None and ended <= today
    begun = accepted is not None and accepted <= today
    state = "ended" if over else "proposed" if kind == "mediation" and not begun else "open"
    return HandoverView(
        id=number,
        partner=name,
        partner_id=to,
        customer=find.customer_name(desk, customer),
        customer_id=customer,
        kind=kind,
        day=date.fromisoformat(day),
        face=Money(face, code),
        currency=code,
        invoices=tuple(invoice for invoice, _ in lines),
        invoice_ids=tuple(invoice for _, invoice in lines),
        state=state,
        ended=date.fromisoformat(ended) if over else None,
        outcome=outcome if over else "",
        recourse=bool(recourse),
        advance=Money(advance, code),
        fee=Money(fee, code),
        received=sum((one.received for one in told), Money(0, code)),
        cut=sum((one.cut for one in told), Money(0, code)),
        reports=told,
        accepted=date.fromisoformat(accepted) if begun else None,
        meets=date.fromisoformat(meets) if meets and begun else None,
        agreed=bool(agreed) if over and agreed is not None else None,
    )
