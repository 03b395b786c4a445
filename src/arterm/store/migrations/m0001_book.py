"""Version 1: the journal, the facts, the money and the log. The schema itself refuses what must never be stored."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.rules.currencies import DIGITS

# A row's `act` names the act that made it; act rows are written last in a transaction, hence the deferred key.
ACT = "INTEGER NOT NULL REFERENCES act(id) DEFERRABLE INITIALLY DEFERRED"
VOID = "INTEGER REFERENCES act(id) DEFERRABLE INITIALLY DEFERRED"
DAY = "TEXT NOT NULL CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')"
OPTIONAL_DAY = "TEXT CHECK ({0} IS NULL OR {0} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')"
CURRENCY = "TEXT NOT NULL REFERENCES currency(code)"
FACT = f"act {ACT}, version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0), void_act {VOID}"

TABLES = f"""
CREATE TABLE currency (code TEXT PRIMARY KEY, digits INTEGER NOT NULL CHECK (digits BETWEEN 0 AND 4)) STRICT;

CREATE TABLE act (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, day {DAY.format("day")}, who TEXT NOT NULL, name TEXT NOT NULL,
  about TEXT, about_id INTEGER, undoes INTEGER UNIQUE REFERENCES act(id), prev TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE change (
  act {ACT}, n INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('insert', 'update', 'bulk')),
  rows TEXT NOT NULL, row INTEGER, before TEXT, after TEXT, salt BLOB, digest TEXT NOT NULL, PRIMARY KEY (act, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_of_row ON change (rows, row);

CREATE TABLE setting (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, {FACT}) STRICT;
CREATE TABLE profile (id INTEGER PRIMARY KEY, name TEXT NOT NULL, shape TEXT NOT NULL, mapping TEXT NOT NULL, \
{FACT}) STRICT;
CREATE UNIQUE INDEX profile_shape ON profile (shape) WHERE void_act IS NULL;
CREATE TABLE source_file (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, kind TEXT NOT NULL, act {ACT}, \
void_act {VOID}) STRICT;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), folded TEXT NOT NULL, own_no TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'unknown' CHECK (kind IN ('business', 'consumer', 'unknown')),
  country TEXT NOT NULL DEFAULT '' CHECK (country = '' OR country GLOB '[A-Z][A-Z]'),
  source_country TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
  vat_no TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  merged_into INTEGER REFERENCES customer(id) CHECK (merged_into <> id), archived {OPTIONAL_DAY.format("archived")}, \
{FACT}
) STRICT;
CREATE INDEX customer_folded ON customer (folded);
CREATE INDEX customer_own_no ON customer (own_no) WHERE own_no <> '';
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_act ON customer (act);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), role TEXT NOT NULL DEFAULT '',
  rank INTEGER NOT NULL DEFAULT 1, name TEXT NOT NULL DEFAULT '', mail TEXT NOT NULL DEFAULT '',
  mail_state TEXT NOT NULL DEFAULT 'good' CHECK (mail_state IN ('good', 'bad')), phone TEXT NOT NULL DEFAULT '',
  phone_state TEXT NOT NULL DEFAULT 'good' CHECK (phone_state IN ('good', 'bad')), {FACT},
  CHECK (name <> '' OR mail <> '' OR phone <> '')
) STRICT;
CREATE INDEX contact_customer ON contact (customer);

CREATE TABLE invoice (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), number TEXT NOT NULL CHECK (number <> ''),
  number_key TEXT NOT NULL, currency {CURRENCY}, issued {DAY.format("issued")}, due {DAY.format("due")},
  original_due {DAY.format("original_due")}, total INTEGER NOT NULL CHECK (total >= 0),
  kind TEXT NOT NULL DEFAULT 'invoice' CHECK (kind IN ('invoice', 'charge', 'refund', 'carried')),
  parent INTEGER REFERENCES invoice(id), basis TEXT NOT NULL DEFAULT '', reference TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', open INTEGER NOT NULL CHECK (open BETWEEN 0 AND total), {FACT},
  CHECK (void_act IS NULL OR open = total)
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (customer, number) WHERE void_act IS NULL AND kind = 'invoice';
CREATE INDEX invoice_key ON invoice (number_key);
CREATE INDEX invoice_customer ON invoice (customer, due);
CREATE INDEX invoice_act ON invoice (act);
CREATE INDEX invoice_issued ON invoice (issued);

CREATE TABLE credit (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY}, \
day {DAY.format("day")},
  total INTEGER NOT NULL CHECK (total > 0),
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'reported', 'credit_note', 'write_off', 'discount')),
  reference TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', payer_account TEXT NOT NULL DEFAULT '',
  free INTEGER NOT NULL CHECK (free BETWEEN 0 AND total), act {ACT}, void_act {VOID},
  CHECK (void_act IS NULL OR free = total)
) STRICT;
CREATE INDEX credit_customer ON credit (customer, day);
CREATE INDEX credit_free ON credit (currency, free) WHERE free > 0 AND void_act IS NULL;
CREATE INDEX credit_act ON credit (act);
CREATE INDEX credit_day ON credit (day);

CREATE TABLE allocation (
  id INTEGER PRIMARY KEY, credit INTEGER NOT NULL REFERENCES credit(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  amount INTEGER NOT NULL CHECK (amount <> 0), value_day {DAY.format("value_day")},
  reverses INTEGER UNIQUE REFERENCES allocation(id), restores INTEGER REFERENCES allocation(id), act {ACT},
  CHECK ((amount > 0) = (reverses IS NULL)), CHECK (restores IS NULL OR amount > 0)
) STRICT;
CREATE INDEX allocation_invoice ON allocation (invoice, value_day);
CREATE INDEX allocation_credit ON allocation (credit);
CREATE INDEX allocation_day ON allocation (value_day);
CREATE INDEX allocation_act ON allocation (act);

CREATE TABLE log (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), at TEXT NOT NULL, day {DAY.format("day")},
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')), channel TEXT NOT NULL, outcome TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '', contact INTEGER REFERENCES contact(id), note TEXT NOT NULL DEFAULT '',
  follow_up {OPTIONAL_DAY.format("follow_up")}, corrects INTEGER REFERENCES log(id), act {ACT}, void_act {VOID}
) STRICT;
CREATE UNIQUE INDEX log_corrects ON log (corrects) WHERE corrects IS NOT NULL AND void_act IS NULL;
CREATE INDEX log_customer ON log (customer, day);
CREATE INDEX log_day ON log (day, id);
CREATE TABLE log_line (
  id INTEGER PRIMARY KEY, log INTEGER NOT NULL REFERENCES log(id), invoice INTEGER NOT NULL REFERENCES invoice(id),
  act {ACT}, UNIQUE (log, invoice)) STRICT;

CREATE TABLE promise (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY},
  amount INTEGER NOT NULL CHECK (amount > 0), made {DAY.format("made")}, day {DAY.format("day")},
  log INTEGER REFERENCES log(id), act {ACT}, void_act {VOID}, CHECK (day >= made)
) STRICT;
CREATE INDEX promise_customer ON promise (customer);
CREATE TABLE promise_line (
  id INTEGER PRIMARY KEY, promise INTEGER NOT NULL REFERENCES promise(id),
  invoice INTEGER NOT NULL REFERENCES invoice(id), amount INTEGER NOT NULL CHECK (amount > 0), act {ACT},
  UNIQUE (promise, invoice)) STRICT;
CREATE INDEX promise_line_invoice ON promise_line (invoice);

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, owner TEXT NOT NULL CHECK (owner IN ('invoice', 'customer', 'log', 'setting')),
  owner_id INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX attachment_owner ON attachment (owner, owner_id);

CREATE TABLE document (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL, act {ACT}) STRICT;
CREATE TABLE notice (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY},
  state TEXT NOT NULL CHECK (state IN ('planned', 'written', 'issued', 'withdrawn')), day {DAY.format("day")},
  deadline {DAY.format("deadline")}, issued {OPTIONAL_DAY.format("issued")}, channel TEXT NOT NULL, \
step INTEGER NOT NULL CHECK (step > 0),
  document INTEGER REFERENCES document(id), {FACT},
  CHECK (state <> 'issued' OR issued IS NOT NULL)) STRICT;
CREATE INDEX notice_customer ON notice (customer, day);
CREATE TABLE notice_line (
  id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id),
  step INTEGER NOT NULL CHECK (step > 0), open INTEGER NOT NULL \
CHECK (open > 0), act {ACT}, UNIQUE (notice, invoice)) STRICT;
CREATE INDEX notice_line_invoice ON notice_line (invoice);
"""

# Rows that are history: written once. The columns left out here are the void mark and what triggers keep.
WRITTEN_ONCE = {
    "act": "id, at, day, who, name, about, about_id, undoes, prev, hash",
    "change": "act, n, kind, rows, row, digest",
    "source_file": "id, name, sha256, kind, act",
    "credit": "id, customer, currency, day, total, kind, reference, note, payer_account, act",
    "allocation": "id, credit, invoice, amount, value_day, reverses, restores, act",
    "log": "id, customer, at, day, direction, channel, outcome, reason, contact, note, follow_up, corrects, act",
    "log_line": "id, log, invoice, act",
    "promise": "id, customer, currency, amount, made, day, log, act",
    "promise_line": "id, promise, invoice, amount, act",
    "attachment": "id, owner, owner_id, name, path, sha256, bytes, act",
    "document": "id, name, sha256, bytes, act",
    "notice_line": "id, notice, invoice, step, open, act",
}
NEVER_DELETED = (*WRITTEN_ONCE, "setting", "profile", "customer", "contact", "invoice", "notice")

# What is allocated leaves the invoice's open sum and the credit's free sum; their checks refuse what is too much.
SUMS = """
CREATE TRIGGER allocation_sums AFTER INSERT ON allocation BEGIN
  UPDATE invoice SET open = open - NEW.amount WHERE id = NEW.invoice;
  UPDATE credit SET free = free - NEW.amount WHERE id = NEW.credit;
END;
CREATE TRIGGER allocation_fits BEFORE INSERT ON allocation
WHEN (SELECT currency FROM invoice WHERE id = NEW.invoice) <> (SELECT currency FROM credit WHERE id = NEW.credit)
BEGIN SELECT RAISE(ABORT, 'an allocation joins two currencies'); END;
"""


def run(connection: Connection) -> None:
    """Make the tables, their guards and the list of currencies. The caller holds the transaction."""
    for statement in split_statements(TABLES + SUMS + "".join(_guards())):
        connection.execute(statement)
    connection.executemany("INSERT INTO currency (code, digits) VALUES (?, ?)", sorted(DIGITS.items()))


def _guards() -> list[str]:
    once = [
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {columns} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END;\n"
        for table, columns in WRITTEN_ONCE.items()
    ]
    kept = [
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never deleted'); END;\n"
        for table in NEVER_DELETED
    ]
    return once + kept


def split_statements(script: str) -> list[str]:
    """The statements of a script one by one: `executescript` would end the caller's transaction."""
    import sqlite3

    statements: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            if pending.strip():
                statements.append(pending.strip())
            pending = ""
    return statements
