"""What an act of the screens is. All of them stand in three tables: those of lists, of sheets, and of widgets.

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
class ScreenAct:
    """An act: `id` never changes (keymaps name it), `key` can; `screens` are those it works on; `rank` orders hints,
    and below nothing it is told by `?` alone. Without `words` another act tells of it.

    `run` names what it does: `room.function` of that room's `actions`, which is given the screen and `args`; without a
    dot, `action_…` of what has the key. Empty: what has the focus answers the key (a row, a field), this only tells of
    it. What `writes`, or leads to what does, is refused while a past day is looked at. `priority`: before what has the
    focus. `numbered`: each key hands on which it is. `shown` is the key as people call it, where that is another name.
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
    priority: bool = False
    numbered: bool = False
    shown: str = ""

    @property
    def bindings(self) -> list[Binding]:
        """The act as Textual binds it: the only bindings there are."""
        keys = self.key.split(",") if self.numbered else [self.key] if self.run else []
        return [
            Binding(
                key,
                f"do('{self.id}', {n})" if self.numbered else f"do('{self.id}')",
                self.words,
                show=False,
                priority=self.priority,
                tooltip=self.tooltip,
                id=f"{self.id}.{n}" if self.numbered else self.id,
            )
            for n, key in enumerate(keys)
        ]
