"""Plans and offers as of a day: which plan an invoice is in and what of it may be chased; what stands and holds chasing
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.rules import plans
from arterm.rules.plans import Plan
from arterm.store.book import Book
from arterm.store.sql import marks

_LIVE = """
  FROM plan_invoice l JOIN allocation a ON a.invoice = l.invoice JOIN credit k ON k.id = a.credit LEFT
    JOIN allocation o ON o.id = a.reverses
  LEFT JOIN allocation r ON r.id = coalesce(o.restores, a.restores) JOIN plan p ON p.id = l.plan
  WHERE l.void_act IS NULL AND coalesce(r.act, o.act, a.act) > p.act AND a.value_day <= ?"""
_MONEY = "AND k.kind IN ('receipt', 'reported')"
_FEW = 400
Came = dict[int, dict[int, list[tuple[date, int]]]]


@dataclass(frozen=True, slots=True)
class InPlan:
    """The newest plan of an invoice: its receipts, what it puts off of this invoice (minor units), from which day it is
    chased.
    """

    plan: Plan
    receipts: tuple[tuple[date, int], ...]
    not_yet: int = 0
    chased_from: date | None = None


def any_plans(book: Book) -> bool:
    """Whether the book has a plan at all."""
    return book.one("SELECT 1 FROM plan WHERE void_act IS NULL LIMIT 1") is not None


def read_plans(book: Book, ids: Sequence[int], came: Came, on: date) -> dict[int, Plan]:
    """Plans by id as they stand on a day: what is no longer owed but by payment (credited, waived, void) falls off
    their end.

    `came` is what `receipts_of` finds on that day.
    """
    days, found = date.fromisoformat, dict[int, Plan]()
    owed = _owed(book, ids, on)
    parts: dict[int, list[tuple[date, int]]] = {}
    for some in _slices(ids):
        for plan, due, amount in book.rows(
            f"SELECT plan, due, amount FROM instalment WHERE plan IN ({marks(some)}) ORDER BY plan, n", some
        ):
            parts.setdefault(plan, []).append((days(due), amount))
        rows = book.rows(
            "SELECT id, proposed, lapses, accepted, cancelled, grace, accelerate, surplus, origin, interest FROM plan"
            f" WHERE id IN ({marks(some)}) AND void_act IS NULL",
            some,
        )
        for row, proposed, lapses, accepted, cancelled, grace, accelerate, surplus, origin, interest in rows:
            received = sum(amount for some in came.get(row, {}).values() for _, amount in some)
            gone = sum(amount for _, amount in parts[row]) - received - owed.get(row, 0)
            found[row] = Plan(
                row,
                days(proposed),
                days(lapses),
                days(accepted) if accepted else None,
                days(cancelled) if cancelled else None,
                _without(parts[row], gone),
                grace,
                bool(accelerate),
                surplus,
                origin,
                bool(interest),
            )
    return found


def _without(parts: Sequence[tuple[date, int]], gone: int) -> tuple[tuple[date, int], ...]:
    """Instalments less what is gone (minor units), from the last one on."""
    found = list[tuple[date, int]]()
    for due, amount in reversed(parts):
        off = min(amount, max(0, gone))
        gone -= off
        if amount > off:
            found.append((due, amount - off))
    return tuple(reversed(found))


def _owed(book: Book, ids: Sequence[int], on: date) -> dict[int, int]:
    """Per plan, what is open on its debts on a day, and what of it becomes a debt when it is accepted (minor units)."""
    found: dict[int, int] = {}
    for some in _slices(ids):
        rows = book.rows(
            "SELECT l.plan, sum(i.total - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice = i.id AND"
            " a.value_day <= ?), 0)) FROM plan_invoice l JOIN invoice i ON i.id = l.invoice WHERE l.void_act IS NULL"
            f" AND i.void_act IS NULL AND l.plan IN ({marks(some)}) GROUP BY 1",
            (on.isoformat(), *some),
        )
        planned = book.rows(
            "SELECT plan, sum(amount) FROM plan_charge WHERE debit IS NULL AND void_act IS NULL"
            f" AND plan IN ({marks(some)}) GROUP BY 1",
            some,
        )
        for plan, amount in (*rows, *planned):
            found[plan] = found.get(plan, 0) + amount
    return found


def receipts_of(book: Book, ids: Sequence[int], on: date) -> Came:
    """Per plan and debt, the money that came after the plan was proposed: (value day, minor units); what bounced is
    negative.
    """
    return _settled(book, ids, on, _MONEY)


def _settled(book: Book, ids: Sequence[int], on: date, kinds: str = "") -> Came:
    found: Came = {}
    for some in _slices(ids):
        rows = book.rows(
            f"SELECT l.plan, l.invoice, a.value_day, sum(a.amount) {_LIVE} {kinds} AND l.plan IN ({marks(some)})"
            " GROUP BY 1, 2, 3, a.amount > 0 ORDER BY 3",
            (on.isoformat(), *some),
        )
        for plan, invoice, day, amount in rows:
            found.setdefault(plan, {}).setdefault(invoice, []).append((date.fromisoformat(day), amount))
    return found


def in_plans(book: Book, on: date, where: str, values: tuple[Any, ...]) -> dict[int, InPlan]:
    """The newest plan of each invoice `i` that `where` chooses, as of a day."""
    if not any_plans(book):
        return {}
    rows = book.rows(
        "SELECT i.id, max(p.id), max(CASE WHEN (p.cancelled IS NULL OR p.cancelled > ?) AND (p.accepted <= ? OR"
        " p.lapses >= ?) THEN p.id END) FROM plan p JOIN plan_invoice l ON l.plan = p.id JOIN invoice x ON x.id ="
        " l.invoice JOIN invoice i ON i.id = coalesce(x.parent, x.id) WHERE p.void_act IS NULL AND l.void_act IS NULL"
        f" AND p.proposed <= ? {where} GROUP BY 1",
        (*[on.isoformat()] * 4, *values),
    )
    newest: dict[int, int] = {invoice: alive or last for invoice, last, alive in rows}
    ids = sorted(set(newest.values()))
    came = receipts_of(book, ids, on)
    agreed = read_plans(book, ids, came, on)
    left = _left(book, ids, _settled(book, ids, on))
    found: dict[int, InPlan] = {}
    for row in ids:
        plan = agreed[row]
        receipts = tuple(sorted(one for some in came.get(row, {}).values() for one in some))
        off = _put_off(plan, receipts, on, left[row])
        coming = plans.next_open(plan, receipts, on)
        since = coming[1] if coming and plan.origin == "terms" and plan.accepted else None
        for invoice, held in newest.items():
            if held == row:
                found[invoice] = InPlan(plan, receipts, off.get(invoice, 0), since)
    return found


def plan_of(book: Book, on: date, invoice: int) -> InPlan | None:
    """The newest plan that an invoice itself is in, as of a day."""
    if book.value("SELECT 1 FROM live_plan_invoice WHERE invoice = ? LIMIT 1", (invoice,)) is None:
        return None
    return in_plans(book, on, "AND i.id = ?", (invoice,)).get(invoice)


def _left(book: Book, ids: Sequence[int], came: Came) -> dict[int, list[tuple[int, int]]]:
    """Per plan, what is left of each invoice with its charges, the oldest first."""
    found: dict[int, dict[int, int]] = {row: {} for row in ids}
    for some in _slices(ids):
        rows = book.rows(
            "SELECT l.plan, l.invoice, coalesce(x.parent, x.id), l.amount FROM plan_invoice l JOIN invoice x ON x.id ="
            " l.invoice JOIN invoice i ON i.id = coalesce(x.parent, x.id) WHERE l.void_act IS NULL AND l.plan IN"
            f" ({marks(some)}) ORDER BY i.due, i.id",
            some,
        )
        for plan, debt, invoice, amount in rows:
            paid = sum(part for _, part in came.get(plan, {}).get(debt, ()))
            found[plan][invoice] = found[plan].get(invoice, 0) + amount - paid
    return {row: list(sums.items()) for row, sums in found.items()}


def _put_off(plan: Plan, receipts: plans.Receipts, on: date, left: Sequence[tuple[int, int]]) -> dict[int, int]:
    """What of each invoice is not due yet, while a plan of the terms runs, or where a broken one makes nothing due at
    once.
    """
    now = plans.state(plan, receipts, on)
    if not (now == "running" and plan.origin == "terms") and not (now == "broken" and not plan.accelerate):
        return {}
    late, found = plans.arrears(plan, receipts, on), dict[int, int]()
    for invoice, rest in left:
        part = min(late, rest)
        late -= part
        found[invoice] = rest - part
    return found


def standing(book: Book, on: date, only: str, values: Iterable[Any]) -> list[tuple[int, date, str]]:
    """(invoice, until, why) of everything offered that holds chasing back on a day: `only` is a condition on
    `c.customer`.
    """
    day, kept = on.isoformat(), tuple(values)
    proposals = book.rows(
        "SELECT coalesce(x.parent, x.id), c.lapses, c.id FROM plan c JOIN plan_invoice l ON l.plan = c.id JOIN invoice"
        " x ON x.id = l.invoice WHERE c.void_act IS NULL AND l.void_act IS NULL AND c.proposed <= ? AND (c.accepted"
        " IS NULL OR c.accepted > ?) AND (c.cancelled IS NULL OR c.cancelled > ?) AND (c.lapses >= ? OR ? ="
        f" '9999-12-31') {only}",
        (*[day] * 5, *kept),
    )
    offers = book.rows(
        "SELECT l.invoice, c.until, c.kind, c.id FROM offer c JOIN offer_line l ON l.offer = c.id WHERE c.void_act IS"
        " NULL AND c.offered <= ? AND (c.declined IS NULL OR c.declined > ?) AND (c.until >= ? OR ? ="
        f" '9999-12-31') AND c.kind IN ('discount', 'extend') {only}",
        (*[day] * 4, *kept),
    )
    words = {"discount": "an offer to settle stands (offer #{})", "extend": "more time is given (offer #{})"}
    found = [(row, date.fromisoformat(until), f"a plan is proposed (plan #{plan})") for row, until, plan in proposals]
    return found + [(row, date.fromisoformat(until), words[kind].format(offer)) for row, until, kind, offer in offers]


def _slices(ids: Sequence[int]) -> list[tuple[int, ...]]:
    return [tuple(ids[n : n + _FEW]) for n in range(0, len(ids), _FEW)]
