"""Version 9: whether to supply (checks, conditions, stops), and those who help (partners, hand-overs, what came of
them).
"""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, CURRENCY, DAY, FACT, OPTIONAL_DAY, VOID

TABLES = f"""
CREATE TABLE credit_check (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), source TEXT NOT NULL \
CHECK (source <> ''), day {DAY.format("day")},
  result TEXT NOT NULL CHECK (result IN ('good', 'caution', 'bad', 'unknown')), score TEXT NOT NULL DEFAULT '', \
note TEXT NOT NULL DEFAULT '',
  expires {OPTIONAL_DAY.format("expires")}, again {OPTIONAL_DAY.format("again")}, document INTEGER \
REFERENCES attachment(id), act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX credit_check_customer ON credit_check (customer);
CREATE TABLE supply_terms (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), currency {CURRENCY},
  credit_limit INTEGER CHECK (credit_limit >= 0), days INTEGER CHECK (days BETWEEN 0 \
AND 365), prepay INTEGER NOT NULL DEFAULT 0 CHECK (prepay BETWEEN 0 AND 100),
  note TEXT NOT NULL DEFAULT '', {FACT}) STRICT;
CREATE UNIQUE INDEX supply_terms_one ON supply_terms (customer) WHERE void_act IS NULL;
CREATE TABLE freeze (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), since {DAY.format("since")}, \
why TEXT NOT NULL CHECK (why <> ''),
  who_may TEXT NOT NULL DEFAULT '', carve_outs TEXT NOT NULL DEFAULT '', lifted {OPTIONAL_DAY.format("lifted")}, \
lifted_why TEXT NOT NULL DEFAULT '', {FACT},
  CHECK (lifted IS NULL OR lifted >= since)) STRICT;
CREATE INDEX freeze_customer ON freeze (customer);
CREATE TABLE partner (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), folded TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('agency', 'factor', 'attorney', 'mediator')), contact TEXT NOT NULL DEFAULT '', \
mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', area TEXT NOT NULL DEFAULT '', \
languages TEXT NOT NULL DEFAULT '', currency {CURRENCY},
  least INTEGER NOT NULL DEFAULT 0 CHECK (least >= 0), oldest INTEGER NOT NULL DEFAULT 0 \
CHECK (oldest >= 0), undisputed INTEGER NOT NULL DEFAULT 1 CHECK (undisputed IN (0, 1)),
  model TEXT NOT NULL CHECK (model IN ('flat', 'percent', 'no_cure_no_pay')), flat INTEGER NOT NULL DEFAULT 0 \
CHECK (flat >= 0),
  rates TEXT NOT NULL DEFAULT '', advance INTEGER NOT NULL DEFAULT 0 CHECK (advance BETWEEN 0 \
AND 10000), recourse INTEGER NOT NULL DEFAULT 1 CHECK (recourse IN (0, 1)),
  days INTEGER NOT NULL DEFAULT 60 CHECK (days BETWEEN 0 AND 2000), note TEXT NOT NULL DEFAULT '', {FACT}) STRICT;
CREATE UNIQUE INDEX partner_one ON partner (folded) WHERE void_act IS NULL;
CREATE TABLE partner_review (
  id INTEGER PRIMARY KEY, partner INTEGER NOT NULL REFERENCES partner(id), day {DAY.format("day")}, \
stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  note TEXT NOT NULL DEFAULT '', act {ACT}, void_act {VOID}) STRICT;
CREATE INDEX partner_review_partner ON partner_review (partner);
CREATE TABLE handover (
  id INTEGER PRIMARY KEY, partner INTEGER NOT NULL REFERENCES partner(id), customer INTEGER NOT NULL \
REFERENCES customer(id), currency {CURRENCY},
  kind TEXT NOT NULL CHECK (kind IN ('collection', 'sale', 'mediation')), day {DAY.format("day")}, \
face INTEGER NOT NULL CHECK (face > 0),
  ended {OPTIONAL_DAY.format("ended")}, outcome TEXT NOT NULL DEFAULT '', advance INTEGER NOT NULL DEFAULT 0 \
CHECK (advance >= 0), fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0),
  recourse INTEGER NOT NULL DEFAULT 1 CHECK (recourse IN (0, 1)), note TEXT NOT NULL DEFAULT '', {FACT}, \
CHECK (ended IS NULL OR ended >= day)) STRICT;
CREATE INDEX handover_customer ON handover (customer);
CREATE INDEX handover_partner ON handover (partner);
CREATE TABLE handover_line (
  id INTEGER PRIMARY KEY, handover INTEGER NOT NULL REFERENCES handover(id), invoice INTEGER NOT NULL \
REFERENCES invoice(id), open INTEGER NOT NULL CHECK (open >= 0),
  act {ACT}) STRICT;
CREATE INDEX handover_line_handover ON handover_line (handover);
CREATE INDEX handover_line_invoice ON handover_line (invoice);
CREATE TABLE handover_report (
  id INTEGER PRIMARY KEY, handover INTEGER NOT NULL REFERENCES handover(id), day {DAY.format("day")}, \
received INTEGER NOT NULL CHECK (received >= 0),
  cut INTEGER NOT NULL CHECK (cut >= 0), note TEXT NOT NULL DEFAULT '', credit INTEGER \
REFERENCES credit(id), act {ACT}, void_act {VOID}, CHECK (received > 0 OR cut > 0 OR note <> '')) STRICT;
CREATE INDEX handover_report_handover ON handover_report (handover);
"""
WRITTEN_ONCE = {
    "credit_check": "id, customer, source, day, result, score, note, expires, again, document, act",
    "partner_review": "id, partner, day, stars, note, act",
    "handover_line": "id, handover, invoice, open, act",
    "handover_report": "id, handover, day, received, cut, note, credit, act",
}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("supply_terms", "freeze", "partner", "handover"))
