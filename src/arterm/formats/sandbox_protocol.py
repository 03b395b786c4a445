"""What goes over the pipe between this program and the process in which foreign files are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from arterm.formats.bank_records import Statement
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import ReadingHabits

if not TYPE_CHECKING:  # the decoder looks the names of a record's types up where the record stands
    import arterm.formats.records as _records

    _records.Statement = Statement


class Request(msgspec.Struct, frozen=True):
    """A file to read: its name, and how. Its bytes follow, `size` of them."""

    name: str
    size: int
    habits: ReadingHabits
    kind: str = "auto"
    mapping: Mapping[str, str] | None = None
    known: Mapping[str, dict[str, str]] = {}


class Refusal(msgspec.Struct, frozen=True):
    """Why a file cannot be read: an error's key, where, and its values (texts, whole numbers, or lists of texts)."""

    key: str
    where: str
    values: dict[str, str | int | list[str]] = {}


class Answer(msgspec.Struct, frozen=True):
    """What a file says (name, reading), or why it says nothing."""

    readings: list[tuple[str, Reading]] = []
    refused: Refusal | None = None


encode = msgspec.json.Encoder().encode


def decode_request(line: bytes) -> Request:
    """A request as it was sent."""
    return msgspec.json.decode(line, type=Request)


def decode_answer(line: bytes) -> Answer:
    """An answer as it was sent."""
    return msgspec.json.decode(line, type=Answer)
