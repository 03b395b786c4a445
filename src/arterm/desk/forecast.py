"""The cash calendar: what comes in week by week, from promises, instalments, each customer's usual lag and due days.

Best: everything on the day it is promised or due. Likely: promises by how many of them were kept; the rest in equal parts at
each lag that this customer has had and that is still ahead (of those without a past, at everybody's), and of what took longer
than ever before only a share. Worst: only what is agreed, and of the rest what is not late yet, as late as it ever was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk.desk import Desk
from arterm.desk.payers import lags
from arterm.desk.plans import plans_of
from arterm.desk.promises import kept_rates
from arterm.desk.report_shapes import Asked, Report, Table
from arterm.rules.dates import in_words
from arterm.rules.habit import spread
from arterm.rules.money import Money
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


def coming(desk: Desk, without: int | None = None) -> list[Coming]:
    """Everything open in the owner's currency, as it may come. `without`: as if that customer never paid."""
    every = [
        one
        for one in facts(desk.book, desk.today)
        if one.case.currency == desk.currency and one.case.open and one.customer != without
    ]
    past = lags(desk)
    kept = {one.customer: _kept(desk, one.customer) for one in every if one.case.promised(desk.today) == "open"}
    planned, found = _planned(desk, without), list[Coming]()
    for one in every:
        found += _of(desk, one, past.get(one.customer, past[0]), kept.get(one.customer, 100), planned.get(one.id, []))
    return found


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
        rest = (day + timedelta(days=14), part - surely)
        found.append(Coming(one.customer, "promises", ((day, part),), ((day, surely), rest), ((day, surely),)))
    if left:
        found.append(_by_habit(one, left, past, today))
    return found


def _by_habit(one: OpenInvoice, left: int, past: Sequence[int], today: date) -> Coming:
    """What nobody has said anything about."""
    due = one.case.due
    late = (today - due).days
    parts = spread(left, past, late)
    if parts:
        likely = tuple((due + timedelta(days=lag), part) for lag, part in parts)
    else:
        share = next(percent for limit, percent in _OLD if late <= limit)
        likely = ((today + timedelta(days=_SOON), left * share // 100),)
    slow = max((due, *(day for day, _ in likely))) + timedelta(days=0 if parts else _LATER)
    source, worst = ("not due yet", ((slow, left),)) if late <= 0 else ("overdue", ())
    return Coming(one.customer, source, ((max(due, today), left),), likely, worst)


def weeks(desk: Desk, many: int = 13, without: int | None = None) -> list[tuple[date, int, int, int]]:
    """(Monday, best, likely, worst) for so many weeks from this one on, in minor units of the owner's currency."""
    first = desk.today - timedelta(days=desk.today.weekday())
    sums = [[0, 0, 0] for _ in range(many)]
    for one in coming(desk, without):
        for n, dues in enumerate((one.best, one.likely, one.worst)):
            for day, amount in dues:
                week = (day - first).days // 7
                if week < many:
                    sums[max(0, week)][n] += amount
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
    by_source, by_day = dict[str, int](), dict[date, int]()
    until = desk.today - timedelta(days=desk.today.weekday()) + timedelta(days=7 * many)
    for one in coming(desk, customer):
        for day, part in one.likely:
            if day < until:
                by_source[one.source] = by_source.get(one.source, 0) + part
                by_day[max(day, desk.today)] = by_day.get(max(day, desk.today), 0) + part
    tables = (
        Table("Week by week", ("week from", "best", "likely", "worst", "likely, added up"), tuple(rows), drawn=2),
        Table("Calendar of the likely", ("day", "likely"), tuple((day, Money(part, code)) for day, part in sorted(by_day.items()) if part), drawn=1, kind="calendar"),
        Table("Of the likely, from", ("source", "amount"), tuple((name, Money(total, code)) for name, total in sorted(by_source.items(), key=lambda one: -one[1])), drawn=1),
    )  # fmt: skip
    notes = (
        "Likely: promises by how many were kept, instalments on their day, the rest as late as this customer was before, in equal parts; of what is later than ever and over 90 days a share only.",
        "Disputed parts are left out. Only the owner's currency.", *(("As if this customer never paid.",) if customer else ()),
    )  # fmt: skip
    return Report("forecast", "What comes in", desk.today, code, (), tables, notes)
