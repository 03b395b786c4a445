"""Offers and plans when money comes or goes: what a payment is meant for, an offer that is fulfilled, one that no
longer is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from arterm.desk.session import Desk
from arterm.rules import plans
from arterm.rules.messages import Message, message
from arterm.rules.money import Money
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.book import Allocation, Credit
from arterm.store.models.compromise import Offer
from arterm.store.plan_facts import any_plans, read_plans, receipts_of
from arterm.store.reads import payments as reads
from arterm.store.undo import live_allocations, reverse_allocation


def received_for(desk: Desk, offer: int) -> int:
    """Money that came for an offer from its day on and in time, by today (minor units)."""
    return reads.received_for(desk.book, offer, desk.today)


def meant_for(desk: Desk, customer: int, amount: Money, day: date) -> tuple[int, ...]:
    """The debts that a payment without a purpose is for: just what an offer asks, or what a plan that runs has room
    for; else none.
    """
    group = merged_ids(desk.book, [customer])
    for offer in reads.settlements(desk.book, group, amount.currency, desk.today, day):
        if offer.amount - received_for(desk, offer.id) == amount.minor:
            return _with_room(reads.debts_of_offer(desk.book, offer.id), amount.minor)
    if not any_plans(desk.book):
        return ()
    ids = reads.accepted_plans(desk.book, group, amount.currency)
    came = receipts_of(desk.book, ids, desk.today)
    for row, plan in read_plans(desk.book, ids, came, desk.today).items():
        receipts = sorted(one for some in came.get(row, {}).values() for one in some)
        coming = plans.next_open(plan, receipts, desk.today)
        if coming and coming[2] <= amount.minor and plans.state(plan, receipts, desk.today) == "running":
            room = _with_room(reads.debts_of_plan(desk.book, row), amount.minor)
            if room:
                return room
    return ()


def fulfil_offers(desk: Desk, work: UnitOfWork, customers: Iterable[int]) -> tuple[Message, ...]:
    """Within an act that booked money: where an offer's sum came in full and in time, what it waives is written off;
    says so.

    Never more is written off than was offered, whatever else is open there by now.
    """
    said = []
    for offer in _offers(desk, customers, "stands"):
        came = received_for(desk, offer.id)
        if came < offer.amount:
            continue
        waived = reads.open_when_offered(desk.book, offer.id) - offer.amount
        rest = list[tuple[int, int]]()
        for debt in reads.debts_of_offer(desk.book, offer.id):
            part = min(debt.open, waived - sum(one for _, one in rest))
            rest += [(debt.id, part)] if part > 0 else []
        total = sum(left for _, left in rest)
        if not total:
            continue
        note = message("notes.offer_came", offer=offer.id, came=Money(came, offer.currency), until=offer.until)
        today = desk.today.isoformat()
        credit = work.insert(
            Credit,
            customer=offer.customer,
            currency=offer.currency,
            day=today,
            total=total,
            kind="write_off",
            reference=message("payments.settlements.settlement", id=offer.id),
            note=str(note),
            free=total,
        )
        for invoice, left in rest:
            work.insert(Allocation, credit=credit, invoice=invoice, amount=left, value_day=today)
        work.update(Offer, offer.id, credit=credit)
        off = Money(total, offer.currency)
        said.append(message("receipts.payments.offer_fulfilled", offer=offer.id, amount=off))
    return tuple(said)


def revive_offers(desk: Desk, work: UnitOfWork, customers: Iterable[int], day: date | None) -> tuple[Message, ...]:
    """Within an act that took money back: where an offer is no longer fulfilled, what was waived is owed again from
    that day.

    Without a day it was never rightly waived.
    """
    said = []
    for offer in _offers(desk, customers, "fulfilled"):
        if received_for(desk, offer.id) >= offer.amount:
            continue
        waived = reads.waived(desk.book, offer.id)
        for one in live_allocations(work, waived.credit):
            reverse_allocation(work, one.id, day.isoformat() if day else "")
        work.void(Credit, waived.credit)
        work.update(Offer, offer.id, credit=None)
        again = Money(waived.total, offer.currency)
        said.append(message("receipts.payments.offer_revived", offer=offer.id, amount=again))
    return tuple(said)


def _offers(desk: Desk, customers: Iterable[int], state: reads.OfferState) -> list[reads.Offered]:
    if not reads.has_settlements(desk.book):
        return []
    return reads.settlements_of(desk.book, merged_ids(desk.book, sorted(set(customers))), state)


def _with_room(debts: Sequence[reads.Left], amount: int) -> tuple[int, ...]:
    """These debts; none of them where they have less room than the amount (minor units)."""
    return tuple(one.id for one in debts) if sum(one.open for one in debts) >= amount else ()
