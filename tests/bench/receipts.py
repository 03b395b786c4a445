"""Receipts: what ten thousand lines of statements could be for among all that is open, and how that grows."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from arterm.desk.bank.matching import index_of
from arterm.desk.session import Desk
from arterm.rules.match_index import IncomingPayment
from arterm.rules.matching import suggest
from tests.bench.books import TODAY, book
from tests.bench.measuring import Row, paired


def matched(folder: Path, size: int) -> list[Row]:
    """A tenth as many receipts as open invoices: a third name their number, a third pay a sum, a third are
    strangers'.
    """
    desk = Desk.open(book(folder / f"open-{size}.arterm", size, 10), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)
    rows = raw.execute(
        "SELECT i.number, i.open, c.name FROM invoice i JOIN customer c ON c.id = i.customer WHERE i.open > 0"
    ).fetchall()
    raw.execute("CREATE TEMP TABLE owed AS SELECT id, number, open FROM invoice WHERE open > 0")
    raw.execute("CREATE INDEX temp.by_sum ON owed (open)")
    raw.execute("CREATE INDEX temp.by_number ON owed (number)")
    dice = random.Random(7)
    came = []
    for n in range(max(10, size // 10)):
        number, left, name = dice.choice(rows)
        words, amount = (("", left), (f"invoice {number} thanks", left), ("nothing known", 1 + n))[n % 3]
        came.append(IncomingPayment(amount, "EUR", name if n % 3 < 2 else "A Stranger", "", "", words))

    def ours() -> None:
        desk.memory.clear()
        index = index_of(desk)
        for one in came:
            suggest(one, index)

    def one_by_one() -> None:
        for one in came:
            raw.execute("SELECT id FROM owed WHERE open = ?", (one.amount,)).fetchall()
            raw.execute("SELECT id FROM owed WHERE number = ?", (one.text.split(" ")[-2:][0],)).fetchall()

    mine, theirs = paired(ours, one_by_one, 3)
    raw.close()
    desk.close()
    return [
        Row(
            f"matching: {len(came):,} receipts, {size:,} open",
            mine,
            "two indexed look-ups each, sqlite3",
            theirs,
            "linear",
        )
    ]
