"""What all rows of the book are made of: written once, or voidable by a later act, or facts with a version."""

from __future__ import annotations

from typing import Any

from peewee import DatabaseProxy, ForeignKeyField, IntegerField, Model, TextField

database = DatabaseProxy()


class RowReference(ForeignKeyField):
    """A foreign key whose column has the plain name, and whose attribute is the other row's number, never a query."""

    def __init__(self, model: type[Model] | str, null: bool = False) -> None:
        super().__init__(model, null=null, lazy_load=False, backref="+")

    def bind(self, model: type[Model], name: str, set_attribute: bool = True) -> None:
        """Take the field's own name as the column's: Peewee would add `_id` to it."""
        self.column_name = name
        super().bind(model, name, set_attribute)


class Row(Model):
    """Any row. `id` is the number that Peewee gives every table that names no key of its own."""

    id: Any

    class Meta:
        database = database
        legacy_table_names = False


class Act(Row):
    """One thing the owner did: the journal's line, chained to the one before by its hash."""

    at = TextField()
    day = TextField()
    who = TextField()
    name = TextField()
    about = TextField(null=True)
    about_id = IntegerField(null=True)
    undoes = RowReference("self", null=True)
    prev = TextField()
    hash = TextField()


class Made(Row):
    """A row that an act made."""

    act = RowReference(Act)


class Voidable(Made):
    """A row that a later act can mark void."""

    void_act = RowReference(Act, null=True)


class Fact(Voidable):
    """A row that changes, and counts how often."""

    version = IntegerField(default=1)
