"""What a desk asks of its book before anything else: the newest act and when it was."""

from __future__ import annotations

from datetime import datetime

from arterm.store.book import Book


def newest_act(book: Book) -> int:
    """The number of the newest act; 0 in a book without any."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM act"))


def last_entry(book: Book) -> datetime | None:
    """When the newest act was done."""
    found = book.value("SELECT max(at) FROM act")
    return datetime.fromisoformat(found) if found else None
