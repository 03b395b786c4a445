"""What keys do: reminders to whom is chosen, or every letter that is due, on the letter sheet."""

from __future__ import annotations

from arterm.tui.letters.sheet import LetterSheet
from arterm.tui.letters.shown import for_customers, to_go
from arterm.tui.shell.list_screen import ListScreen


def notice(screen: ListScreen) -> None:
    """Open the letter sheet for the customers chosen."""
    selection = screen.selection()
    assert selection is not None
    shown = for_customers(screen.desk, selection.customers)
    screen.host.push_screen(LetterSheet("Letters", shown, selection.customer, selection.invoices))


def letters_to_go(screen: ListScreen) -> None:
    """Open the letter sheet on everything that is due or waits for an answer."""
    screen.host.push_screen(LetterSheet("Letters to go", to_go(screen.desk)))
