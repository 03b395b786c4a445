"""Small pieces of SQL text that many reads share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

_AT_ONCE = 400  # values in one question: twice as many, and a few more, fit what the oldest SQLite can (999)


def marks(values: Collection[Any]) -> str:
    """A placeholder for each value, for `IN (...)`: `?, ?, ?`; of none, what no value is equal to."""
    return ", ".join("?" * len(values)) or "NULL"


def parts(values: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Numbers in parts that one question can name, each once."""
    every = tuple(dict.fromkeys(values))
    for n in range(0, len(every), _AT_ONCE):
        yield every[n : n + _AT_ONCE]
