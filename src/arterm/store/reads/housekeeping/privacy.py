"""What is held about a person, by the ways of the catalogue; when anything last happened; who was erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.store.book import Book
from arterm.store.catalogue import TABLES
from arterm.store.erasing import erasable, lines_by_name
from arterm.store.models.partners import Erasure, Partner
from arterm.store.ways import about_customers, tables_of


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that is held about somebody, under the name that it had."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SettledCustomer:
    """A customer of whom nothing is open."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who was erased; `books_kept`: but for what the law on books keeps."""

    customer: int
    books_kept: bool


Held = dict[str, list[dict[str, Any]]]


def held_about(book: Book, group: Sequence[int]) -> Held:
    """Every row that leads to these customers, by table; files are given as files, partners by name."""
    ids = _ids(group)
    found: Held = {}
    for table in tables_of("customer"):
        where = about_customers(table, ids)
        if table == "statement_line":
            where += f" OR id IN ({_ids(lines_by_name(book, ids)) or 'NULL'})"
        names = [name for name in TABLES[table].columns if name != "bytes"]
        rows = book.rows(f'SELECT {", ".join(names)} FROM "{table}" WHERE {where} ORDER BY id')
        found[table] = [dict(zip(names, row, strict=True)) for row in rows]
    _name_partners(book, found)
    return found


def _name_partners(book: Book, held: Held) -> None:
    partners = dict(book.rows(*Partner.select(Partner.id, Partner.name).sql()))
    given = {}
    for row in held["handover"]:
        row["partner"] = given[row["id"]] = partners[row["partner"]]
    for row in held["handover_report"]:
        row["partner"] = given[row["handover"]]


def files_about(book: Book, group: Sequence[int]) -> list[HeldFile]:
    """The files beside these customers, their invoices and their log entries that stand."""
    where = about_customers("attachment", _ids(group))
    return book.records(HeldFile, f"SELECT id, name FROM live_attachment WHERE {where} ORDER BY id")


def last_booked(book: Book, group: Sequence[int]) -> date | None:
    """The last day of an invoice or payment of these customers; None where nothing of them is in the books."""
    return _day(book.value(f"SELECT max(happened.day) FROM ({_booked(group)}) happened"))


def last_happened(book: Book, group: Sequence[int]) -> date:
    """The last day on which anything happened with these customers: at the least, that on which they were added."""
    ids = _ids(group)
    query = f"""
        SELECT max(happened.day)
        FROM (
            {_booked(group)}
            UNION ALL
            SELECT max(day) FROM log WHERE customer IN ({ids})
            UNION ALL
            SELECT max(a.day) FROM act a JOIN customer c ON c.act = a.id WHERE c.id IN ({ids})
        ) happened"""
    return date.fromisoformat(book.value(query))


def _booked(group: Sequence[int]) -> str:
    ids = _ids(group)
    return f"""
            SELECT max(issued) AS day FROM live_invoice WHERE customer IN ({ids})
            UNION ALL
            SELECT max(day) FROM live_credit WHERE customer IN ({ids})"""


def settled_customers(book: Book) -> list[SettledCustomer]:
    """Customers, as now known, of whom nothing is open."""
    query = """
        SELECT c.id, c.name
        FROM live_customer c
        WHERE c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM board_case b WHERE b.customer = c.id)
        ORDER BY c.id"""
    return book.records(SettledCustomer, query)


def erasures(book: Book) -> list[Erased]:
    """All erasures, the oldest first."""
    return book.records(Erased, Erasure.select(Erasure.customer, Erasure.books_kept).order_by(Erasure.id))


def written_since_erased(book: Book, group: Sequence[int]) -> bool:
    """Whether anything that an erasure blanks was noted about these customers after they were erased last."""
    ids = _ids(group)
    last = book.value(f"SELECT max(act) FROM erasure WHERE customer IN ({ids})")
    changed = f"SELECT act FROM change WHERE rows = 'customer' AND \"row\" IN ({ids}) AND act > ? LIMIT 1"
    if book.value(changed, (last,)) is not None:
        return True
    return any(
        book.value(f'SELECT act FROM "{table}" WHERE act > ? AND ({about_customers(table, ids)}) LIMIT 1', (last,))
        is not None
        for table, _ in erasable()
    )


def _ids(group: Sequence[int]) -> str:
    return ", ".join(str(int(row)) for row in group)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
