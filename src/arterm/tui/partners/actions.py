"""What keys do: every way out of a debt, the hand-over to others last; claims that may run out of time."""

from __future__ import annotations

from arterm.tui.compromise.choices import ways_out as own_ways_out
from arterm.tui.partners.forms import handover_ways
from arterm.tui.partners.limitation import LimitationSheet
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.pick import Pick


def ways_out(screen: ListScreen) -> None:
    """Offer the ways out, and what can be done with a plan, an offer or a hand-over that stands."""
    selection, customer = screen.chosen()
    choices = own_ways_out(screen.host, customer, selection.invoices)
    choices += handover_ways(screen.host, customer, selection.invoices)
    screen.host.push_screen(Pick(f"Ways out for {selection.name}", choices))


def limitation(screen: ListScreen) -> None:
    """Open the claims that may run out of time."""
    screen.host.push_screen(LimitationSheet())
