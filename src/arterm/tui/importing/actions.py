"""What keys do: a file is brought in, receipts that wait are matched."""

from __future__ import annotations

from arterm.tui.importing.match import MatchSheet
from arterm.tui.importing.screen import ImportSheet
from arterm.tui.shell.list_screen import ListScreen


def match_receipts(screen: ListScreen) -> None:
    """Open the receipts that wait."""
    screen.host.push_screen(MatchSheet())


def bring_in(screen: ListScreen) -> None:
    """Open the import sheet."""
    screen.host.push_screen(ImportSheet())
