"""`python -m tests.bench [SIZE …]`: what, ours, the limit or peer, the ratio, the goal; all measured in this run."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from arterm.desk.accounts.board import Board
from arterm.desk.contacts import log
from arterm.desk.importing import run
from arterm.desk.session import Desk
from arterm.store.models.book import Customer, Invoice
from tests.bench.books import TODAY, book, journal, ledger
from tests.bench.calls import dossiers, worklists
from tests.bench.lawful import claims, decisions
from tests.bench.letters import all_cores, each_apart, together
from tests.bench.mails import mailed
from tests.bench.measuring import Row, apart, paired
from tests.bench.receipts import matched
from tests.bench.reports import reported
from tests.bench.terminal import Screen


def board_data(folder: Path, size: int) -> list[Row]:
    """The first fifty rows and the totals, through the desk and by plain sqlite3."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)

    def plain() -> None:
        raw.execute(
            "SELECT i.number, c.name, b.due, b.open, b.rank FROM board_case b JOIN invoice i ON i.id = b.invoice JOIN"
            " customer c ON c.id = b.customer WHERE b.due < ? ORDER BY b.rank DESC LIMIT 50",
            (TODAY.isoformat(),),
        ).fetchall()
        raw.execute(
            "SELECT currency, due < ?, sum(sum), sum(n) FROM open_day GROUP BY 1, 2", (TODAY.isoformat(),)
        ).fetchall()

    mine, theirs = paired(lambda: Board(desk).rows(0, 50), plain)
    raw.close()
    desk.close()
    return [Row(f"board: 50 rows and totals, {size:,}", mine, "plain sqlite3, same rows", theirs, "1.5x; flat in size")]


def import_rows(folder: Path, size: int) -> list[Row]:
    """A CSV brought into an empty book; the same file by the sqlite3 shell and by Peewee's insert_many into the same
    tables.
    """
    path = ledger(folder / f"{size}.csv", size)
    fresh = folder / "fresh.arterm"
    if not fresh.exists():
        Desk.create(fresh, TODAY, anywhere=True).close()

    def copy(name: str) -> Path:
        target = folder / name
        target.write_bytes(fresh.read_bytes())
        return target

    def ours() -> None:
        desk = Desk.open(copy("ours.arterm"), TODAY, anywhere=True)
        run.commit(desk, run.read(desk, [path]))
        desk.close()

    def shell() -> None:
        script = f""".mode csv
.import {path} stage
INSERT INTO customer (name, folded, act) SELECT DISTINCT Customer, lower(Customer), 1 FROM stage;
INSERT INTO invoice (customer, number, number_key, currency, issued, due, original_due, total, open, act)
 SELECT c.id, Invoice, ltrim(Invoice, '0'), 'EUR', Date, Due, Due, CAST(round(Amount * 100) AS INTEGER),
   CAST(round(Amount * 100) AS INTEGER), 1
 FROM stage s JOIN customer c ON c.name = s.Customer;
DROP TABLE stage;
"""
        subprocess.run(
            ["sqlite3", str(copy("shell.arterm"))], input=script.encode(), stdout=subprocess.DEVNULL, check=True
        )

    def many() -> None:
        desk = Desk.open(copy("many.arterm"), TODAY, anywhere=True)
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        people = {name: n for n, name in enumerate(dict.fromkeys(row["Customer"] for row in rows), 1)}
        with desk.book.db.atomic():
            for start in range(0, len(people), 500):
                names = list(people)[start : start + 500]
                Customer.insert_many([{"name": n, "folded": n.lower(), "act": 1} for n in names]).execute()
            for start in range(0, len(rows), 500):
                Invoice.insert_many(
                    [
                        {
                            "customer": people[row["Customer"]],
                            "number": row["Invoice"],
                            "number_key": row["Invoice"],
                            "currency": "EUR",
                            "issued": row["Date"],
                            "due": row["Due"],
                            "original_due": row["Due"],
                            "total": (cents := round(100 * float(row["Amount"]))),
                            "open": cents,
                            "act": 1,
                        }
                        for row in rows[start : start + 500]
                    ]
                ).execute()
        desk.book.db.close()

    found = []
    what = f"import of {size:,} invoices, nine in ten paid"
    if shutil.which("sqlite3"):
        mine, other = paired(ours, shell, 3)
        found.append(Row(what, mine, "sqlite3 .import + INSERT, invoices alone", other, "1/0.65x"))
    mine, other = paired(ours, many, 3)
    return [*found, Row(what, mine, "Peewee insert_many, invoices alone", other, "1/5x")]


def one_write(folder: Path, size: int) -> list[Row]:
    """A call logged, and one flush of four kilobytes to the same disk."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    handle = os.open(folder / "flush", os.O_CREAT | os.O_WRONLY)

    def flush() -> None:
        os.pwrite(handle, b"x" * 4096, 0)
        os.fdatasync(handle)

    mine, theirs = paired(
        lambda: log.log_contact(desk, log.ContactDraft(1, "call", "no_answer", why="measured")), flush, 15
    )
    os.close(handle)
    desk.close()
    return [Row("one write: a call logged", mine, "one fdatasync", theirs, "about 5x")]


def _ours(path: Path) -> list[str]:
    return ["-m", "arterm", "--book", str(path), "--today", TODAY.isoformat(), "--here-anyway"]


def whole_commands(folder: Path, size: int) -> list[Row]:
    """Aged receivables as a whole command, beside an empty Python and, where they are installed, hledger and ledger."""
    path = book(folder / f"{size}.arterm", size)
    words = [sys.executable, *_ours(path), "report", "ageing", "--json"]

    def command(*said: str) -> Callable[[], Any]:
        return lambda: subprocess.run(said, stdout=subprocess.DEVNULL, check=True)

    what = f"aged receivables, whole command, {size:,}"
    mine, theirs = paired(command(*words), command(sys.executable, "-c", "pass"), 5)
    rows = [Row(what, mine, "python -c pass", theirs, "")]
    for peer, said in (("hledger", ("balance", "receivables")), ("ledger", ("balance", "receivables"))):
        if shutil.which(peer):
            mine, theirs = paired(command(*words), command(peer, "-f", str(journal(folder, size)), *said), 3)
            rows.append(Row(what, mine, f"{peer} balance", theirs, "1/20x"))
    return rows


def screens(folder: Path, size: int) -> list[Row]:
    """The program in a terminal: until the board stands, and from a key to its finished frame; beside the least Textual
    can do.
    """
    path = book(folder / f"{size}.arterm", size)
    starts: dict[str, list[float]] = {"ours": [], "blank": []}
    ours = None
    for n in range(4):  # the first of each warms the caches of the disk
        for name, words, marker in (
            ("blank", ["-m", "tests.bench.floor", "blank"], b"everything stands"),
            ("ours", _ours(path), b"overdue"),
        ):
            screen = Screen(words)
            starts[name].append(screen.until(marker))
            if name == "ours" and n == 3:
                ours = screen
            else:
                screen.quiet(0.2)
                screen.end()
    assert ours is not None
    floor = Screen(["-m", "tests.bench.floor"])
    floor.until(b"everything stands")
    time.sleep(2.5)  # the daily copy and whatever else is done aside
    mine, theirs = (sorted(found[1:])[1] for found in (starts["ours"], starts["blank"]))
    rows = [Row(f"screens: board interactive, {size:,}", mine, "blank Textual app", theirs, "1.25x", ours.peak())]
    for what, key, least, goal in (
        ("cursor", b"j", b"j", "1.3x"),
        ("page", b"\x1b[6~", b"\x1b[6~", "2.5x"),
        ("filter", b"a", b"\x1b[6~", "5x"),
    ):
        if what == "filter":
            ours.press(b"/")
        pairs = [(ours.press(key), floor.press(least)) for _ in range(15)]
        mine, theirs = (sorted(found)[len(pairs) // 2] for found in zip(*pairs, strict=True))
        rows.append(Row(f"screens: {what}, {size:,}", mine, "ready strips repainted", theirs, goal, ours.peak()))
        if what == "filter":
            ours.press(b"\x1b")
    for screen in (ours, floor):
        screen.quiet(0.3)
        screen.end()
    return rows


def table(sizes: list[int]) -> list[Row]:
    """Every row of the bench at these sizes; the writing ones at the middle size at most."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            book(folder / f"{size}.arterm", size)
        rows = [
            row
            for measure in (board_data, whole_commands, screens)
            for size in sizes
            for row in apart(measure, folder, size)
        ]
        rows += apart(import_rows, folder, sizes[len(sizes) // 2]) + apart(one_write, folder, sizes[0])
        rows += apart(claims, folder, 100_000 if len(sizes) > 1 else 300)
        rows += apart(dossiers, folder, 5000 if len(sizes) > 1 else 50)
        for size in sizes:
            rows += apart(matched, folder, size)
        rows += apart(reported, folder, sizes[-1])
        rows += apart(mailed, folder, 1000 if len(sizes) > 1 else 5)
        for size in sizes:
            rows += apart(decisions, folder, size) + apart(worklists, folder, size)
        for count in (1, 100, 2000) if len(sizes) > 1 else (2,):
            for measure in (together, each_apart, all_cores):
                rows += apart(measure, folder, count)
        return rows


if __name__ == "__main__":
    print(f"{'what':<46} {'ours ms':>9} {'peer ms':>9} {'ratio':>7} {'peak MB':>8}  peer; goal")
    for row in table([int(word) for word in sys.argv[1:]] or [200, 10_000, 100_000]):
        print(
            f"{row.what:<46} {row.ours * 1000:>9.2f} {row.theirs * 1000:>9.2f} {row.ours / row.theirs:>7.3f}"
            f" {row.peak / 1024:>8.0f}  {row.peer}{'; ' + row.goal if row.goal else ''}",
            flush=True,
        )
