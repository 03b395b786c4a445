"""Opening a book: the file, its settings read back, its version, its guards; one transaction per act."""

from __future__ import annotations

import getpass
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import peewee

from arterm.rules.errors import ArtermError
from arterm.store import location, migrations
from arterm.store.copies import copy_to
from arterm.store.files import replace_file
from arterm.store.models.base import database
from arterm.store.records import load
from arterm.store.translate_errors import translate_errors

T = TypeVar("T")
Values = Sequence[Any] | Mapping[str, Any]
# What SQLite must run with, so that a write that returned is on the disk and a file from elsewhere runs no code.
PRAGMAS: Final[dict[str, int | str]] = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "busy_timeout": 10_000,
    "temp_store": 2,
}
_SPELT = {3: "extra", 2: "memory"}


class Book:
    """An open book. One is open at a time in a process; each thread has its own connection."""

    def __init__(self, path: Path, db: peewee.SqliteDatabase, read_only: bool, now: Callable[[], datetime]) -> None:
        self.path = path
        self.db = db
        self.read_only = read_only
        self.now = now
        self.warnings: list[str] = []
        self._wrote = False

    @classmethod
    def create(cls, path: Path, now: Callable[[], datetime] | None = None, anywhere: bool = False) -> Book:
        """Make a new book, readable by its owner only. Refuses (`exists`) to overwrite anything."""
        if not anywhere:
            location.refuse_shared(path)
        with translate_errors(path):
            location.make_private(path.parent)
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                raise ArtermError("exists.export", str(path)) from None
        book = cls._connected(path, now, read_only=False)
        with translate_errors(path), book.db.atomic():
            connection = book.connection
            for step in migrations.STEPS:
                step(connection)
            connection.execute(f"PRAGMA application_id={migrations.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={migrations.NEWEST}")
        return book

    @classmethod
    def open(cls, path: Path, now: Callable[[], datetime] | None = None, anywhere: bool = False) -> Book:
        """Open a book that exists; upgrade an older one (a copy is kept beside it).

        Refuses, with the reason, what is no book, a newer one, a damaged one, one on a shared folder.
        """
        if not path.exists():
            raise ArtermError("no_book", str(path))
        if path.is_dir():
            raise ArtermError("not_a_book.folder", str(path))
        if not anywhere:
            location.refuse_shared(path)
        read_only = not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK)
        book = cls._connected(path, now, read_only)
        try:
            book._check_version()
            book._check_head()
        except BaseException:
            book.db.close()
            raise
        if location.readable_by_others(path):
            book.warnings.append(f"Other people on this machine can read this book. Run: chmod 600 '{path}'")
        return book

    @classmethod
    def _connected(cls, path: Path, now: Callable[[], datetime] | None, read_only: bool) -> Book:
        address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
        db = peewee.SqliteDatabase(address, uri=True, lock_type="IMMEDIATE", pragmas=list(PRAGMAS.items()))
        database.initialize(db)
        book = cls(path, db, read_only, now or (lambda: datetime.now(UTC)))
        with translate_errors(path):
            db.connect()
            for name, wanted in PRAGMAS.items():
                found = book.connection.execute(f"PRAGMA {name}").fetchone()
                if found is None or str(found[0]).lower() not in (
                    str(wanted),
                    _SPELT.get(wanted, "") if isinstance(wanted, int) else "",
                ):
                    raise ArtermError("unsafe", str(path), name=name, found=found[0] if found else "unknown")
        return book

    def _check_version(self) -> None:
        with translate_errors(self.path):
            connection = self.connection
            kind = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if kind != migrations.APPLICATION_ID:
            raise ArtermError("not_a_book.header", str(self.path))
        if version > migrations.NEWEST:
            raise ArtermError("newer_book.version", str(self.path), version=version, newest=migrations.NEWEST)
        if version < migrations.NEWEST:
            self._upgrade(version)

    def _upgrade(self, version: int) -> None:
        """Run the missing migrations in one transaction, after keeping a copy of the book as it was."""
        if self.read_only:
            raise ArtermError("read_only.older_book", str(self.path))
        kept = self.path.with_name(f"{self.path.stem}.before-version-{migrations.NEWEST}.arterm")
        if not kept.exists():
            with translate_errors(self.path):
                copy_to(self.path, kept)
        with translate_errors(self.path), self.db.atomic():
            connection = self.connection
            for step in migrations.STEPS[version:]:
                step(connection)
            connection.execute(f"PRAGMA user_version={migrations.NEWEST}")
        self.warnings.append(f"The book was upgraded; as it was before, it is kept as {kept.name}.")

    @property
    def head_file(self) -> Path:
        """Beside the book: the last act as this machine saw it, so that a book quietly put back is noticed."""
        return self.path.with_name(self.path.name + ".head")

    def _check_head(self) -> None:
        try:
            number, digest = self.head_file.read_text(encoding="ascii").split()
            known = self.one("SELECT hash FROM act WHERE id = ?", (int(number),))
        except (OSError, ValueError):
            return
        if known is None or known[0] != digest:
            self.warnings.append(
                "This book is not the one that was closed here last: acts are missing or differ. Run: arterm doctor"
            )

    def write_head(self) -> None:
        """Note the newest act beside the book (atomically). A machine without that right goes without."""
        newest = self.one("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1")
        if newest is None:
            return
        try:
            replace_file(self.head_file, f"{newest[0]} {newest[1]}\n".encode("ascii"))
        except OSError:
            self.warnings.append("The note of the last act could not be written beside the book.")

    def close(self) -> None:
        """Close this thread's connection; note the last act if this book was written to."""
        if self._wrote and not self.db.is_closed():
            self.write_head()
            self._wrote = False
        self.db.close()

    def leave_thread(self) -> None:
        """Close the connection of a thread that is done; in the others the book stays open."""
        self.db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection to SQLite."""
        found: sqlite3.Connection = self.db.connection()  # type: ignore[no-untyped-call] # no types there
        return found

    def rows(self, sql: str, values: Values = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with translate_errors(self.path):
            found: list[Any] = self.connection.execute(sql, values).fetchall()
            return found

    def records(self, record: type[T], query: str | peewee.Query, values: Values = ()) -> list[T]:
        """All rows of a query (SQL text, or Peewee's) as frozen records, column by column."""
        sql, bound = (query, values) if isinstance(query, str) else query.sql()
        return load(record, self.rows(sql, bound))

    def record(self, record: type[T], query: str | peewee.Query, values: Values = ()) -> T | None:
        """The first row of a query as a frozen record, or None."""
        sql, bound = (query, values) if isinstance(query, str) else query.sql()
        row = self.one(sql, bound)
        return None if row is None else load(record, [row])[0]

    def column(self, query: str | peewee.Query, values: Values = ()) -> list[Any]:
        """The first column of all rows."""
        sql, bound = (query, values) if isinstance(query, str) else query.sql()
        return [row[0] for row in self.rows(sql, bound)]

    def value(self, query: str | peewee.Query, values: Values = ()) -> Any:
        """The first column of the first row; None where there is none."""
        sql, bound = (query, values) if isinstance(query, str) else query.sql()
        row = self.one(sql, bound)
        return None if row is None else row[0]

    def one(self, sql: str, values: Values = ()) -> Any:
        """The first row of a query, or None."""
        with translate_errors(self.path):
            return self.connection.execute(sql, values).fetchone()

    def stamp(self) -> int:
        """A number that changes when another program has written to the book."""
        return int(self.one("PRAGMA data_version")[0])

    def version(self) -> tuple[object, int, int]:
        """What is equal only as long as nothing was written, by this connection or by any other."""
        connection = self.connection
        return connection, connection.total_changes, self.stamp()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The transaction of an act: all of it is kept, or nothing.

        Raises ArtermError `read_only`, `busy`, `disk_full` and others in plain words.
        """
        if self.read_only:
            raise ArtermError("read_only.book", str(self.path))
        with translate_errors(self.path), self.db.atomic():
            yield
        self._wrote = True

    @contextmanager
    def caches(self) -> Iterator[None]:
        """A transaction for caches alone: nothing in it is an act. The caller checks `read_only`."""
        with translate_errors(self.path), self.db.atomic():
            yield


def sqlite_version() -> tuple[int, int, int]:
    """The SQLite this Python carries."""
    return sqlite3.sqlite_version_info


def who() -> str:
    """The account that acts are signed with."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "owner"
