"""Erasing what is held about a person: words and papers blanked in the rows and in the journal, hashes and dates left
standing. What becomes of each column is said in the catalogue.

The journal's chain is over salted digests: without the salt a digest tells nothing of what it was made from, and the
chain stays whole. An act whose payload was erased cannot be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from arterm.rules.text import fold
from arterm.store.book import Book
from arterm.store.catalogue import TABLES
from arterm.store.catalogue.table import Blank, Erase, Way
from arterm.store.ways import about_customers


def erase(book: Book, customers: Sequence[int], books_kept: bool) -> None:
    """Within the caller's transaction: blank everything held about these customers that need not be kept.

    All rows are found before any is blanked: some are found by what others say.
    """
    ids = ", ".join(str(int(row)) for row in customers)
    found = []
    for table, rules in erasable():
        found.append((table, rules.words, _rows(book, table, rules.words, rules.words_by, ids)))
        if not books_kept:
            found.append((table, rules.books, _rows(book, table, rules.books, rules.books_by, ids)))
    if not books_kept:
        found.append(("statement_line", _books_of("statement_line"), lines_by_name(book, ids)))
    for table, values, rows in found:
        _blank(book, table, values, rows)


def erasable() -> list[tuple[str, Erase]]:
    """The tables of which an erasure blanks anything, and what of each."""
    said = ((name, table.erase) for name, table in TABLES.items())
    return [(name, rules) for name, rules in said if isinstance(rules, Erase) and (rules.words or rules.books)]


def _books_of(table: str) -> Blank:
    rules = TABLES[table].erase
    return rules.books if isinstance(rules, Erase) else {}


def _rows(book: Book, table: str, values: Blank, ways: tuple[Way, ...], ids: str) -> list[int]:
    """The rows of which some columns go; none where none does."""
    if not values:
        return []
    where = about_customers(table, ids, ways)
    return book.column(f'SELECT id FROM "{table}" WHERE {where}')


def lines_by_name(book: Book, ids: str) -> list[int]:
    """Bank lines that nobody's credit came of, whose payer is called as one of these customers, in whatever order and
    case.
    """
    names = {
        " ".join(sorted(folded.split())) for folded in book.column(f"SELECT folded FROM customer WHERE id IN ({ids})")
    }
    rows = book.rows("SELECT id, payer FROM statement_line WHERE credit IS NULL AND payer <> ''")
    return [row for row, payer in rows if " ".join(sorted(fold(payer).split())) in names]


def _blank(book: Book, table: str, values: Blank, rows: Sequence[int]) -> None:
    """Blank columns of rows, with the guards that keep them set aside for the moment, and what the journal holds of
    them.
    """
    if not rows:
        return
    guards = book.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '%BEFORE UPDATE%'",
        (table,),
    )
    for name, _ in guards:
        book.rows(f'DROP TRIGGER "{name}"')
    marks = ", ".join(f"{name} = ?" for name in values)
    for row in rows:
        blanks = [one.replace("{row}", str(row)) if isinstance(one, str) else one for one in values.values()]
        book.rows(f'UPDATE "{table}" SET {marks} WHERE id = ?', (*blanks, row))
        book.rows(
            "UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE rows = ? AND row = ? AND kind <> 'bulk'",
            (table, row),
        )
    for act, n, after in book.rows("SELECT act, n, after FROM change WHERE rows = ? AND kind = 'bulk'", (table,)):
        made = json.loads(after)
        if "first" in made and any(made["first"] <= row <= made["last"] for row in rows):
            book.rows("UPDATE change SET salt = NULL WHERE act = ? AND n = ?", (act, n))
    for _, statement in guards:
        book.rows(statement)


def sweep(book: Book) -> None:
    """Outside any transaction: rewrite the file, so that nothing of what was blanked is left in its pages."""
    book.rows("PRAGMA secure_delete = ON")
    book.rows("VACUUM")
