"""Version 10: whose data was erased, when, and what had to be kept."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, DAY

TABLES = f"""
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), day {DAY.format("day")},
  books_kept INTEGER NOT NULL CHECK (books_kept IN (0, 1)), act {ACT}) STRICT;
"""
WRITTEN_ONCE = {"erasure": "id, customer, day, books_kept, act"}


def run(connection: Connection) -> None:
    """Make the table and its guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE)
