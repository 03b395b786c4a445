"""The journal: every change of an act, with images before and after, digested with salt and chained by hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any, Final

from peewee import Model

from arterm.rules.errors import Stale
from arterm.store.catalogue import image_columns
from arterm.store.catalogue.table import table_of
from arterm.store.ways import MOVED

FIRST_PREV: Final = "0" * 64
Image = dict[str, Any]


_spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """JSON with one spelling: what digests are taken over."""
    return _spell(value)


def digest_of(salt: bytes, *parts: Any) -> str:
    """The salted digest of a change: it proves the payload while that is kept, and hides it when it is erased."""
    return hashlib.sha256(salt + canonical(parts).encode()).hexdigest()


def bulk_digest(salt: bytes, images: Iterable[Sequence[Any]]) -> str:
    """The salted digest of many rows made by one act, in order of id."""
    running = hashlib.sha256(salt)
    for image in images:
        running.update(canonical(list(image)).encode())
    return running.hexdigest()


def chain_hash(prev: str, line: Sequence[Any], digests: Iterable[str]) -> str:
    """The hash that chains an act to the one before it."""
    return hashlib.sha256("\n".join((prev, canonical(list(line)), *digests)).encode()).hexdigest()


def bulk_columns(table: str) -> tuple[str, ...]:
    """The columns a bulk digest covers: a later void mark is journalled by the act that sets it."""
    return tuple(name for name in image_columns(table) if name != "void_act")


class UnitOfWork:
    """An act being done, inside its transaction: collects changes, then writes the journal line last."""

    def __init__(
        self,
        connection: Connection,
        name: str,
        day: date,
        at: datetime,
        who: str,
        about: str | None,
        about_id: int | None,
    ) -> None:
        self.connection = connection
        newest = connection.execute("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
        self.id: int = newest[0] + 1 if newest else 1
        self._prev: str = newest[1] if newest else FIRST_PREV
        self.name = name
        self.day = day
        self.at = at
        self.who = who
        self.about = about
        self.about_id = about_id
        self.undoes: int | None = None
        self.touched: set[int] = set()
        self._changes: list[tuple[Any, ...]] = []

    def touch(self, *customers: int) -> None:
        """Say whose cases this act moves; their caches are refreshed in the same transaction."""
        self.touched.update(customers)

    def insert(self, model: type[Model], /, **values: Any) -> int:
        """Add one row; returns its id."""
        table = table_of(model)
        row = int(model.insert(act=self.id, **values).execute())
        self._touch_rows(table, row, row)
        self._note("insert", table, row, None, self.image(table, row))
        return row

    def insert_many(self, model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
        """Add many rows with one digest; returns their ids, which follow each other."""
        table = table_of(model)
        if not rows:
            return []
        first = self.connection.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0]
        names = ", ".join(("id", "act", *columns))
        marks = ", ".join("?" * (len(columns) + 2))
        self.connection.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
            ((first + n, self.id, *row) for n, row in enumerate(rows)),
        )
        last = first + len(rows) - 1
        self._touch_rows(table, first, last)
        salt = secrets.token_bytes(16)
        images = self.connection.execute(
            f'SELECT {", ".join(bulk_columns(table))} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id',
            (first, last),
        )
        self._changes.append(
            ("bulk", table, None, None, canonical({"first": first, "last": last}), salt, bulk_digest(salt, images))
        )
        return list(range(first, last + 1))

    def update(
        self, model: type[Model], row: int, /, version: int | None = None, what: str = "This", **values: Any
    ) -> None:
        """Change a fact. With `version`, refuses (Stale) when somebody else changed it since it was read."""
        table = table_of(model)
        before = self.image(table, row)
        if version is not None and before["version"] != version:
            raise Stale(what, self._last_by(table, row))
        if "version" in before:
            values["version"] = before["version"] + 1
        names = ", ".join(f"{name} = :{name}" for name in values)
        if table == "invoice" and "total" in values:
            names += ", open = open + :total - total"  # a corrected total moves what is open, or is refused
        self.connection.execute(f'UPDATE "{table}" SET {names} WHERE id = :id', {**values, "id": row})
        after = self.image(table, row)
        self._note("update", table, row, before, after)
        self._touch_rows(table, row, row)
        for image in (before, after):
            if image.get("customer"):
                self.touch(int(image["customer"]))
            elif table == "customer":
                self.touch(int(image["id"]), *([int(image["merged_into"])] if image["merged_into"] else []))

    def _last_by(self, table: str, row: int) -> str:
        """Who changed a row last, and when."""
        found = self.connection.execute(
            "SELECT a.who, a.at FROM change x JOIN act a ON a.id = x.act WHERE x.rows = ? AND x.row = ? ORDER BY x.act"
            " DESC LIMIT 1",
            (table, row),
        ).fetchone()
        return f"{found[0]} at {found[1][11:16]} UTC" if found else ""

    def void(self, model: type[Model], row: int) -> None:
        """Mark a row as taken back by this act."""
        self.update(model, row, void_act=self.id)

    def void_made_by(self, model: type[Model], act: int) -> None:
        """Mark every row that one act made in bulk as taken back by this one."""
        table = table_of(model)
        found = [
            r[0]
            for r in self.connection.execute(
                f'SELECT id FROM "{table}" WHERE act = ? AND void_act IS NULL ORDER BY id', (act,)
            )
        ]
        if not found:
            return
        self.connection.execute(f'UPDATE "{table}" SET void_act = ? WHERE act = ? AND void_act IS NULL', (self.id, act))
        self._touch_rows(table, found[0], found[-1])
        salt = secrets.token_bytes(16)
        payload = {"voided": ranges(found)}
        self._changes.append(("bulk", table, None, None, canonical(payload), salt, digest_of(salt, table, payload)))

    def image(self, table: str, row: int) -> Image:
        """A row as the journal keeps it."""
        names = image_columns(table)
        found = self.connection.execute(f'SELECT {", ".join(names)} FROM "{table}" WHERE id = ?', (row,)).fetchone()
        if found is None:
            raise LookupError(f"{table} {row}")
        return dict(zip(names, found, strict=True))

    def write(self) -> None:
        """Write the act and its changes: the last thing in the transaction."""
        at = self.at.isoformat(timespec="seconds")
        line = (self.id, at, self.day.isoformat(), self.who, self.name, self.about, self.about_id, self.undoes)
        digest = chain_hash(self._prev, line, (change[-1] for change in self._changes))
        self.connection.execute(
            "INSERT INTO act (id, at, day, who, name, about, about_id, undoes, prev, hash) VALUES"
            " (?,?,?,?,?,?,?,?,?,?)",
            (*line, self._prev, digest),
        )
        self.connection.executemany(
            "INSERT INTO change (act, n, kind, rows, row, before, after, salt, digest) VALUES (?,?,?,?,?,?,?,?,?)",
            ((self.id, n, *change) for n, change in enumerate(self._changes, 1)),
        )

    def _touch_rows(self, table: str, first: int, last: int) -> None:
        query = MOVED.get(table)
        if query:
            self.touch(*(row[0] for row in self.connection.execute(query, {"first": first, "last": last})))

    def _note(self, kind: str, table: str, row: int, before: Image | None, after: Image) -> None:
        salt = secrets.token_bytes(16)
        old = None if before is None else canonical(before)
        digest = digest_of(salt, kind, table, row, before, after)
        self._changes.append((kind, table, row, old, canonical(after), salt, digest))


def ranges(ids: Sequence[int]) -> list[list[int]]:
    """Rising ids as closed ranges."""
    found: list[list[int]] = []
    for number in ids:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
