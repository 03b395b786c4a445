"""What keys do: show every key that works here, find an act or a customer."""

from __future__ import annotations

from arterm.tui.help.keys import KeysScreen
from arterm.tui.help.palette import Palette
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.modal import Sheet


def show_keys(screen: ListScreen | Sheet) -> None:
    """Every key that works here."""
    screen.host.push_screen(KeysScreen(screen.SCREEN))


def find(screen: ListScreen) -> None:
    """Find an act or a customer by name."""
    screen.host.push_screen(Palette(screen))
