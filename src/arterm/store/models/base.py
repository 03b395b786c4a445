"""What all rows of the book are made of: written once, or voidable by a later act, or facts with a version."""

from __future__ import annotations

from peewee import DatabaseProxy, IntegerField, Model

database = DatabaseProxy()


class Row(Model):
    """Any row."""

    class Meta:
        database = database
        legacy_table_names = False


class Made(Row):
    """A row that an act made."""

    act = IntegerField()


class Voidable(Made):
    """A row that a later act can mark void."""

    void_act = IntegerField(null=True)


class Fact(Voidable):
    """A row that changes, and counts how often."""

    version = IntegerField(default=1)
