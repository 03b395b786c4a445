"""What keys do: show every key that works here."""

from __future__ import annotations

from arterm.tui.help.keys import KeysScreen
from arterm.tui.shell.list_screen import ListScreen


def show_keys(screen: ListScreen) -> None:
    """Every key that works here."""
    screen.host.push_screen(KeysScreen(screen.SCREEN))
