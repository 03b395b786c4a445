"""Copies of a book: made while it is in use, verified before they count, and brought back without losing the other."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from arterm.rules.errors import ArtermError
from arterm.store import migrations
from arterm.store.book import APPLICATION_ID, Book, plain_words
from arterm.store.files import flush_folder


def copy_to(book: Path, target: Path) -> None:
    """A verified copy of a book under a new name; whole or absent. Refuses (`exists`) an existing file."""
    if target.exists() or target.is_symlink():
        raise ArtermError("exists", "There is a file already.", str(target), "Name another one.")
    if not target.parent.is_dir():
        raise ArtermError("no_folder", "There is no such folder.", str(target.parent), "Make it, or name another one.")
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with plain_words(target):
            _require_room(book, target)
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_opened(book)) as source, closing(sqlite3.connect(temporary)) as copy:
                copy.execute("PRAGMA synchronous=EXTRA")
                source.backup(copy)
        verify(temporary)
        with plain_words(target):
            _flush(temporary)
            temporary.rename(target)
            flush_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)


def verify(path: Path) -> tuple[int, str]:
    """Check that a file is a whole book; returns its newest act (id, UTC time). The file is treated as hostile.

    Raises ArtermError `not_a_book`, `newer_book` or `damaged`.
    """
    with plain_words(path), closing(_opened(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ArtermError("not_a_book", "This is not an arterm book.", str(path), "Name a backup made by arterm.")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > migrations.NEWEST:
            raise ArtermError("newer_book", "This book was made by a newer arterm.", str(path), "Upgrade arterm first.")
        if _schema(connection) != _own_schema(version):
            raise ArtermError(
                "damaged", "This book holds tables or triggers that arterm did not make.", str(path), "Do not use it."
            )
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ArtermError("damaged", "This book is damaged.", str(path), "Use another backup.")
        newest = connection.execute("SELECT id, at FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return (newest[0], newest[1]) if newest else (0, "")


def restore(backup: Path, book: Path) -> Path | None:
    """Put a verified copy of `backup` in the place of `book`; returns where the replaced book was kept, if there was
    one.

    Nothing may have the book open. The backup itself is never touched or moved.
    """
    if backup.resolve() == book.resolve():
        raise ArtermError("same_file", "This is the book itself.", str(backup), "Name a backup file.")
    verify(backup)
    incoming = book.with_name(f".{book.name}.restored")
    incoming.unlink(missing_ok=True)
    copy_to(backup, incoming)
    kept = _keep(book) if book.exists() else None
    with plain_words(book):
        incoming.replace(book)
        flush_folder(book.parent)
    opened = Book.open(book, anywhere=True)
    opened.write_head()
    opened.close()
    return kept


def _keep(book: Path) -> Path:
    """Give the present book a second name, so that there is a book under its own name at every moment."""
    with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(book)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # rolls back what a crash left half done
    kept = _free_name(book)
    journal = book.with_name(book.name + "-journal")
    with plain_words(book):
        try:
            os.link(book, kept)
        except OSError:  # a file system without links
            book.rename(kept)
        if journal.exists() and journal.stat().st_size:
            journal.rename(kept.with_name(kept.name + "-journal"))
    return kept


def _free_name(book: Path) -> Path:
    for n in range(1, 10_000):
        candidate = book.with_name(f"{book.stem}.replaced-{n}.arterm")
        if not candidate.exists():
            return candidate
    raise ArtermError(
        "exists", "There are too many replaced books beside this one.", str(book.parent), "Move some away."
    )


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
        raise ArtermError(
            "disk_full", "There is not enough room for a copy.", str(target.parent), "Make room and try again."
        )


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
