"""The ways of the catalogue as SQL: which rows lead to a customer or an invoice, and to whom a stretch of rows leads.

It is text put together from the catalogue's own names. `these` is what stands between the brackets of `IN (...)`:
numbers, or a query that gives them.
"""

from __future__ import annotations

from typing import Final, Literal

from peewee import ForeignKeyField

from arterm.store.catalogue import JOURNALLED, TABLES
from arterm.store.catalogue.table import By, NamedIn, Nobody, Own, Tagged, Way, Ways, table_of

Subject = Literal["customer", "invoice"]


def ways_of(table: str, subject: Subject) -> tuple[Way, ...]:
    """The ways from a table's rows to their customer or invoice; none where they lead to none."""
    said: Ways = TABLES[table].customer if subject == "customer" else TABLES[table].invoice
    return () if isinstance(said, Nobody) else said


def tables_of(subject: Subject) -> list[str]:
    """Every table whose rows lead to a customer, or to an invoice."""
    return [name for name in TABLES if ways_of(name, subject)]


def condition(table: str, subject: Subject, these: str, ways: tuple[Way, ...] = ()) -> str:
    """What rows of a table that lead to one of `these` meet, by any of some ways (or by any at all)."""
    return " OR ".join(f"({one_way(table, way, subject, these)})" for way in ways or ways_of(table, subject))


def one_way(table: str, way: Way, subject: Subject, these: str) -> str:
    """The condition of one way."""
    if isinstance(way, Own):
        return f"id IN ({these})"
    if isinstance(way, By):
        return f"{way.column} IN ({_rows(target(table, way.column), subject, these)})"
    if isinstance(way, NamedIn):
        return f"id IN (SELECT {way.column} FROM {way.table} WHERE {condition(way.table, subject, these)})"
    if isinstance(way, Tagged):
        return f"{way.tag} = '{way.value}' AND \"{way.row}\" IN ({_rows(way.table, subject, these)})"
    others = f"SELECT {way.column} FROM {way.table} WHERE {condition(way.table, subject, these)}"
    return f"{way.unless} IS NULL AND {way.column} <> '' AND {way.column} IN ({others})"


def _rows(table: str, subject: Subject, these: str) -> str:
    return these if table == subject else f"SELECT id FROM {table} WHERE {condition(table, subject, these)}"


def target(table: str, column: str) -> str:
    """The table whose row a column names. Raises LookupError where it names none."""
    field = JOURNALLED[table]._meta.fields[column]
    if not isinstance(field, ForeignKeyField):
        raise LookupError(f"{table}.{column} names no row")
    return table_of(field.rel_model)


def _customers(table: str) -> str:
    """The customers that the rows numbered from one to another lead to."""
    return " UNION ".join(_customers_by(table, way.column) for way in ways_of(table, "customer") if isinstance(way, By))


def _customers_by(table: str, column: str) -> str:
    joins, at, n = "", table, 0
    while target(at, column) != "customer":
        at, n = target(at, column), n + 1
        joins += f" JOIN {at} t{n} ON t{n}.id = t{n - 1}.{column}"
        (column,) = (way.column for way in ways_of(at, "customer") if isinstance(way, By))
    there = f" AND t{n}.{column} IS NOT NULL" if JOURNALLED[at]._meta.fields[column].null else ""
    return f"SELECT DISTINCT t{n}.{column} FROM {table} t0{joins} WHERE t0.id BETWEEN :first AND :last{there}"


# Of each table that moves cases: whose cases the rows from `:first` to `:last` move.
MOVED: Final[dict[str, str]] = {name: _customers(name) for name, table in TABLES.items() if table.moves}
