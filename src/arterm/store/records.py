"""Rows of a query as frozen records: days become dates, flags become booleans, and nobody counts columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")
Convert = Callable[[Any], Any]
_CONVERTERS: dict[type, Convert] = {date: date.fromisoformat, datetime: datetime.fromisoformat, bool: bool}
_KNOWN: dict[type, tuple[Convert | None, ...]] = {}


def load(record: type[T], rows: Iterable[Sequence[Any]]) -> list[T]:
    """Each row as a record of that dataclass, column by column in the order of its fields.

    A field that is a `date`, a `datetime` or a `bool` is made one of what SQLite gives; NULL stays None.
    """
    converters = _KNOWN.get(record) or _KNOWN.setdefault(record, _converters(record))
    if not any(converters):
        return [record(*row) for row in rows]
    converted = [(n, convert) for n, convert in enumerate(converters) if convert]
    found = []
    for row in rows:  # hot: a history has tens of thousands
        cells = list(row)
        if len(cells) != len(converters):
            raise ValueError(f"{record.__name__} has {len(converters)} fields, and the row {len(cells)} columns")
        for n, convert in converted:
            if cells[n] is not None:
                cells[n] = convert(cells[n])
        found.append(record(*cells))
    return found


def _converters(record: Any) -> tuple[Convert | None, ...]:
    hints = get_type_hints(record)
    return tuple(_converter(hints[name]) for name in record.__dataclass_fields__)


def _converter(hint: Any) -> Convert | None:
    """How a column becomes what the field says; of `date | None`, what its first part says."""
    plain = (
        next((part for part in get_args(hint) if part is not type(None)), hint) if isinstance(hint, UnionType) else hint
    )
    return _CONVERTERS.get(plain) if isinstance(plain, type) else None
