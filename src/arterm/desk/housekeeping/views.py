"""A check of the book, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looked at: `state` is ok, note or bad."""

    name: str
    state: str
    words: str
    hint: str = ""
