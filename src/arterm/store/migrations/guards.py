"""Triggers that keep history as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from arterm.store.migrations.m0001_book import split_statements


def make(connection: Connection, tables: str, written_once: Mapping[str, str], facts: Sequence[str] = ()) -> None:
    """Make tables with their guards: rows `written_once` keep those columns, and neither they nor `facts` are
    deleted.
    """
    guards = [
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {columns} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END;\n"
        for table, columns in written_once.items()
    ]
    guards += [
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never deleted'); END;\n"
        for table in (*written_once, *facts)
    ]
    for statement in split_statements(tables + "".join(guards)):
        connection.execute(statement)
