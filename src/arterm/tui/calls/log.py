"""The list under `3`: every contact with every customer, newest first, searchable."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.contacts.log import log_entries
from arterm.desk.contacts.views import LogView
from arterm.rules.day_words import in_words
from arterm.rules.money import show
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import count
from arterm.tui.acts import Selection
from arterm.tui.host import OpenDossier
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_view import ListView
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("When", 11),
    Column("Customer", 16, share=2),
    Column("Channel", 7, yields=2),
    Column("What came of it", 26, share=2),
    Column("Look again", 10, yields=1),
    Column("Note", 20, share=3, yields=3),
    Column("Who", 8, yields=4),
)


class LogScreen(ListView):
    """The communication log of the whole book."""

    SCREEN = "log"
    BINDINGS: ClassVar[list[Any]] = bindings_of("log")

    COLUMNS = _COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[int, LogView] = {}

    def load(self) -> None:
        """Ask the desk for the entries."""
        entries = log_entries(self.desk, text=self.words, limit=2000)
        self.entries = {entry.id: entry for entry in entries}
        self.head(f"Log - {count(len(entries), 'contact')}")
        self.grid.show(
            Rows(
                [entry.id for entry in entries],
                lambda a, b: [self._cells(entry) for entry in entries[a:b]],
                "Nothing was logged yet: c on the board logs a call.",
            )
        )

    def selection(self) -> Selection | None:
        """The customer of the entry."""
        entry = self.entries.get(self.grid.key) if isinstance(self.grid.key, int) else None
        return Selection(entry.customer_id, (entry.customer_id,), entry.customer, ()) if entry else None

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        if isinstance(event.key, int):
            entry = self.entries.get(event.key)
            if entry is not None:
                self.host.post_message(OpenDossier(entry.customer_id))

    def _cells(self, entry: LogView) -> list[Cell]:
        said = OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome
        if entry.promised and entry.promised_for:
            said += (
                f" {show(entry.promised.minor, entry.promised.currency, self.desk.style)} by"
                f" {in_words(entry.promised_for, self.desk.today)}"
            )
        again = in_words(entry.follow_up) if entry.follow_up else ""
        return [
            in_words(entry.day),
            entry.customer,
            entry.channel,
            said,
            again,
            (" ".join(entry.note.split()), "quiet"),
            entry.who,
        ]
