"""Version 8: mail that goes out and comes in, the runs that send it, and who wants a word before an invoice is due."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, DAY, FACT

TABLES = f"""
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer(id), notice INTEGER \
REFERENCES notice(id), contact INTEGER REFERENCES contact(id),
  kind TEXT NOT NULL, sender TEXT NOT NULL, sender_mail TEXT NOT NULL, reply_to TEXT NOT NULL, to_name TEXT NOT NULL, \
to_mail TEXT NOT NULL CHECK (to_mail <> ''), subject TEXT NOT NULL, body TEXT NOT NULL, html TEXT NOT NULL,
  language TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE, refs TEXT NOT NULL, at TEXT NOT NULL, \
day {DAY.format("day")}, sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'reserved', 'sent', 'failed', 'unclear', 'cancelled')), \
attempts INTEGER NOT NULL DEFAULT 0,
  said TEXT NOT NULL DEFAULT '', {FACT}) STRICT;
CREATE INDEX outbox_customer ON outbox (customer);
CREATE INDEX outbox_notice ON outbox (notice) WHERE notice IS NOT NULL;
CREATE INDEX outbox_open ON outbox (state) WHERE state IN ('planned', 'reserved', 'unclear') AND void_act IS NULL;
CREATE TRIGGER outbox_says_the_same BEFORE UPDATE OF to_mail, subject, body, html, message_id, refs, at, \
sha256 ON outbox
  WHEN old.state <> 'planned' BEGIN SELECT RAISE(ABORT, 'what was mailed is not changed'); END;
CREATE TABLE outbox_part (
  id INTEGER PRIMARY KEY, outbox INTEGER NOT NULL REFERENCES outbox(id), name TEXT NOT NULL, \
document INTEGER REFERENCES document(id),
  attachment INTEGER REFERENCES attachment(id), act {ACT}, CHECK ((document IS NULL) <> (attachment IS NULL))) STRICT;
CREATE INDEX outbox_part_outbox ON outbox_part (outbox);
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY, folder TEXT NOT NULL, validity INTEGER NOT NULL, uid INTEGER NOT NULL, \
message_id TEXT NOT NULL, sender TEXT NOT NULL,
  sender_mail TEXT NOT NULL, subject TEXT NOT NULL, day {DAY.format("day")}, kind TEXT NOT NULL \
CHECK (kind IN ('reply', 'bounce', 'delay', 'auto')),
  customer INTEGER REFERENCES customer(id), outbox INTEGER REFERENCES outbox(id), body TEXT NOT NULL, \
said TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'read')), log INTEGER REFERENCES log(id), {FACT}) STRICT;
CREATE UNIQUE INDEX inbox_once ON inbox (folder, validity, uid) WHERE void_act IS NULL;
CREATE INDEX inbox_new ON inbox (customer) WHERE state = 'new' AND void_act IS NULL;
CREATE TABLE inbox_mark (
  id INTEGER PRIMARY KEY, folder TEXT NOT NULL, validity INTEGER NOT NULL, uid INTEGER NOT NULL, \
looked TEXT NOT NULL, {FACT}) STRICT;
CREATE UNIQUE INDEX inbox_mark_one ON inbox_mark (folder) WHERE void_act IS NULL;
CREATE TABLE mail_run (
  id INTEGER PRIMARY KEY, day {DAY.format("day")}, began TEXT NOT NULL, ended TEXT, state TEXT NOT NULL \
CHECK (state IN ('running', 'done', 'failed')),
  sent INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, unclear INTEGER NOT NULL DEFAULT 0, \
words TEXT NOT NULL DEFAULT '', {FACT}) STRICT;
CREATE TABLE mail_habit (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), courtesy INTEGER NOT NULL \
CHECK (courtesy BETWEEN 0 AND 30), {FACT}) STRICT;
CREATE UNIQUE INDEX mail_habit_one ON mail_habit (customer) WHERE void_act IS NULL;
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, day {DAY.format("day")}, kind TEXT NOT NULL, row INTEGER NOT NULL, act {ACT}) STRICT;
CREATE UNIQUE INDEX alert_once ON alert (kind, row, day);
"""
WRITTEN_ONCE = {"outbox_part": "id, outbox, name, document, attachment, act", "alert": "id, day, kind, row, act"}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("outbox", "inbox", "inbox_mark", "mail_run", "mail_habit"))
