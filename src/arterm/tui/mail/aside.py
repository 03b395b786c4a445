"""Mail from the screens: written and handed over aside, so that no key waits for a server; then what became of it is
told.
"""

from __future__ import annotations

from collections.abc import Callable

from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.mail import compose, sending
from arterm.desk.mail.account import is_ready
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.tui.host import Host
from arterm.tui.shell.text_editor import TextEditor

Plan = Callable[[Desk], list[int]]


def can_mail(desk: Desk, customer: int) -> str:
    """The address that mail to a customer would go to; empty where it cannot go."""
    found = compose.recipient(desk, customer) if is_ready(desk) else None
    return found.mail if found else ""


def send_aside(host: Host, plan: Plan, then: Callable[[], None] | None = None) -> None:
    """Write messages in a thread of its own and send them; the app goes on meanwhile."""

    def work() -> None:
        try:
            with host.desk.in_thread():
                handed = sending.send_now(host.desk, plan(host.desk))
            severity, words = (
                ("information" if len(handed.of("sent")) == len(handed.mails) else "warning"),
                handed.words,
            )
        except ArtermError as error:
            severity, words = "error", str(error)
        host.call_from_thread(_told, host, words, severity, then)

    host.tell("Sending…")
    host.run_worker(work, thread=True, exit_on_error=False, name="mail")


def _told(host: Host, words: str, severity: str, then: Callable[[], None] | None) -> None:
    host.tell(words, severity)  # type: ignore[arg-type]
    host.changed()
    if then:
        then()


def confirm_by_mail(host: Host, customer: int) -> None:
    """The written confirmation of the promise, on its way with one key."""
    send_aside(host, lambda desk: [compose.plan_letter(desk, LetterDraft("promise", customer))])


def copies_by_mail(host: Host, customer: int, invoices: tuple[int, ...]) -> None:
    """Copies of the invoices, with the files the owner attached to them."""
    send_aside(host, lambda desk: [compose.plan_letter(desk, LetterDraft("copies", customer, invoices))])


def write_mail(host: Host, customer: int, subject: str = "") -> None:
    """A message in the owner's own words: the first line is its subject."""
    to = compose.recipient(host.desk, customer)
    if to is None:
        host.tell("This customer has no good e-mail address: add one with a, or write a letter.", "warning")
        return

    def keep(text: str) -> None:
        first, _, rest = text.lstrip("\n").partition("\n")
        row = compose.plan_words(host.desk, customer, first, rest)
        send_aside(host, lambda desk: [row])

    lead = "The first line is the subject. ctrl+s sends it."
    host.push_screen(TextEditor(f"E-mail to {to.name or to.mail} <{to.mail}>", lead, f"{subject}\n\n", keep))
