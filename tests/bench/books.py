"""Books and ledgers of any size, the same every time."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from arterm.desk import acts
from arterm.desk.business import settings
from arterm.desk.session import Desk
from arterm.rules.text import number_key
from arterm.store.models.book import Allocation, Credit, Customer, Invoice

TODAY = date(2026, 11, 22)
_WORDS = (
    "Acme",
    "Baker",
    "Cedar",
    "Delta",
    "Elm",
    "Forge",
    "Grove",
    "Haven",
    "Iris",
    "Kite",
    "Linden",
    "Maple",
    "North",
    "Oak",
    "Pine",
    "Quay",
    "River",
    "Stone",
    "Tide",
    "Vale",
)


def name_of(n: int) -> str:
    """A customer's name."""
    return f"{_WORDS[n % 20]} {_WORDS[n // 20 % 20]} {n}"


def ledger(path: Path, size: int) -> Path:
    """A CSV of invoices, one in ten of them open, twenty a customer."""
    dice = random.Random(7)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Invoice", "Customer", "Date", "Due", "Amount", "Settled Date"])
        for n in range(size):
            issued = TODAY - timedelta(days=dice.randint(31, 3650))
            paid = min(TODAY, issued + timedelta(days=dice.randint(5, 90)))
            due, amount = issued + timedelta(days=30), f"{dice.randint(100, 500000) / 100:.2f}"
            writer.writerow([f"R{n:07d}", name_of(n // 20), issued, due, amount, paid if n % 10 else ""])
    return path


def book(path: Path, size: int, open_tenths: int = 1) -> Path:
    """A book of `size` invoices, one in ten open or as many as said, made by the same writing functions the program
    uses.
    """
    if path.exists():
        return path
    dice = random.Random(7)
    desk = Desk.create(path, TODAY, anywhere=True)
    settings.set_up(desk, {"name": "Bench", "country": "BE", "language": "en"})
    with desk.act(acts.IMPORT) as work:
        people = work.insert_many(
            Customer, ("name", "folded"), [(name_of(n), name_of(n).lower()) for n in range(max(1, size // 20))]
        )
        invoices, receipts = [], []
        for n in range(size):
            issued = TODAY - timedelta(days=dice.randint(31, 3650))
            due, total = (issued + timedelta(days=30)).isoformat(), dice.randint(100, 500000)
            number = f"R{n:07d}"
            invoices.append(
                (
                    people[n // 20 % len(people)],
                    number,
                    number_key(number),
                    "EUR",
                    issued.isoformat(),
                    due,
                    due,
                    total,
                    total,
                )
            )
            if n % 10 >= open_tenths:
                receipts.append((n, min(TODAY, issued + timedelta(days=dice.randint(5, 90))).isoformat(), total))
        columns = ("customer", "number", "number_key", "currency", "issued", "due", "original_due", "total", "open")
        rows = work.insert_many(Invoice, columns, invoices)
        paid = [(invoices[n][0], "EUR", day, total, "receipt", total) for n, day, total in receipts]
        made = work.insert_many(Credit, ("customer", "currency", "day", "total", "kind", "free"), paid)
        settled = [(credit, rows[n], total, day) for credit, (n, day, total) in zip(made, receipts, strict=True)]
        work.insert_many(Allocation, ("credit", "invoice", "amount", "value_day"), settled)
    desk.close()
    return path


def journal(folder: Path, size: int) -> Path:
    """The ledger of that size as a plain-text journal, for hledger and ledger: two postings an invoice, two a
    payment.
    """
    target = folder / f"{size}.journal"
    if target.exists():
        return target
    with ledger(folder / f"{size}.csv", size).open(newline="") as source, target.open("w") as file:
        for row in csv.DictReader(source):
            account, amount = f"receivables:{row['Customer']}", row["Amount"]
            file.write(f"{row['Date']} {row['Invoice']}\n    {account}  EUR {amount}\n    sales\n\n")
            if row["Settled Date"]:
                file.write(f"{row['Settled Date']} {row['Invoice']}\n    bank  EUR {amount}\n    {account}\n\n")
    return target
