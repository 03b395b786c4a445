"""A short list to choose one thing from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from arterm.tui.host import Host
from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Slip
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

Do = Callable[[], None]
Choices = list[tuple[str, Do]]


def opens(host: Host, make: Callable[[], Screen[Any]]) -> Do:
    """A choice that opens a screen, made only when it is chosen."""

    def push() -> None:
        host.push_screen(make())

    return push


class Pick(Slip):
    """Words and what each does; a digit or enter chooses."""

    SCREEN = "pick"
    BINDINGS: ClassVar[list[Any]] = bindings_of("pick")

    def __init__(self, title: str, choices: Sequence[tuple[str, Do]]) -> None:
        super().__init__()
        self.heading = title
        self.choices = list(choices)
        self.grid = Grid([Column("", 2, right=True), Column("", 20, share=1)], header=False)

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(id="pick"):
            yield Plain(self.heading, classes="page-title")
            yield self.grid

    def on_mount(self) -> None:
        """Show the choices."""
        rows = [[str(n), words] for n, (words, _) in enumerate(self.choices, 1)]
        self.grid.styles.height = len(rows)
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b], "There is nothing to choose."))
        self.grid.focus()

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands:
            self.action_take(int(str(event.key)))

    def action_take(self, n: int) -> None:
        """Close, then do what was chosen."""
        if n < len(self.choices):
            host, do = self.host, self.choices[n][1]
            self.dismiss()
            host.call_later(host.guarded, do)
