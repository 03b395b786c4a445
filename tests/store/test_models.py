"""Models and records: the same columns and keys as the schema, and rows that become what their fields say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from peewee import ForeignKeyField

from arterm.desk.session import Desk
from arterm.store.catalogue import JOURNALLED
from arterm.store.migrations.m0015_views import VOIDABLE
from arterm.store.models.book import Customer
from arterm.store.records import load
from tests.conftest import customer


@pytest.mark.parametrize("table", sorted(JOURNALLED))
def test_a_model_has_the_columns_and_keys_of_its_table(table: str, desk: Desk) -> None:
    fields = JOURNALLED[table]._meta.fields
    assert {field.column_name for field in fields.values()} == {
        row[1] for row in desk.book.rows(f'PRAGMA table_info("{table}")')
    }
    keys = {row[3]: row[2] for row in desk.book.rows(f'PRAGMA foreign_key_list("{table}")') if row[2] != "currency"}
    assert keys == {
        field.column_name: field.rel_model._meta.table_name
        for field in fields.values()
        if isinstance(field, ForeignKeyField)
    }


def test_every_table_with_a_void_mark_has_its_live_view(desk: Desk) -> None:
    marked = {
        table
        for (table,) in desk.book.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if any(row[1] == "void_act" for row in desk.book.rows(f'PRAGMA table_info("{table}")'))
    }
    assert marked == set(VOIDABLE)
    for table in marked:
        assert desk.book.rows(f"SELECT count(*) FROM live_{table}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a row is read into here."""

    name: str
    day: date
    ended: date | None
    flag: bool


def test_rows_become_what_their_fields_say(desk: Desk) -> None:
    assert load(Seen, [("a", "2026-11-22", None, 1)]) == [Seen("a", date(2026, 11, 22), None, True)]
    with pytest.raises(ValueError, match="4 fields, and the row 3"):
        load(Seen, [("a", "2026-11-22", None)])
    who = customer(desk)
    query = Customer.select(Customer.name, Customer.own_no).where(Customer._meta.primary_key == who)
    assert desk.book.rows(*query.sql()) == [("Van Damme NV", "")]
    assert desk.book.value(query) == "Van Damme NV"
    assert desk.book.column(query) == ["Van Damme NV"]
    assert desk.book.value("SELECT name FROM customer WHERE id = ?", (0,)) is None
