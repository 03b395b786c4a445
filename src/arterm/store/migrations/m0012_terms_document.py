"""Version 12: the document of general terms that a customer accepted."""

from __future__ import annotations

from sqlite3 import Connection


def run(connection: Connection) -> None:
    """Add the column, written once like the rest of its row. The caller holds the transaction."""
    connection.execute("ALTER TABLE terms ADD COLUMN document INTEGER REFERENCES attachment(id)")
    connection.execute(
        "CREATE TRIGGER terms_document_written_once BEFORE UPDATE OF document ON terms"
        " BEGIN SELECT RAISE(ABORT, 'terms rows are written once'); END"
    )
