"""Copies of a book: made while it is in use, verified before they count, and brought back without losing the other."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from arterm.rules.errors import ArtermError
from arterm.store.book import Book
from arterm.store.copies import copy_to, verify
from arterm.store.files import flush_folder
from arterm.store.translate_errors import translate_errors


def restore(backup: Path, book: Path) -> Path | None:
    """Put a verified copy of `backup` in the place of `book`; returns where the replaced book was kept, if there was
    one.

    Nothing may have the book open. The backup itself is never touched or moved.
    """
    if backup.resolve() == book.resolve():
        raise ArtermError("same_file", str(backup))
    verify(backup)
    incoming = book.with_name(f".{book.name}.restored")
    incoming.unlink(missing_ok=True)
    copy_to(backup, incoming)
    kept = _keep(book) if book.exists() else None
    with translate_errors(book):
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
    with translate_errors(book):
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
    raise ArtermError("exists.replaced", str(book.parent))
