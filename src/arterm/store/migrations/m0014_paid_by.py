"""Version 14: of what the buyer of a claim reports, whether it is their own money or what the customer paid them."""

from __future__ import annotations

from sqlite3 import Connection


def run(connection: Connection) -> None:
    """Add the column, written once like the rest of its row. The caller holds the transaction."""
    connection.execute(
        "ALTER TABLE handover_report ADD COLUMN by_customer INTEGER NOT NULL DEFAULT 0 CHECK (by_customer IN (0, 1))"
    )
    connection.execute(
        "CREATE TRIGGER handover_report_by_customer_written_once BEFORE UPDATE OF by_customer ON handover_report"
        " BEGIN SELECT RAISE(ABORT, 'handover_report rows are written once'); END"
    )
