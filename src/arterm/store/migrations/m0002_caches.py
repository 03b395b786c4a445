"""Version 2: what follows from dates and receipts, kept ready for the board. All of it can be rebuilt at any time."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations.m0001_book import split_statements

TABLES = """
CREATE TABLE cache_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE board_case (
  invoice INTEGER PRIMARY KEY REFERENCES invoice(id), customer INTEGER NOT NULL REFERENCES customer(id),
  currency TEXT NOT NULL REFERENCES currency(code), due TEXT NOT NULL, open INTEGER NOT NULL CHECK (open > 0),
  status TEXT NOT NULL, step INTEGER NOT NULL, rank INTEGER NOT NULL, wake_on TEXT
) STRICT;
CREATE INDEX board_case_rank ON board_case (rank DESC, invoice);
CREATE INDEX board_case_customer ON board_case (customer);
CREATE INDEX board_case_wake ON board_case (wake_on) WHERE wake_on IS NOT NULL;

CREATE TABLE open_day (
  currency TEXT NOT NULL REFERENCES currency(code), due TEXT NOT NULL, n INTEGER NOT NULL CHECK (n >= 0),
  sum INTEGER NOT NULL CHECK (sum >= 0), PRIMARY KEY (currency, due)
) STRICT, WITHOUT ROWID;
"""


def run(connection: Connection) -> None:
    """Make the empty cache tables; they are filled when the book is opened. The caller holds the transaction."""
    for statement in split_statements(TABLES):
        connection.execute(statement)
