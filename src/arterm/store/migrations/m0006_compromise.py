"""Version 6: instalment plans, offers (a discount, more time, goodwill), and what the owner assumes when ways out are
compared.
"""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, CURRENCY, DAY, FACT, OPTIONAL_DAY, VOID

TABLES = f"""
CREATE TABLE plan (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY},
  origin TEXT NOT NULL CHECK (origin IN ('agreed', 'terms')), total INTEGER NOT NULL CHECK (total > 0),
  proposed {DAY.format("proposed")}, proposed_by TEXT NOT NULL, lapses {DAY.format("lapses")},
  accepted {OPTIONAL_DAY.format("accepted")}, accepted_by TEXT NOT NULL DEFAULT '',
  cancelled {OPTIONAL_DAY.format("cancelled")}, cancelled_by TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '',
  every TEXT NOT NULL CHECK (every IN ('week', '2weeks', 'month')), grace INTEGER NOT NULL CHECK (grace BETWEEN 0 \
AND 60),
  accelerate INTEGER NOT NULL CHECK (accelerate IN (0, 1)), surplus TEXT NOT NULL CHECK (surplus IN ('front', 'end')),
  interest INTEGER NOT NULL CHECK (interest IN (0, 1)), remind INTEGER NOT NULL CHECK (remind BETWEEN 0 AND 30),
  to_sign INTEGER NOT NULL CHECK (to_sign IN (0, 1)), signed INTEGER \
REFERENCES attachment(id), notice INTEGER REFERENCES notice(id),
  note TEXT NOT NULL DEFAULT '', {FACT},
  CHECK (lapses >= proposed), CHECK (accepted IS NULL OR accepted >= proposed), CHECK (cancelled IS NULL \
OR cancelled >= proposed)) STRICT;
CREATE INDEX plan_customer ON plan (customer);
CREATE TABLE plan_invoice (
  id INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan(id), invoice INTEGER NOT NULL REFERENCES invoice(id),
  amount INTEGER NOT NULL CHECK (amount > 0), act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX plan_invoice_plan ON plan_invoice (plan);
CREATE INDEX plan_invoice_invoice ON plan_invoice (invoice);
CREATE TABLE plan_charge (
  id INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan(id), invoice INTEGER NOT NULL REFERENCES invoice(id),
  kind TEXT NOT NULL CHECK (kind IN ('interest', 'compensation', 'costs')), law TEXT NOT NULL, \
amount INTEGER NOT NULL CHECK (amount > 0),
  until {DAY.format("until")}, debit INTEGER UNIQUE REFERENCES invoice(id), {FACT}) STRICT;
CREATE INDEX plan_charge_plan ON plan_charge (plan);
CREATE INDEX plan_charge_invoice ON plan_charge (invoice);
CREATE TABLE instalment (
  id INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan(id), n INTEGER NOT NULL \
CHECK (n > 0), due {DAY.format("due")},
  amount INTEGER NOT NULL CHECK (amount > 0), act {ACT}, UNIQUE (plan, n), UNIQUE (plan, due)) STRICT;
CREATE TABLE reminded (
  id INTEGER PRIMARY KEY, instalment INTEGER NOT NULL REFERENCES instalment(id), day {DAY.format("day")}, act {ACT}, \
void_act {VOID}) STRICT;
CREATE INDEX reminded_instalment ON reminded (instalment);

CREATE TABLE offer (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY},
  kind TEXT NOT NULL CHECK (kind IN ('discount', 'extend', 'goodwill')), amount INTEGER NOT NULL CHECK (amount >= 0),
  offered {DAY.format("offered")}, offered_by TEXT NOT NULL, until {DAY.format("until")},
  accepted {OPTIONAL_DAY.format("accepted")}, accepted_by TEXT NOT NULL DEFAULT '',
  declined {OPTIONAL_DAY.format("declined")}, declined_by TEXT NOT NULL DEFAULT '',
  interest INTEGER NOT NULL CHECK (interest IN (0, 1)), work INTEGER NOT NULL \
CHECK (work IN (0, 1)), note TEXT NOT NULL DEFAULT '',
  credit INTEGER REFERENCES credit(id), notice INTEGER REFERENCES notice(id), {FACT},
  CHECK (until >= offered), CHECK (kind <> 'discount' OR amount > 0)) STRICT;
CREATE INDEX offer_customer ON offer (customer);
CREATE TABLE offer_line (
  id INTEGER PRIMARY KEY, offer INTEGER NOT NULL REFERENCES offer(id), invoice INTEGER NOT NULL REFERENCES invoice(id),
  open INTEGER NOT NULL CHECK (open > 0), act {ACT}, UNIQUE (offer, invoice)) STRICT;
CREATE INDEX offer_line_invoice ON offer_line (invoice);

CREATE TABLE assumption (
  id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer(id), key TEXT NOT NULL \
CHECK (key <> ''), value TEXT NOT NULL CHECK (value <> ''), {FACT}) STRICT;
CREATE UNIQUE INDEX assumption_one ON assumption (coalesce(customer, 0), key) WHERE void_act IS NULL;
"""
WRITTEN_ONCE = {
    "plan_invoice": "id, plan, invoice, amount, act",
    "instalment": "id, plan, n, due, amount, act",
    "reminded": "id, instalment, day, act",
    "offer_line": "id, offer, invoice, open, act",
}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("plan", "plan_charge", "offer", "assumption"))
