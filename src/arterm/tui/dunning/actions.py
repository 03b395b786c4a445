"""What keys do: chasing is paused and goes on, disputes are opened and settled, a wish not to be called is kept."""

from __future__ import annotations

from arterm.desk.contacts.limits import end_wish, limits
from arterm.desk.dunning.pauses import pauses, resume
from arterm.tui.dunning.forms import dispute_form, hold_form, wish_form
from arterm.tui.shell.list_screen import ListScreen


def dispute(screen: ListScreen) -> None:
    """Open a dispute on the invoice, or settle the one there is."""
    selection, _ = screen.chosen()
    screen.host.push_screen(dispute_form(screen.host, selection.invoices[0]))


def hold(screen: ListScreen) -> None:
    """Pause chasing the customer or the one invoice that is marked; where it is paused, go on."""
    selection, customer = screen.chosen()
    if pauses(screen.desk, customer):
        screen.host.done(resume(screen.desk, customer))
    else:
        screen.host.push_screen(hold_form(screen.host, customer, selection.invoices))


def wish(screen: ListScreen) -> None:
    """Note the wish not to be called; where there is one, end it."""
    _, customer = screen.chosen()
    if limits(screen.desk, customer).wish:
        screen.host.done(end_wish(screen.desk, customer))
    else:
        screen.host.push_screen(wish_form(screen.host, customer))
