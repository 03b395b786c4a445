"""How long money is out: days outstanding in their forms, effectiveness, roll rates, the waterfall of the period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from arterm.desk.desk import Desk
from arterm.desk.report_shapes import EARLIER, Asked, Cell, Figure, Report, Table, number
from arterm.rules.ageing import BUCKETS, bucket
from arterm.rules.figures import FORMULAS, Flow, add, at_risk, best_dso, cei, countback, dso, shown
from arterm.rules.money import Money
from arterm.store.cases import open_on

T = TypeVar("T")


Open = list[tuple[int, date, int]]


def _flow(desk: Desk, days: int) -> tuple[Flow, Open]:
    """The period up to today in the owner's currency, and what was open at its end."""
    code, today, since = desk.currency, desk.today, desk.today - timedelta(days=days)
    now, then = open_on(desk.book, today, code), open_on(desk.book, since, code)
    sales = _sales(desk, since + timedelta(days=1), today)
    closing = sum(left for _, _, left in now)
    current = sum(left for _, due, left in now if due >= today)
    late = sum(left for _, due, left in now if (today - due).days > 90)
    return Flow(sum(left for _, _, left in then), closing, current, sales, days, late), now


def _waterfall(desk: Desk, flow: Flow) -> list[tuple[str, int]]:
    """How what was open became what is open: opening + invoiced - received - written off = closing (minor units)."""
    since = (desk.today - timedelta(days=flow.days)).isoformat()

    def gone(kinds: str) -> int:
        return int(
            desk.book.one(
                f"SELECT coalesce(sum(a.amount), 0) FROM allocation a JOIN credit k ON k.id = a.credit JOIN invoice i ON i.id = a.invoice WHERE k.kind IN ({kinds})"
                " AND i.currency = ? AND i.void_act IS NULL AND a.value_day > ? AND a.value_day <= ?",
                (desk.currency, since, desk.today.isoformat()),
            )[0]
        )

    received, written = gone("'receipt', 'reported'"), gone("'write_off'")
    other = flow.closing - flow.opening - flow.sales + received + written
    lines = [("open at its beginning", flow.opening), ("invoiced, less credited", flow.sales), ("received", -received), ("written off", -written)]  # fmt: skip
    lines += [("credits and discounts, when they were used", other)] if other else []
    return [*lines, ("open at its end", flow.closing)]


def _sales(desk: Desk, first: date, last: date) -> int:
    """Invoiced less credited from day to day, both included, in the owner's currency (minor units)."""
    values = (desk.currency, first.isoformat(), last.isoformat())
    invoiced = desk.book.one(
        "SELECT coalesce(sum(total), 0) FROM invoice WHERE kind = 'invoice' AND void_act IS NULL AND currency = ? AND issued BETWEEN ? AND ?",
        values,
    )[0]
    credited = desk.book.one(
        "SELECT coalesce(sum(total), 0) FROM credit WHERE kind = 'credit_note' AND void_act IS NULL AND currency = ? AND day BETWEEN ? AND ?",
        values,
    )[0]
    return int(invoiced) - int(credited)


def _months(desk: Desk, many: int = 36) -> list[tuple[int, int]]:
    """(sales, days) of the running month so far and the months before it, newest first."""
    found, last = [], desk.today
    for _ in range(many):
        first = last.replace(day=1)
        found.append((_sales(desk, first, last), (last - first).days + 1))
        last = first - timedelta(days=1)
    return found


def flow_report(desk: Desk, asked: Asked) -> Report:
    """Days outstanding and the rest, in the owner's currency, beside those of an earlier day."""
    days, then = asked.days, desk.today - timedelta(days=EARLIER[asked.compared])
    flow, now = _flow(desk, days)
    earlier = _as_of(desk, then, lambda: _flow(desk, days)[0])

    def figure(key: str, words: str, value: Fraction | None, before: Fraction | None, unit: str = "days") -> Figure:
        return Figure(key, words, shown(value), unit, FORMULAS[key], shown(before))

    back, back_before = (
        countback(flow.closing, _months(desk)),
        _as_of(desk, then, lambda: countback(earlier.closing, _months(desk))),
    )
    figures = (
        figure("dso", "Days sales outstanding", dso(flow), dso(earlier)), figure("countback", "DSO by countback", back, back_before),
        figure("best_dso", "Best possible DSO", best_dso(flow), best_dso(earlier)), figure("add", "Average days delinquent", add(flow), add(earlier)),
        figure("cei", "Collection effectiveness index", cei(flow), cei(earlier), "%"), figure("at_risk", "At risk: open over 90 days late", at_risk(flow), at_risk(earlier), "%"),
    )  # fmt: skip
    code = desk.currency
    waterfall = Table(
        f"The period of {days} days", ("what", "amount"),
        tuple((what, Money(amount, code)) for what, amount in _waterfall(desk, flow)), drawn=1, kind="fall",
    )  # fmt: skip
    notes = [
        f"Sales are invoices less credit notes in {code}; what is disputed counts as open; unapplied money is not taken off.",
        f"Beside each figure stands the same of {then.isoformat()}, a {asked.compared} before.",
    ]
    notes += (
        ["Nothing was sold in the period: what divides by sales is undefined, not nothing."] if flow.sales <= 0 else []
    )
    others = sorted(
        found for (found,) in desk.book.rows("SELECT DISTINCT currency FROM board_case WHERE currency <> ?", (code,))
    )
    notes += [f"Left out: {', '.join(others)}; ask for the ageing."] if others else []
    return Report(
        "dso",
        "How long money is out",
        desk.today,
        code,
        figures,
        (waterfall, _rolls(desk, now), _months_past(desk)),
        tuple(notes),
    )


def _months_past(desk: Desk, many: int = 12) -> Table:
    """Month by month to today: invoiced, settled, open at its end, and the days outstanding of the three months up to it; in three
    passes over the book whatever `many` is.
    """
    code, today = desk.currency, desk.today.isoformat()
    invoiced, settled, credited = (
        dict[str, int](desk.book.rows(query, (code, today)))
        for query in (
            "SELECT substr(issued, 1, 7), sum(total) FROM invoice WHERE void_act IS NULL AND total > 0 AND kind <> 'charge' AND currency = ? AND issued <= ? GROUP BY 1",
            "SELECT substr(max(a.value_day, i.issued), 1, 7), sum(a.amount) FROM allocation a JOIN invoice i ON i.id = a.invoice WHERE i.void_act IS NULL AND i.total > 0"
            " AND i.kind <> 'charge' AND i.currency = ?1 AND i.issued <= ?2 AND a.value_day <= ?2 GROUP BY 1",
            "SELECT substr(day, 1, 7), sum(total) FROM credit WHERE kind = 'credit_note' AND void_act IS NULL AND currency = ? AND day <= ? GROUP BY 1",
        )
    )
    rows, open_, sales = list[tuple[Cell, ...]](), 0, list[tuple[int, int]]()
    for first in _months_from(min((*invoiced, *settled, today[:7])), desk.today):
        month, last = f"{first:%Y-%m}", min(_next_month(first) - timedelta(days=1), desk.today)
        came, went = invoiced.get(month, 0), settled.get(month, 0)
        open_ += came - went
        sales.append((came - credited.get(month, 0), (last - first).days + 1))
        quarter = sales[-3:]
        days = dso(Flow(0, open_, 0, sum(sold for sold, _ in quarter), sum(length for _, length in quarter)))
        rows.append(
            (
                month,
                Money(came, code),
                Money(went, code),
                Money(open_, code),
                number(days if len(quarter) == 3 else None),
            )
        )
    columns = ("month", "invoiced", "settled", "open at its end", "DSO of 3 months")
    return Table("Month by month", columns, tuple(rows[-many:]), drawn=4, kind="line")


def _months_from(first: str, last: date) -> Iterator[date]:
    """The first day of each month from one (YYYY-MM) to that of a day."""
    month = date.fromisoformat(f"{first}-01")
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _rolls(desk: Desk, now: Open) -> Table:
    """Roll rates over the last thirty days, age by age."""
    before_day = desk.today - timedelta(days=30)
    left = {row: open_ for row, _, open_ in now}
    stood, moved = [0] * len(BUCKETS), [0] * len(BUCKETS)
    for row, due, open_ in open_on(desk.book, before_day, desk.currency):
        then, to = BUCKETS.index(bucket(due, before_day)), BUCKETS.index(bucket(due, desk.today))
        stood[then] += open_
        if to > then or then == len(BUCKETS) - 1:
            moved[then] += min(open_, left.get(row, 0))
    rows = [
        (
            name,
            Money(was, desk.currency),
            Money(went, desk.currency),
            number(Fraction(100 * went, was) if was else None),
        )
        for name, was, went in zip(BUCKETS, stood, moved, strict=True)
    ]
    return Table(
        "Roll rates over 30 days (of the oldest: what stayed)", ("age", "open then", "moved on", "%"), tuple(rows)
    )


def _as_of(desk: Desk, day: date, ask: Callable[[], T]) -> T:
    """Ask something of another day, and come back."""
    kept = desk.today
    desk.today = day
    try:
        return ask()
    finally:
        desk.today = kept
