"""The cash calendar: what comes in week by week, from promises, instalments, each customer's usual lag and due days.

Best: everything on the day it is promised or due. Likely: promises by how many of them were kept; the rest in equal
parts at each lag that this customer has had and that is still ahead (of those without a past, at everybody's), and of
what took longer than ever before only a share. Worst: only what is agreed, and of the rest what is not late yet, as
late as it ever was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk.accounts.payment_behaviour import lags
from arterm.desk.compromise.plans import plans_of
from arterm.desk.contacts.promises import kept_rates
from arterm.desk.reports.model import Cell, Report, ReportOptions, ReportTable
from arterm.desk.session import Desk
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.payment_lag import spread
from arterm.store.cases import OpenInvoice, facts

_LATER = 30  # days after the due day at worst, of who has no past
_SOON = 7  # days until what is later than ever may come
_OLD = ((90, 100), (180, 60), (365, 30), (10**6, 10))  # days late, and per cent of it that is likely to come: a start

Dues = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """Money that may come: days and amounts (minor units) in the best, the likely and the worst case."""

    customer: int
    source: str
    best: Dues
    likely: Dues
    worst: Dues


def coming(desk: Desk, without: int | None = None, currency: str = "") -> list[Coming]:
    """Everything open in a currency (the owner's), as it may come. `without`: as if that customer never paid."""
    code = currency or desk.currency
    every = [
        one
        for one in facts(desk.book, desk.today)
        if one.case.currency == code and one.case.open and one.customer != without
    ]
    past = lags(desk)
    kept = {one.customer: _kept(desk, one.customer, code) for one in every if one.case.promised(desk.today) == "open"}
    planned, found = _planned(desk, {one.id: one.case.open for one in every}), list[Coming]()
    for one in every:
        found += _of(desk, one, past.get(one.customer, past[0]), kept.get(one.customer, 100), planned.get(one.id, []))
    return found


def _kept(desk: Desk, customer: int, code: str) -> int:
    """Per cent of what this customer promised that came; of those who never promised before, of all customers."""
    for rates in (kept_rates(desk, customer), kept_rates(desk)):
        mine = next((one for one in rates if one.currency == code and one.promised), None)
        if mine:
            return min(100, mine.received.minor * 100 // mine.promised.minor)
    return 100


def _planned(desk: Desk, left: dict[int, int]) -> dict[int, list[tuple[date, int]]]:
    """Instalments still to come, on the invoices of their plan in order: invoice -> (day, minor units). `left`: what is
    open.
    """
    found: dict[int, list[tuple[date, int]]] = {}
    for plan in plans_of(desk, states=("running",)):
        mine = {row: left[row] for row in plan.invoice_ids if row in left}
        for one in plan.instalments:
            amount = (one.amount - one.paid).minor
            for row in mine:
                part = min(amount, mine[row])
                if part > 0:
                    found.setdefault(row, []).append((max(one.due, desk.today), part))
                    mine[row] -= part
                    amount -= part
    return found


def _of(
    desk: Desk, one: OpenInvoice, past: Sequence[int], kept: int, planned: Sequence[tuple[date, int]]
) -> list[Coming]:
    """What one invoice may bring: its instalments, then its promise, then the rest by habit."""
    today, case, found = desk.today, one.case, list[Coming]()
    left = max(0, case.open - case.disputed)
    for day, amount in planned:
        part = min(left, amount)
        left -= part
        due = ((day, part),)
        found.append(Coming(one.customer, "instalments", due, due, due))
    if case.promise and case.promised(today) == "open" and left:
        part, day = min(left, case.promise.amount), max(case.promise.day, today)
        surely = part * kept // 100
        left -= part
        # Of what is promised and not kept as a rule, no more can be said than had nobody promised it.
        likely = ((day, surely), *_likely(case.due, part - surely, past, today))
        found.append(Coming(one.customer, "promises", ((day, part),), likely, ((day, surely),)))
    if left:
        found.append(_by_habit(one, left, past, today))
    return found


def _likely(due: date, amount: int, past: Sequence[int], today: date) -> Dues:
    """When so much is likely to come by habit; of what is later than ever a share."""
    late = (today - due).days
    parts = spread(amount, past, late)
    if parts:
        return tuple((due + timedelta(days=lag), part) for lag, part in parts)
    if late <= 0:
        return ((due, amount),)
    share = next(percent for limit, percent in _OLD if late <= limit)
    return ((today + timedelta(days=_SOON), amount * share // 100),)


def _by_habit(one: OpenInvoice, left: int, past: Sequence[int], today: date) -> Coming:
    """What nobody has said anything about."""
    due = one.case.due
    late, likely = (today - due).days, _likely(due, left, past, today)
    known = any(lag > late for lag in past)
    slow = max((due, *(day for day, _ in likely))) + timedelta(days=0 if known else _LATER)
    source, worst = (message("reports.forecast.not_due_yet"), ((slow, left),)) if late <= 0 else ("overdue", ())
    return Coming(one.customer, source, ((max(due, today), left),), likely, worst)


Week = tuple[date, int, int, int]


def weeks(desk: Desk, many: int = 13, without: int | None = None) -> list[Week]:
    """(Monday, best, likely, worst) for so many weeks from this one on, in minor units of the owner's currency."""
    return _by_week(desk.today, many, coming(desk, without))


def _by_week(today: date, many: int, every: Sequence[Coming]) -> list[Week]:
    first = today - timedelta(days=today.weekday())
    sums = [[0, 0, 0] for _ in range(many)]
    for one in every:
        for n, dues in enumerate((one.best, one.likely, one.worst)):
            for day, amount in dues:
                week = (day - first).days // 7
                if week < many:
                    sums[max(0, week)][n] += amount
    return [(first + timedelta(days=7 * n), *held) for n, held in enumerate(sums)]  # type: ignore[misc]


def forecast_report(desk: Desk, asked: ReportOptions) -> Report:
    """The calendar as a report over so many days; with a customer: as if they never paid."""
    many, code = max(1, min(104, (asked.days + 6) // 7)), asked.code(desk)
    every = coming(desk, asked.customer, code)
    rows, running = list[tuple[Cell, ...]](), 0
    for monday, *cases in _by_week(desk.today, many, every):
        running += cases[1]
        rows.append((monday, *(Money(amount, code) for amount in (*cases, running))))
    until = desk.today - timedelta(days=desk.today.weekday()) + timedelta(days=7 * many)
    by_source, by_day = Counter[str](), Counter[date]()
    for one in every:
        for day, part in one.likely:
            if day < until:
                by_source[one.source] += part
                by_day[max(day, desk.today)] += part
    days = tuple((day, Money(part, code)) for day, part in sorted(by_day.items()) if part)
    sources = tuple((name, Money(total, code)) for name, total in by_source.most_common())
    tables = (
        ReportTable(
            message("reports.forecast.week_week"),
            (
                message("reports.forecast.week_from"),
                "best",
                "likely",
                "worst",
                message("reports.forecast.likely_added_up"),
            ),
            tuple(rows),
            drawn=2,
            note=message("reports.forecast.how"),
        ),
        ReportTable(message("reports.forecast.calendar_likely"), ("day", "likely"), days, drawn=1, kind="calendar"),
        ReportTable(message("reports.forecast.likely_from"), ("source", "amount"), sources, drawn=1),
    )
    notes = (
        message("reports.forecast.one_currency", code=code),
        *([message("reports.forecast.without_customer")] if asked.customer else []),
    )
    return Report("forecast", message("reports.forecast.what_comes"), desk.today, code, (), tables, notes)
