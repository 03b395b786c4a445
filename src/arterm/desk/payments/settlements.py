"""Offers and plans when money comes or goes: what a payment is meant for, an offer that is fulfilled, one that no
longer is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from arterm.desk.session import Desk
from arterm.rules import plans
from arterm.rules.dates import in_words
from arterm.rules.money import Money
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.book import Allocation, Credit
from arterm.store.models.compromise import Offer
from arterm.store.plan_facts import any_plans, read_plans, receipts_of
from arterm.store.undo import live_allocations, reverse_allocation

_CAME = """
  SELECT coalesce(sum(a.amount), 0) FROM offer_line l JOIN allocation a ON a.invoice = l.invoice
    JOIN credit k ON k.id = a.credit
  LEFT JOIN allocation o ON o.id = a.reverses LEFT JOIN allocation r ON r.id = coalesce(o.restores, a.restores)
    JOIN offer c ON c.id = l.offer
  WHERE l.offer = ?1 AND k.kind IN ('receipt', 'reported') AND coalesce(r.act, o.act, a.act) > c.act
  AND coalesce(r.value_day, o.value_day, a.value_day) BETWEEN c.offered AND c.until AND a.value_day <= ?2"""


def received_for(desk: Desk, offer: int) -> int:
    """Money that came for an offer from its day on and in time, by today (minor units)."""
    return int(desk.book.one(_CAME, (offer, desk.today.isoformat()))[0])


def meant_for(desk: Desk, customer: int, amount: Money, day: date) -> tuple[int, ...]:
    """The debts that a payment without a purpose is for: just what an offer asks, or what a plan that runs has room
    for; else none.
    """
    group = merged_ids(desk.book, [customer])
    marks = ", ".join("?" * len(group))
    rows = desk.book.rows(
        f"SELECT id, amount FROM offer WHERE customer IN ({marks}) AND currency = ? AND kind = 'discount' AND credit IS"
        " NULL AND declined IS NULL AND void_act IS NULL AND offered <= ? AND until >= ? ORDER BY id",
        (*group, amount.currency, desk.today.isoformat(), day.isoformat()),
    )
    for offer, wanted in rows:
        if wanted - received_for(desk, offer) == amount.minor:
            return _with_room(desk, "offer_line", "offer", offer, amount.minor)
    if not any_plans(desk.book):
        return ()
    ids = [
        row[0]
        for row in desk.book.rows(
            f"SELECT id FROM plan WHERE customer IN ({marks}) AND currency = ? AND accepted IS NOT NULL AND cancelled"
            " IS NULL AND void_act IS NULL ORDER BY id",
            (*group, amount.currency),
        )
    ]
    came = receipts_of(desk.book, ids, desk.today)
    for row, plan in read_plans(desk.book, ids, came, desk.today).items():
        receipts = sorted(one for some in came.get(row, {}).values() for one in some)
        coming = plans.next_open(plan, receipts, desk.today)
        if coming and coming[2] <= amount.minor and plans.state(plan, receipts, desk.today) == "running":
            room = _with_room(desk, "plan_invoice", "plan", row, amount.minor)
            if room:
                return room
    return ()


def fulfil_offers(desk: Desk, work: UnitOfWork, customers: Iterable[int]) -> tuple[str, ...]:
    """Within an act that booked money: where an offer's sum came in full and in time, what it waives is written off;
    says so.

    Never more is written off than was offered, whatever else is open there by now.
    """
    said = []
    for offer, amount, until, currency, customer in _offers(desk, customers, "credit IS NULL AND declined IS NULL"):
        came = received_for(desk, offer)
        if came < amount:
            continue
        waived = desk.book.one("SELECT coalesce(sum(open), 0) FROM offer_line WHERE offer = ?", (offer,))[0] - amount
        rows = desk.book.rows(
            "SELECT i.id, i.open FROM offer_line l JOIN invoice i ON i.id = l.invoice WHERE l.offer = ? AND i.open > 0"
            " AND i.void_act IS NULL ORDER BY i.due, i.id",
            (offer,),
        )
        rest = list[tuple[int, int]]()
        for invoice, left in rows:
            part = min(left, waived - sum(one for _, one in rest))
            rest += [(invoice, part)] if part > 0 else []
        total = sum(left for _, left in rest)
        if not total:
            continue
        words = (
            f"Offer #{offer}: {desk.format_money(Money(came, currency))} came by {in_words(date.fromisoformat(until))}"
            " as agreed; the rest is waived."
        )
        today = desk.today.isoformat()
        credit = work.insert(
            Credit,
            customer=customer,
            currency=currency,
            day=today,
            total=total,
            kind="write_off",
            reference=f"settlement {offer}",
            note=words,
            free=total,
        )
        for invoice, left in rest:
            work.insert(Allocation, credit=credit, invoice=invoice, amount=left, value_day=today)
        work.update(Offer, offer, credit=credit)
        said.append(f"Offer #{offer} is fulfilled: {desk.format_money(Money(total, currency))} written off.")
    return tuple(said)


def revive_offers(desk: Desk, work: UnitOfWork, customers: Iterable[int], day: date | None) -> tuple[str, ...]:
    """Within an act that took money back: where an offer is no longer fulfilled, what was waived is owed again from
    that day.

    Without a day it was never rightly waived.
    """
    said = []
    for offer, amount, _, currency, _ in _offers(desk, customers, "credit IS NOT NULL"):
        if received_for(desk, offer) >= amount:
            continue
        credit, total = desk.book.one(
            "SELECT k.id, k.total FROM offer c JOIN credit k ON k.id = c.credit WHERE c.id = ?", (offer,)
        )
        for allocation, _, _ in live_allocations(work, credit):
            reverse_allocation(work, allocation, day.isoformat() if day else "")
        work.void(Credit, credit)
        work.update(Offer, offer, credit=None)
        said.append(
            f"Offer #{offer} is not fulfilled any more: {desk.format_money(Money(total, currency))} is owed again."
        )
    return tuple(said)


def _offers(desk: Desk, customers: Iterable[int], state: str) -> list[tuple[int, int, str, str, int]]:
    if desk.book.one("SELECT 1 FROM offer WHERE kind = 'discount' AND void_act IS NULL LIMIT 1") is None:
        return []
    group = merged_ids(desk.book, sorted(set(customers)))
    found = list[tuple[int, int, str, str, int]]()
    for n in range(0, len(group), 400):
        some = group[n : n + 400]
        found += desk.book.rows(
            "SELECT id, amount, until, currency, customer FROM offer WHERE kind = 'discount' AND void_act IS NULL AND"
            f" {state} AND customer IN ({', '.join('?' * len(some))}) ORDER BY id",
            some,
        )
    return found


def _with_room(desk: Desk, table: str, column: str, row: int, amount: int) -> tuple[int, ...]:
    """The open debts of an offer or a plan, the oldest first; none where they have less room than the amount (minor
    units).
    """
    void = "AND l.void_act IS NULL" if table == "plan_invoice" else ""
    rows = desk.book.rows(
        f"SELECT i.id, i.open FROM {table} l JOIN invoice i ON i.id = l.invoice WHERE l.{column} = ? AND i.open > 0 AND"
        f" i.void_act IS NULL {void} ORDER BY i.due, i.id",
        (row,),
    )
    return tuple(found for found, _ in rows) if sum(left for _, left in rows) >= amount else ()
