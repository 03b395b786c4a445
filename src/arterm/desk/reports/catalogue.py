"""Reports: figures with their formulas, tables that tie with the board, on any day; one shape for the screen and every
file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from arterm.desk.accounts.account_statement import movements, open_items
from arterm.desk.accounts.ageing import ageing
from arterm.desk.accounts.views import Ageing, AgeingRow
from arterm.desk.reports.model import Cell, Report, ReportOptions, ReportTable
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS, bucket
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.report_kinds import REPORTS
from arterm.store.cases import open_on
from arterm.store.reads import reports as reads


def report(desk: Desk, name: str, asked: ReportOptions) -> Report:
    """A report by name, as of today at the desk. Refuses (`no_report`, `bad_number`, `bad_currency`), and
    (`whole_business`) one customer of a report that tells of all of them together.
    """
    if name not in REPORTS:
        raise ArtermError("no_report", "report", name=name[:30], reports=tuple(REPORTS))
    if not 1 <= asked.days <= 3660:
        raise ArtermError("bad_number.period", "days")
    if asked.currency and asked.currency not in DIGITS:
        raise ArtermError("bad_currency", "currency", currency=asked.currency[:10])
    if asked.customer and REPORTS[name].whole:
        raise ArtermError("whole_business", "customer", name=name)
    module, _, maker = REPORTS[name].maker.rpartition(".")
    make: Callable[[Desk, ReportOptions], Report] = getattr(import_module(f"arterm.desk.reports.{module}"), maker)
    return make(desk, asked)


def ageing_report(desk: Desk, asked: ReportOptions) -> Report:
    """What each customer owes by age."""
    page, code = ageing(desk, asked.customer), asked.code(desk)
    named = [(row.customer, row) for row in page.rows] + [
        (message("reports.catalogue.total", currency=row.currency), row) for row in page.totals
    ]
    rows = [_aged(name, row) for name, row in named]
    table = ReportTable(
        "By customer", ("customer", "number", "currency", *BUCKETS, "charges", "unapplied", "total"), tuple(rows)
    )
    notes = (message("reports.catalogue.how_ageing"),)
    return Report(
        "ageing",
        message("reports.catalogue.aged_receivables"),
        desk.today,
        code,
        (),
        (_by_age(desk, asked, page), table),
        notes,
    )


def _aged(name: str, row: AgeingRow) -> tuple[Cell, ...]:
    return (name, row.own_no, row.currency, *row.buckets, row.charges, row.unapplied, row.total)


def _by_age(desk: Desk, asked: ReportOptions, page: Ageing) -> ReportTable:
    """The ages of one currency; of the whole business beside those of an earlier day."""
    code = asked.code(desk)
    home = next((row for row in page.totals if row.currency == code), None)
    now = home.buckets if home else (Money(0, code),) * len(BUCKETS)
    if asked.customer:
        return ReportTable("By age", ("age", "open"), tuple(zip(BUCKETS, now, strict=True)), drawn=1, again=True)
    then = asked.before(desk.today)
    sums = [0] * len(BUCKETS)
    for one in open_on(desk.book, [then], code)[then]:
        sums[BUCKETS.index(bucket(one.due, then))] += one.open
    before = tuple(Money(amount, code) for amount in sums)
    columns = ("age", "open", message("reports.catalogue.before", compared=asked.compared))
    return ReportTable("By age", columns, tuple(zip(BUCKETS, now, before, strict=True)), drawn=1, again=True)


def statement_report(desk: Desk, asked: ReportOptions) -> Report:
    """Every account with its movements and its open items."""
    since = desk.today - timedelta(days=asked.days)
    rows = list[tuple[Cell, ...]]()
    for account in _accounts(desk, asked):
        name, code = account.name, account.currency
        found = movements(desk, account.customer, code, since)
        if asked.customer is None and len(found) == 1 and not found[-1].balance:
            continue
        for one in found:
            what = one.kind.replace("_", " ")
            rows.append((name, one.day, what, one.number, Money(one.amount, code), Money(one.balance, code), code))
    columns = ("customer", "day", "what", "number", "amount", "balance", "currency")
    title = message("reports.catalogue.statement_since", day=since)
    notes = (message("reports.catalogue.how_statement"),)
    tables = (ReportTable(message("reports.catalogue.movements"), columns, tuple(rows)), _open_items(desk, asked))
    return Report("statement", title, desk.today, asked.code(desk), (), tables, notes)


def _accounts(desk: Desk, asked: ReportOptions) -> list[reads.Account]:
    """Every account that was ever used; of one customer, or in one currency, where that is asked."""
    return [
        one
        for one in reads.accounts(desk.book)
        if asked.customer in (None, one.customer) and asked.currency in ("", one.currency)
    ]


def _open_items(desk: Desk, asked: ReportOptions) -> ReportTable:
    """What is open invoice by invoice, the oldest first, and what was received or credited and settles nothing yet."""
    rows = list[tuple[Cell, ...]]()
    for account in _accounts(desk, asked):
        name, code = account.name, account.currency
        for one in open_items(desk, account.customer, code):
            late = (desk.today - one.due).days if one.due else 0
            rows.append((name, one.number, one.day, one.due, late if late > 0 else None, Money(one.amount, code), code))
    columns = ("customer", "number", "issued", "due", "late", "open", "currency")
    return ReportTable(message("reports.catalogue.open_items"), columns, tuple(rows))
