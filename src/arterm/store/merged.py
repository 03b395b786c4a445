"""Customers that were merged: who one is now known as, and all that one is."""

from __future__ import annotations

from collections.abc import Sequence

from arterm.store.book import Book
from arterm.store.sql import marks


def canonical_id(book: Book, customer: int) -> int:
    """The customer that one was merged into, or itself."""
    return int(book.one("SELECT coalesce(merged_into, id) FROM customer WHERE id = ?", (customer,))[0])


def merged_ids(book: Book, customers: Sequence[int]) -> list[int]:
    """These customers and all that were merged into them."""
    merged = book.column(f"SELECT id FROM customer WHERE merged_into IN ({marks(customers)})", tuple(customers))
    return [*customers, *merged]
