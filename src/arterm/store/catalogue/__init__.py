"""What is said of every table, in one place: whose its rows are, undo, export, erasure. Who adds a table says it here.

The journal, undo, history, export, erasure, the doctor and the file about a person read it; a test holds it against the
schema.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from peewee import Model

from arterm.store.catalogue import (
    accounts,
    bank,
    compromise,
    contacts,
    dunning,
    letters,
    machinery,
    mail,
    owner,
    partners,
)
from arterm.store.catalogue.table import Table

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for group in (accounts, contacts, letters, dunning, compromise, bank, mail, partners, owner, machinery)
    for table in group.TABLES
}
JOURNALLED: Final[dict[str, type[Model]]] = {
    name: table.model for name, table in TABLES.items() if not table.unjournalled and not isinstance(table.model, str)
}


@cache
def image_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that the journal keeps images of, in the table's order."""
    said = TABLES[table]
    return tuple(name for name in said.columns if name not in said.derived and name not in said.heavy)
