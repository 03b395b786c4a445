"""`python -m tests.bench [SIZE …]`: what, ours, the limit or peer, the ratio, the goal; all measured in this run."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from arterm.desk import bring_in, contact
from arterm.desk.board import Board
from arterm.desk.desk import Desk
from arterm.letters.letter import Letter, Line, Sender
from arterm.letters.paper import render
from tests.bench.books import TODAY, book, ledger

Row = tuple[str, float, str, float, str]


def paired(ours: Callable[[], Any], other: Callable[[], Any], times: int = 7) -> tuple[float, float]:
    """Median seconds of two things, measured in turn after one warm-up each."""
    ours()
    other()
    mine, theirs = list[float](), list[float]()
    for _ in range(times):
        for do, held in ((ours, mine), (other, theirs)):
            began = time.perf_counter()
            do()
            held.append(time.perf_counter() - began)
    return statistics.median(mine), statistics.median(theirs)


def board_data(folder: Path, size: int) -> Row:
    """The first fifty rows and the totals, through the desk and by plain sqlite3."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)

    def plain() -> None:
        raw.execute(
            "SELECT i.number, c.name, b.due, b.open, b.rank FROM board_case b JOIN invoice i ON i.id = b.invoice JOIN customer c ON c.id = b.customer"
            " WHERE b.due < ? ORDER BY b.rank DESC LIMIT 50",
            (TODAY.isoformat(),),
        ).fetchall()
        raw.execute(
            "SELECT currency, due < ?, sum(sum), sum(n) FROM open_day GROUP BY 1, 2", (TODAY.isoformat(),)
        ).fetchall()

    mine, theirs = paired(lambda: Board(desk).rows(0, 50), plain)
    raw.close()
    desk.close()
    return (
        f"board: 50 rows and totals, {size:,} invoices",
        mine,
        "plain sqlite3, same rows",
        theirs,
        "1.5x; flat in size",
    )


def import_rows(folder: Path, size: int) -> Row:
    """A CSV brought into an empty book, and the same rows by csv and executemany into one indexed table."""
    import csv

    path = ledger(folder / f"{size}.csv", size)

    def ours() -> None:
        target = folder / "import.arterm"
        for old in folder.glob("import.arterm*"):
            old.unlink()
        desk = Desk.begin(target, TODAY, anywhere=True)
        bring_in.commit(desk, bring_in.read(desk, [path]))
        desk.close()

    def theirs() -> None:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (a, b, c, d, e, f)")
        connection.execute("CREATE INDEX i ON t (b, a)")
        with path.open(newline="") as file:
            connection.executemany("INSERT INTO t VALUES (?,?,?,?,?,?)", csv.reader(file))
        connection.commit()
        connection.close()

    mine, other = paired(ours, theirs, 3)
    return (
        f"import of {size:,} invoices, nine in ten paid",
        mine,
        "csv + executemany, one bare table",
        other,
        "(1/0.65)x of the shell's .import",
    )


def one_write(folder: Path, size: int) -> Row:
    """A call logged, and one flush of four kilobytes to the same disk."""
    desk = Desk.open(book(folder / f"{size}.arterm", size), TODAY, anywhere=True)
    handle = os.open(folder / "flush", os.O_CREAT | os.O_WRONLY)

    def flush() -> None:
        os.pwrite(handle, b"x" * 4096, 0)
        os.fdatasync(handle)

    mine, theirs = paired(lambda: contact.log_contact(desk, contact.ContactDraft(1, "call", "no_answer")), flush, 15)
    os.close(handle)
    desk.close()
    return "one write: a call logged", mine, "one fdatasync", theirs, "about 5x"


def letters(folder: Path, size: int) -> Row:
    """A batch of one-page letters in one document, and the same page by Platypus as its guide shows it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    count = 30
    lines = tuple(Line(f"R{n}", date(2026, 8, 1), date(2026, 9, 1), 80, 12345, 0, 12345) for n in range(5))
    sender = Sender("Bench", ("Street 1", "1000 Town"), "BE", "BE68539007547034")
    letter = Letter("en", 1, TODAY, TODAY, sender, ("Customer", "Street 2", "2000 Town"), "K1", "R1", "EUR", lines)

    def platypus() -> None:
        styles, story = getSampleStyleSheet(), list[Any]()
        for _ in range(count):
            for words in (
                "Bench",
                "Customer<br/>Street 2<br/>2000 Town",
                "Payment reminder",
                "Perhaps it has slipped your attention. " * 3,
                "Please pay. " * 5,
            ):
                story += [Paragraph(words, styles["Normal"]), Spacer(1, 12)]
            story += [
                Table(
                    [
                        ["Invoice", "Date", "Due", "Late", "Amount", "Paid", "Open"],
                        *[["R1", "01/08/2026", "01/09/2026", "80", "123.45", "0.00", "123.45"]] * 5,
                    ]
                ),
                PageBreak(),
            ]
        SimpleDocTemplate(str(folder / "p.pdf"), pagesize=A4).build(story)

    mine, theirs = paired(lambda: render(*[letter] * count), platypus, 5)
    return (
        f"letters: {count} in one document, no QR yet",
        mine,
        "guide-style Platypus, no QR",
        theirs,
        "1/10x with a QR in both",
    )


def whole_commands(folder: Path, size: int) -> Row:
    """Aged receivables as a whole command, beside an empty Python."""
    path = book(folder / f"{size}.arterm", size)
    words = [
        sys.executable,
        "-m",
        "arterm",
        "--book",
        str(path),
        "--today",
        TODAY.isoformat(),
        "report",
        "ageing",
        "--json",
    ]
    mine, theirs = paired(
        lambda: subprocess.run(words, stdout=subprocess.DEVNULL, check=True),
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        5,
    )
    return f"aged receivables, whole command, {size:,} invoices", mine, "python -c pass", theirs, "1/20x of hledger"


def open_screen(folder: Path, size: int) -> Row:
    """The board mounted with its first rows, and a blank Textual app; both headless, in this process."""
    import asyncio

    from textual.app import App

    from arterm.tui.app import ArtermApp

    path = book(folder / f"{size}.arterm", size)

    def run(app: App[Any]) -> None:
        async def go() -> None:
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()

        asyncio.run(go())

    mine, theirs = paired(lambda: run(ArtermApp(path, lambda: TODAY, anywhere=True)), lambda: run(App()), 5)
    return f"screens: board interactive, {size:,} invoices", mine, "blank Textual app", theirs, "1.25x with start-up"


def table(sizes: list[int]) -> list[Row]:
    """Every row of the bench at these sizes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [measure(folder, size) for measure in (board_data, whole_commands, open_screen) for size in sizes]
        rows += [measure(folder, min(sizes)) for measure in (import_rows, one_write, letters)]
        rows += [import_rows(folder, sizes[-1])] if len(sizes) > 1 else []
        return rows


if __name__ == "__main__":
    print(f"{'what':<52} {'ours ms':>9} {'peer ms':>9} {'ratio':>7}  peer; goal")
    for what, mine, peer, theirs, goal in table([int(word) for word in sys.argv[1:]] or [200, 10_000, 100_000]):
        print(f"{what:<52} {mine * 1000:>9.2f} {theirs * 1000:>9.2f} {mine / theirs:>7.2f}  {peer}; {goal}")
