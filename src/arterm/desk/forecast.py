"""The cash calendar: what comes in week by week, from promises, instalments, each customer's usual lag and due days.

Best: everything on the day it is promised or due. Likely: promises by how many of them were kept, the rest at the customer's
usual lag (of those who have none the owner's average), and what is long overdue only in part. Worst: only what is agreed, and
of the rest what is not late yet, a month later than usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk.desk import Desk
from arterm.desk.plans import plans_of
from arterm.desk.portraits import usual
from arterm.desk.promises import kept_rates
from arterm.desk.report_shapes import Asked, Report, Table
from arterm.rules.dates import in_words
from arterm.rules.money import Money
from arterm.store.cases import OpenInvoice, facts

_LATER = 30
_OLD = ((90, 100), (180, 60), (365, 30), (10**6, 10))  # days late, and per cent of it that is likely to come: a start


@dataclass(frozen=True, slots=True)
class Coming:
    """Money that may come: when and how much in the best, likely and worst case (minor units; None: not within sight)."""

    customer: int
    best: tuple[date, int]
    likely: tuple[date, int]
    worst: tuple[date, int] | None
    source: str


def coming(desk: Desk, without: int | None = None) -> list[Coming]:
    """Everything open in the owner's currency, as it may come. `without`: as if that customer never paid."""
    every = [
        one
        for one in facts(desk.book, desk.today)
        if one.case.currency == desk.currency and one.case.open and one.customer != without
    ]
    lags = usual(desk, sorted({one.customer for one in every}))
    average = _average(lags)
    kept = {one.customer: _kept(desk, one.customer) for one in every if one.case.promised(desk.today) == "open"}
    planned, found = _planned(desk, without), list[Coming]()
    for one in every:
        found += _of(desk, one, lags.get(one.customer, average), kept.get(one.customer, 100), planned.get(one.id, []))
    return found


def _average(lags: dict[int, int]) -> int:
    return sum(lags.values()) // len(lags) if lags else 0


def _kept(desk: Desk, customer: int) -> int:
    """Per cent of what this customer promised that came; of those who never promised before, of all customers."""
    for rates in (kept_rates(desk, customer), kept_rates(desk)):
        mine = next((one for one in rates if one.currency == desk.currency and one.promised), None)
        if mine:
            return min(100, mine.received.minor * 100 // mine.promised.minor)
    return 100


def _planned(desk: Desk, without: int | None) -> dict[int, list[tuple[date, int]]]:
    """Instalments still to come, on the invoices of their plan in order: invoice -> (day, minor units)."""
    found: dict[int, list[tuple[date, int]]] = {}
    for plan in plans_of(desk, states=("running",)):
        if plan.currency != desk.currency or plan.customer_id == without:
            continue
        left = {row: desk.book.one("SELECT open FROM invoice WHERE id = ?", (row,))[0] for row in plan.invoice_ids}
        for one in plan.instalments:
            amount = (one.amount - one.paid).minor
            for row in plan.invoice_ids:
                part = min(amount, left[row])
                if part > 0:
                    found.setdefault(row, []).append((max(one.due, desk.today), part))
                    left[row] -= part
                    amount -= part
    return found


def _of(desk: Desk, one: OpenInvoice, lag: int, kept: int, planned: Sequence[tuple[date, int]]) -> list[Coming]:
    """What one invoice may bring: its instalments, then its promise, then the rest by habit."""
    today, case, found = desk.today, one.case, list[Coming]()
    left = max(0, case.open - case.disputed)
    for day, amount in planned:
        part = min(left, amount)
        left -= part
        found.append(Coming(one.customer, (day, part), (day, part), (day, part), "instalments"))
    if case.promise and case.promised(today) == "open" and left:
        part, day = min(left, case.promise.amount), max(case.promise.day, today)
        likely = part * kept // 100
        left -= part
        found.append(Coming(one.customer, (day, part), (day, likely), (day, likely), "promises"))
        found.append(
            Coming(one.customer, (day, 0), (day + timedelta(days=max(14, lag)), part - likely), None, "promises")
        )
    if left:
        late = (today - case.due).days
        on = max(case.due + timedelta(days=lag), today + timedelta(days=7 if late > 0 else 0))
        share = next(percent for limit, percent in _OLD if late <= limit)
        worst = (on + timedelta(days=_LATER), left) if late <= 0 else None
        source = "not due yet" if late <= 0 else "overdue"
        found.append(Coming(one.customer, (max(case.due, today), left), (on, left * share // 100), worst, source))
    return found


def weeks(desk: Desk, many: int = 13, without: int | None = None) -> list[tuple[date, int, int, int]]:
    """(Monday, best, likely, worst) for so many weeks from this one on, in minor units of the owner's currency."""
    first = desk.today - timedelta(days=desk.today.weekday())
    sums = [[0, 0, 0] for _ in range(many)]
    for one in coming(desk, without):
        for n, said in enumerate((one.best, one.likely, one.worst)):
            week = (said[0] - first).days // 7 if said else many
            if said and week < many:
                sums[max(0, week)][n] += said[1]
    return [(first + timedelta(days=7 * n), *held) for n, held in enumerate(sums)]  # type: ignore[misc]


def forecast_report(desk: Desk, asked: Asked) -> Report:
    """The calendar as a report over so many days; with a customer: as if they never paid."""
    many, code, customer = max(1, min(104, (asked.days + 6) // 7)), desk.currency, asked.customer
    rows, running = [], 0
    for monday, best, likely, worst in weeks(desk, many, customer):
        running += likely
        rows.append(
            (
                in_words(monday, desk.today),
                Money(best, code),
                Money(likely, code),
                Money(worst, code),
                Money(running, code),
            )
        )
    by_source: dict[str, int] = {}
    until = desk.today - timedelta(days=desk.today.weekday()) + timedelta(days=7 * many)
    for one in coming(desk, customer):
        if one.likely[0] < until:
            by_source[one.source] = by_source.get(one.source, 0) + one.likely[1]
    tables = (
        Table("Week by week", ("week from", "best", "likely", "worst", "likely, added up"), tuple(rows), bars=2),
        Table("Of the likely, from", ("source", "amount"), tuple((name, Money(total, code)) for name, total in sorted(by_source.items(), key=lambda one: -one[1]))),
    )  # fmt: skip
    notes = (
        "Likely: promises by how many were kept, instalments on their day, the rest at the customer's usual lag; of what is over 90 days late a part only.",
        "Disputed parts are left out. Only the owner's currency.", *(("As if this customer never paid.",) if customer else ()),
    )  # fmt: skip
    return Report("forecast", "What comes in", desk.today, code, (), tables, notes)
