"""The ways of the catalogue as SQL: which rows lead to a customer or an invoice, and to whom a stretch of rows leads.

It is text put together from the catalogue's own names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from peewee import ForeignKeyField

from arterm.store.catalogue import JOURNALLED, TABLES
from arterm.store.catalogue.table import By, NamedIn, Nobody, Own, Tagged, Way, Ways, table_of

Subject = Literal["customer", "invoice"]
# What stands in `IN (...)` for the rows of a table that lead there: numbers, or a query that gives them.
Rows = Callable[[str], str]


def ways_of(table: str, subject: Subject) -> tuple[Way, ...]:
    """The ways from a table's rows to their customer or invoice; none where they lead to none."""
    said: Ways = TABLES[table].customer if subject == "customer" else TABLES[table].invoice
    return () if isinstance(said, Nobody) else said


def tables_of(subject: Subject) -> list[str]:
    """Every table whose rows lead to a customer, or to an invoice; each after those that its ways go by."""
    found: list[str] = []

    def add(table: str) -> None:
        if table not in found:
            for way in ways_of(table, subject):
                if not isinstance(way, Own) and (there := _next(table, way)) != table:
                    add(there)
            found.append(table)

    for name in TABLES:
        if ways_of(name, subject):
            add(name)
    return found


def _next(table: str, way: Way) -> str:
    """The table that a way goes by first."""
    if isinstance(way, By):
        return target(table, way.column)
    return table if isinstance(way, Own) else way.table


def about_customers(table: str, ids: str, ways: tuple[Way, ...] = ()) -> str:
    """What rows of a table meet that lead to the customers of these numbers, by some ways or by any at all."""

    def rows(there: str) -> str:
        return ids if there == "customer" else f'SELECT id FROM "{there}" WHERE {condition(there, "customer", rows)}'

    return condition(table, "customer", rows, ways)


def condition(table: str, subject: Subject, rows: Rows, ways: tuple[Way, ...] = ()) -> str:
    """What rows of a table meet that lead, by some ways or by any at all, to `rows` of the tables that these go by."""
    return " OR ".join(f"({_one(table, way, subject, rows)})" for way in ways or ways_of(table, subject))


def _one(table: str, way: Way, subject: Subject, rows: Rows) -> str:
    if isinstance(way, Own):
        return f"id IN ({rows(subject)})"
    there = rows(_next(table, way))
    if isinstance(way, By):
        return f"{way.column} IN ({there})"
    if isinstance(way, NamedIn):
        return f'id IN (SELECT {way.column} FROM "{way.table}" WHERE id IN ({there}))'
    if isinstance(way, Tagged):
        return f"{way.tag} = '{way.value}' AND \"{way.row}\" IN ({there})"
    others = f'SELECT {way.column} FROM "{way.table}" WHERE id IN ({there})'
    return f"{way.unless} IS NULL AND {way.column} <> '' AND {way.column} IN ({others})"


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
        joins += f' JOIN "{at}" t{n} ON t{n}.id = t{n - 1}.{column}'
        (column,) = (way.column for way in ways_of(at, "customer") if isinstance(way, By))
    there = f" AND t{n}.{column} IS NOT NULL" if JOURNALLED[at]._meta.fields[column].null else ""
    return f'SELECT DISTINCT t{n}.{column} FROM "{table}" t0{joins} WHERE t0.id BETWEEN :first AND :last{there}'


# Of each table that moves cases: whose cases the rows from `:first` to `:last` move.
MOVED: Final[dict[str, str]] = {name: _customers(name) for name, table in TABLES.items() if table.moves}
