"""The list under `2`: what to do today, one thing a row, the most pressing first; enter begins the round at the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on

from arterm.desk.worklist.model import SetAside, Task
from arterm.desk.worklist.worklist import worklist
from arterm.rules.money import show
from arterm.rules.text import count, fold
from arterm.tui.acts import Selection
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_view import ListView
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.worklist.round import Round, key_of

_COLUMNS = (
    Column("", 11, yields=2),
    Column("Customer", 14, share=2),
    Column("What", 13, share=2),
    Column("Amount", 10, right=True),
    Column("Cur", 3, yields=3),
    Column("Points", 6, right=True),
    Column("Why", 18, share=4, yields=1),
)


class TodayScreen(ListView):
    """The worklist; below it, what is set aside and why."""

    SCREEN = "today"
    BINDINGS: ClassVar[list[Any]] = bindings_of("today")

    COLUMNS = _COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self.aside: Sequence[SetAside] = ()
        self.tasks: Sequence[Task] = ()
        self.round: Round | None = None

    def load(self) -> None:
        """Ask the desk for the day's work."""
        found = worklist(self.desk)
        wanted = fold(self.words)
        self.tasks = [task for task in found.tasks if wanted in fold(f"{task.customer} {task.action} {task.group}")]
        self.aside = aside = [one for one in found.set_aside if wanted in fold(f"{one.customer} {one.why}")]
        kept = "".join(f"   promises kept: {one.kept} of {one.promises} ({one.currency})" for one in found.promises[:1])
        self.head(f"Today - {count(len(self.tasks), 'thing')} to do, {len(aside)} set aside{kept}")
        rows = [self._cells(n) for n in range(len(self.tasks))]
        rows += [["set aside", one.customer, one.invoice, "", "", "", (one.why, "quiet")] for one in aside]
        keys = [*map(key_of, self.tasks), *(("aside", one.customer_id, one.invoice) for one in aside)]
        self.grid.show(Rows(keys, lambda a, b: rows[a:b], "Nothing is to be done today."))

    def _cells(self, n: int) -> list[Cell]:
        task = self.tasks[n]
        first = n == 0 or self.tasks[n - 1].group != task.group
        amount = show(task.amount.minor, task.currency, self.desk.style)
        return [
            (task.group if first else "", "strong"),
            task.customer,
            task.action,
            amount,
            task.currency,
            str(task.priority),
            ("; ".join(task.why), "quiet"),
        ]

    @property
    def here(self) -> Task | None:
        """The task under the cursor."""
        return self.tasks[self.grid.cursor] if self.grid.cursor < len(self.tasks) else None

    def selection(self) -> Selection | None:
        """The customer of the row, and the invoices it is about."""
        task = self.here
        if task and not task.customer_id:
            return None
        if task:
            return Selection(task.customer_id, (task.customer_id,), task.customer, task.invoice_ids)
        left = self.aside[self.grid.cursor - len(self.tasks) :][:1]
        return Selection(left[0].customer_id, (left[0].customer_id,), left[0].customer, ()) if left else None

    @on(Grid.Chosen)
    def _begin(self, event: Grid.Chosen) -> None:
        event.stop()
        task = self.here
        if self.desk.today != self.host.today:
            self.host.tell("This is a past day, to look at only: f3 on the board and today come back.", "warning")
        elif task is not None:
            self.round = Round(self.host, self.tasks, self.grid.cursor)
            self.host.guarded(self.round.go_on)
        elif event.key is not None:
            self.action_do("row.open")

    def on_screen_resume(self) -> None:
        """A sheet of the round was closed: the next thing comes."""
        super().on_screen_resume()
        if self.round is not None and not self.round.over:
            self.host.guarded(self.round.resumed)
