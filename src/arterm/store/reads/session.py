"""What a desk asks of its book before anything else: the newest act, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from arterm.store.book import Book


@dataclass(frozen=True, slots=True)
class Said:
    """A setting and its value."""

    key: str
    value: str


def newest_act(book: Book) -> int:
    """The number of the newest act; 0 in a book without any."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM act"))


def last_entry(book: Book) -> datetime | None:
    """When the newest act was done."""
    found = book.value("SELECT max(at) FROM act")
    return datetime.fromisoformat(found) if found else None


def settings(book: Book) -> dict[str, str]:
    """What the owner set."""
    return {one.key: one.value for one in book.records(Said, "SELECT key, value FROM live_setting")}
