"""Version 4: what kind of letter a letter is, the reference it asks to quote, and texts that the owner wrote."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, FACT

TABLES = f"""
CREATE TABLE letter (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL UNIQUE REFERENCES notice(id), kind TEXT NOT NULL CHECK (kind <> ''),
  language TEXT NOT NULL, reference TEXT NOT NULL, coded TEXT NOT NULL, amount INTEGER NOT NULL, act {ACT}) STRICT;
CREATE TABLE letter_line (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  act {ACT}, UNIQUE (notice, invoice)) STRICT;
CREATE INDEX letter_line_invoice ON letter_line (invoice);
CREATE TABLE letter_text (
  id INTEGER PRIMARY KEY, language TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL \
CHECK (text <> ''), {FACT}) STRICT;
CREATE UNIQUE INDEX letter_text_one ON letter_text (language, kind) WHERE void_act IS NULL;
"""
WRITTEN_ONCE = {
    "letter": "id, notice, kind, language, reference, coded, amount, act",
    "letter_line": "id, notice, invoice, act",
}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("letter_text",))
