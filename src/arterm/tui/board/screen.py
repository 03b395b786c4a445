"""The board: what is overdue, the most pressing first, with its totals by age."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from arterm.desk.accounts.board import Board, Query
from arterm.tui.acts import Selection
from arterm.tui.board import cells
from arterm.tui.host import OpenDossier
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.widgets.filterbar import FilterBar
from arterm.tui.widgets.grid import Grid
from arterm.tui.widgets.plain import Plain

VIEWS = ("invoice", "customer", "stage")


class BoardScreen(ListScreen):
    """The list under `1`."""

    SCREEN = "board"
    BINDINGS: ClassVar[list[Any]] = bindings_of("board")

    def __init__(self) -> None:
        super().__init__()
        self.query_now = Query()
        self.view = ""
        self.board: Board | None = None
        self._telling: Timer | None = None
        self._stood_on = (0, 0)  # customer and invoice, to find again in another view
        self.grid = Grid(cells.INVOICE_COLUMNS, marks=True, id="rows")
        self.filter_bar = FilterBar(self._narrow, lambda: self.grid)
        self.story_pane = Plain("", id="story")

    def compose(self) -> ComposeResult:
        """Title, ages, rows with their story, filter, hints."""
        yield Plain("", id="title")
        yield Plain("", id="ages")
        with Horizontal(id="middle"):
            yield self.grid
            yield self.story_pane
        yield self.filter_bar
        yield self.hints()

    def load(self) -> None:
        """Ask the desk and show the rows."""
        self.view = self.view or self.desk.setting("view")
        self.board = board = Board(self.desk, self._query())
        self._tell_totals(board)
        self.grid.show(*cells.listed(self.desk, board, self.view))
        self._tell_story()

    def _query(self) -> Query:
        if self.view == "stage" and self.query_now.sort == "priority":
            return replace(self.query_now, sort="step")
        return self.query_now

    def ask(self, **changes: Any) -> None:
        """Ask the board something else."""
        self.query_now = replace(self.query_now, **changes)
        self.host.guarded(self.load)

    def action_next_view(self) -> None:
        """By invoice, by customer, by stage, and round."""
        rows = self._row_under_cursor()
        if (rows and self.view != "customer") or (rows and self._stood_on[0] != rows[0].customer_id):
            self._stood_on = (rows[0].customer_id, rows[0].invoice_id)
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self.grid.unmark()
        self.host.guarded(self.load)
        customer, invoice = self._stood_on
        self.grid.go_to(-customer if self.view == "customer" else invoice)

    def step_back(self) -> bool:
        """Filter, marks and age are layers."""
        if self.query_now.text:
            self.filter_bar.clear()
        elif self.query_now.bucket:
            self.ask(bucket="")
        elif not self.grid.unmark():
            return False
        return True

    def selection(self) -> Selection | None:
        """The marked invoices, else the one under the cursor; in the customers' view all of theirs that are overdue."""
        keys = [key for key in self.grid.chosen if isinstance(key, int)]
        if not keys or self.board is None:
            return None
        if self.view == "customer":
            customers = tuple(dict.fromkeys(-key for key in keys))
            rows = Board(self.desk, Query(customer=customers[0])).rows() if len(customers) == 1 else []
        else:
            rows = self.board.rows_of(keys)
            customers = tuple(dict.fromkeys(row.customer_id for row in rows))
        name = rows[0].customer if rows else ""
        return (
            Selection(
                customers[0] if len(customers) == 1 else None, customers, name, tuple(row.invoice_id for row in rows)
            )
            if customers
            else None
        )

    def action_toggle_story(self) -> None:
        """Show or hide the story where the window does not show it by itself."""
        self.toggle_class("-story")
        self._tell_story()

    @on(Grid.Moved)
    def _moved(self) -> None:
        """The story follows when the cursor rests: a held key does not wait for it."""
        if self._telling is not None:
            self._telling.stop()
        self._telling = self.set_timer(0.06, self._tell_story)

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        customer = self._customer_of(event.key)
        if customer is not None:
            self.host.post_message(OpenDossier(customer))

    def _customer_of(self, key: Hashable) -> int | None:
        """Whose row it is; None when the row has gone since the key was pressed."""
        if self.board is None or not isinstance(key, int):
            return None
        if self.view == "customer":
            return -key if key < 0 else None
        rows = self.board.rows_of([key])
        return rows[0].customer_id if rows else None

    def _row_under_cursor(self) -> list[Any]:
        key = self.grid.key
        if self.board is None or not isinstance(key, int):
            return []
        if self.view == "customer":
            return Board(self.desk, Query(customer=-key)).rows(0, 1)
        return self.board.rows_of([key])

    def action_filter(self) -> None:
        """Begin to type a filter."""
        self.filter_bar.begin()

    def _narrow(self, text: str) -> None:
        if text != self.query_now.text:
            self.ask(text=text)

    def _tell_totals(self, board: Board) -> None:
        width = self.size.width
        self.query_one("#title", Plain).say(cells.title(self.desk, board, self.view, width))
        self.query_one("#ages", Plain).say(cells.ages(self.desk, board, width))

    def _tell_story(self) -> None:
        if self.story_pane.display and self.is_mounted:
            rows = self._row_under_cursor()
            self.story_pane.say("\n".join(cells.story(self.desk, rows[0])) if rows else "")

    def on_resize(self) -> None:
        """Another width: title and ages fit again."""
        if self.board is not None:
            self._tell_totals(self.board)
            self._tell_story()
