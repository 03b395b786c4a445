"""Verified copies of a book, made while it is in use; a file is looked at as if it were hostile."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from arterm.rules.errors import ArtermError
from arterm.store import migrations
from arterm.store.files import flush_folder
from arterm.store.translate_errors import translate_errors


def copy_to(book: Path, target: Path) -> None:
    """A verified copy of a book under a new name; whole or absent. Refuses (`exists`) an existing file."""
    if target.exists() or target.is_symlink():
        raise ArtermError("exists.target", str(target))
    if not target.parent.is_dir():
        raise ArtermError("no_folder.path", str(target.parent))
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with translate_errors(target):
            _require_room(book, target)
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_opened(book)) as source, closing(sqlite3.connect(temporary)) as copy:
                copy.execute("PRAGMA synchronous=EXTRA")
                source.backup(copy)
        verify(temporary)
        with translate_errors(target):
            _flush(temporary)
            temporary.rename(target)
            flush_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act of a copy, by number and UTC time; 0 and empty where there is none yet."""

    id: int
    at: str


def verify(path: Path) -> LastAct:
    """Check that a file is a whole book; returns its newest act. The file is treated as hostile.

    Raises ArtermError `not_a_book`, `newer_book` or `damaged`.
    """
    with translate_errors(path), closing(_opened(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
            raise ArtermError("not_a_book.sqlite", str(path))
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > migrations.NEWEST:
            raise ArtermError("newer_book.unknown", str(path))
        if _schema(connection) != _own_schema(version):
            raise ArtermError("damaged.schema", str(path))
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ArtermError("damaged.book", str(path))
        newest = connection.execute("SELECT id, at FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return LastAct(*newest) if newest else LastAct(0, "")


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    )
    return set(rows.fetchall())


def _own_schema(version: int) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in migrations.STEPS[:version]:
            step(connection)
        return _schema(connection)


def _require_room(book: Path, target: Path) -> None:
    if not hasattr(os, "statvfs"):
        return
    room = os.statvfs(target.parent)
    if room.f_bavail * room.f_frsize < 2 * book.stat().st_size:
        raise ArtermError("disk_full.copy", str(target.parent))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
