"""A customer's account up to a day: movement by movement with the balance after each, or what of it is open, item by
item.
"""

from __future__ import annotations

from datetime import date

from arterm.desk.accounts.ageing import ageing
from arterm.desk.session import Desk
from arterm.letters.letter import Movement
from arterm.rules.errors import ArtermError
from arterm.store.merged import merged_ids
from arterm.store.reads.accounts import statement as reads
from arterm.store.sold_claims import buyers, paid_by_buyers, sold_left, sold_on

_KINDS = {"invoice": "invoice", "carried": "invoice", "refund": "refund", "charge": "charge"}
_CREDITS = {
    "receipt": "receipt",
    "reported": "receipt",
    "credit_note": "credit_note",
    "write_off": "write_off",
    "discount": "discount",
}


def open_accounts(desk: Desk) -> list[tuple[int, str]]:
    """(customer, currency) of every account on which something stands today, owed or in their favour: who gets a
    statement.
    """
    return sorted({(row.customer_id, row.currency) for row in ageing(desk).rows})


def open_items(desk: Desk, customer: int, currency: str) -> tuple[Movement, ...]:
    """What is open today invoice by invoice, the oldest first, then what was received or credited and settles nothing
    yet.

    The last balance is that of `movements`.
    """
    group = merged_ids(desk.book, [customer])
    sold = sold_on(desk.book, desk.today)
    found, balance = list[Movement](), 0
    for debit in reads.open_debits(desk.book, group, currency, desk.today):
        if debit.owner not in sold:
            balance += debit.amount
            kind = _KINDS[debit.kind]
            found.append(Movement(debit.day, kind, debit.number, debit.amount, balance, debit.due))
    for credit in reads.free_credits(desk.book, group, currency, desk.today):
        balance -= credit.amount
        found.append(Movement(credit.day, _CREDITS[credit.kind], credit.reference, -credit.amount, balance, None))
    return tuple(found)


def movements(desk: Desk, customer: int, currency: str, since: date | None = None) -> tuple[Movement, ...]:
    """Every movement up to today, oldest first; with `since`, what was before in one line.

    Invoices count on the day they were issued, money on its value day; the last balance is what is open today less what
    settles nothing yet. Refuses (`future_day`) a first day that has not come.
    """
    if since and since > desk.today:
        raise ArtermError("future_day.since", "since", since=since, today=desk.today)
    group = merged_ids(desk.book, [customer])
    moved: list[tuple[date, int, str, str, int, date | None, int]] = [
        (one.day, 0, _KINDS[one.kind], one.number, one.amount, one.due, one.id)
        for one in reads.debits(desk.book, group, currency, desk.today)
    ]
    theirs = paid_by_buyers(desk.book, desk.today)  # between us and the buyer, and not the customer's to see
    moved += [
        (one.day, 1, _CREDITS[one.kind], one.reference, -one.amount, None, one.id)
        for one in reads.credit_lines(desk.book, group, currency, desk.today)
        if one.id not in theirs.credits
    ]
    left = {one.invoice: one.left for one in sold_left(desk.book, desk.today)}
    for row, buyer in buyers(desk.book, desk.today).items():
        whose = reads.whose(desk.book, row)
        if whose.customer in group and whose.currency == currency:
            gone = left.get(row, 0) + theirs.on_claims.get(row, 0)
            moved.append((buyer.since, 2, "sold", buyer.name, -gone, None, row))
    moved.sort(key=lambda one: (one[0], one[1], one[6]))
    found, balance, before = list[Movement](), 0, 0
    for on, _, kind, number, amount, due, _ in moved:
        balance += amount
        if since and on < since:
            before = balance
            continue
        found.append(Movement(on, kind, number, amount, balance, due))
    if since:
        found.insert(0, Movement(since, "before", "", 0, before))
    return tuple(found)
