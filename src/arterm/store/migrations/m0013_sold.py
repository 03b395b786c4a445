"""Version 13: the day on which sold claims were given back. What ended before this version came back on its last
day.
"""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations.m0001_book import OPTIONAL_DAY


def run(connection: Connection) -> None:
    """Add the column. The caller holds the transaction."""
    connection.execute(f"ALTER TABLE handover ADD COLUMN returned {OPTIONAL_DAY.format('returned')}")
    connection.execute("UPDATE handover SET returned = ended WHERE kind = 'sale' AND ended IS NOT NULL")
