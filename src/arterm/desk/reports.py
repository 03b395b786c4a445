"""Reports: figures with their formulas, tables that tie with the board, on any day; one shape for the screen and every file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from arterm.desk.desk import Desk
from arterm.desk.figures import ageing
from arterm.desk.forecast import forecast_report
from arterm.desk.report_chasing import effectiveness_report
from arterm.desk.report_flow import flow_report
from arterm.desk.report_habits import behaviour_report
from arterm.desk.report_shapes import Asked, Cell, Report, Table
from arterm.desk.statement import movements
from arterm.rules.ageing import BUCKETS
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money


def report(desk: Desk, name: str, asked: Asked) -> Report:
    """A report by name, as of today at the desk. Refuses (`no_report`, `bad_number`)."""
    if name not in REPORTS:
        raise ArtermError(
            "no_report", f"There is no report '{name[:30]}'.", "report", "There are: " + ", ".join(REPORTS) + "."
        )
    if not 1 <= asked.days <= 3660:
        raise ArtermError("bad_number", "A period has from 1 to 3660 days.", "days", "Choose another.")
    return REPORTS[name](desk, asked)


def _ageing(desk: Desk, asked: Asked) -> Report:
    page, customer = ageing(desk), asked.customer
    rows: list[tuple[Cell, ...]] = [
        (row.customer, row.currency, *row.buckets, row.charges, row.unapplied, row.total)
        for row in page.rows
        if customer in (None, row.customer_id)
    ]
    rows += [
        (f"Total {row.currency}", row.currency, *row.buckets, row.charges, row.unapplied, row.total)
        for row in page.totals
        if customer is None
    ]
    table = Table("By customer", ("customer", "currency", *BUCKETS, "charges", "unapplied", "total"), tuple(rows))
    home = page.totals[0]
    ages = Table("By age", ("age", "open"), tuple(zip(BUCKETS, home.buckets, strict=True)), drawn=1)
    return Report(
        "ageing",
        "Aged receivables",
        desk.today,
        desk.currency,
        (),
        (ages, table),
        ("Principal by days after the due day; charges and unapplied money stand beside it.",),
    )


def _statement(desk: Desk, asked: Asked) -> Report:
    rows: list[tuple[Cell, ...]] = []
    since = desk.today - timedelta(days=asked.days)
    owing = desk.book.rows(
        "SELECT DISTINCT c.id, c.name, i.currency FROM invoice i JOIN customer d ON d.id = i.customer JOIN customer c ON c.id = coalesce(d.merged_into, d.id)"
        " WHERE c.void_act IS NULL AND i.void_act IS NULL ORDER BY 1, 3"
    )
    for row, name, code in owing:
        if asked.customer not in (None, row):
            continue
        found = movements(desk, row, code, since)
        if asked.customer is None and len(found) == 1 and not found[-1].balance:
            continue
        rows += [
            (name, one.day, one.kind, one.number, Money(one.amount, code), Money(one.balance, code), code)
            for one in found
        ]
    table = Table("Movements", ("customer", "day", "what", "number", "amount", "balance", "currency"), tuple(rows))
    return Report(
        "statement",
        f"Statement of account since {since.isoformat()}",
        desk.today,
        desk.currency,
        (),
        (table,),
        ("Invoices count on their day, money on its value day.",),
    )


REPORTS: dict[str, Callable[[Desk, Asked], Report]] = {
    "ageing": _ageing, "dso": flow_report, "forecast": forecast_report, "statement": _statement, "effectiveness": effectiveness_report, "behaviour": behaviour_report,
}  # fmt: skip
