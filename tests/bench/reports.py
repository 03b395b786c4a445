"""Every report, beside one pass over the same invoices and allocations by plain sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from arterm.desk.reports.catalogue import report
from arterm.desk.reports.model import ReportOptions
from arterm.desk.session import Desk
from arterm.rules.report_kinds import REPORTS
from tests.bench.books import TODAY, book
from tests.bench.measuring import Row, paired


def reported(folder: Path, size: int) -> list[Row]:
    """So many invoices of ten years, one in ten open."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)

    def one_pass() -> None:
        for table in ("invoice", "allocation"):
            for _ in raw.execute(f"SELECT * FROM {table}"):
                pass

    rows = []
    for name in REPORTS:
        mine, theirs = paired(lambda name=name: report(desk, name, ReportOptions()), one_pass, 3)  # type: ignore[misc]
        rows.append(Row(f"report {name}, {size:,}", mine, "one pass by plain sqlite3", theirs, "5x"))
    raw.close()
    desk.close()
    return rows
