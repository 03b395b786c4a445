"""The filter: a line that opens on `/`, narrows the rows as it is typed, and goes on `esc`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from arterm.tui.keys import BY_ID, perform, widget_bindings


class FilterBar(Input):
    """Typed words go to `narrow` at once; enter goes back to the rows, esc clears."""

    DEFAULT_CSS = """
    FilterBar { dock: bottom; display: none; }
    FilterBar.-open { display: block; }
    """
    BINDINGS: ClassVar[list[Any]] = widget_bindings("filter")

    def __init__(self, narrow: Callable[[str], None], rows: Callable[[], Widget]) -> None:
        super().__init__(compact=True, placeholder="words in name, number, reference or note", id="filter")
        self.narrow = narrow
        self.rows = rows

    def begin(self) -> None:
        """Open and type."""
        self.add_class("-open")
        self.focus()

    def clear(self) -> None:
        """Close and show everything again."""
        self.remove_class("-open")
        self.value = ""
        self.rows().focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.narrow(self.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_to_rows()

    def action_do(self, name: str) -> None:
        """Do an act of the table."""
        perform(BY_ID[name], self)

    def action_to_rows(self) -> None:
        """Back to the rows; the filter stays."""
        if not self.value:
            self.remove_class("-open")
        self.rows().focus()

    def action_clear_filter(self) -> None:
        """Clear."""
        self.clear()
