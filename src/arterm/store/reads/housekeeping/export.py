"""Every table as the catalogue says that it is exported, and the files that the book holds.

The queries are put together from the catalogue: SQL text, since no table is named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arterm.rules.currencies import DIGITS
from arterm.rules.money import plain
from arterm.store.book import Book
from arterm.store.catalogue import TABLES
from arterm.store.catalogue.table import Export, ExportColumn, Table
from arterm.store.ways import target


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that is exported, and under which name."""

    table: str
    name: str


def exported_tables() -> list[Exported]:
    """All of them, in the order of the catalogue."""
    said = ((name, table.export) for name, table in TABLES.items())
    return [Exported(name, export.name) for name, export in said if isinstance(export, Export)]


def exported(book: Book, table: str) -> list[dict[str, Any]]:
    """The rows of a table that stand, by the names of the exported columns; money as a decimal number in text."""
    export = TABLES[table].export
    assert isinstance(export, Export), f"{table} is not exported"
    columns = export.parsed()
    return [_row(columns, values) for values in book.rows(_query(TABLES[table], export))]


def _row(columns: tuple[ExportColumn, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    row = {column.name: value for column, value in zip(columns, values, strict=True)}
    for column in columns:
        currency = row.get(column.money, "") if column.money else ""
        if currency in DIGITS and row[column.name] is not None:
            row[column.name] = plain(row[column.name], currency)
    return row


def _query(table: Table, export: Export) -> str:
    joined: dict[str, str] = {}  # the row's column, and what the row that it names is called in the query

    def there(column: str) -> str:
        return joined.setdefault(column, f"j{len(joined) + 1}")

    chosen = [
        f't."{column.path[0]}"' if len(column.path) == 1 else f'{there(column.path[0])}."{column.path[1]}"'
        for column in export.parsed()
    ]
    standing = ""
    parents = [name for name in table.columns if table.goes_with and _names(table.name, name, table.goes_with)]
    if table.voidable:
        standing = "WHERE t.void_act IS NULL"
    elif parents:
        standing = f"WHERE {there(parents[0])}.void_act IS NULL"
    joins = "".join(
        f'\nLEFT JOIN "{target(table.name, column)}" {name} ON {name}.id = t."{column}"'
        for column, name in joined.items()
    )
    order = ", ".join(f"t.{name.strip()}" for name in export.order.split(","))
    return f'SELECT {", ".join(chosen)}\nFROM "{table.name}" t{joins}\n{standing}\nORDER BY {order}'


def _names(table: str, column: str, other: str) -> bool:
    """Whether a column names rows of another table."""
    try:
        return target(table, column) == other
    except LookupError:
        return False


def paper_tables() -> list[str]:
    """The tables that hold files."""
    return [name for name, table in TABLES.items() if table.papers]


def paper_rows(book: Book, table: str) -> list[int]:
    """The rows of such a table that stand."""
    standing = "WHERE void_act IS NULL" if TABLES[table].voidable else ""
    found: list[int] = book.column(f'SELECT id FROM "{table}" {standing} ORDER BY id')
    return found


def paper(book: Book, table: str, row: int) -> bytes:
    """A file, byte for byte."""
    return bytes(book.value(f'SELECT bytes FROM "{table}" WHERE id = ?', (row,)))
