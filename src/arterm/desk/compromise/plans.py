"""Instalment plans: quoted, proposed, accepted, cancelled; what became of each by today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from arterm.desk import acts, find
from arterm.desk.accounts import attachments
from arterm.desk.acts import Act
from arterm.desk.claims import charges
from arterm.desk.compromise.quote import PlanDraft, Quote, quote
from arterm.desk.compromise.views import InstalmentView, PlanView
from arterm.desk.letters.notices import store_letter_in_act
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.rules import plans
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Message, message
from arterm.rules.money import Money
from arterm.rules.roles import LONGEST_PLAN_OF_A_CLERK, MOST_PARTS_OF_A_CLERK
from arterm.rules.text import clean, clean_note
from arterm.store.book import who
from arterm.store.cases import facts
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.book import Attachment
from arterm.store.models.compromise import Instalment, Plan, PlanCharge, PlanInvoice, Reminded
from arterm.store.models.letters import Notice
from arterm.store.plan_facts import read_plans, receipts_of
from arterm.store.reads import compromise as reads


def propose(desk: Desk, draft: PlanDraft) -> Receipt:
    """Propose a plan and write its agreement, in one act; chasing waits until the proposal lapses. Refuses as `quote`
    does.

    Where no letter can be written (the business has no name yet), the plan is kept without one, and the receipt says
    so.
    """
    from arterm.desk.compromise.agreements import agreement_letter
    from arterm.letters.paper import render

    made = quote(desk, draft)
    letter, content, remarks = None, b"", tuple[Message, ...]()
    try:
        letter = agreement_letter(desk, made)
        content = render(letter)
    except ArtermError as error:
        remarks = (message("receipts.compromise.no_agreement", error=str(error)),)
    with desk.act(_act(desk, made, acts.PLAN_PROPOSE), "customer", made.customer) as work:
        row = _keep(work, desk, made, "agreed")
        if letter is not None:
            ids = [one.id for one, _ in made.lines]
            notice = store_letter_in_act(work, made.customer, letter, content, ids)
            work.update(Plan, row, notice=notice)
    proposed = message(
        "receipts.compromise.proposed",
        row=row,
        customer=find.customer_name(desk, made.customer),
        amount=made.total,
        instalments=len(made.instalments),
        lapses=made.lapses,
    )
    return Receipt(proposed, work.id, (made.customer,), row, remarks)


def agree_terms(desk: Desk, draft: PlanDraft) -> Receipt:
    """Instalments that were agreed when an invoice was written: the ladder chases each from its own day. Refuses as
    `quote` does.
    """
    made = quote(desk, draft, terms=True)
    first = made.lines[0][0]
    with desk.act(_act(desk, made, acts.PLAN_TERMS), "invoice", first.id) as work:
        row = _keep(work, desk, made, "terms")
        work.update(Plan, row, accepted=first.issued.isoformat(), accepted_by=who())
    return Receipt(
        message("receipts.compromise.terms", number=first.number, instalments=len(made.instalments), row=row),
        work.id,
        (made.customer,),
        row,
    )


def _act(desk: Desk, made: Quote, short: Act) -> Act:
    """Long plans are for an owner."""
    last = max(due for due, _ in made.instalments)
    long = len(made.instalments) > MOST_PARTS_OF_A_CLERK or (last - desk.today).days > LONGEST_PLAN_OF_A_CLERK
    return acts.PLAN_LONG if long else short


def _keep(work: UnitOfWork, desk: Desk, made: Quote, origin: str) -> int:
    draft = made.draft
    day = made.lines[0][0].issued if origin == "terms" else desk.today
    row = work.insert(
        Plan,
        customer=made.customer,
        currency=made.currency,
        origin=origin,
        total=made.total.minor,
        proposed=day.isoformat(),
        proposed_by=who(),
        lapses=max(day, made.lapses).isoformat(),
        every=draft.every,
        grace=draft.grace,
        accelerate=int(draft.accelerate),
        surplus=draft.surplus,
        interest=int(draft.interest),
        remind=draft.remind,
        to_sign=int(draft.to_sign),
        note=clean_note(draft.note),
    )
    for one, amount in made.lines:
        work.insert(PlanInvoice, plan=row, invoice=one.id, amount=amount)
    for debit, amount in made.charges:
        work.insert(PlanInvoice, plan=row, invoice=debit, amount=amount)
    for invoice, planned in made.planned:
        work.insert(
            PlanCharge,
            plan=row,
            invoice=invoice,
            kind=planned.kind,
            law=planned.law,
            amount=planned.amount,
            until=planned.until.isoformat(),
        )
    for n, (due, amount) in enumerate(made.instalments, 1):
        work.insert(Instalment, plan=row, n=n, due=due.isoformat(), amount=amount)
    return row


def accept(desk: Desk, plan: int, on: date | None = None, signed: Path | None = None) -> Receipt:
    """Say that a proposal was accepted, on that day (else today): from then on it runs, and the ladder waits for it.

    Refuses (`not_proposed`) what was settled or has lapsed, (`unsigned`) where the signed copy is wanted and not given,
    (`disputed`) where an invoice has been disputed since.
    """
    day = on or desk.today
    refuse_future(day, desk.today, "on")
    content = attachments.content_of(signed) if signed else b""
    held = view(desk, plan)
    with desk.act(acts.PLAN_ACCEPT, "customer", held.customer_id) as work:
        held = view(desk, plan)
        if held.accepted or held.cancelled or (held.state != "proposed" and not held.proposed <= day <= held.lapses):
            raise ArtermError(
                "not_proposed", "plan", plan=plan, state=held.state, value=": " + held.why if held.why else ""
            )
        if not held.proposed <= day <= held.lapses:
            raise ArtermError("bad_date.acceptance", "on", proposed=held.proposed, lapses=held.lapses)
        if held.to_sign and not signed and not held.signed:
            raise ArtermError("unsigned", "signed")
        for one in facts(desk.book, desk.today, invoices=held.invoice_ids):
            if one.case.disputed:
                raise ArtermError("disputed.since", "plan", number=one.number)
        values: dict[str, Any] = {"accepted": day.isoformat(), "accepted_by": who()}
        if signed:
            values["signed"] = work.insert(
                Attachment,
                owner="customer",
                owner_id=held.customer_id,
                name=clean(signed.name),
                path=clean(str(signed.resolve()), 400),
                sha256=attachments.digest(content),
                bytes=content,
            )
        work.update(Plan, plan, **values)
        _replace_earlier(desk, work, held)
        _debit(desk, work, plan)
        if held.notice and reads.is_written(desk.book, held.notice):
            work.update(Notice, held.notice, state="issued", issued=desk.today.isoformat())
    runs = message("receipts.compromise.runs", plan=plan, day=day)
    if held.next:
        first = {"amount": held.next.amount, "due": held.next.due}
        runs = message("receipts.compromise.runs_first", plan=plan, day=day, **first)
    return Receipt(runs, work.id, (held.customer_id,), plan)


def _replace_earlier(desk: Desk, work: UnitOfWork, held: PlanView) -> None:
    """An earlier plan of the same invoices, broken by now, ends where a new one begins."""
    for other in plans_of(desk, held.customer_id, ("broken",)):
        if other.plan != held.plan and set(other.invoice_ids) & set(held.invoice_ids):
            work.update(
                Plan,
                other.plan,
                cancelled=desk.today.isoformat(),
                cancelled_by=who(),
                why=message("compromise.plans.replaced_plan", plan=held.plan),
            )


def _debit(desk: Desk, work: UnitOfWork, plan: int) -> None:
    """What the plan takes in beside the principal becomes a debt of its own."""
    for one in reads.planned_charges(desk.book, plan):
        name = message("compromise.plans.charge", kind=charges.KINDS[one.kind], plan=plan)
        owed = charges.debt(work, desk, one.invoice, name, one.amount, one.law, one.due)
        work.update(PlanCharge, one.id, debit=owed)
        work.insert(PlanInvoice, plan=plan, invoice=owed, amount=one.amount)


def cancel(desk: Desk, plan: int, why: str = "") -> Receipt:
    """End a proposal, or a plan that runs or was broken: the invoices go back to their ladder, where they left it.

    Refuses (`settled`) one that was kept or cancelled, (`missing`) to end one that runs without a reason.
    """
    held = view(desk, plan)
    with desk.act(acts.PLAN_CANCEL, "customer", held.customer_id) as work:
        held = view(desk, plan)
        if held.state in ("kept", "cancelled"):
            raise ArtermError("settled.plan", "plan", plan=plan, state=held.state)
        if held.state == "running" and not why.strip():
            raise ArtermError("missing.plan_reason", "why")
        work.update(Plan, plan, cancelled=desk.today.isoformat(), cancelled_by=who(), why=clean(why) or "withdrawn")
        if held.notice and reads.is_written(desk.book, held.notice):
            work.update(Notice, held.notice, state="withdrawn")
    return Receipt(
        message("receipts.compromise.plan_cancelled", plan=plan, invoices=tuple(held.invoices)),
        work.id,
        (held.customer_id,),
        plan,
    )


def mark_reminded(desk: Desk, plan: int, n: int) -> Receipt:
    """Note that the customer was reminded of an instalment before its day."""
    held = view(desk, plan)
    row = reads.instalment(desk.book, plan, n)
    if row is None:
        raise ArtermError("no_instalment", "n", plan=plan, n=n)
    with desk.act(acts.PLAN_REMIND, "customer", held.customer_id) as work:
        work.insert(Reminded, instalment=row, day=desk.today.isoformat())
    return Receipt(message("receipts.compromise.reminded", n=n, plan=plan), work.id, (held.customer_id,), plan)


def view(desk: Desk, plan: int) -> PlanView:
    """One plan. Refuses (`no_plan`) one that there is not."""
    found = reads.plan(desk.book, plan)
    if found is None:
        raise ArtermError("no_plan", "plan", plan=plan)
    return _views(desk, [found])[0]


def plans_of(desk: Desk, customer: int | None = None, states: Sequence[str] = ()) -> tuple[PlanView, ...]:
    """Plans up to today, newest first; of a customer or all, in these states or any."""
    group = merged_ids(desk.book, [customer]) if customer else None
    found = _views(desk, reads.plans(desk.book, desk.today, group))
    return tuple(one for one in found if not states or one.state in states)


def _views(desk: Desk, rows: Sequence[reads.PlanRow]) -> tuple[PlanView, ...]:
    ids = [row.id for row in rows]
    came = receipts_of(desk.book, ids, desk.today)
    agreed = read_plans(desk.book, ids, came, desk.today)
    about: dict[int, list[reads.PlannedInvoice]] = {}
    for one in reads.plan_invoices(desk.book, ids):
        about.setdefault(one.plan, []).append(one)
    return tuple(_view(desk, row, agreed[row.id], came.get(row.id, {}), about.get(row.id, [])) for row in rows)


def _view(
    desk: Desk,
    row: reads.PlanRow,
    plan: plans.Plan,
    came: dict[int, list[tuple[date, int]]],
    about: Sequence[reads.PlannedInvoice],
) -> PlanView:
    currency, today = row.currency, desk.today
    receipts = sorted(one for some in came.values() for one in some)
    now = plans.state(plan, receipts, today)
    paid, states = plans.filled(plan, receipts, today), plans.instalment_states(plan, receipts, today)
    by = {"proposed": row.proposed_by, "running": row.accepted_by, "cancelled": row.cancelled_by}.get(now, "")
    lapsed = now == "cancelled" and plan.cancelled is None
    why = row.why if now == "cancelled" else ""
    if lapsed:
        why = "lapsed" if plan.accepted is None else message("compromise.plans.nothing_owed")
    return PlanView(
        plan=plan.id,
        customer=row.customer,
        customer_id=row.customer_id,
        state=now,
        since=plans.since(plan, receipts, today),
        by=by,
        origin=plan.origin,
        invoices=tuple(one.number for one in about),
        invoice_ids=tuple(one.invoice for one in about),
        total=Money(plan.total, currency),
        paid=Money(sum(paid), currency),
        currency=currency,
        instalments=tuple(
            InstalmentView(n, due, Money(amount, currency), Money(got, currency), said)
            for n, ((due, amount), got, said) in enumerate(zip(plan.instalments, paid, states, strict=True), 1)
        ),
        proposed=plan.proposed,
        lapses=plan.lapses,
        accepted=plan.accepted,
        cancelled=plan.cancelled,
        why=why,
        every=row.every,
        grace=plan.grace,
        accelerate=plan.accelerate,
        surplus=plan.surplus,
        interest=row.interest,
        remind=row.remind,
        to_sign=row.to_sign,
        signed=row.signed,
        notice=row.notice or 0,
        note=row.note,
    )
