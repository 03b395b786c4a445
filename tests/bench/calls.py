"""The call desk: a dossier with thousands of log entries beside one with five, and the day's work beside reading its
rows.
"""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from arterm.desk import acts
from arterm.desk.session import Desk
from arterm.desk.worklist.dossier import dossier
from arterm.desk.worklist.worklist import worklist
from arterm.store.models.dunning import Log
from tests.bench.books import TODAY, book
from tests.bench.measuring import Row, paired


def dossiers(folder: Path, entries: int) -> list[Row]:
    """Opening the page of a customer with many log entries, and of one with five: what is shown decides, not what is
    kept.
    """
    desk = Desk.open(book(folder / f"log-{entries}.arterm", 200), TODAY, anywhere=True)
    columns = ("customer", "at", "day", "direction", "channel", "outcome", "reason", "note")
    with desk.act(acts.CONTACT_LOG) as deed:
        for customer, count in ((1, entries), (2, 5)):
            days = [(TODAY - timedelta(days=n % 700)).isoformat() for n in range(count)]
            deed.insert_many(
                Log,
                columns,
                [(customer, f"{day}T09:00:00", day, "out", "call", "no_answer", "", "Rang.") for day in days],
            )
    many, few = paired(lambda: dossier(desk, 1), lambda: dossier(desk, 2), 5)
    desk.close()
    return [Row(f"dossier: {entries:,} log entries", many, "the same with five", few, "1x as far as is shown")]


def worklists(folder: Path, size: int) -> list[Row]:
    """The whole of today's work, and reading the open invoices with plain sqlite3."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)

    def plain() -> None:
        raw.execute(
            "SELECT i.id, i.number, c.name, i.due, i.open FROM invoice i JOIN customer c ON c.id = i.customer WHERE"
            " i.open > 0"
        ).fetchall()

    mine, theirs = paired(lambda: worklist(desk), plain, 3)
    raw.close()
    desk.close()
    return [Row(f"today's work, {size:,}", mine, "open invoices read", theirs, "linear")]
