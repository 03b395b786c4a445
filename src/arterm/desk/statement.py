"""A customer's account, movement by movement: what was invoiced, paid and credited up to a day, with the balance after each."""

from __future__ import annotations

from datetime import date

from arterm.desk.desk import Desk
from arterm.letters.letter import Movement
from arterm.rules.errors import ArtermError
from arterm.store.cases import facts
from arterm.store.circumstances import one_and_merged

_KINDS = {"invoice": "invoice", "carried": "invoice", "refund": "refund", "charge": "charge"}
_CREDITS = {
    "receipt": "receipt",
    "reported": "receipt",
    "credit_note": "credit_note",
    "write_off": "write_off",
    "discount": "discount",
}


def who_owes(desk: Desk) -> list[tuple[int, str]]:
    """(customer, currency) of everybody who owes something today: who gets a statement at the month's end."""
    found = {
        (one.customer, one.case.currency) for one in facts(desk.book, desk.today) if one.case.open or one.case.charges
    }
    return sorted(found)


def movements(desk: Desk, customer: int, currency: str, since: date | None = None) -> tuple[Movement, ...]:
    """Every movement up to today, oldest first; with `since`, what was before in one line.

    Invoices count on the day they were issued, money on its value day; the last balance is what is open today less what
    settles nothing yet. Refuses (`future_day`) a first day that has not come.
    """
    if since and since > desk.today:
        raise ArtermError("future_day", f"{since.isoformat()} has not come yet.", "since", f"Today is {desk.today.isoformat()}.")  # fmt: skip
    group = one_and_merged(desk.book, [customer])
    marks, day = ", ".join("?" * len(group)), desk.today.isoformat()
    debits = desk.book.rows(
        f"SELECT issued, kind, number, total, due, id FROM invoice WHERE customer IN ({marks}) AND currency = ? AND void_act IS NULL AND issued <= ?",
        (*group, currency, day),
    )
    given = desk.book.rows(
        f"SELECT day, kind, reference, total, '', id FROM credit WHERE customer IN ({marks}) AND currency = ? AND void_act IS NULL AND day <= ?",
        (*group, currency, day),
    )
    moved = [(on, 0, _KINDS[kind], number, total, due, row) for on, kind, number, total, due, row in debits]
    moved += [(on, 1, _CREDITS[kind], number, -total, due, row) for on, kind, number, total, due, row in given]
    moved.sort(key=lambda one: (one[0], one[1], one[6]))
    found, balance, before = list[Movement](), 0, 0
    for on, _, kind, number, amount, due, _ in moved:
        balance += amount
        if since and on < since.isoformat():
            before = balance
            continue
        found.append(
            Movement(date.fromisoformat(on), kind, number, amount, balance, date.fromisoformat(due) if due else None)
        )
    if since:
        found.insert(0, Movement(since, "before", "", 0, before))
    return tuple(found)  # fmt: skip
