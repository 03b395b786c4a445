"""A check of the book, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arterm.rules.states import Finding

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looked at: `state` is ok, note or bad."""

    name: str
    state: Finding
    words: str
    hint: str = ""
