"""What keys do: payments, and whatever is added, corrected, attached or done more rarely."""

from __future__ import annotations

from arterm.tui.records.choices import add_choices, edit_choices, more_choices
from arterm.tui.records.forms import attach_form
from arterm.tui.records.money_forms import payment_form
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.pick import Pick


def pay(screen: ListScreen) -> None:
    """Ask for a payment."""
    selection, customer = screen.chosen()
    screen.host.push_screen(payment_form(screen.host, customer, selection.invoices))


def add(screen: ListScreen) -> None:
    """Ask what to add."""
    selection = screen.selection()
    customer = selection.customer if selection else None
    invoices = selection.invoices if selection else ()
    screen.host.push_screen(Pick("Add", add_choices(screen.host, customer, invoices)))


def edit(screen: ListScreen) -> None:
    """Correct the invoice, or the customer on screens that show one."""
    selection, customer = screen.chosen()
    screen.host.push_screen(Pick("Edit", edit_choices(screen.host, customer, selection.invoices)))


def more(screen: ListScreen) -> None:
    """The rarer acts on a customer."""
    selection, customer = screen.chosen()
    screen.host.push_screen(Pick("More", more_choices(screen.host, customer, selection.invoices)))


def attach(screen: ListScreen) -> None:
    """Ask for a file to keep beside the invoice."""
    selection, _ = screen.chosen()
    screen.host.push_screen(attach_form(screen.host, selection.invoices[0]))
