"""Invoices given to others: to an agency or attorney to collect, to a factor who buys them, to a mediator; reports
booked with their cut, and called back. While somebody else collects, arterm does not chase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arterm.desk import acts, find
from arterm.desk.claims import charges
from arterm.desk.letters.printing import save_new
from arterm.desk.partners.handover_views import HandoverView, handover
from arterm.desk.partners.partners import PartnerView, partner
from arterm.desk.payments import payments
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.law.limitation import limitation
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Message, message
from arterm.rules.money import Money
from arterm.rules.text import clean_note
from arterm.store import one_row
from arterm.store.cases import OpenInvoice, facts
from arterm.store.journal import UnitOfWork
from arterm.store.models.partners import Handover, HandoverLine, HandoverReport
from arterm.store.reads.partners import case as case_reads
from arterm.store.reads.partners import handovers as handovers_reads

KIND_OF = {"agency": "collection", "attorney": "collection", "factor": "sale", "mediator": "mediation"}


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whether an invoice may be given to a partner: why not, or empty; and what to mind (`beware`)."""

    invoice: str
    invoice_id: int
    open: Money
    why_not: tuple[str, ...]
    beware: tuple[str, ...]


def eligible(desk: Desk, partner_id: int, invoices: Sequence[int]) -> tuple[Eligible, ...]:
    """What speaks against giving each of these to a partner, said beforehand."""
    to, members = partner(desk, partner_id), _facts(desk, invoices)
    elsewhere = _elsewhere(desk)
    debts = Counter[str]()
    for one in members:
        debts[one.case.currency] += one.case.open + one.case.charges
    return tuple(_eligible(desk, to, one, debts[one.case.currency], elsewhere.get(one.id, "")) for one in members)


def _elsewhere(desk: Desk) -> dict[int, str]:
    """Who has been given each invoice, or proposed for it, and is not done; also from a later day than today."""
    return handovers_reads.holders(desk.book, desk.today)


def _facts(desk: Desk, invoices: Sequence[int]) -> list[OpenInvoice]:
    found = {one.id: one for one in facts(desk.book, desk.today, invoices=list(invoices))} if invoices else {}
    gone = [row for row in invoices if row not in found or not found[row].case.open]
    if gone:
        raise find.nothing_open(desk, gone[0], "name_open")
    if not invoices:
        raise ArtermError("missing.invoices", "invoice")
    return [found[row] for row in dict.fromkeys(invoices)]


def _eligible(desk: Desk, to: PartnerView, one: OpenInvoice, debt: int, elsewhere: str) -> Eligible:
    """`debt`: all that is given together, in minor units of its currency; `elsewhere`: who else has it."""
    case, why_not, beware = one.case, list[str](), list[str]()
    late = (desk.today - case.due).days
    if case.handed_over or elsewhere:
        why_not.append(
            message("partners.handovers.already", who=elsewhere or message("partners.handovers.somebody_else"))
        )
    if case.disputed and (to.undisputed or case.disputed >= case.open) and to.kind != "mediator":
        why_not.append(message("partners.handovers.disputed"))
    if case.plan_holds(desk.today):
        why_not.append(message("partners.handovers.plan_running"))
    if to.kind != "mediator":
        ends = _barred_from(desk, one)
        if ends is not None and ends <= desk.today:
            why_not.append(message("partners.handovers.barred_since", day=ends))
        elif ends is None and late > 365:
            beware.append(message("partners.handovers.limitation_unknown"))
        elif ends is not None and (ends - desk.today).days <= 365:
            beware.append(message("partners.handovers.barred_from", day=ends))
    if to.kind in ("agency", "attorney") and late <= 0:
        why_not.append(message("partners.handovers.not_overdue_yet"))
    if to.least.minor and to.least.currency == case.currency and debt < to.least.minor:
        why_not.append(message("partners.handovers.too_small", name=to.name, amount=to.least))
    if to.flat and to.flat.currency != case.currency:
        why_not.append(message("partners.handovers.asks", name=to.name, amount=to.flat, currency=case.currency))
    if to.oldest and late > to.oldest:
        why_not.append(message("partners.handovers.too_old", name=to.name, oldest=to.oldest, late=late))
    reasons = [
        why
        for why in stopped(case, desk.today)
        if "disputed" not in why and "plan" not in why and "handed over" not in why
    ]
    beware += reasons
    if case.reminders == 0:
        beware.append(message("partners.handovers.no_reminder"))
    if not case_reads.has_document(desk.book, one.id):
        beware.append(message("partners.handovers.no_document"))
    return Eligible(one.number, one.id, Money(case.open, case.currency), tuple(why_not), tuple(beware))


def _barred_from(desk: Desk, one: OpenInvoice) -> date | None:
    debtor = one_row.debtor(desk.book, one.customer)
    return limitation(debtor.country or desk.country, debtor.kind, one.case.due)


def hand_over(
    desk: Desk, partner_id: int, invoices: Sequence[int], path: Path | None = None, note: str = ""
) -> Receipt:
    """Give invoices of one customer to a partner, and write the case file (ZIP). The file and the hand-over come
    together or not at all.

    Refuses (`not_eligible`) disputed, planned or time-barred ones with the reason, (`several`) of several customers or
    currencies, (`exists`) to overwrite a file, (`missing_file`) an attachment that is not what it was.
    """
    if path is not None and path.exists():
        raise ArtermError("exists.file", str(path))
    with desk.act(acts.HANDOVER_GIVE, "customer") as work:
        # Looked at inside the act: another terminal may have given them away a moment ago.
        to, members = partner(desk, partner_id), _facts(desk, invoices)
        _refuse_mixed(members)
        against = [f"{one.invoice}: {one.why_not[0]}" for one in eligible(desk, partner_id, invoices) if one.why_not]
        if against:
            raise ArtermError("not_eligible.invoice", "invoice", against="; ".join(against))
        first = members[0]
        work.about_id = first.customer
        asked = _price(desk, to, members)
        row = work.insert(
            Handover,
            partner=partner_id,
            customer=first.customer,
            currency=first.case.currency,
            kind=KIND_OF[to.kind],
            day=desk.today.isoformat(),
            face=asked.face.minor,
            advance=asked.advance.minor,
            fee=asked.fee.minor,
            recourse=int(to.recourse),
            note=clean_note(note),
        )
        for one in members:
            work.insert(HandoverLine, handover=row, invoice=one.id, open=one.case.open + one.case.charges)
        if path is not None:
            from arterm.desk.partners.case_file import case_file

            save_new(path, case_file(desk, first.customer, [one.id for one in members], to.name))
    return Receipt(
        _given(to, members, asked),
        work.id,
        (first.customer,),
        row,
    )


@dataclass(frozen=True, slots=True)
class Price:
    """What a hand-over is about and costs: face value; of a sale what is paid at once, the fee, and what is kept back
    until they pay.
    """

    face: Money
    advance: Money
    fee: Money
    reserve: Money


def price(desk: Desk, partner_id: int, invoices: Sequence[int]) -> Price:
    """The same before anything is given: what a factor would pay, what an agency would ask if all of it came."""
    members = _facts(desk, invoices)
    _refuse_mixed(members)
    return _price(desk, partner(desk, partner_id), members)


def _price(desk: Desk, to: PartnerView, members: Sequence[OpenInvoice]) -> Price:
    face = sum(one.case.open + one.case.charges for one in members)
    age = max((desk.today - one.case.due).days for one in members)
    sale, code = to.kind == "factor", members[0].case.currency
    if code != to.flat.currency and to.flat:
        raise ArtermError("other_currency.partner", "partner", name=to.name, flat=to.flat, code=code)
    advance = face * to.advance // 100 if sale else 0
    fee = to.fee.of(face, face, age) if to.kind != "mediator" else 0
    reserve = max(0, face - advance - fee) if sale else 0
    return Price(*(Money(amount, code) for amount in (face, advance, fee, reserve)))


def _refuse_mixed(members: Sequence[OpenInvoice]) -> None:
    if len({(one.customer, one.case.currency) for one in members}) > 1:
        raise ArtermError("several", "invoice")


def _given(to: PartnerView, members: Sequence[OpenInvoice], asked: Price) -> Message:
    what = message(
        f"receipts.partners.{KIND_OF[to.kind]}",
        partner=to.name,
        invoices=len(members),
        customer=members[0].name,
        amount=asked.face,
    )
    if to.kind != "factor":
        return what
    key = "receipts.partners.sold_with_recourse" if to.recourse else "receipts.partners.sold_without_recourse"
    return message(key, what=what, advance=asked.advance, fee=asked.fee, reserve=asked.reserve)


def report(
    desk: Desk, row: int, received: Money, cut: Money, day: date, note: str = "", by_customer: bool = False
) -> Receipt:
    """What a partner reports: money that came for the invoices (booked as their payment), what they keep of it, or just
    words.

    Of a sale, `by_customer` says that it is no advance of the buyer's but what the customer paid them: recourse leaves
    it standing.

    Refuses (`ended`) a hand-over that is over, (`missing`) a report of nothing, (`too_much`) a cut above what came.
    """
    refuse_future(day, desk.today, "day")
    if received.minor < 0 or cut.minor < 0:
        raise ArtermError("bad_amount.report", "report")
    if not received.minor and not cut.minor and not clean_note(note):
        raise ArtermError("missing.report", "report")
    if received.minor and cut.minor > received.minor:
        raise ArtermError("too_much.cut", "cut")
    with desk.act(acts.HANDOVER_REPORT, "customer") as work:
        held = _running(desk, row)
        work.about_id = held.customer_id
        if day < held.day:
            raise ArtermError("bad_day.handover", "day", day=held.day)
        credit = None
        if received.minor:
            charged = _claimed_beyond(desk, work, held, received)
            draft = payments.CreditDraft(
                held.customer_id,
                received,
                day,
                (*held.invoice_ids, *charged),
                "receipt",
                f"{held.partner} #{row}",
                str(message("notes.through_partner", partner=held.partner, cut=cut)),
            )
            credit, _ = payments.book_in_act(desk, work, draft)
        work.insert(
            HandoverReport,
            handover=row,
            day=day.isoformat(),
            received=received.minor,
            cut=cut.minor,
            note=clean_note(note),
            credit=credit,
            by_customer=int(by_customer),
        )
    left = handovers_reads.open_of(desk.book, held.invoice_ids)
    told = message("receipts.partners.reported", partner=held.partner, received=received, cut=cut)
    remarks = () if left else (message("receipts.partners.all_paid", row=row),)
    return Receipt(told, work.id, (held.customer_id,), row, remarks)


def _claimed_beyond(desk: Desk, work: UnitOfWork, held: HandoverView, received: Money) -> list[int]:
    """Debts to settle beside the invoices: charges that were asked for, and where more came than that, the interest,
    sum and costs that the law gives and the partner claimed. Refuses (`too_much`) what no claim covers.
    """
    known = [one.debit for row in held.invoice_ids for one in charges.open_charges(desk, row)]
    rows = (*held.invoice_ids, *known)
    excess = received.minor - handovers_reads.open_of(desk.book, rows)
    for row in held.invoice_ids:
        for one in charges.plan(desk, row)[0] if excess > 0 else ():
            part = min(excess, one.amount)
            if part > 0:
                words = message("partners.handovers.charge_through", kind=charges.KINDS[one.kind], partner=held.partner)
                known.append(charges.debt(work, desk, row, words, part, one.law, desk.today))
                excess -= part
    if excess > 0:
        raise ArtermError("too_much.received", "received", amount=Money(excess, held.currency))
    return known


def _running(desk: Desk, row: int) -> HandoverView:
    """A hand-over that is not over. Refuses (`ended`), and says how it ended."""
    held = handover(desk, row)
    if held.state == "ended":
        raise ArtermError("ended.handover", "handover", row=row, ended=held.ended, outcome=held.outcome)
    return held


def end(desk: Desk, row: int, outcome: str, recourse: bool = False) -> Receipt:
    """A hand-over is over: called back, done, or (of a sale with recourse) given back.

    What was given to collect is chased again. What was sold stays the buyer's, unless it is given back by recourse (the
    money that the factor paid is owed back then, and no longer settles the invoices) or called back before anything
    came of it. Refuses (`ended`, `missing`) and (`no_recourse`) where none was agreed.
    """
    if not clean_note(outcome):
        raise ArtermError("missing.outcome", "outcome")
    with desk.act(acts.HANDOVER_END, "customer") as work:
        held = _running(desk, row)
        work.about_id = held.customer_id
        if held.kind == "mediation":
            raise ArtermError("mediation", "handover", row=row)
        if recourse and not (held.kind == "sale" and held.recourse):
            raise ArtermError("no_recourse", "recourse")
        back = held.kind == "sale" and (recourse or not held.received)
        ended = desk.today.isoformat()
        work.update(Handover, row, ended=ended, outcome=clean_note(outcome, 400), returned=ended if back else None)
        if recourse:
            for credit in handovers_reads.paid_by_buyer(desk.book, row):
                payments.bounce_within(desk, work, credit, desk.today, _given_back(held))
    stays = held.kind == "sale" and not back
    then = message("receipts.partners.stays", partner=held.partner) if stays else message("receipts.partners.chased")
    names = {"partner": held.partner, "customer": held.customer, "outcome": clean_note(outcome, 400)}
    return Receipt(message("receipts.partners.ended", **names), work.id, (held.customer_id,), row, (then,))


def _given_back(held: HandoverView) -> str:
    return str(message("notes.given_back", partner=held.partner))


def case_again(desk: Desk, row: int, path: Path) -> Receipt:
    """Write the case file of a hand-over again, as of today. Refuses as `hand_over` does."""
    from arterm.desk.partners.case_file import case_file

    held = handover(desk, row)
    save_new(path, case_file(desk, held.customer_id, held.invoice_ids, held.partner))
    return Receipt(message("receipts.partners.case_file", partner=held.partner, path=path), 0, (), row)


def look_at_papers(desk: Desk, invoices: Sequence[int]) -> list[str]:
    """What to know of the case file before it is written. Refuses (`damaged`) papers that are not what they were."""
    from arterm.desk.partners.case_facts import naming_others
    from arterm.desk.partners.case_file import check_papers

    customer = _facts(desk, invoices)[0].customer
    check_papers(desk, customer, invoices)
    many = naming_others(desk, customer)
    return [message("partners.handovers.others_left_out", entries=many)] if many else []
