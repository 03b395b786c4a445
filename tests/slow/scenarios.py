"""The things done while the process is killed: each says `ack` when the owner would have been told that it is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from arterm.desk import undo
from arterm.desk.accounts import customers, invoices
from arterm.desk.business import settings
from arterm.desk.contacts import log
from arterm.desk.dunning.run import due_notices
from arterm.desk.housekeeping import backup as keeping
from arterm.desk.importing.run import commit, read
from arterm.desk.letters import notices, printing
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.store import migrations

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
Ack = Callable[[str], None]


def base(folder: Path) -> Path:
    """A small business with debts, payments, a promise and a file to bring in."""
    path = folder / "book.arterm"
    desk = Desk.create(path, TODAY, now=lambda: NOW, anywhere=True)
    settings.set_up(desk, {"name": "Bakkerij", "country": "BE", "language": "en"})
    for n in range(3):
        who = customers.add_customer(desk, {"name": f"Customer {n}"}).id
        for m in range(2):
            draft = invoices.InvoiceDraft(
                who, f"R{n}{m}", Money(10000 + n, "EUR"), date(2026, 8, 1), date(2026, 9, 1 + m)
            )
            invoices.add_invoice(desk, draft)
        payments.book_credit(desk, payments.CreditDraft(who, Money(2500, "EUR"), date(2026, 10, 1)))
    log.log_contact(
        desk, log.ContactDraft(1, "call", "promise", promised=Money(5000, "EUR"), promised_for=date(2026, 12, 1))
    )
    desk.close()
    keeping.back_up(Desk.open(path, TODAY, now=lambda: NOW, anywhere=True), folder / "older.arterm", NOW)
    rows = "".join(
        f"N{n},Customer {n % 5},2026-09-01,2026-10-01,{n + 1}.00,{'2026-11-01' if n % 3 else ''}\n" for n in range(60)
    )
    (folder / "new.csv").write_text("Invoice,Customer,Date,Due,Amount,Settled Date\n" + rows)
    return path


def older_version(folder: Path) -> Path:
    """A book as the first version of the tables left it."""
    path = folder / "book.arterm"
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.STEPS[0](connection)
    connection.execute(f"PRAGMA application_id={0x41525431}")
    connection.execute("PRAGMA user_version=1")
    connection.close()
    return path


def _sit(folder: Path) -> Desk:
    return Desk.open(folder / "book.arterm", TODAY, now=lambda: NOW, anywhere=True)


def import_(folder: Path, ack: Ack) -> None:
    """Bring in a file."""
    desk = _sit(folder)
    commit(desk, read(desk, [folder / "new.csv"]))
    ack("import")
    desk.close()


def with_statement(folder: Path) -> Path:
    """The same business, and a statement of its bank."""
    path = base(folder)
    rows = "".join(f"2026-11-{n + 1:02},{n + 1}.00,EUR,Somebody {n},no words\n" for n in range(20))
    paid = "2026-11-21,75.00,EUR,Customer 0,R00\n"
    (folder / "bank.csv").write_text("Date,Amount,Currency,Counterparty name,Description\n" + rows + paid)
    return path


def statement(folder: Path, ack: Ack) -> None:
    """Bring in a statement; what is certain is booked with it."""
    desk = _sit(folder)
    commit(desk, read(desk, [folder / "bank.csv"]))
    ack("statement")
    desk.close()


def payment(folder: Path, ack: Ack) -> None:
    """Book two payments."""
    desk = _sit(folder)
    for who in (2, 3):
        payments.book_credit(desk, payments.CreditDraft(who, Money(3000, "EUR"), TODAY))
        ack("payment")
    desk.close()


def letter(folder: Path, ack: Ack) -> None:
    """Write the letters that are due, save them, say that they went out."""
    desk = _sit(folder)
    saved = printing.write_to(desk, due_notices(desk), folder / "letters")
    ack("written")
    notices.issue(desk, [one.id for one in saved])
    ack("issued")
    desk.close()


def undo_(folder: Path, ack: Ack) -> None:
    """Take back the last five acts."""
    desk = _sit(folder)
    for _ in range(5):
        undo.undo(desk)
        ack("undo")
    desk.close()


def backup(folder: Path, ack: Ack) -> None:
    """Copy the book."""
    desk = _sit(folder)
    keeping.back_up(desk, folder / "copy.arterm", NOW)
    ack("backup")
    desk.close()


def restore(folder: Path, ack: Ack) -> None:
    """Put the older copy in the book's place."""
    keeping.restore(folder / "older.arterm", folder / "book.arterm")
    ack("restore")


def migration(folder: Path, ack: Ack) -> None:
    """Open an older book."""
    desk = _sit(folder)
    ack("migration")
    desk.close()


SCENARIOS: dict[str, tuple[Callable[[Path], Path], Callable[[Path, Ack], None]]] = {
    "import": (base, import_),
    "payment": (base, payment),
    "letter": (base, letter),
    "undo": (base, undo_),
    "backup": (base, backup),
    "restore": (base, restore),
    "migration": (older_version, migration),
    "statement": (with_statement, statement),
}
