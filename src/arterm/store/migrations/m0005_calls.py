"""Version 5: how a promise is to be paid, at what time to call back, and the wish not to be called."""

from __future__ import annotations

from sqlite3 import Connection

from arterm.store.migrations import guards
from arterm.store.migrations.m0001_book import ACT, DAY, FACT, OPTIONAL_DAY

TABLES = f"""
CREATE TABLE promise_method (
  id INTEGER PRIMARY KEY, promise INTEGER NOT NULL UNIQUE REFERENCES promise(id), method TEXT NOT NULL, \
act {ACT}) STRICT;
CREATE TABLE call_time (
  id INTEGER PRIMARY KEY, log INTEGER NOT NULL UNIQUE REFERENCES log(id),
  time TEXT NOT NULL CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'), act {ACT}) STRICT;
CREATE TABLE wish (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer(id), since {DAY.format("since")}, \
why TEXT NOT NULL CHECK (why <> ''),
  ended {OPTIONAL_DAY.format("ended")}, {FACT}) STRICT;
CREATE INDEX wish_customer ON wish (customer);
"""
WRITTEN_ONCE = {"promise_method": "id, promise, method, act", "call_time": "id, log, time, act"}


def run(connection: Connection) -> None:
    """Make the tables and their guards. The caller holds the transaction."""
    guards.make(connection, TABLES, WRITTEN_ONCE, ("wish",))
