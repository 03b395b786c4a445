"""Version 7: bank statements and their lines, whose account is whose, and matches that were wrong."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, CURRENCY, DAY, FACT, OPTIONAL_DAY, VOID

TABLES = f"""
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, form TEXT NOT NULL, account TEXT NOT NULL, currency {CURRENCY}, \
number TEXT NOT NULL DEFAULT '',
  opening INTEGER, closing INTEGER, until {OPTIONAL_DAY.format("until")}, act {ACT}, void_act {VOID}) STRICT;
CREATE TABLE statement_line (
  id INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statement(id), day {DAY.format("day")}, \
booked {DAY.format("booked")},
  amount INTEGER NOT NULL CHECK (amount <> 0), currency {CURRENCY}, payer TEXT NOT NULL, account TEXT NOT NULL, \
reference TEXT NOT NULL,
  text TEXT NOT NULL, end_to_end TEXT NOT NULL, bank_ref TEXT NOT NULL, returned INTEGER NOT NULL \
CHECK (returned IN (0, 1)),
  charges INTEGER NOT NULL CHECK (charges >= 0), instructed INTEGER NOT NULL \
CHECK (instructed >= 0), instructed_currency TEXT NOT NULL,
  hash TEXT NOT NULL, occurrence INTEGER NOT NULL CHECK (occurrence > 0),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'booked', 'ignored')), credit INTEGER \
REFERENCES credit(id), note TEXT NOT NULL DEFAULT '', {FACT}) STRICT;
CREATE UNIQUE INDEX statement_line_once ON statement_line (hash, occurrence) WHERE void_act IS NULL;
CREATE INDEX statement_line_day ON statement_line (booked);
CREATE INDEX statement_line_waiting ON statement_line (state) WHERE state = 'waiting' AND void_act IS NULL;
CREATE INDEX statement_line_credit ON statement_line (credit) WHERE credit IS NOT NULL;
CREATE TABLE payer_account (
  id INTEGER PRIMARY KEY, account TEXT NOT NULL CHECK (account <> ''), customer INTEGER NOT NULL \
REFERENCES customer(id), {FACT}) STRICT;
CREATE UNIQUE INDEX payer_account_one ON payer_account (account) WHERE void_act IS NULL;
CREATE TABLE mismatch (
  id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES statement_line(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id), act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX mismatch_line ON mismatch (line);
"""
WRITTEN_ONCE = {
    "statement": "id, form, account, currency, number, opening, closing, until, act",
    "mismatch": "id, line, invoice, act",
}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("statement_line", "payer_account"))
