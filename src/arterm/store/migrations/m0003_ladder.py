"""Version 3: ladders, pauses, disputes, terms, charges; the board keeps charges beside the principal."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations.m0001_book import ACT, DAY, FACT, OPTIONAL_DAY, VOID, split_statements

TABLES = f"""
CREATE TABLE ladder (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, words TEXT NOT NULL, care INTEGER NOT NULL, \
steps TEXT NOT NULL, {FACT}) STRICT;
CREATE TABLE ladder_choice (
  id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer(id), invoice INTEGER \
REFERENCES invoice(id), ladder TEXT NOT NULL, {FACT},
  CHECK ((customer IS NULL) <> (invoice IS NULL))) STRICT;
CREATE UNIQUE INDEX ladder_choice_customer ON ladder_choice (customer) WHERE customer IS NOT NULL AND void_act IS NULL;
CREATE UNIQUE INDEX ladder_choice_invoice ON ladder_choice (invoice) WHERE invoice IS NOT NULL AND void_act IS NULL;

CREATE TABLE pause (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), invoice INTEGER REFERENCES invoice(id),
  since {DAY.format("since")}, until {DAY.format("until")}, why TEXT NOT NULL \
CHECK (why <> ''), ended {OPTIONAL_DAY.format("ended")}, {FACT},
  CHECK (until >= since), CHECK (ended IS NULL OR ended >= since)) STRICT;
CREATE INDEX pause_customer ON pause (customer);

CREATE TABLE dispute (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  amount INTEGER NOT NULL CHECK (amount > 0), reason TEXT NOT NULL, who TEXT NOT NULL DEFAULT '', \
target {OPTIONAL_DAY.format("target")},
  note TEXT NOT NULL DEFAULT '', opened {DAY.format("opened")}, closed {OPTIONAL_DAY.format("closed")},
  outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'upheld', 'credited', 'withdrawn')), {FACT},
  CHECK ((closed IS NULL) = (outcome = '')), CHECK (closed IS NULL OR closed >= opened)) STRICT;
CREATE INDEX dispute_invoice ON dispute (invoice);

CREATE TABLE rate_owned (
  id INTEGER PRIMARY KEY, jurisdiction TEXT NOT NULL, kind TEXT NOT NULL, start {DAY.format("start")}, \
until {DAY.format("until")},
  rate TEXT NOT NULL, source TEXT NOT NULL DEFAULT '', act {ACT}, void_act {VOID}, CHECK (until >= start)) STRICT;

CREATE TABLE terms (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), edition TEXT NOT NULL, \
accepted {DAY.format("accepted")},
  rate TEXT NOT NULL DEFAULT '', costs_clause INTEGER NOT NULL DEFAULT 0 \
CHECK (costs_clause IN (0, 1)), note TEXT NOT NULL DEFAULT '',
  act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX terms_customer ON terms (customer, accepted);

CREATE TABLE step_done (
  id INTEGER PRIMARY KEY, invoice INTEGER NOT NULL REFERENCES invoice(id), step INTEGER NOT NULL CHECK (step > 0),
  day {DAY.format("day")}, log INTEGER REFERENCES log(id), act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX step_done_invoice ON step_done (invoice);

CREATE TABLE charge (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  kind TEXT NOT NULL CHECK (kind IN ('interest', 'compensation', 'costs')), step INTEGER NOT NULL \
CHECK (step > 0), law TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0), until {DAY.format("until")}, debit INTEGER UNIQUE \
REFERENCES invoice(id), {FACT}) STRICT;
CREATE UNIQUE INDEX charge_once ON charge (invoice, step, kind) WHERE debit IS NOT NULL AND void_act IS NULL;
CREATE INDEX charge_notice ON charge (notice);
CREATE INDEX invoice_parent ON invoice (parent) WHERE parent IS NOT NULL;

CREATE TABLE notice_kind (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL UNIQUE REFERENCES notice(id), tone TEXT NOT NULL, \
legal TEXT NOT NULL DEFAULT '', act {ACT}) STRICT;

CREATE TABLE notice_line_new (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  step INTEGER NOT NULL CHECK (step >= 0), open INTEGER NOT NULL \
CHECK (open > 0), act {ACT}, UNIQUE (notice, invoice)) STRICT;
INSERT INTO notice_line_new SELECT id, notice, invoice, step, open, act FROM notice_line;
DROP TABLE notice_line;
ALTER TABLE notice_line_new RENAME TO notice_line;
CREATE INDEX notice_line_invoice ON notice_line (invoice);

DROP TABLE board_case;
DROP TABLE open_day;
CREATE TABLE board_case (
  invoice INTEGER PRIMARY KEY REFERENCES invoice(id), customer INTEGER NOT NULL REFERENCES customer(id),
  currency TEXT NOT NULL REFERENCES currency(code), due TEXT NOT NULL, open INTEGER NOT NULL CHECK (open >= 0),
  charges INTEGER NOT NULL DEFAULT 0 CHECK (charges >= 0), status TEXT NOT NULL, step INTEGER NOT NULL, \
rank INTEGER NOT NULL, wake_on TEXT,
  CHECK (open + charges > 0)
) STRICT;
CREATE INDEX board_case_rank ON board_case (rank DESC, invoice);
CREATE INDEX board_case_customer ON board_case (customer);
CREATE INDEX board_case_wake ON board_case (wake_on) WHERE wake_on IS NOT NULL;
CREATE TABLE open_day (
  currency TEXT NOT NULL REFERENCES currency(code), due TEXT NOT NULL, n INTEGER NOT NULL CHECK (n >= 0),
  sum INTEGER NOT NULL CHECK (sum >= 0), charges INTEGER NOT NULL CHECK (charges >= 0), PRIMARY KEY (currency, due)
) STRICT, WITHOUT ROWID;
DELETE FROM cache_state;
"""
WRITTEN_ONCE = {
    "rate_owned": "id, jurisdiction, kind, start, until, rate, source, act",
    "terms": "id, customer, edition, accepted, rate, costs_clause, note, act",
    "step_done": "id, invoice, step, day, log, act",
    "notice_kind": "id, notice, tone, legal, act",
    "notice_line": "id, notice, invoice, step, open, act",
}
NEVER_DELETED = (*WRITTEN_ONCE, "ladder", "ladder_choice", "pause", "dispute", "charge")


def run(connection: Connection) -> None:
    """Make the tables and their guards; the caches are filled when the book is opened. The caller holds the
    transaction.
    """
    guards = [
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {columns} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END;\n"
        for table, columns in WRITTEN_ONCE.items()
    ]
    guards += [
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never deleted'); END;\n"
        for table in NEVER_DELETED
    ]
    for statement in split_statements(TABLES + "".join(guards)):
        connection.execute(statement)
