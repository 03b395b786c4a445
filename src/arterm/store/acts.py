"""One act: its changes, the caches of those it touched and its line in the journal, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from arterm.store.book import Book, who
from arterm.store.cases import refresh
from arterm.store.journal import UnitOfWork


@contextmanager
def act(
    book: Book, name: str, day: date, about: str | None = None, about_id: int | None = None
) -> Iterator[UnitOfWork]:
    """Do one act: everything within is one transaction, and its journal line is written last.

    Raises ArtermError `read_only`, `busy`, `disk_full` and others in plain words.
    """
    with book.writing():
        work = UnitOfWork(book.connection, name, day, book.now(), who(), about, about_id)
        yield work
        refresh(book, work.touched, day)
        work.write()
