"""What crosses the doors: frozen views named after what a person sees. JSON prints exactly these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, in words; the act in the journal (0: nothing was written); whose cases moved."""

    words: str
    act: int = 0
    customers: tuple[int, ...] = ()
    id: int = 0
