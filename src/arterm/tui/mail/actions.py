"""What keys do: mail to the customer chosen, and the sheet of what went out and came in."""

from __future__ import annotations

from arterm.desk.mail.account import is_ready
from arterm.tui.letters.actions import notice
from arterm.tui.mail.aside import can_mail, confirm_by_mail, copies_by_mail, write_mail
from arterm.tui.mail.sheet import MailSheet
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.pick import Choices, Pick


def mail(screen: ListScreen) -> None:
    """Ask what to mail."""
    selection, customer = screen.chosen()
    host, to = screen.host, can_mail(screen.desk, customer)
    if not to:
        missing = "This customer has no good e-mail address: add one with a, or write a letter with n."
        not_set_up = "E-mail is not set up: fill in the mail server under 5, settings."
        host.tell(missing if is_ready(screen.desk) else not_set_up, "warning")
        return
    choices: Choices = [
        ("A reminder, after a look at it (then m)", lambda: notice(screen)),
        ("A message in your own words", lambda: write_mail(host, customer)),
        ("Copies of the invoices", lambda: copies_by_mail(host, customer, selection.invoices)),
        ("Confirm what was promised", lambda: confirm_by_mail(host, customer)),
    ]
    host.push_screen(Pick(f"E-mail to {selection.name} <{to}>", choices))


def mails(screen: ListScreen) -> None:
    """Open the outbox and what came in."""
    screen.host.push_screen(MailSheet())
