"""What came in by mail: how far a folder was read, whose a message is, what is said of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules.states import IncomingState, MailState
from arterm.store.book import Book
from arterm.store.models.mail import Inbox, InboxMark, Outbox
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder of the mailbox was read."""

    id: int
    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class SentMail:
    """A message of ours and whom it was to."""

    id: int
    customer: int | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that may have come back."""

    state: MailState
    notice: int | None
    to_mail: str


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """A message that came in; `mail` is ours that it is about, 0 for none."""

    id: int
    kind: str
    customer: int
    sender: str
    sender_mail: str
    subject: str
    day: date
    mail: int
    body: str
    said: str
    state: IncomingState


def mark(book: Book, folder: str) -> Mark | None:
    """How far a folder was read."""
    query = InboxMark.select(InboxMark.id, InboxMark.validity, InboxMark.uid)
    return book.record(Mark, query.where(InboxMark.folder == folder, InboxMark.void_act.is_null()))


def has_come_in(book: Book, folder: str, validity: int, uid: int) -> bool:
    """Whether a message of the mailbox was taken in."""
    query = Inbox.select(Inbox.id).where(
        Inbox.folder == folder, Inbox.validity == validity, Inbox.uid == uid, Inbox.void_act.is_null()
    )
    return book.value(query) is not None


def by_message_id(book: Book, message_id: str) -> SentMail | None:
    """The message of ours with that Message-ID."""
    query = Outbox.select(Outbox.id, Outbox.customer)
    return book.record(SentMail, query.where(Outbox.message_id == message_id, Outbox.void_act.is_null()))


def customers_with_mail(book: Book, mail: str) -> list[int]:
    """Customers, as now known, who have a contact with that address (in lower case)."""
    return book.column(
        """
        SELECT DISTINCT c.customer FROM live_contact t JOIN customer_now c ON c.id = t.customer
        WHERE lower(t.mail) = ?""",
        (mail,),
    )


def last_sent_to(book: Book, mail: str) -> int | None:
    """The newest message that went to an address (in lower case)."""
    found: int | None = book.value(
        """
        SELECT id FROM live_outbox WHERE lower(to_mail) = ? AND state IN ('sent', 'unclear')
        ORDER BY id DESC LIMIT 1""",
        (mail,),
    )
    return found


def good_contacts(book: Book, customers: Sequence[int], mail: str) -> list[int]:
    """Contacts of some customers whose address (in lower case) is this one, and good so far."""
    return book.column(
        f"""
        SELECT id FROM live_contact
        WHERE customer IN ({marks(customers)}) AND lower(mail) = ? AND mail_state = 'good'""",
        (*customers, mail),
    )


def maybe_failed(book: Book, row: int) -> Failed | None:
    """A message of which it is said that it came back."""
    return book.record(Failed, "SELECT state, notice, to_mail FROM outbox WHERE id = ?", (row,))


_CAME_IN = "SELECT id, kind, customer, sender, sender_mail, subject, day, coalesce(outbox, 0), body, said, state"


def came_in(book: Book, states: Sequence[str], customers: Sequence[int] | None, limit: int) -> list[InboxMessage]:
    """What came in, the newest first: in some states, of some customers."""
    whose = f" AND customer IN ({marks(customers)})" if customers is not None else ""
    query = f"{_CAME_IN} FROM live_inbox WHERE state IN ({marks(states)}){whose} ORDER BY id DESC LIMIT ?"
    return book.records(InboxMessage, query, (*states, *(customers or ()), limit))


def message(book: Book, row: int) -> InboxMessage | None:
    """One message that came in."""
    return book.record(InboxMessage, f"{_CAME_IN} FROM live_inbox WHERE id = ?", (row,))
