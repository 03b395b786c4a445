"""Claims and decisions by the hundred thousand, beside the plainest thing that must read the same."""

from __future__ import annotations

import random
import sqlite3
import time
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from arterm.desk.session import Desk
from arterm.law.claim import claim
from arterm.law.countries import every
from arterm.law.question import Question, Reminder, Terms
from arterm.rules.decision import decide
from arterm.store import cases
from tests.bench.books import TODAY, book
from tests.bench.measuring import Row, paired


def claims(folder: Path, count: int) -> list[Row]:
    """Mixed claims of every country and kind, and the same interest by one multiplication and division each."""
    dice = random.Random(7)
    codes = list(every())
    asked = []
    for n in range(count):
        due = date(2024, 1, 1) + timedelta(days=dice.randrange(900))
        paid = ((due + timedelta(days=dice.randrange(1, 60)), dice.randrange(1, 50_000)),) if n % 3 == 0 else ()
        reminders = (Reminder(due + timedelta(days=10), "email"),) if n % 2 else ()
        kind = "business" if n % 3 else "consumer"
        asked.append(
            Question(
                codes[n % len(codes)],
                kind,
                dice.randrange(1000, 5_000_000),
                "EUR",
                due,
                TODAY,
                paid,
                Terms(Fraction(8)),
                reminders,
            )
        )
    claim(asked[0])
    began = time.perf_counter()
    sums = [claim(question).total for question in asked]
    ours = time.perf_counter() - began
    began = time.perf_counter()
    for question in asked:
        Fraction(question.principal * 8 * (TODAY - question.due).days, 36_500).limit_denominator(100)
    bare = time.perf_counter() - began
    assert len(sums) == count
    return [Row(f"claims: {count:,} mixed", ours, "one fraction each", bare, "")]


def decisions(folder: Path, size: int) -> list[Row]:
    """The daily decision for every open invoice, and reading the same rows with plain sqlite3."""
    desk = Desk.open(book(folder / f"open-{size}.arterm", size, open_tenths=10), TODAY, anywhere=True)
    raw = sqlite3.connect(desk.book.path)

    def ours() -> None:
        for one in cases.facts(desk.book, TODAY):
            decide(one.case, TODAY)

    def plain() -> None:
        raw.execute(
            "SELECT i.id, i.number, c.id, c.name, i.issued, i.due, i.currency, i.total, i.open FROM invoice i JOIN"
            " customer c ON c.id = i.customer WHERE i.open > 0"
        ).fetchall()

    mine, theirs = paired(ours, plain, 3)
    raw.close()
    desk.close()
    return [Row(f"daily decision, {size:,} open", mine, "the same rows read", theirs, "2x without reasons")]
