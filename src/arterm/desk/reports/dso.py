"""How long money is out: days outstanding in their forms, effectiveness, roll rates, the waterfall of the period, month
by month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from arterm.desk.reports.model import Cell, Figure, Report, ReportOptions, ReportTable, number
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS, bucket
from arterm.rules.dates import months_before
from arterm.rules.figures import FORMULAS, Flow, add, at_risk, best_dso, cei, countback, dso, shown
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store.cases import LeftOpen, disputed_on, open_on
from arterm.store.reads import reports as reads
from arterm.store.sold_claims import buyers, sold_left

_ROLL = timedelta(days=30)
_ROLLS = 6  # roll rates are those of so many stretches of thirty days, added up
_COUNTED_BACK = 36  # months of sales that a countback may reach


def flow_report(desk: Desk, asked: ReportOptions) -> Report:
    """Days outstanding and the rest in one currency, beside those of an earlier day."""
    code, now, then = asked.code(desk), desk.today, asked.before(desk.today)
    cuts = [now - n * _ROLL for n in range(_ROLLS + 1)]
    period = timedelta(days=asked.days)
    left = open_on(desk.book, [*dict.fromkeys((now, now - period, then, then - period, *cuts))], code)
    if not asked.disputed:
        left = {day: _undisputed(desk, day, some) for day, some in left.items()}
    flow, earlier = (_flow(desk, left, day, asked) for day in (now, then))
    back, back_before = (countback(of.closing, _months(desk, day, code)) for of, day in ((flow, now), (earlier, then)))

    def figure(key: str, words: str, value: Fraction | None, before: Fraction | None, unit: str = "days") -> Figure:
        return Figure(key, words, shown(value), unit, FORMULAS[key], shown(before))

    figures = (
        figure("dso", message("reports.dso.days_sales_outstanding"), dso(flow), dso(earlier)),
        figure("countback", message("reports.dso.dso_countback"), back, back_before),
        figure("best_dso", message("reports.dso.best_possible_dso"), best_dso(flow), best_dso(earlier)),
        figure("add", message("reports.dso.average_days_delinquent"), add(flow), add(earlier)),
        figure("cei", message("reports.dso.collection_effectiveness_index"), cei(flow), cei(earlier), "%"),
        figure("at_risk", message("reports.dso.at_risk"), at_risk(flow), at_risk(earlier), "%"),
    )
    tables = (_waterfall(desk, flow, asked), _rolls(cuts, left, code), _months_past(desk, code))
    title = message("reports.dso.title") + ("" if asked.disputed else message("reports.dso.undisputed"))
    return Report("dso", title, now, code, figures, tables, tuple(_notes(desk, asked, flow, figures, then)))


def _undisputed(desk: Desk, day: date, some: Sequence[LeftOpen]) -> list[LeftOpen]:
    held = disputed_on(desk.book, day)
    return [
        LeftOpen(one.invoice, one.due, one.open - held.get(one.invoice, 0))
        for one in some
        if one.open > held.get(one.invoice, 0)
    ]


def _flow(desk: Desk, left: dict[date, list[LeftOpen]], day: date, asked: ReportOptions) -> Flow:
    """The period up to a day."""
    since, now = day - timedelta(days=asked.days), left[day]
    current = sum(one.open for one in now if one.due >= day)
    late = sum(one.open for one in now if (day - one.due).days > 90)
    opening, closing = (sum(one.open for one in left[end]) for end in (since, day))
    sales = reads.sales(desk.book, asked.code(desk), since + timedelta(days=1), day)
    return Flow(opening, closing, current, sales, asked.days, late)


def _notes(desk: Desk, asked: ReportOptions, flow: Flow, figures: Sequence[Figure], then: date) -> Iterator[str]:
    code = asked.code(desk)
    disputed = message("reports.dso.counts_open") if asked.disputed else message("reports.dso.left_out")
    yield (message("reports.dso.how_sales", code=code, disputed=disputed))
    if any(one.before not in ("", "-") for one in figures):
        yield message("reports.dso.before", day=then, compared=asked.compared)
    if flow.sales <= 0:
        yield message("reports.dso.no_sales")
    sold = sum(one.left for one in sold_left(desk.book, desk.today) if one.currency == code)
    if sold:
        yield message("reports.dso.sold_not_counted", amount=Money(sold, code))
    others = reads.other_currencies(desk.book, code)
    if others:
        yield message("reports.dso.only_there_more", code=code, others=", ".join(others))


def _months(desk: Desk, last: date, code: str) -> list[tuple[int, int]]:
    """(sales, days) of the month so far and of the months before it, newest first."""
    found = []
    for _ in range(_COUNTED_BACK):
        first = last.replace(day=1)
        found.append((reads.sales(desk.book, code, first, last), (last - first).days + 1))
        last = first - timedelta(days=1)
    return found


_ALWAYS = 3  # lines of the waterfall that stand there even at nothing: opening, invoiced, received


def _waterfall(desk: Desk, flow: Flow, asked: ReportOptions) -> ReportTable:
    """How what was open became what is open: opening + invoiced - credited - received - written off = closing."""
    code, since = asked.code(desk), desk.today - timedelta(days=flow.days)
    off = reads.taken_off(desk.book, code, since, desk.today)
    lines = [
        (message("reports.dso.opening"), flow.opening),
        ("invoiced", reads.invoiced(desk.book, code, since, desk.today)),
        ("received", -off.get("receipt", 0) - off.get("reported", 0)),
        (message("reports.dso.credit_notes"), -off.get("credit_note", 0)),
        ("discounts", -off.get("discount", 0)),
        (message("reports.dso.written_off"), -off.get("write_off", 0)),
    ]
    rest = flow.closing - sum(amount for _, amount in lines)
    lines += (
        [(message("reports.dso.disputed_less_settled"), rest)]
        if not asked.disputed
        else [(message("reports.dso.sold"), rest)]
        if reads.is_anything_sold(desk.book)
        else []
    )
    kept = [line for n, line in enumerate(lines) if line[1] or n < _ALWAYS]
    rows = [
        (what, Money(amount, code)) for what, amount in (*kept, (message("reports.dso.open_its_end"), flow.closing))
    ]
    return ReportTable(
        message("reports.dso.period_days", days=flow.days), ("what", "amount"), tuple(rows), drawn=1, kind="fall"
    )


def _rolls(cuts: Sequence[date], left: dict[date, list[LeftOpen]], code: str) -> ReportTable:
    """Roll rates, age by age, over the last six stretches of thirty days added up."""
    stood, moved = [0] * len(BUCKETS), [0] * len(BUCKETS)
    for day in cuts[1:]:
        after = day + _ROLL
        still = {one.invoice: one.open for one in left[after]}
        for one in left[day]:
            then, to = BUCKETS.index(bucket(one.due, day)), BUCKETS.index(bucket(one.due, after))
            stood[then] += one.open
            if to > then or then == len(BUCKETS) - 1:
                moved[then] += min(one.open, still.get(one.invoice, 0))
    rows = [
        (name, Money(was, code), Money(went, code), number(Fraction(100 * went, was) if was else None))
        for name, was, went in zip(BUCKETS, stood, moved, strict=True)
    ]
    columns = ("age", message("reports.dso.open_then"), message("reports.dso.moved"), "%")
    return ReportTable(message("reports.dso.roll_rates", times=_ROLLS), columns, tuple(rows), note=FORMULAS["roll"])


def _months_past(desk: Desk, code: str, many: int = 12) -> ReportTable:
    """Month by month to today: invoiced, settled, open at its end, and the days outstanding of the three months up to
    it; in three passes over the book whatever `many` is.
    """
    invoiced = reads.invoiced_by_month(desk.book, code, desk.today)
    settled = reads.settled_by_month(desk.book, code, desk.today)
    credited = reads.credited_by_month(desk.book, code, desk.today)
    for sold in sold_left(desk.book, desk.today):
        if sold.currency == code:
            month = f"{buyers(desk.book, desk.today)[sold.invoice].since:%Y-%m}"
            settled[month] = settled.get(month, 0) + sold.left
    rows, open_, sales = list[tuple[Cell, ...]](), 0, list[tuple[int, int]]()
    for first in _months_from(min((*invoiced, *settled, f"{desk.today:%Y-%m}")), desk.today):
        month, last = f"{first:%Y-%m}", min(months_before(first, -1) - timedelta(days=1), desk.today)
        came, went = invoiced.get(month, 0), settled.get(month, 0)
        open_ += came - went
        sales.append((came - credited.get(month, 0), (last - first).days + 1))
        quarter = sales[-3:]
        days = dso(Flow(0, open_, 0, sum(sold for sold, _ in quarter), sum(length for _, length in quarter)))
        outstanding = number(days if len(quarter) == 3 else None)
        rows.append((month, Money(came, code), Money(went, code), Money(open_, code), outstanding))
    columns = ("month", "invoiced", "settled", message("reports.dso.open_its_end"), "DSO of 3 months")
    note = message("reports.dso.how_months")
    return ReportTable(
        message("reports.dso.month_month"), columns, tuple(rows[-many:]), drawn=4, kind="line", note=note
    )


def _months_from(first: str, last: date) -> Iterator[date]:
    """The first day of each month from one (YYYY-MM) to that of a day."""
    month = date.fromisoformat(f"{first}-01")
    while month <= last:
        yield month
        month = months_before(month, -1)
