"""The journal checked against itself and against the rows: a changed, missing or slipped-in line is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from arterm.store.book import Book
from arterm.store.catalogue import JOURNALLED, TABLES, image_columns
from arterm.store.journal import FIRST_PREV, bulk_columns, bulk_digest, chain_hash, digest_of


def complaints(book: Book) -> Iterator[str]:
    """One sentence for everything that does not agree; nothing when the book is as it was written."""
    yield from _chain(book)
    yield from _payloads(book)
    for table in JOURNALLED:
        yield from _rows(book, table)


def page_faults(book: Book) -> list[str]:
    """What SQLite finds wrong with the pages of the file; nothing when they are sound."""
    found: list[str] = [row[0] for row in book.rows("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def lost_references(book: Book) -> int:
    """How many rows name a row that is not there."""
    return len(book.rows("PRAGMA foreign_key_check"))


def torn_papers(book: Book) -> list[str]:
    """Files in the book that are not what their hash says, as `document 12`; what was erased is none of them."""
    found = []
    for table in (name for name, said in TABLES.items() if said.papers):
        query = f'SELECT id, bytes, sha256 FROM "{table}" WHERE length(bytes) > 0 OR NOT EXISTS (SELECT 1 FROM erasure)'
        for row, content, digest in book.rows(query):
            if hashlib.sha256(content).hexdigest() != digest:
                found.append(f"{table} {row}")
    return found


def _chain(book: Book) -> Iterator[str]:
    digests: dict[int, list[str]] = {}
    for act, digest in book.rows("SELECT act, digest FROM change ORDER BY act, n"):
        digests.setdefault(act, []).append(digest)
    prev, expected = FIRST_PREV, 1
    for row in book.rows("SELECT id, at, day, who, name, about, about_id, undoes, prev, hash FROM act ORDER BY id"):
        if row[0] != expected:
            yield f"journal: act {expected} is missing"
        if row[8] != prev:
            yield f"journal: act {row[0]} does not follow the one before it"
        if chain_hash(row[8], row[:8], digests.pop(row[0], [])) != row[9]:
            yield f"journal: act {row[0]} was changed"
        prev, expected = row[9], row[0] + 1
    for act in digests:
        yield f"journal: changes of act {act} have no act"


def _payloads(book: Book) -> Iterator[str]:
    query = "SELECT act, n, kind, rows, row, before, after, salt, digest FROM change WHERE salt IS NOT NULL"
    for act, n, kind, table, row, before, after, salt, digest in book.rows(query):
        new = json.loads(after)
        if kind == "bulk":
            if "voided" in new and digest_of(salt, table, new) != digest:
                yield f"journal: change {n} of act {act} was changed"
            continue
        old = None if before is None else json.loads(before)
        if digest_of(salt, kind, table, row, old, new) != digest:
            yield f"journal: change {n} of act {act} was changed"


def _rows(book: Book, table: str) -> Iterator[str]:
    """Every row against its last image, and every import's rows against their digest."""
    first_before: dict[int, dict[str, Any]] = {}
    last_after: dict[int, dict[str, Any]] = {}
    query = (
        "SELECT row, before, after FROM change WHERE rows = ? AND kind <> 'bulk' AND salt IS NOT NULL ORDER BY act, n"
    )
    for row, before, after in book.rows(query, (table,)):
        if row not in last_after:
            first_before[row] = json.loads(before) if before else {}
        last_after[row] = json.loads(after)
    voided, made = _bulk(book, table)
    erased, erased_ranges = _erased(book, table)
    names = image_columns(table)
    seen: set[int] = set()
    for found in book.rows(f'SELECT {", ".join(names)} FROM "{table}"'):
        image = dict(zip(names, found, strict=True))
        row = image["id"]
        seen.add(row)
        voided_by = _covering(voided, row)
        if row in last_after:
            expected = dict(last_after[row])
            if voided_by is not None and "void_act" in expected:
                expected["void_act"] = voided_by
            # A column that a later version added is not in what was written before it.
            if {name: image.get(name) for name in expected} != expected:
                yield f"{table} {row}: the row is not what the journal says"
        elif row in erased or any(first <= row <= last for first, last in erased_ranges):
            continue
        elif not any(first <= row <= last for first, last, *_ in made):
            yield f"{table} {row}: no act made this row"
        elif image.get("void_act") != voided_by:
            yield f"{table} {row}: its void mark is not what the journal says"
    for row in last_after.keys() - seen:
        yield f"{table} {row}: the row is missing"
    columns = bulk_columns(table)
    for first, last, salt, digest in made:
        images = _as_made(book, table, columns, first, last, first_before)
        if bulk_digest(salt, images) != digest:
            yield f"{table} {first} to {last}: these rows are not what was brought in"


def _erased(book: Book, table: str) -> tuple[set[int], list[tuple[int, int]]]:
    """Rows, and ranges of rows, whose payload was erased on purpose: the chain still holds, their words are gone."""
    rows = {
        row
        for (row,) in book.rows("SELECT row FROM change WHERE rows = ? AND kind <> 'bulk' AND salt IS NULL", (table,))
    }
    bulk = book.column("SELECT after FROM change WHERE rows = ? AND kind = 'bulk' AND salt IS NULL", (table,))
    made = [payload for payload in map(json.loads, bulk) if "first" in payload]
    return rows, [(payload["first"], payload["last"]) for payload in made]


def _bulk(book: Book, table: str) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, bytes, str]]]:
    """Ranges voided in bulk as (first, last, act), and ranges made in bulk as (first, last, salt, digest)."""
    voided: list[tuple[int, int, int]] = []
    made: list[tuple[int, int, bytes, str]] = []
    query = (
        "SELECT act, after, salt, digest FROM change WHERE rows = ? AND kind = 'bulk' AND salt IS NOT NULL ORDER BY act"
    )
    for act, after, salt, digest in book.rows(query, (table,)):
        payload = json.loads(after)
        if "voided" in payload:
            voided += [(first, last, act) for first, last in payload["voided"]]
        else:
            made.append((payload["first"], payload["last"], salt, digest))
    return voided, made


def _covering(voided: list[tuple[int, int, int]], row: int) -> int | None:
    found = None
    for first, last, act in voided:
        if first <= row <= last:
            found = act
    return found


def _as_made(
    book: Book, table: str, columns: tuple[str, ...], first: int, last: int, before: dict[int, dict[str, Any]]
) -> Iterator[list[Any]]:
    query = f'SELECT {", ".join(columns)} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id'
    at = columns.index("id")
    for found in book.rows(query, (first, last)):
        old = before.get(found[at])
        yield [old[name] for name in columns] if old else list(found)
