"""An act as it is told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class ActView:
    """A line of the journal."""

    id: int
    at: str
    day: date
    who: str
    name: str
    words: str
    undone_by: int | None
    undoes: int | None
