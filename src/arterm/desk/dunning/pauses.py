"""Stopping and going on: pauses with a reason and a last day, disputes on all or a part of an invoice, acts of the
ladder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.desk import acts, find
from arterm.desk.payments.payments import CreditDraft, book_in_act
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.roles import LONGEST_PAUSE_OF_A_CLERK
from arterm.rules.text import clean, clean_note
from arterm.store import cases, one_row
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.dunning import Dispute, Pause, StepDone
from arterm.store.reads import dunning as reads

DISPUTE_REASONS = (
    "quality",
    "delivery",
    "quantity",
    "price",
    "invoice_wrong",
    "not_ordered",
    "paid",
    "returned",
    "other",
)
OUTCOMES = ("upheld", "credited", "withdrawn")


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute on an invoice, open until it has an outcome."""

    id: int
    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    amount: Money
    currency: str
    reason: str
    who: str
    target: date | None
    opened: date
    closed: date | None
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class PauseView:
    """A pause of chasing, until a day that it still includes."""

    id: int
    customer: str
    customer_id: int
    invoice: str
    since: date
    until: date
    why: str


def pause(desk: Desk, customer: int, until: date, why: str, invoice: int | None = None) -> Receipt:
    """Stop chasing a customer, or one invoice, until that day (included). Supply is another matter.

    Refuses (`missing`) without a reason, (`past_day`) a day that has passed, (`exists`) where a pause runs already.
    """
    if not why.strip():
        raise ArtermError("missing.pause_reason", "why")
    if until < desk.today:
        raise ArtermError("past_day.until", "until", until=until)
    name = find.customer_name(desk, customer)
    act = acts.PAUSE_LONG if (until - desk.today).days > LONGEST_PAUSE_OF_A_CLERK else acts.PAUSE_BEGIN
    with desk.act(act, "invoice" if invoice else "customer", invoice or customer) as work:
        number = one_row.invoice_number(desk.book, invoice) if invoice else ""
        if any(one.invoice == number for one in pauses(desk, customer)):
            raise ArtermError("exists.pause", "customer", name=name)
        row = work.insert(
            Pause,
            customer=customer,
            invoice=invoice,
            since=desk.today.isoformat(),
            until=until.isoformat(),
            why=clean_note(why, 400),
        )
    about = message("dunning.pauses.invoice", number=number) if invoice else name
    return Receipt(message("receipts.dunning.paused", about=about, until=until), work.id, (customer,), row)


def resume(desk: Desk, customer: int, invoice: int | None = None) -> Receipt:
    """Go on chasing from today. Refuses (`not_paused`) where no pause runs."""
    number = one_row.invoice_number(desk.book, invoice) if invoice else ""
    with desk.act(acts.PAUSE_END, "invoice" if invoice else "customer", invoice or customer) as work:
        running = [one for one in pauses(desk, customer) if one.invoice == number or not invoice]
        if not running:
            raise ArtermError("not_paused", "customer", number=number or find.customer_name(desk, customer))
        for one in running:
            work.update(Pause, one.id, ended=desk.today.isoformat())
    return Receipt(
        message("receipts.dunning.resumed", number=number or find.customer_name(desk, customer)), work.id, (customer,)
    )


def pauses(desk: Desk, customer: int | None = None) -> tuple[PauseView, ...]:
    """The pauses that hold today, of one customer or all."""
    return tuple(
        PauseView(one.id, one.customer, one.customer_id, one.invoice, one.since, one.until, one.why)
        for one in reads.pauses(desk.book, desk.today, _whose(desk, customer))
    )


@dataclass(frozen=True, slots=True)
class DisputeDraft:
    """A dispute as the owner tells of it; without an amount, all that is open is disputed."""

    invoice: int
    reason: str
    amount: Money | None = None
    who: str = ""
    target: date | None = None
    note: str = ""


def dispute(desk: Desk, draft: DisputeDraft) -> Receipt:
    """Open a dispute: that part is not chased, the rest stays on its ladder, and the figures keep all of it.

    Refuses (`bad_choice`) an unknown reason, (`over_balance`) more than is open and not disputed yet.
    """
    if draft.reason not in DISPUTE_REASONS:
        raise ArtermError(
            "bad_choice.reason", "reason", reason=draft.reason[:30], dispute_reasons=tuple(DISPUTE_REASONS)
        )
    if draft.target and draft.target < desk.today:
        raise ArtermError("past_day.target", "target", target=draft.target)
    with desk.act(acts.DISPUTE_OPEN, "invoice", draft.invoice) as work:
        find.refuse_sold(desk, [draft.invoice])
        found = cases.facts(desk.book, desk.today, invoices=[draft.invoice])
        left = found[0].case.open - found[0].case.disputed if found else 0
        currency = found[0].case.currency if found else desk.currency
        amount = draft.amount or Money(left, currency)
        if not left or not 0 < amount.minor <= left:
            raise ArtermError("over_balance.dispute", "amount", amount=Money(left, currency))
        if amount.currency != currency:
            raise ArtermError("other_currency.of_invoice", "amount", currency=currency)
        customer = found[0].customer
        row = work.insert(
            Dispute,
            customer=customer,
            invoice=draft.invoice,
            amount=amount.minor,
            reason=draft.reason,
            who=clean(draft.who),
            target=draft.target.isoformat() if draft.target else None,
            note=clean_note(draft.note),
            opened=desk.today.isoformat(),
        )
    return Receipt(
        message("receipts.dunning.disputed", amount=amount, number=found[0].number, reason=draft.reason),
        work.id,
        (customer,),
        row,
    )


def settle(desk: Desk, invoice: int, outcome: str, credit: Money | None = None, note: str = "") -> Receipt:
    """Settle the dispute on an invoice: `upheld` (they were right), `credited` (in part), `withdrawn` (they owe it
    after all).

    What is credited is booked as a credit note in the same act. Refuses (`no_dispute`) where none is open,
    (`over_balance`) a credit above what was disputed, (`missing`) `credited` without an amount.
    """
    if outcome not in OUTCOMES:
        raise ArtermError("bad_choice.resolution", "resolve", outcome=outcome[:20], outcomes=tuple(OUTCOMES))
    gives = outcome == "upheld" or (credit is not None and credit.minor > 0)
    with desk.act(acts.DISPUTE_CREDIT if gives else acts.DISPUTE_CLOSE, "invoice", invoice) as work:
        held = [one for one in disputes(desk, invoice=invoice) if one.closed is None]
        if not held:
            number = one_row.invoice_number(desk.book, invoice)
            raise ArtermError("no_dispute", "invoice", number=number)
        disputed = Money(sum(one.amount.minor for one in held), held[0].currency)
        if outcome == "upheld" and credit is None:
            credit = disputed
        if outcome == "credited" and credit is None:
            raise ArtermError("missing.credited", "credit")
        if credit and outcome == "withdrawn":
            raise ArtermError("bad_choice.credit", "credit")
        if credit and credit.minor > disputed.minor:
            raise ArtermError("over_balance.disputed", "credit", disputed=disputed)
        for one in held:
            work.update(
                Dispute,
                one.id,
                closed=desk.today.isoformat(),
                outcome=outcome,
                note="\n".join(part for part in (one.note, clean_note(note)) if part),
            )
        customer = canonical_id(desk.book, one_row.invoice_customer(desk.book, invoice))
        if credit and credit.minor:
            book_in_act(
                desk,
                work,
                CreditDraft(customer, credit, desk.today, (invoice,), "credit_note", "dispute", clean_note(note)),
            )
        work.touch(customer)
    values: dict[str, Any] = {"number": held[0].invoice, "outcome": outcome}
    done = message("receipts.dunning.dispute_settled", **values)
    if credit and credit.minor:
        done = message("receipts.dunning.dispute_credited", credit=credit, **values)
    return Receipt(done, work.id, (customer,))


def disputes(desk: Desk, customer: int | None = None, invoice: int | None = None) -> tuple[DisputeView, ...]:
    """Disputes up to today, the open ones first; of a customer, an invoice, or all."""
    if invoice is not None:
        found = reads.disputes_on(desk.book, desk.today, invoice)
    else:
        found = reads.disputes(desk.book, desk.today, _whose(desk, customer))
    return tuple(_dispute_view(desk, one) for one in found)


def _dispute_view(desk: Desk, one: reads.DisputeRow) -> DisputeView:
    closed = one.closed if one.closed and one.closed <= desk.today else None
    return DisputeView(
        id=one.id,
        invoice=one.invoice,
        invoice_id=one.invoice_id,
        customer=one.customer,
        customer_id=one.customer_id,
        amount=Money(one.amount, one.currency),
        currency=one.currency,
        reason=one.reason,
        who=one.who,
        target=one.target,
        opened=one.opened,
        closed=closed,
        outcome=one.outcome if closed else "",
        note=one.note,
    )


def decided(desk: Desk, invoice: int) -> Receipt:
    """Say that the act which is the next step of an invoice's ladder was done (or decided against): the ladder goes
    on.
    """
    found = cases.facts(desk.book, desk.today, invoices=[invoice])
    step = found[0].case.ladder.next_after(found[0].case.step) if found else None
    if step is None or step.channel != "act":
        raise ArtermError("no_act", "invoice")
    with desk.act(acts.LADDER_ACT, "invoice", invoice) as work:
        work.insert(StepDone, invoice=invoice, step=step.n, day=desk.today.isoformat())
    return Receipt(
        message("receipts.dunning.step_done", number=found[0].number, name=step.name), work.id, (found[0].customer,)
    )


def _whose(desk: Desk, customer: int | None) -> list[int] | None:
    return None if customer is None else merged_ids(desk.book, [customer])
