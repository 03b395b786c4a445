"""How customers pay, and what they dispute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from arterm.desk.accounts.payment_behaviour import ENOUGH, PaidOff, days_late, settled, trend
from arterm.desk.contacts.promises import kept_by_customer
from arterm.desk.contacts.views import KeptRate
from arterm.desk.reports.model import Cell, Report, ReportOptions, ReportTable, number
from arterm.desk.session import Desk
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store.cases import facts
from arterm.store.merged import merged_ids
from arterm.store.reads import reports as reads


def behaviour_report(desk: Desk, asked: ReportOptions) -> Report:
    """How late customers pay as a rule, whether it gets better, promises kept; disputes by reason."""
    code, only = asked.code(desk), [asked.customer] if asked.customer else None
    names = reads.names(desk.book)
    paid = {row: [one for one in some if one.currency == code] for row, some in settled(desk, only).items()}
    kept, open_now = kept_by_customer(desk, code), dict[int, int]()
    for one in facts(desk.book, desk.today, only):
        if one.case.currency == code:
            open_now[one.customer] = open_now.get(one.customer, 0) + one.case.open
    known = {row for row, some in paid.items() if len(some) >= ENOUGH} | kept.keys() | open_now.keys()
    rows = [
        _payer(names[row], paid.get(row, []), kept.get(row), Money(open_now.get(row, 0), code))
        for row in sorted(known & names.keys() if only is None else known & set(only))
    ]
    rows.sort(key=lambda row: -(row[1] if isinstance(row[1], int) else -1))
    table = ReportTable(
        message("reports.behaviour.latest_first"),
        (
            "customer",
            message("reports.behaviour.days_late"),
            "trend",
            "kept",
            message("reports.behaviour.amount"),
            "open",
        ),
        tuple(rows),
    )
    notes = (
        message("reports.behaviour.how_days_late"),
        (message("reports.behaviour.how_trend")),
    )
    return Report(
        "behaviour",
        message("reports.behaviour.title"),
        desk.today,
        code,
        (),
        (table, _disputes(desk, asked)),
        notes,
    )


def _payer(name: str, paid: Sequence[PaidOff], kept: KeptRate | None, open_now: Money) -> tuple[Cell, ...]:
    late: Cell = days_late(paid) if len(paid) >= ENOUGH else "-"
    change = trend(paid)
    return (
        name,
        late,
        "-" if change is None else change,
        message("reports.behaviour.of", kept=kept.kept, promises=kept.promises) if kept else "-",
        number(Fraction(100 * kept.received.minor, kept.promised.minor) if kept and kept.promised else None, 0),
        open_now,
    )


def _disputes(desk: Desk, asked: ReportOptions) -> ReportTable:
    """Disputes that were opened in the period, of everybody or of one customer."""
    code, since = asked.code(desk), desk.today - timedelta(days=asked.days)
    group = merged_ids(desk.book, [asked.customer]) if asked.customer else None
    found = reads.disputes(desk.book, code, since, desk.today, group)
    return ReportTable(
        message("reports.behaviour.disputes", days=asked.days),
        ("reason", "disputes", "amount", "settled"),
        tuple((one.reason.replace("_", " "), one.count, Money(one.amount, code), one.settled) for one in found),
    )
