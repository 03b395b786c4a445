"""Small pieces of SQL text that many reads share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def marks(values: Sequence[Any]) -> str:
    """A placeholder for each value, for `IN (...)`: `?, ?, ?`; of none, what no value is equal to."""
    return ", ".join("?" * len(values)) or "NULL"
