"""Invoices given to others: to an agency or attorney to collect, to a factor who buys them, to a mediator; reports booked with
their cut, and called back. While somebody else collects, arterm does not chase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arterm.desk import find, money_in
from arterm.desk.desk import Desk, refuse_future
from arterm.desk.partners import PartnerView, partner
from arterm.desk.printing import save_new
from arterm.desk.views import Receipt
from arterm.law.limitation import limitation
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.text import clean_note, count
from arterm.store.cases import OpenInvoice, facts
from arterm.store.circumstances import now_known_as, one_and_merged
from arterm.store.standing_models import Handover, HandoverLine, HandoverReport

KIND_OF = {"agency": "collection", "attorney": "collection", "factor": "sale", "mediator": "mediation"}


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whether an invoice may be given to a partner: why not, or empty; and what to mind (`beware`)."""

    invoice: str
    invoice_id: int
    open: Money
    why_not: tuple[str, ...]
    beware: tuple[str, ...]


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
    """A hand-over: to whom, what, what came of it so far. `state` is open, or ended; a mediation is proposed before it is open.

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


def eligible(desk: Desk, partner_id: int, invoices: Sequence[int]) -> tuple[Eligible, ...]:
    """What speaks against giving each of these to a partner, said beforehand."""
    to = partner(desk, partner_id)
    return tuple(_eligible(desk, to, one) for one in _facts(desk, invoices))


def _facts(desk: Desk, invoices: Sequence[int]) -> list[OpenInvoice]:
    found = {one.id: one for one in facts(desk.book, desk.today, invoices=list(invoices))} if invoices else {}
    gone = [row for row in invoices if row not in found or not found[row].case.open]
    if gone or not invoices:
        number = desk.book.one("SELECT number FROM invoice WHERE id = ?", (gone[0],)) if gone else None
        raise ArtermError(
            "nothing_open",
            f"Nothing is open on {number[0] if number else 'it'}.",
            "invoice",
            "Name invoices that are open.",
        )
    return [found[row] for row in dict.fromkeys(invoices)]


def _eligible(desk: Desk, to: PartnerView, one: OpenInvoice) -> Eligible:
    case, why_not, beware = one.case, list[str](), list[str]()
    late = (desk.today - case.due).days
    if case.handed_over:
        why_not.append("it was handed over already")
    if case.disputed and (to.undisputed or case.disputed >= case.open) and to.kind != "mediator":
        why_not.append("it is disputed: settle that first, or propose a mediation")
    if case.plan_holds(desk.today):
        why_not.append("a plan is running for it")
    if to.kind != "mediator":
        ends = _barred_from(desk, one)
        if ends is not None and ends <= desk.today:
            why_not.append(f"it may be time-barred since {ends.isoformat()}")
        elif ends is not None and (ends - desk.today).days <= 365:
            beware.append(f"it may be time-barred from {ends.isoformat()}: say so")
    if to.kind in ("agency", "attorney") and late <= 0:
        why_not.append("it is not overdue yet")
    if to.least.minor and to.least.currency == case.currency and case.open < to.least.minor:
        why_not.append(f"{to.name} takes nothing below {desk.told(to.least)}")
    if to.oldest and late > to.oldest:
        why_not.append(f"{to.name} takes nothing older than {to.oldest} days; this is {late}")
    reasons = [
        why
        for why in stopped(case, desk.today)
        if "disputed" not in why and "plan" not in why and "handed over" not in why
    ]
    beware += reasons
    if case.reminders == 0:
        beware.append("no reminder has gone out yet")
    return Eligible(one.number, one.id, Money(case.open, case.currency), tuple(why_not), tuple(beware))


def _barred_from(desk: Desk, one: OpenInvoice) -> date | None:
    country, kind = desk.book.one("SELECT country, kind FROM customer WHERE id = ?", (one.customer,))
    return limitation(country or desk.country, kind, one.case.due)


def hand_over(
    desk: Desk, partner_id: int, invoices: Sequence[int], path: Path | None = None, note: str = ""
) -> Receipt:
    """Give invoices of one customer to a partner, and write the case file (ZIP). The file and the hand-over come together or not
    at all.

    Refuses (`not_eligible`) disputed, planned or time-barred ones with the reason, (`several`) of several customers or
    currencies, (`exists`) to overwrite a file, (`missing_file`) an attachment that is not what it was.
    """
    to, members = partner(desk, partner_id), _facts(desk, invoices)
    if len({(one.customer, one.case.currency) for one in members}) > 1:
        raise ArtermError(
            "several", "These invoices are of several customers or currencies.", "invoice", "Hand them over one by one."
        )
    against = [f"{one.invoice}: {one.why_not[0]}" for one in eligible(desk, partner_id, invoices) if one.why_not]
    if against:
        raise ArtermError(
            "not_eligible", f"This cannot be handed over: {'; '.join(against)}.", "invoice", "Nothing was done."
        )
    if path is not None and path.exists():
        raise ArtermError("exists", "There is a file of that name already.", str(path), "Choose another name.")
    first = members[0]
    charges = sum(one.case.charges for one in members)
    face = sum(one.case.open for one in members) + charges
    age = max((desk.today - one.case.due).days for one in members)
    kind = KIND_OF[to.kind]
    advance = face * to.advance // 100 if kind == "sale" else 0
    fee = to.fee.of(face, face, age) if kind != "mediation" else 0
    with desk.act("handover.give", "customer", first.customer) as deed:
        row = deed.insert(
            Handover, partner=partner_id, customer=first.customer, currency=first.case.currency, kind=kind, day=desk.today.isoformat(), face=face,
            advance=advance, fee=fee, recourse=int(to.recourse), note=clean_note(note),
        )  # fmt: skip
        for one in members:
            deed.insert(HandoverLine, handover=row, invoice=one.id, open=one.case.open + one.case.charges)
        if path is not None:
            from arterm.desk.casefile import case_file

            save_new(path, case_file(desk, first.customer, [one.id for one in members], to.name))
    what = {"collection": "collects now", "sale": "buys", "mediation": "mediates about"}[kind]
    told = f"{to.name} {what} {count(len(members), 'invoice')} of {first.name}: {desk.told(Money(face, first.case.currency))}."
    if kind == "sale":
        told += f" {desk.told(Money(advance, first.case.currency))} at once, fee {desk.told(Money(fee, first.case.currency))}, {'with' if to.recourse else 'without'} recourse."
    return Receipt(told, deed.id, (first.customer,), row)


def report(desk: Desk, row: int, received: Money, cut: Money, day: date, note: str = "") -> Receipt:
    """What a partner reports: money that came for the invoices (booked as their payment), what they keep of it, or just words.

    Refuses (`ended`) a hand-over that is over, (`missing`) a report of nothing, (`too_much`) a cut above what came.
    """
    held = handover(desk, row)
    if held.state == "ended":
        raise ArtermError("ended", f"Hand-over #{row} ended on {held.ended}.", "handover")
    refuse_future(day, desk.today, "day")
    if not received.minor and not cut.minor and not clean_note(note):
        raise ArtermError(
            "missing", "A report says something: money, costs or words.", "report", "Say --received, --cut or --note."
        )
    if received.minor and cut.minor > received.minor:
        raise ArtermError("too_much", "They cannot keep more than came.", "cut", "Report costs apart from the money.")
    with desk.act("handover.report", "customer", held.customer_id) as deed:
        credit = None
        if received.minor:
            draft = money_in.CreditDraft(
                held.customer_id,
                received,
                day,
                held.invoice_ids,
                "receipt",
                f"{held.partner} #{row}",
                f"through {held.partner}; they keep {desk.told(cut)}",
            )
            credit, _ = money_in.book_within(desk, deed, draft)
        deed.insert(
            HandoverReport,
            handover=row,
            day=day.isoformat(),
            received=received.minor,
            cut=cut.minor,
            note=clean_note(note),
            credit=credit,
        )
    return Receipt(
        f"{held.partner} reports {desk.told(received)}, and keeps {desk.told(cut)}.", deed.id, (held.customer_id,), row
    )


def end(desk: Desk, row: int, outcome: str, recourse: bool = False) -> Receipt:
    """A hand-over is over: called back, done, or (of a sale with recourse) given back; what is open is chased again.

    With `recourse` the money that the factor paid is owed back: it no longer settles the invoices. Refuses (`ended`, `missing`)
    and (`no_recourse`) where none was agreed.
    """
    held = handover(desk, row)
    if held.state == "ended":
        raise ArtermError("ended", f"Hand-over #{row} ended on {held.ended}: {held.outcome}.", "handover")
    if held.kind == "mediation":
        raise ArtermError(
            "mediation",
            "A mediation ends agreed or not.",
            "handover",
            f"arterm handover --end {row} --agreed, or --not-agreed",
        )
    if not clean_note(outcome):
        raise ArtermError("missing", "How did it end?", "outcome", "Say it in a few words.")
    if recourse and not (held.kind == "sale" and held.recourse):
        raise ArtermError("no_recourse", "No recourse was agreed for this.", "recourse")
    with desk.act("handover.end", "customer", held.customer_id) as deed:
        deed.update(Handover, row, ended=desk.today.isoformat(), outcome=clean_note(outcome, 400))
        if recourse:
            rows = desk.book.rows(
                "SELECT credit FROM handover_report WHERE handover = ? AND credit IS NOT NULL AND void_act IS NULL",
                (row,),
            )
            for (credit,) in rows:
                money_in.bounce_within(desk, deed, credit, desk.today, f"given back by {held.partner}")
    return Receipt(
        f"{held.partner} is done with {held.customer}: {clean_note(outcome, 400)}. What is open is chased again.",
        deed.id,
        (held.customer_id,),
        row,
    )


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
    group = one_and_merged(desk.book, [customer])
    return tuple(_views(desk, f"h.customer IN ({', '.join('?' * len(group))})", tuple(group)))


def _views(desk: Desk, where: str, values: tuple[int, ...]) -> list[HandoverView]:
    today = desk.today.isoformat()
    rows = desk.book.rows(
        "SELECT h.id, p.name, p.id, h.customer, h.kind, h.day, h.face, h.currency, h.ended, h.outcome, h.recourse, h.advance, h.fee, h.accepted, h.meets, h.agreed FROM handover h"
        f" JOIN partner p ON p.id = h.partner WHERE h.void_act IS NULL AND h.day <= ? AND {where} ORDER BY h.id DESC",
        (today, *values),
    )
    found = []
    for (
        row,
        name,
        to,
        whose,
        kind,
        day,
        face,
        code,
        ended,
        outcome,
        recourse,
        advance,
        fee,
        accepted,
        meets,
        agreed,
    ) in rows:
        lines = desk.book.rows(
            "SELECT i.number, i.id FROM handover_line l JOIN invoice i ON i.id = l.invoice WHERE l.handover = ? ORDER BY l.id",
            (row,),
        )
        told = [
            ReportView(number, date.fromisoformat(on), Money(received, code), Money(cut, code), note)
            for number, on, received, cut, note in desk.book.rows(
                "SELECT id, day, received, cut, note FROM handover_report WHERE handover = ? AND void_act IS NULL AND day <= ? ORDER BY day, id",
                (row, today),
            )
        ]
        over = ended is not None and ended <= today
        begun = accepted is not None and accepted <= today
        state = "ended" if over else "proposed" if kind == "mediation" and not begun else "open"
        customer = now_known_as(desk.book, whose)
        found.append(
            HandoverView(
                row, name, to, find.customer_name(desk, customer), customer, kind, date.fromisoformat(day), Money(face, code), code,
                tuple(number for number, _ in lines), tuple(number for _, number in lines), state,
                date.fromisoformat(ended) if over else None, outcome if over else "", bool(recourse), Money(advance, code), Money(fee, code),
                sum((one.received for one in told), Money(0, code)), sum((one.cut for one in told), Money(0, code)), tuple(told),
                date.fromisoformat(accepted) if begun else None, date.fromisoformat(meets) if meets and begun else None, bool(agreed) if over and agreed is not None else None,
            )
        )  # fmt: skip
    return found
