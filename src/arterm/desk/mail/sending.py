"""Handing the outbox over to the mail server: one process at a time, one message at a time, each reserved and then
settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from arterm.desk.letters.notices import Progress
from arterm.desk.mail import account, compose, outbox
from arterm.desk.mail.outbox import MailView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.text import count
from arterm.store import lock


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of messages: as they stand now; and why the server was not reached, or empty."""

    mails: tuple[MailView, ...]
    trouble: str = ""

    def of(self, state: str) -> tuple[MailView, ...]:
        """Those in a state."""
        return tuple(one for one in self.mails if one.state == state)

    @property
    def words(self) -> str:
        """In one line."""
        told = [
            f"{count(len(self.of(state)), 'e-mail')} {words}"
            for state, words in (
                ("sent", "sent"),
                ("failed", "refused"),
                ("unclear", message("mail.sending.unclear")),
                ("cancelled", message("mail.sending.cancelled")),
                ("planned", "wait"),
            )
            if self.of(state)
        ]
        return (
            ". ".join(
                [
                    ", ".join(told) or message("mail.sending.nothing_sent"),
                    *([self.trouble.rstrip(".")] if self.trouble else []),
                ]
            )
            + "."
        )


@contextmanager
def alone(desk: Desk) -> Iterator[int]:
    """Be the only process that sends. What a stopped one had in its hands becomes unclear; yields how many those are.

    Refuses (`locked`) while another one is sending.
    """
    with lock.held(desk.book.path, "sending"):
        yield outbox.release_reserved(desk)


def hand_over(desk: Desk, rows: Sequence[int], progress: Progress | None = None) -> Handed:
    """Send planned messages, within `alone`. Whatever happens to the connection, each stands in one state afterwards.

    Where the server is not reached, nothing is reserved: the messages wait. `progress(done, of)` may return False to
    stop.
    """
    from arterm.mail.smtp import Outgoing

    server, trouble, out = account.outgoing(desk), "", None
    try:
        for n, row in enumerate(rows):
            if progress and not progress(n, len(rows)):
                trouble = message("mail.sending.stopped")
                break
            if out is None:
                out = Outgoing(server, lambda: account.secret(desk))
            content, one = outbox.raw(desk, row), outbox.views(desk, [row])[0]
            if outbox.reserve(desk, row):
                continue
            answer = out.send(content, desk.setting("mail"), one.to)
            outbox.settle(desk, row, answer)
            if out.is_closed:
                out = None
    except ArtermError as error:
        trouble = str(error)
    finally:
        if out is not None:
            out.close()
    return Handed(outbox.views(desk, rows), trouble)


def send_now(desk: Desk, rows: Sequence[int], progress: Progress | None = None) -> Handed:
    """Send these messages at the owner's word. Refuses (`locked`, `no_mail`); where there is no way to the server they
    wait.
    """
    with alone(desk):
        return hand_over(desk, rows, progress)


def send_test(desk: Desk) -> Receipt:
    """A message to oneself. Raises ArtermError that says in words what is wrong; nothing of it stays in the outbox."""
    row = compose.plan_to_self(desk, message("mail.sending.test_subject"), message("mail.sending.test_body"), "test")
    try:
        handed = send_now(desk, [row])
    except ArtermError:
        outbox.cancel(desk, [row])
        raise
    if handed.of("planned"):
        outbox.cancel(desk, [row])
    one = handed.mails[0]
    if one.state != "sent":
        raise ArtermError(
            "mail_server.answered" if not handed.trouble else "mail_server.trouble", said=handed.trouble or one.said
        )
    return Receipt(message("receipts.mail.test", to=one.to))
