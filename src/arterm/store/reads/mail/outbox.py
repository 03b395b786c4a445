"""What goes out by mail: messages and their files, what became of them, whom they are to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules.states import MailState, NoticeState
from arterm.store.book import Book
from arterm.store.models.book import Contact, Customer
from arterm.store.models.letters import Notice
from arterm.store.models.mail import Outbox, OutboxPart
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """A message as it was written, before anything is done with it: what its bytes are made of."""

    customer: int | None
    notice: int | None
    contact: int | None
    kind: str
    sender: str
    sender_mail: str
    reply_to: str
    to_name: str
    to_mail: str
    subject: str
    body: str
    html: str
    language: str
    message_id: str
    refs: str
    at: str
    day: str


@dataclass(frozen=True, slots=True)
class Sending:
    """A message of the outbox beside its words: the digest of its bytes, its state, what became of it."""

    id: int
    sha256: str
    state: MailState
    attempts: int
    said: str


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file that a message carries: a letter (`document`) or an attachment."""

    name: str
    document: int | None
    attachment: int | None


@dataclass(frozen=True, slots=True)
class ContactAddress:
    """A contact's address as it now is."""

    mail: str
    mail_state: str
    void_act: int | None


@dataclass(frozen=True, slots=True)
class LetterState:
    """A letter's state and the day on which it was written."""

    state: NoticeState
    day: date


@dataclass(frozen=True, slots=True)
class AskedSum:
    """What a letter asks of an invoice (minor units)."""

    invoice: int
    open: int


@dataclass(frozen=True, slots=True)
class Person:
    """A contact to write to."""

    id: int
    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The page of a letter: its number among the documents, its day and kind."""

    document: int
    day: str
    kind: str


@dataclass(frozen=True, slots=True)
class FileSize:
    """A file that is kept beside an invoice, and its size in bytes."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Thread:
    """What a message answered, and its own Message-ID."""

    refs: str
    message_id: str


_WRITTEN = """customer, notice, contact, kind, sender, sender_mail, reply_to, to_name, to_mail, subject, body, html,
    language, message_id, refs, at, day"""
_BLOCKING = ("planned", "reserved", "unclear")


def written(book: Book, row: int) -> WrittenMessage | None:
    """A message as it was written; None where there is none of that number."""
    return book.record(WrittenMessage, f"SELECT {_WRITTEN} FROM live_outbox WHERE id = ?", (row,))


def sending(book: Book, row: int) -> Sending:
    """What became of a message."""
    found = book.record(Sending, "SELECT id, sha256, state, attempts, said FROM live_outbox WHERE id = ?", (row,))
    assert found is not None
    return found


def parts(book: Book, row: int) -> list[PartFile]:
    """The files of a message, in order."""
    query = OutboxPart.select(OutboxPart.name, OutboxPart.document, OutboxPart.attachment)
    return book.records(PartFile, query.where(OutboxPart.outbox == row).order_by(OutboxPart.id))


def messages(book: Book, states: Sequence[str], customers: Sequence[int] | None, limit: int) -> list[int]:
    """Messages of the outbox, the newest first: in some states, of some customers."""
    narrowed = [
        *([f"state IN ({marks(states)})"] if states else []),
        *([f"customer IN ({marks(customers)})"] if customers is not None else []),
    ]
    where = f"WHERE {' AND '.join(narrowed)}" if narrowed else ""
    query = f"SELECT id FROM live_outbox {where} ORDER BY id DESC LIMIT ?"
    return book.column(query, (*states, *(customers or ()), limit))


def address(book: Book, contact: int) -> ContactAddress | None:
    """A contact's address."""
    query = Contact.select(Contact.mail, Contact.mail_state, Contact.void_act)
    return book.record(ContactAddress, query.where(Contact.id == contact))


def letter(book: Book, notice: int) -> LetterState | None:
    """The letter that a message carries; None where it was taken back."""
    query = Notice.select(Notice.state, Notice.day)
    return book.record(LetterState, query.where(Notice.id == notice, Notice.void_act.is_null()))


def letter_state(book: Book, notice: int) -> str:
    """The state of a letter."""
    return str(book.value(Notice.select(Notice.state).where(Notice.id == notice)))


def asked(book: Book, notice: int) -> dict[int, int]:
    """What a letter asks, by invoice (minor units)."""
    rows = book.records(AskedSum, "SELECT invoice, open FROM notice_line WHERE notice = ?", (notice,))
    return {one.invoice: one.open for one in rows}


def reserved(book: Book) -> list[int]:
    """Messages that a run which was stopped had in its hands."""
    return book.column(Outbox.select(Outbox.id).where(Outbox.state == "reserved", Outbox.void_act.is_null()))


def is_in_outbox(book: Book, notice: int) -> bool:
    """Whether a letter has a message that is planned, on its way, or unclear."""
    query = f"SELECT 1 FROM live_outbox WHERE notice = ? AND state IN ({marks(_BLOCKING)})"
    return book.value(query, (notice, *_BLOCKING)) is not None


def first_person(book: Book, customers: Sequence[int]) -> Person | None:
    """The first contact with a good address, in the order they are to be asked."""
    return book.record(
        Person,
        f"""
        SELECT id, name, mail FROM live_contact
        WHERE customer IN ({marks(customers)}) AND mail <> '' AND mail_state = 'good' ORDER BY rank, id LIMIT 1""",
        tuple(customers),
    )


def language(book: Book, customer: int) -> str:
    """The language that a customer is written to in; empty where none is said."""
    return str(book.value(Customer.select(Customer.language).where(Customer.id == customer)))


def letter_file(book: Book, notice: int) -> LetterFile:
    """The page of a letter."""
    found = book.record(
        LetterFile,
        "SELECT n.document, n.day, t.kind FROM notice n JOIN letter t ON t.notice = n.id WHERE n.id = ?",
        (notice,),
    )
    assert found is not None
    return found


def invoice_files(book: Book, invoice: int) -> list[FileSize]:
    """The files beside an invoice, in the order they were attached."""
    return book.records(
        FileSize,
        """
        SELECT id, name, length(bytes) FROM live_attachment
        WHERE owner = 'invoice' AND owner_id = ? ORDER BY id""",
        (invoice,),
    )


def thread(book: Book, customers: Sequence[int]) -> Thread | None:
    """The last message that went to some customers."""
    return book.record(
        Thread,
        f"""
        SELECT refs, message_id FROM live_outbox
        WHERE customer IN ({marks(customers)}) AND state IN ('sent', 'unclear') ORDER BY id DESC LIMIT 1""",
        tuple(customers),
    )
