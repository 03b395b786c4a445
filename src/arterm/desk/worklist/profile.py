"""Customers as the worklist sees them: how much, how long, how they have paid and promised; asked in a few queries for
all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arterm.desk.accounts.payment_behaviour import usual
from arterm.desk.session import Desk
from arterm.law.limitation import limitation
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.promises import Promise, state
from arterm.rules.worklist import Portrait
from arterm.store.cases import OpenInvoice
from arterm.store.merged import merged_ids
from arterm.store.promise_facts import PROMISE_RECEIPTS, STANDING_LOG, STANDING_PROMISE

CustomerProfile = tuple[int, str]
_NOW = "JOIN customer o ON o.id = {0}.customer JOIN customer c ON c.id = coalesce(o.merged_into, o.id)"
_FEW = 900


def profiles(desk: Desk, open_ones: Sequence[OpenInvoice]) -> dict[CustomerProfile, Portrait]:
    """A portrait for every customer and currency with something overdue today."""
    late: dict[CustomerProfile, list[OpenInvoice]] = {}
    for one in open_ones:
        if one.case.due < desk.today and one.case.open:
            late.setdefault((one.customer, one.case.currency), []).append(one)
    who = sorted({customer for customer, _ in late})
    few = merged_ids(desk.book, who) if len(who) <= _FEW // 3 else []  # of many, reading everything is cheaper
    business, habits = _business(desk, few), usual(desk, who)
    broken = _promises(desk, few)
    heard, debtors = _heard(desk, few), dict[int, tuple[str, str]]()
    if late:
        rows = desk.book.rows(f"SELECT id, country, kind FROM customer WHERE 1 {_of('id', few)}", tuple(few))
        debtors = {row: (country, kind) for row, country, kind in rows}
    found = {}
    for (customer, currency), members in late.items():
        since, invoiced = business.get((customer, currency), (None, 0))
        oldest = min(one.case.due for one in members)
        country, kind = debtors[customer]
        found[customer, currency] = Portrait(
            currency,
            sum(one.case.chased for one in members),
            oldest,
            since,
            invoiced,
            habits.get(customer),
            broken.get(customer, 0),
            any(_due(one, desk.today) for one in members),
            heard.get(customer),
            any(one.case.reminders for one in members),
            limitation(country or desk.country, kind, oldest),
        )
    return found


def _business(desk: Desk, few: Sequence[int]) -> dict[CustomerProfile, tuple[date | None, int]]:
    """Since when, and for how much in all."""
    rows = desk.book.rows(
        f"SELECT c.id, i.currency, min(i.issued), sum(i.total) FROM invoice i {_NOW.format('i')} WHERE i.void_act IS"
        f" NULL AND i.kind = 'invoice' AND i.issued <= ? {_of('i.customer', few)} GROUP BY 1, 2",
        (desk.today.isoformat(), *few),
    )
    return {(row, currency): (date.fromisoformat(since), total) for row, currency, since, total in rows}


def _promises(desk: Desk, few: Sequence[int]) -> dict[int, int]:
    """How many promises each customer has broken."""
    today, grace = desk.today, int(desk.setting("promise_days", "0"))
    came: dict[int, list[tuple[date, int]]] = {}
    for promise, on, part in desk.book.rows(
        f"{PROMISE_RECEIPTS} AND a.value_day <= ? {_of('p.customer', few)} GROUP BY 1, 2", (today.isoformat(), *few)
    ):
        came.setdefault(promise, []).append((date.fromisoformat(on), part))
    broken: dict[int, int] = {}
    rows = desk.book.rows(
        f"SELECT c.id, p.id, p.made, p.day, p.amount FROM promise p {_NOW.format('p')} WHERE p.void_act IS NULL AND"
        f" p.made <= ? AND {STANDING_PROMISE} {_of('p.customer', few)}",
        (today.isoformat(), *few),
    )
    for customer, row, made, day, amount in rows:
        one = Promise(row, date.fromisoformat(made), date.fromisoformat(day), amount, grace)
        if state(one, came.get(row, ()), today) == "broken":
            broken[customer] = broken.get(customer, 0) + 1
    return broken


def _due(one: OpenInvoice, today: date) -> bool:
    promise = one.case.promise
    return promise is not None and promise.day == today and one.case.promised(today) == "open"


def _heard(desk: Desk, few: Sequence[int]) -> dict[int, date]:
    """The last day on which anything was heard of each customer."""
    codes = [code for code, one in OUTCOMES.items() if one.reached and code != "other"]
    rows = desk.book.rows(
        f"SELECT c.id, max(l.day) FROM log l {_NOW.format('l')} WHERE l.void_act IS NULL AND l.day <= ? AND"
        f" {STANDING_LOG} AND (l.direction = 'in' OR l.outcome IN ({', '.join('?' * len(codes))}))"
        f" {_of('l.customer', few)} GROUP BY 1",
        (desk.today.isoformat(), *codes, *few),
    )
    return {row: date.fromisoformat(day) for row, day in rows}


def _of(column: str, few: Sequence[int]) -> str:
    return f"AND {column} IN ({', '.join('?' * len(few))})" if few else ""
