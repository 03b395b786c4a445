"""Version 11: a mediation is proposed first; when it was accepted, when they meet, and whether they agreed."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations.m0001_book import OPTIONAL_DAY


def run(connection: Connection) -> None:
    """Add the columns. The caller holds the transaction."""
    connection.execute(f"ALTER TABLE handover ADD COLUMN accepted {OPTIONAL_DAY.format('accepted')}")
    connection.execute(f"ALTER TABLE handover ADD COLUMN meets {OPTIONAL_DAY.format('meets')}")
    connection.execute("ALTER TABLE handover ADD COLUMN agreed INTEGER CHECK (agreed IN (0, 1))")
