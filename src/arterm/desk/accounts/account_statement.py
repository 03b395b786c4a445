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
    group, day = merged_ids(desk.book, [customer]), desk.today.isoformat()
    marks = ", ".join("?" * len(group))
    later = "coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.{0} = t.id AND a.value_day > ?), 0)"
    debits = desk.book.rows(
        f"SELECT issued, kind, number, open + {later.format('invoice')} AS left, due, coalesce(parent, id) FROM invoice"
        f" t WHERE customer IN ({marks}) AND currency = ? AND void_act IS NULL AND issued <= ? AND left > 0 ORDER BY"
        " issued, id",
        (day, *group, currency, day),
    )
    given = desk.book.rows(
        f"SELECT day, kind, reference, free + {later.format('credit')} AS left, NULL FROM credit t WHERE customer IN"
        f" ({marks}) AND currency = ? AND void_act IS NULL AND day <= ? AND left > 0 ORDER BY day, id",
        (day, *group, currency, day),
    )
    sold = sold_on(desk.book, desk.today)
    debits = [row[:-1] for row in debits if row[-1] not in sold]
    found, balance = list[Movement](), 0
    for kinds, sign, rows in ((_KINDS, 1, debits), (_CREDITS, -1, given)):
        for on, kind, number, left, due in rows:
            balance += sign * left
            until = date.fromisoformat(due) if due else None
            found.append(Movement(date.fromisoformat(on), kinds[kind], number, sign * left, balance, until))
    return tuple(found)


def movements(desk: Desk, customer: int, currency: str, since: date | None = None) -> tuple[Movement, ...]:
    """Every movement up to today, oldest first; with `since`, what was before in one line.

    Invoices count on the day they were issued, money on its value day; the last balance is what is open today less what
    settles nothing yet. Refuses (`future_day`) a first day that has not come.
    """
    if since and since > desk.today:
        raise ArtermError(
            "future_day", f"{since.isoformat()} has not come yet.", "since", f"Today is {desk.today.isoformat()}."
        )
    group = merged_ids(desk.book, [customer])
    marks, day = ", ".join("?" * len(group)), desk.today.isoformat()
    debits = desk.book.rows(
        f"SELECT issued, kind, number, total, due, id FROM invoice WHERE customer IN ({marks}) AND currency = ? AND"
        " void_act IS NULL AND issued <= ?",
        (*group, currency, day),
    )
    given = desk.book.rows(
        f"SELECT day, kind, reference, total, '', id FROM credit WHERE customer IN ({marks}) AND currency = ? AND"
        " void_act IS NULL AND day <= ?",
        (*group, currency, day),
    )
    moved = [(on, 0, _KINDS[kind], number, total, due, row) for on, kind, number, total, due, row in debits]
    theirs, paid = paid_by_buyers(desk.book, desk.today)  # between us and the buyer, and not the customer's to see
    moved += [
        (on, 1, _CREDITS[kind], number, -total, due, row)
        for on, kind, number, total, due, row in given
        if row not in theirs
    ]
    left = {row: open_ for row, _, _, open_ in sold_left(desk.book, desk.today)}
    for row, (buyer, sold) in buyers(desk.book, desk.today).items():
        whose, code = desk.book.one("SELECT customer, currency FROM invoice WHERE id = ?", (row,))
        if whose in group and code == currency:
            moved.append((sold.isoformat(), 2, "sold", buyer, -left.get(row, 0) - paid.get(row, 0), "", row))
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
    return tuple(found)
