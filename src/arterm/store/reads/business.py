"""What is kept of the business itself: settings with their versions, the logo."""

from __future__ import annotations

from dataclasses import dataclass

from arterm.store.book import Book
from arterm.store.models.book import Attachment, Setting


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as it stands, and how often it was changed."""

    id: int
    key: str
    value: str
    version: int


def settings(book: Book) -> dict[str, SettingRow]:
    """Settings that stand, by key."""
    query = Setting.select(Setting.id, Setting.key, Setting.value, Setting.version)
    return {one.key: one for one in book.records(SettingRow, query.where(Setting.void_act.is_null()))}


def voided_setting(book: Book, key: str) -> int | None:
    """The row of a setting that was undone: a key has one row for ever."""
    found: int | None = book.value(Setting.select(Setting.id).where(Setting.key == key))
    return found


def logo(book: Book) -> bytes:
    """The newest logo; empty where there is none."""
    query = Attachment.select(Attachment.bytes).where(Attachment.owner == "setting", Attachment.void_act.is_null())
    return bytes(book.value(query.order_by(Attachment.id.desc())) or b"")
