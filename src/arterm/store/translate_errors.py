"""What SQLite and the system say, as one sentence for the owner."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from arterm.rules.errors import ArtermError

_REASONS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"file is not a database|file is encrypted",
        "not_a_book",
        "This is not an arterm book.",
        "Name a file made by arterm.",
    ),
    (
        r"malformed|corrupt",
        "damaged",
        "This book is damaged.",
        "Run arterm doctor, or bring back a backup with: arterm restore FILE.",
    ),
    (
        r"database or disk is full|disk is full|No space left",
        "disk_full",
        "The disk is full.",
        "Nothing was changed; make room and try again.",
    ),
    (r"locked|busy", "busy", "Another program is writing to this book.", "Nothing was changed; try again in a moment."),
    (
        r"readonly|read-only|Permission denied",
        "read_only",
        "This book can be read but not written.",
        "Nothing was changed; look at the file's rights.",
    ),
    (r"unable to open", "cannot_open", "This book cannot be opened.", "Look at the file's rights and the folder's."),
    (
        r"disk I/O error|Input/output error|File too large",
        "disk_error",
        "The disk refused to read or write.",
        "Nothing was changed; look at the disk and its free space.",
    ),
)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into one sentence for the owner."""
    try:
        yield
    except (peewee.DatabaseError, sqlite3.Error, OSError) as error:
        for pattern, code, sentence, hint in _REASONS:
            if re.search(pattern, str(error), re.IGNORECASE):
                raise ArtermError(code, sentence, str(path), hint) from error
        if isinstance(error, peewee.IntegrityError | sqlite3.IntegrityError):
            raise ArtermError(
                "refused", "The book refuses this: it would not add up.", str(path), "Nothing was changed."
            ) from error
        raise ArtermError("book_error", "The book could not be used.", str(path), "Run: arterm doctor") from error
