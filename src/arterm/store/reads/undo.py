"""The journal as undo and history ask of it: acts that still stand, acts that touched somebody, what an act was about.

What touched a customer or an invoice goes over every table of the catalogue: SQL text, put together once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from arterm.store.book import Book
from arterm.store.catalogue import TABLES
from arterm.store.models.book import Credit, Customer, Invoice, SourceFile
from arterm.store.models.dunning import Log
from arterm.store.sql import marks
from arterm.store.ways import Subject, condition, tables_of


@dataclass(frozen=True, slots=True)
class ActLine:
    """A line of the journal; `at` as UTC text. `undone_by`: the act that took it back; `undoes`: what it took back."""

    id: int
    at: str
    day: date
    who: str
    name: str
    about: str | None
    about_id: int | None
    undone_by: int | None
    undoes: int | None


@dataclass(frozen=True, slots=True)
class BookedAmount:
    """An amount that an act booked (minor units)."""

    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class Contacted:
    """How somebody was reached, and what came of it."""

    channel: str
    outcome: str


_LINES = """
    SELECT a.id, a.at, a.day, a.who, a.name, a.about, a.about_id, u.id, a.undoes
    FROM act a
    LEFT JOIN act u ON u.undoes = a.id"""
# A message that left, or may have, stands: so does the act that wrote it.
_NOT_MAILED = "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.act = a.id AND o.state NOT IN ('planned', 'cancelled'))"
# Acts whose payload was erased are stepped over: what they changed is gone, and what was done before them may still
# stand.
_NOT_ERASED = "NOT EXISTS (SELECT 1 FROM change x WHERE x.act = a.id AND x.salt IS NULL)"
# Who was merged into a customer is that customer; what is charged on an invoice belongs to it.
_THESE: dict[Subject, str] = {
    "customer": """
        SELECT id FROM customer WHERE id = :subject
        UNION
        SELECT id FROM customer WHERE merged_into = :subject""",
    "invoice": """
        SELECT id FROM invoice WHERE id = :subject
        UNION
        SELECT id FROM invoice WHERE parent = :subject""",
}


def act_line(book: Book, act: int) -> ActLine | None:
    """One line of the journal."""
    return book.record(ActLine, f"{_LINES} WHERE a.id = ?", (act,))


def standing_acts(book: Book, never: Sequence[str], past_mail: bool, limit: int) -> list[ActLine]:
    """The newest acts that undo would take back, without those of some names; `past_mail`: without those whose mail
    went out.
    """
    query = f"""{_LINES}
        WHERE a.undoes IS NULL AND u.id IS NULL AND a.name NOT IN ({marks(never)}) AND {_NOT_ERASED}
        {f"AND {_NOT_MAILED}" if past_mail else ""}
        ORDER BY a.id DESC
        LIMIT ?"""
    return book.records(ActLine, query, (*never, limit))


def newest_standing(book: Book, never: Sequence[str], past_mail: bool = False) -> ActLine | None:
    """The act that undo would take back next, or None."""
    return next(iter(standing_acts(book, never, past_mail, 1)), None)


def past_mailed(book: Book, never: Sequence[str]) -> bool:
    """Whether mail went out after what undo would take back, or with it."""
    found = newest_standing(book, never, past_mail=True)
    query = "SELECT id FROM outbox WHERE act > ? AND state NOT IN ('planned', 'cancelled') LIMIT 1"
    return book.value(query, (found.id if found else 0,)) is not None


def acts(book: Book, limit: int) -> list[ActLine]:
    """The newest lines of the journal."""
    return book.records(ActLine, f"{_LINES} ORDER BY a.id DESC LIMIT ?", (limit,))


def customer_acts(book: Book, customer: int, limit: int) -> list[ActLine]:
    """The newest acts about a customer, or that touched a row of theirs or of somebody merged into them."""
    return book.records(ActLine, _touching("customer"), {"subject": customer, "limit": limit})


def invoice_acts(book: Book, invoice: int, limit: int) -> list[ActLine]:
    """The newest acts about an invoice, or that touched a row of it or of what was charged on it."""
    return book.records(ActLine, _touching("invoice"), {"subject": invoice, "limit": limit})


@cache
def _touching(subject: Subject) -> str:
    """The acts that made, changed or took back a row that leads there, and those about it: each once.

    The rows of a table are found once, from those of the tables that its ways go by.
    """

    def rows(table: str) -> str:
        return "SELECT id FROM these" if table == subject else f"SELECT id FROM of_{table}"

    found = [f"these AS ({_THESE[subject]})"]
    acts = [f"SELECT id AS act FROM act WHERE about = '{subject}' AND about_id IN ({rows(subject)})"]
    for table in tables_of(subject):
        standing = ", void_act" if TABLES[table].voidable else ""
        found.append(f'of_{table} AS (SELECT id, act{standing} FROM "{table}" WHERE {condition(table, subject, rows)})')
        acts.append(f"SELECT act FROM of_{table}")
        acts.append(f"SELECT act FROM change WHERE rows = '{table}' AND \"row\" IN (SELECT id FROM of_{table})")
        if standing:  # what was taken back in bulk has no change of its own
            acts.append(f"SELECT void_act FROM of_{table} WHERE void_act IS NOT NULL")
    if subject == "customer":
        acts.append("SELECT id FROM act WHERE about = 'invoice' AND about_id IN (SELECT id FROM of_invoice)")
    whole = ",\n".join((*found, "touched AS (" + "\nUNION ".join(acts) + ")"))
    return f"""
        WITH {whole}
        {_LINES}
        WHERE a.id IN (SELECT act FROM touched)
        ORDER BY a.id DESC
        LIMIT :limit"""


def customer_name(book: Book, customer: int) -> str | None:
    """What a customer is called."""
    name: str | None = book.value(Customer.select(Customer.name).where(Customer.id == customer))
    return name


def invoice_number(book: Book, invoice: int) -> str | None:
    """The number that an invoice goes by."""
    number: str | None = book.value(Invoice.select(Invoice.number).where(Invoice.id == invoice))
    return number


def booked(book: Book, act: int) -> BookedAmount | None:
    """What an act booked, if it booked money."""
    return book.record(BookedAmount, Credit.select(Credit.total, Credit.currency).where(Credit.act == act))


def contacted(book: Book, act: int) -> Contacted | None:
    """What an act logged, if it logged a contact."""
    return book.record(Contacted, Log.select(Log.channel, Log.outcome).where(Log.act == act))


def settings_images(book: Book, act: int) -> list[str]:
    """The settings that an act changed, each as the journal keeps it (JSON)."""
    query = "SELECT after FROM change WHERE act = ? AND rows = 'setting' AND salt IS NOT NULL"
    found: list[str] = book.column(query, (act,))
    return found


def notice_customers(book: Book, act: int, most: int) -> list[str]:
    """The first of those whose letters an act touched, by name."""
    query = """
        SELECT DISTINCT c.name
        FROM change x
        JOIN notice n ON n.id = x.row
        JOIN customer c ON c.id = n.customer
        WHERE x.act = ? AND x.rows = 'notice'
        ORDER BY c.name
        LIMIT ?"""
    found: list[str] = book.column(query, (act, most))
    return found


def files_imported(book: Book, act: int) -> list[str]:
    """The names of the files that an act brought in."""
    found: list[str] = book.column(SourceFile.select(SourceFile.name).where(SourceFile.act == act))
    return found
