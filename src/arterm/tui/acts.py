"""What an act of the screens is. All of them stand in two tables: those of lists, and those of sheets.

Bindings, hints, `?`, the palette, the keymap and the key list of the README are made from these; `keys` does so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Selection:
    """What an act is about: the customer (None when the marked rows are of several), and the invoices."""

    customer: int | None
    customers: tuple[int, ...]
    name: str
    invoices: tuple[int, ...]


class HasSelection(Protocol):
    """A screen on which something can be chosen."""

    def selection(self) -> Selection | None:
        """What an act would be about; None when nothing is chosen."""


Needs = Callable[[HasSelection], str]  # why an act cannot be done with what is chosen; empty where it can


def nothing(screen: HasSelection) -> str:
    """Works whatever is chosen."""
    return ""


def with_row(screen: HasSelection) -> str:
    """Needs a row."""
    return "" if screen.selection() else "Choose a row first: there is none here."


def one_customer(screen: HasSelection) -> str:
    """Needs rows of one customer."""
    chosen = screen.selection()
    if chosen is None:
        return "Choose a row first: there is none here."
    return "" if chosen.customer else "The marked rows are of several customers; mark those of one."


def with_invoice(screen: HasSelection) -> str:
    """Needs one invoice."""
    chosen = screen.selection()
    return "" if chosen and chosen.customer and len(chosen.invoices) == 1 else "Choose one invoice first."


@dataclass(frozen=True, slots=True)
class Act:
    """An act: `id` never changes (keymaps name it), `key` can; `screens` are those it works on; `rank` orders hints.

    `run` names what it does: `room.function` of that room's `actions`, which is given the screen and `args`; without a
    dot, `action_…` of the screen itself. What `writes`, or leads to what does, is refused while a past day is looked
    at. `shown` is the key as people call it, where its own name is not that.
    """

    id: str
    key: str
    words: str
    tooltip: str
    screens: tuple[str, ...]
    run: str
    needs: Needs = nothing
    rank: int = 0
    args: tuple[object, ...] = ()
    writes: bool = True
    shown: str = ""

    @property
    def binding(self) -> Binding:
        """The act as Textual binds it."""
        return Binding(self.key, f"do('{self.id}')", self.words, show=False, id=self.id, tooltip=self.tooltip)
