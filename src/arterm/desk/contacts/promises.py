"""Promises: what is usually promised, how each was kept, and how many are kept at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from arterm.desk.contacts.views import KeptRate, PromiseView
from arterm.desk.session import Desk
from arterm.rules import promises
from arterm.rules.allocation import Debt
from arterm.rules.money import Money
from arterm.store.merged import merged_ids
from arterm.store.promise_facts import PROMISE_RECEIPTS, STANDING_PROMISE
from arterm.store.sold_claims import sold_on


def suggested_promise(desk: Desk, customer: int, invoices: Sequence[int] = ()) -> tuple[Money, date] | None:
    """What a customer would usually promise: all that is overdue (else open) in the main currency, in a week's time.

    Who broke a promise lately is offered three days.
    """
    debts = open_debts(desk, customer, invoices)
    late = [debt for debt in debts if debt[1].due < desk.today] or debts
    if not late:
        return None
    sums: dict[str, int] = {}
    for currency, debt in late:
        sums[currency] = sums.get(currency, 0) + debt.open
    currency = desk.currency if desk.currency in sums else max(sums, key=lambda code: sums[code])
    broken = any(one.state in ("broken", "partly kept") for one in promises_of(desk, customer)[:1])
    day = desk.today + timedelta(days=3 if broken else 7)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return Money(sums[currency], currency), day


def promises_of(desk: Desk, customer: int) -> tuple[PromiseView, ...]:
    """A customer's promises up to today, newest first, each judged by what came in."""
    group = merged_ids(desk.book, [customer])
    rows = desk.book.rows(
        f"SELECT id, made, day, amount, currency FROM promise p WHERE void_act IS NULL AND {STANDING_PROMISE} AND made"
        f" <= ? AND customer IN ({', '.join('?' * len(group))}) ORDER BY made DESC, id DESC",
        (desk.today.isoformat(), *group),
    )
    return tuple(_promise_view(desk, *row) for row in rows)


def _promise_view(desk: Desk, row: int, made: str, day: str, amount: int, currency: str) -> PromiseView:
    receipts = desk.book.rows(
        f"{PROMISE_RECEIPTS} AND l.promise = ? AND a.value_day <= ? GROUP BY 1, 2",
        (row, desk.today.isoformat()),
    )
    dated = [(date.fromisoformat(on), part) for _, on, part in receipts]
    grace = int(desk.setting("promise_days", "0"))
    promise = promises.Promise(row, date.fromisoformat(made), date.fromisoformat(day), amount, grace)
    numbers = desk.book.rows(
        "SELECT i.number FROM promise_line l JOIN invoice i ON i.id = l.invoice WHERE l.promise = ? ORDER BY l.id",
        (row,),
    )
    received = promises.received(promise, dated, desk.today)
    return PromiseView(
        row,
        promise.made,
        promise.day,
        Money(amount, currency),
        Money(received, currency),
        currency,
        promises.state(promise, dated, desk.today),
        tuple(number for (number,) in numbers),
    )


def kept_rates(desk: Desk, customer: int | None = None) -> tuple[KeptRate, ...]:
    """How promises were kept up to today, by number and by amount, of one customer or all; the owner's currency first.

    One that was replaced by a later promise for the same invoices counts as what it came to.
    """
    sums: dict[str, list[int]] = {}
    for (_, currency), judged in _judged(desk, merged_ids(desk.book, [customer]) if customer else ()).items():
        held = sums.setdefault(currency, [0, 0, 0, 0])
        for n, part in enumerate(judged):
            held[n] += part
    codes = sorted(sums, key=lambda code: (code != desk.currency, code))
    return tuple(_rate(code, sums[code]) for code in codes)


def kept_by_customer(desk: Desk, currency: str) -> dict[int, KeptRate]:
    """The same of every customer who promised something in a currency, asked in two queries for all."""
    return {who: _rate(code, held) for (who, code), held in _judged(desk, ()).items() if code == currency}


def _rate(currency: str, held: Sequence[int]) -> KeptRate:
    many, kept, promised, received = held
    return KeptRate(currency, many, kept, Money(promised, currency), Money(received, currency))


def _judged(desk: Desk, group: Sequence[int]) -> dict[tuple[int, str], list[int]]:
    """Promises whose day is over, by customer (as now known) and currency: how many, how many kept, promised, come in
    time.
    """
    only = f"AND p.customer IN ({', '.join('?' * len(group))})" if group else ""
    today, grace = desk.today, int(desk.setting("promise_days", "0"))
    rows = desk.book.rows(
        "SELECT coalesce(o.merged_into, o.id), p.id, p.made, p.day, p.amount, p.currency FROM promise p JOIN customer"
        f" o ON o.id = p.customer WHERE p.void_act IS NULL AND {STANDING_PROMISE} AND p.made <= ? {only}",
        (today.isoformat(), *group),
    )
    came: dict[int, list[tuple[date, int]]] = {}
    receipts = f"{PROMISE_RECEIPTS} AND a.value_day <= ? {only} GROUP BY 1, 2"
    for promise, on, part in desk.book.rows(receipts, (today.isoformat(), *group)):
        came.setdefault(promise, []).append((date.fromisoformat(on), part))
    found: dict[tuple[int, str], list[int]] = {}
    for customer, row, made, day, amount, currency in rows:
        one = promises.Promise(row, date.fromisoformat(made), date.fromisoformat(day), amount, grace)
        paid = came.get(row, ())
        state = promises.state(one, paid, today)
        if state != "open":
            held = found.setdefault((customer, currency), [0, 0, 0, 0])
            got = min(amount, promises.in_time(one, paid, today))
            for n, part in enumerate((1, int(state == "kept"), amount, got)):
                held[n] += part
    return found


def open_debts(desk: Desk, customer: int, invoices: Sequence[int]) -> list[tuple[str, Debt]]:
    """What a customer owes today (on these invoices, if any are named) by currency, less what is disputed, the oldest
    first.
    """
    group = merged_ids(desk.book, [customer])
    only = f"AND id IN ({', '.join('?' * len(invoices))})" if invoices else ""
    disputed = (
        "coalesce((SELECT sum(d.amount) FROM dispute d WHERE d.invoice = invoice.id AND d.void_act IS NULL AND d.closed"
        " IS NULL), 0)"
    )
    rows = desk.book.rows(
        f"SELECT currency, id, due, open - {disputed} AS asked FROM invoice WHERE customer IN"
        f" ({', '.join('?' * len(group))}) AND void_act IS NULL AND asked > 0 AND issued <= ? {only} ORDER BY due, id",
        (*group, desk.today.isoformat(), *invoices),
    )
    sold = sold_on(desk.book, desk.today)
    return [
        (currency, Debt(row, date.fromisoformat(due), left)) for currency, row, due, left in rows if row not in sold
    ]
