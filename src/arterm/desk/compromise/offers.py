"""Offers: less for money by a day, more time, goodwill; made, accepted, declined, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.desk import acts, find
from arterm.desk.claims.charges import open_charges, refuse_while_asked
from arterm.desk.compromise.agreements import offer_draft
from arterm.desk.compromise.quote import chosen
from arterm.desk.letters.letters import letter_of
from arterm.desk.letters.notices import store_letter_in_act
from arterm.desk.payments.payments import CreditDraft, book_in_act
from arterm.desk.payments.settlements import received_for
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.letters.letter import Letter
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Labels, Message, message
from arterm.rules.money import Money
from arterm.rules.states import OfferState
from arterm.rules.text import clean, clean_note
from arterm.store.book import who
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.compromise import Offer, OfferLine
from arterm.store.models.letters import Notice
from arterm.store.reads import compromise as reads

KINDS = Labels("compromise.offer_kinds")


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """An offer as the owner makes it, about these invoices (else all that is open).

    `amount`: what is taken instead of all (`discount`), or what the goodwill is worth. `until`: the day the money must
    be there, or the new day to pay. `interest`: it goes on meanwhile (`extend`). `work`: goodwill is extra work, no
    credit. `agreed`: they have said yes already.
    """

    kind: str
    customer: int
    invoices: tuple[int, ...] = ()
    amount: Money | None = None
    until: date | None = None
    interest: bool = False
    work: bool = False
    agreed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer: `state` is offered, accepted, declined, lapsed or kept; `total` is what was owed, `received` what came
    in time.
    """

    offer: int
    kind: str
    customer: str
    customer_id: int
    state: OfferState
    invoices: tuple[str, ...]
    invoice_ids: tuple[int, ...]
    amount: Money
    total: Money
    received: Money
    currency: str
    offered: date
    until: date
    accepted: date | None
    declined: date | None
    by: str
    interest: bool
    work: bool
    note: str
    notice: int


def make_offer(desk: Desk, draft: OfferDraft) -> Receipt:
    """Make an offer and write its letter, in one act; chasing waits while it stands.

    Refuses (`bad_choice`) an unknown kind, (`missing`) what the kind needs, (`past_day`) a day that has passed,
    (`bad_amount`) a discount that is none, and invoices that cannot be in a compromise, as a plan does.
    """
    if draft.kind not in KINDS:
        raise ArtermError("bad_choice.offer_kind", "kind", kind=draft.kind[:20], kinds=tuple(KINDS))
    lines = chosen(
        desk, draft.customer, draft.invoices, draft.amount.currency if draft.amount and not draft.invoices else ""
    )
    currency, until = lines[0][0].case.currency, draft.until or desk.today
    if draft.kind == "discount":
        refuse_while_asked(desk, [one.id for one, _ in lines])
    debts = [(one.id, amount) for one, amount in lines]
    if draft.kind == "discount":
        debts += [(charge.debit, charge.open) for one, _ in lines for charge in open_charges(desk, one.id)]
    total = sum(amount for _, amount in debts)
    amount = _checked(desk, draft, currency, total, max(one.case.due for one, _ in lines))
    letter, content, remarks = _paper(desk, draft, [one.id for one, _ in lines], currency, amount, until)
    name = find.customer_name(desk, draft.customer)
    with desk.act(acts.OFFERS[draft.kind], "customer", draft.customer) as deed:
        row = deed.insert(
            Offer,
            customer=draft.customer,
            currency=currency,
            kind=draft.kind,
            amount=amount,
            offered=desk.today.isoformat(),
            offered_by=who(),
            until=until.isoformat(),
            interest=int(draft.interest),
            work=int(draft.work),
            note=clean_note(draft.note),
        )
        for invoice, left in debts:
            deed.insert(OfferLine, offer=row, invoice=invoice, open=left)
        if letter is not None:
            notice = store_letter_in_act(deed, draft.customer, letter, content, [one.id for one, _ in lines])
            deed.update(Offer, row, notice=notice)
        if draft.agreed:
            remarks = (*remarks, _accept_within(desk, deed, view(desk, row), desk.today))
        deed.touch(draft.customer)
    values: dict[str, Any] = {"customer": name, "row": row}
    if draft.kind != "goodwill":
        values["until"] = until
    if draft.kind != "extend":
        values["amount"] = Money(amount, currency)
    if draft.kind == "discount":
        values["total"] = Money(total, currency)
    key = "extra_work" if draft.kind == "goodwill" and draft.work else draft.kind
    return Receipt(message(f"receipts.compromise.offer_{key}", **values), deed.id, (draft.customer,), row, remarks)


def _checked(desk: Desk, draft: OfferDraft, currency: str, total: int, latest_due: date) -> int:
    """The offer's amount in minor units, once everything about it is in order."""
    if draft.kind != "goodwill" and draft.until is None:
        raise ArtermError("missing.offer_day", "until")
    if draft.until and draft.until < desk.today:
        raise ArtermError("past_day.until", "until", until=draft.until)
    if draft.kind == "extend":
        assert draft.until
        if draft.until <= max(desk.today, latest_due):
            raise ArtermError("past_day.more_time", "until")
        return 0
    if draft.amount is None:
        raise ArtermError("missing.how_much", "amount")
    if draft.amount.currency != currency:
        raise ArtermError("mixed.amount", "amount", currency=draft.amount.currency, currency2=currency)
    if draft.kind == "discount" and not 0 < draft.amount.minor < total:
        raise ArtermError("bad_amount.less_than_owed", "amount", amount=Money(total, currency))
    if draft.kind == "goodwill" and not 0 < draft.amount.minor <= (10**12 if draft.work else total):
        raise ArtermError("bad_amount.credit", "amount")
    if draft.kind == "goodwill" and not draft.note.strip():
        raise ArtermError("missing.note", "note")
    return draft.amount.minor


def _paper(
    desk: Desk, draft: OfferDraft, invoices: Sequence[int], currency: str, amount: int, until: date
) -> tuple[Letter | None, bytes, tuple[Message, ...]]:
    """The letter of an offer, and its bytes; or why there is none."""
    from arterm.letters.paper import render

    if draft.kind == "goodwill":
        return None, b"", ()
    try:
        letter, _ = letter_of(
            desk, offer_draft(draft.kind, draft.customer, invoices, currency, amount, until, draft.interest)
        )
        return letter, render(letter), ()
    except ArtermError as error:
        return None, b"", (message("receipts.compromise.no_letter", error=str(error)),)


def accept(desk: Desk, offer: int, on: date | None = None) -> Receipt:
    """Say that an offer was accepted. More time runs from then; a credit is booked; a discount still needs its money in
    time.

    Refuses (`settled`) one that was declined, accepted, fulfilled or has lapsed.
    """
    day = on or desk.today
    refuse_future(day, desk.today, "on")
    held = view(desk, offer)
    with desk.act(acts.OFFER_ACCEPT, "customer", held.customer_id) as deed:
        held = view(desk, offer)
        if held.state != "offered" and not (held.state == "lapsed" and not held.accepted and day <= held.until):
            raise ArtermError("settled.offer_already", "offer", offer=offer, state=held.state)
        if day < held.offered:
            raise ArtermError("bad_date.before_offer", "on", offered=held.offered)
        accepted = _accept_within(desk, deed, held, day)
    return Receipt(accepted, deed.id, (held.customer_id,), offer)


def _accept_within(desk: Desk, deed: UnitOfWork, held: OfferView, day: date) -> Message:
    """The acceptance within an act, told in words. A goodwill credit is booked."""
    values: dict[str, Any] = {"accepted": day.isoformat(), "accepted_by": who()}
    if held.kind == "goodwill" and not held.work:
        note = str(message("notes.goodwill", offer=held.offer, note=held.note))
        values["credit"], _ = book_in_act(
            desk,
            deed,
            CreditDraft(
                held.customer_id,
                held.amount,
                desk.today,
                held.invoice_ids,
                "credit_note",
                message("compromise.offers.goodwill", offer=held.offer),
                note,
            ),
        )
    deed.update(Offer, held.offer, **values)
    deed.touch(held.customer_id)
    if held.kind == "discount":
        return message("receipts.compromise.accepted_less", offer=held.offer, amount=held.amount, until=held.until)
    if held.kind == "extend":
        return message("receipts.compromise.accepted_time", offer=held.offer, until=held.until)
    if held.work:
        return message("receipts.compromise.accepted", offer=held.offer)
    return message("receipts.compromise.accepted_credit", offer=held.offer, amount=held.amount)


def decline(desk: Desk, offer: int, why: str = "") -> Receipt:
    """Say that an offer was declined, or take it back: the full claim stands. Refuses (`settled`) one that is over."""
    held = view(desk, offer)
    with desk.act(acts.OFFER_DECLINE, "customer", held.customer_id) as deed:
        held = view(desk, offer)
        if held.state not in ("offered", "accepted") or (held.kind == "goodwill" and held.accepted):
            raise ArtermError("settled.offer", "offer", offer=offer, state=held.state)
        note = "\n".join(part for part in (held.note, clean(why)) if part)
        deed.update(Offer, offer, declined=desk.today.isoformat(), declined_by=who(), note=note)
        if held.notice and reads.is_written(desk.book, held.notice):
            deed.update(Notice, held.notice, state="withdrawn")
    return Receipt(message("receipts.compromise.declined", offer=offer), deed.id, (held.customer_id,), offer)


def view(desk: Desk, offer: int) -> OfferView:
    """One offer. Refuses (`no_offer`) one that there is not."""
    found = reads.offer(desk.book, offer)
    if found is None:
        raise ArtermError("no_offer", "offer", offer=offer)
    return _view(desk, found)


def offers_of(desk: Desk, customer: int | None = None, states: Sequence[str] = ()) -> tuple[OfferView, ...]:
    """Offers up to today, newest first; of a customer or all, in these states or any."""
    group = merged_ids(desk.book, [customer]) if customer else None
    found = [_view(desk, row) for row in reads.offers(desk.book, desk.today, group)]
    return tuple(one for one in found if not states or one.state in states)


def _view(desk: Desk, row: reads.OfferRow) -> OfferView:
    today, until, currency = desk.today, row.until, row.currency
    lines = reads.offer_lines(desk.book, row.id, today)
    accepted = row.accepted if row.accepted and row.accepted <= today else None
    declined = row.declined if row.declined and row.declined <= today else None
    received = received_for(desk, row.id) if row.kind == "discount" else 0
    paid_up = all(not line.left and line.last and line.last <= until for line in lines)
    state: OfferState
    if declined:
        state, by = "declined", row.declined_by
    elif (row.kind == "discount" and received >= row.amount) or (row.kind == "extend" and accepted and paid_up):
        state, by = "kept", ""
    elif row.kind != "goodwill" and today > until:
        state, by = "lapsed", ""
    else:
        state, by = ("accepted", row.accepted_by) if accepted else ("offered", row.offered_by)
    return OfferView(
        offer=row.id,
        kind=row.kind,
        customer=row.customer,
        customer_id=row.customer_id,
        state=state,
        invoices=tuple(line.number for line in lines if line.kind != "charge"),
        invoice_ids=tuple(line.invoice for line in lines if line.kind != "charge"),
        amount=Money(row.amount, currency),
        total=Money(sum(line.open for line in lines), currency),
        received=Money(received, currency),
        currency=currency,
        offered=row.offered,
        until=until,
        accepted=accepted,
        declined=declined,
        by=by,
        interest=row.interest,
        work=row.work,
        note=row.note,
        notice=row.notice or 0,
    )
