"""What keys do on the board and on its rows: why a row is here, another order, another age."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from arterm.desk.accounts.board import SORTS
from arterm.desk.worklist.why import explain
from arterm.rules.ageing import BUCKETS
from arterm.tui.board.why import why_text
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import TextScreen

if TYPE_CHECKING:
    from arterm.tui.board.screen import BoardScreen


def why(screen: ListScreen) -> None:
    """Explain the invoice: its place, what comes next, what may be claimed."""
    selection, _ = screen.chosen()
    found = explain(screen.desk, selection.invoices[0])
    screen.host.push_screen(TextScreen(f"Why {found.invoice} is here", why_text(screen.desk, found)))


def sort(board: BoardScreen) -> None:
    """Ask for an order."""
    board.host.push_screen(Pick("Sort by", [(name, _sorter(board, name)) for name in SORTS]))


def _sorter(board: BoardScreen, name: str) -> Callable[[], None]:
    return lambda: board.ask(sort=name, reverse=False)


def reverse(board: BoardScreen) -> None:
    """Turn the order round."""
    board.ask(reverse=not board.query_now.reverse)


def bucket(board: BoardScreen) -> None:
    """The next age, then all again."""
    ages = ("", *BUCKETS[1:], BUCKETS[0])
    board.ask(bucket=ages[(ages.index(board.query_now.bucket) + 1) % len(ages)])


def everything(board: BoardScreen) -> None:
    """Also what is not due yet, or only what is."""
    board.ask(everything=not board.query_now.everything)
