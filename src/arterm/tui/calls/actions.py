"""What keys do: a call, or a contact by another way, is logged."""

from __future__ import annotations

from arterm.tui.calls.sheet import CallSheet
from arterm.tui.shell.list_screen import ListScreen


def call(screen: ListScreen) -> None:
    """Open the call sheet."""
    selection, customer = screen.chosen()
    screen.host.push_screen(CallSheet(customer, selection.invoices))


def log_other(screen: ListScreen) -> None:
    """Open the call sheet for another channel."""
    selection, customer = screen.chosen()
    screen.host.push_screen(CallSheet(customer, selection.invoices, channel="email"))
