"""What SQLite and the system say, as one sentence for the owner."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from arterm.rules.errors import ArtermError

_REASONS: tuple[tuple[str, str], ...] = (
    (r"file is not a database|file is encrypted", "not_a_book.file"),
    (r"malformed|corrupt", "damaged.by_sqlite"),
    (r"database or disk is full|disk is full|No space left", "disk_full.book"),
    (r"locked|busy", "busy.book"),
    (r"readonly|read-only|Permission denied", "read_only.refused"),
    (r"unable to open", "cannot_open.book"),
    (r"disk I/O error|Input/output error|File too large", "disk_error.book"),
)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into one sentence for the owner."""
    try:
        yield
    except (peewee.DatabaseError, sqlite3.Error, OSError) as error:
        for pattern, key in _REASONS:
            if re.search(pattern, str(error), re.IGNORECASE):
                raise ArtermError(key, str(path)) from error
        if isinstance(error, peewee.IntegrityError | sqlite3.IntegrityError):
            raise ArtermError("refused", str(path)) from error
        raise ArtermError("book_error", str(path)) from error
