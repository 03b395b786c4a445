"""What the owner set, and what holds where nothing was said."""

from __future__ import annotations

from arterm.rules.settings import SETTINGS
from arterm.store.book import Book


def settings(book: Book) -> dict[str, str]:
    """Every setting with its value: the owner's, or the default of the table where there is none or it is empty."""
    said = dict(book.rows("SELECT key, value FROM live_setting"))
    return {key: said.get(key) or kind.default for key, kind in SETTINGS.items()}
