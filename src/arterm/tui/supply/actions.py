"""What keys do: supply is stopped and begun again, and what speaks for and against it is shown."""

from __future__ import annotations

from arterm.desk.supply.holds import stop_of
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.supply.forms import freeze_form, offer_release, show_standing


def stop_supply(screen: ListScreen) -> None:
    """Stop supply; where it is stopped, begin again, with the letter if it is wanted."""
    _, customer = screen.chosen()
    held = stop_of(screen.desk, customer)
    if held:
        offer_release(screen.host, held)
    else:
        screen.host.push_screen(freeze_form(screen.host, customer))


def credit_standing(screen: ListScreen) -> None:
    """Everything that speaks for and against supplying."""
    show_standing(screen.host, screen.chosen()[1])
