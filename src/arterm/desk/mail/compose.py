"""Mail written: to whom, in which words, with which files; it waits in the outbox until it is handed over."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from arterm.desk import acts, find
from arterm.desk.accounts.attachments import attachment
from arterm.desk.dunning.run import DueNotice
from arterm.desk.letters import notices
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import draw
from arterm.desk.letters.notices import Drawn, LeftOut, Progress, document
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.text import clean, clean_note
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.letters import Notice
from arterm.store.models.mail import Outbox, OutboxPart
from arterm.store.reads.mail import outbox as reads

if TYPE_CHECKING:
    from arterm.letters.letter import Letter
    from arterm.letters.mailed import Body
    from arterm.mail.message import Mail

MOST_ATTACHED = 12 * 2**20  # bytes of files along with a mail; what is beyond stays out
_THREAD = 10


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a mail goes to."""

    contact: int
    name: str
    mail: str


def recipient(desk: Desk, customer: int) -> Recipient | None:
    """The first of a customer's contacts whose address is good, in the order they are to be asked; None where there is
    none.
    """
    found = reads.first_person(desk.book, merged_ids(desk.book, [customer]))
    return Recipient(found.id, found.name, found.mail) if found else None


def plan_reminders(
    desk: Desk, due: Sequence[DueNotice], progress: Progress | None = None, left_out: LeftOut | None = None
) -> list[int]:
    """Write reminders that go by mail, each with its message, in one act; returns the messages' numbers. Refuses
    (`no_address`) as soon as one has no address.
    """
    from arterm.letters.mailed import as_body

    if not due:
        return []
    made: list[int] = []

    def also(work: UnitOfWork, one: DueNotice, letter: Letter, notice: int) -> None:
        files = [_letter_file(desk, notice), *_invoice_files(desk, [line.found.id for line in one.lines])]
        made.append(_keep(desk, work, one.customer, letter.kind, as_body(letter), letter.language, files, notice))

    for one in due:
        _needed_recipient(desk, one.customer)
    notices.write(desk, [replace(one, channel="email") for one in due], progress=progress, left_out=left_out, also=also)
    return made


def plan_letter(desk: Desk, draft: LetterDraft) -> int:
    """Write a letter of another kind and its message, in one act. Refuses as `letter_of`, and (`no_address`)."""
    return plan_drawn(desk, [draw_to_mail(desk, draft)])[0]


def draw_to_mail(desk: Desk, draft: LetterDraft) -> Drawn:
    """The letter and its page, for somebody who has an address. Refuses as `letter_of`, and (`no_address`)."""
    _needed_recipient(desk, draft.customer)
    return draw(desk, draft)


def plan_drawn(desk: Desk, drawn: Sequence[Drawn]) -> list[int]:
    """Keep letters that are drawn, each with its message, in one act; returns the messages' numbers.

    A letter that gives something away is the same act by mail as on paper.
    """
    from arterm.letters.mailed import as_body

    if not drawn:
        return []
    alone = drawn[0] if len(drawn) == 1 else None
    act = acts.of_letter(alone.letter.kind, acts.MAIL_PLAN) if alone else acts.MAIL_PLAN
    made = []
    with desk.act(act, "customer" if alone else None, alone.customer if alone else None) as work:
        for one in drawn:
            notice = notices.store_letter_in_act(work, one.customer, one.letter, one.content, one.invoices)
            work.update(Notice, notice, channel="email")
            files = [_letter_file(desk, notice), *_invoice_files(desk, one.invoices)]
            kind, language = one.letter.kind, one.letter.language
            made.append(_keep(desk, work, one.customer, kind, as_body(one.letter), language, files, notice))
    return made


def plan_written(desk: Desk, notice: int) -> int:
    """A message for a letter that is written and has not gone out yet: the words of its page, and the page itself."""
    from arterm.letters.mailed import plain_body
    from arterm.letters.reading import page_lines

    held = notices.views(desk, [notice])[0]
    if held.state != "written":
        raise ArtermError("settled.letter", "notice", notice=notice, state=held.state)
    if reads.is_in_outbox(desk.book, notice):
        raise ArtermError("exists.mail", "notice", notice=notice)
    _needed_recipient(desk, held.customer_id)
    lines = page_lines(document(desk, held.document))
    body = plain_body(f"{desk.setting('name')}: {', '.join(held.invoices)[:80]}", "\n".join(lines), held.language)
    with desk.act(acts.MAIL_PLAN, "customer", held.customer_id) as work:
        work.update(Notice, notice, channel="email")
        return _keep(desk, work, held.customer_id, held.kind, body, held.language, [_letter_file(desk, notice)], notice)


def plan_words(desk: Desk, customer: int, subject: str, text: str, kind: str = "message") -> int:
    """A message in the owner's own words, in the thread with this customer. Refuses (`missing`, `no_address`)."""
    from arterm.letters.mailed import plain_body

    if not clean(subject) or not clean_note(text):
        raise ArtermError("missing.message", "text")
    _needed_recipient(desk, customer)
    language = reads.language(desk.book, customer) or desk.setting("language")
    with desk.act(acts.MAIL_PLAN, "customer", customer) as work:
        return _keep(desk, work, customer, kind, plain_body(clean(subject), clean_note(text), language), language, [])


def plan_to_self(desk: Desk, subject: str, text: str, kind: str) -> int:
    """A message to the owner: an alert or a test. Returns its number."""
    from arterm.letters.mailed import plain_body

    with desk.act(acts.MAIL_PLAN) as work:
        to = Recipient(0, desk.setting("name"), desk.setting("mail"))
        return _keep(desk, work, None, kind, plain_body(subject, text, "en"), "en", [], None, to)


def _needed_recipient(desk: Desk, customer: int) -> Recipient:
    found = recipient(desk, customer)
    if found is None:
        name = find.customer_name(desk, customer)
        raise ArtermError("no_address", "contact", name=name)
    return found


File = tuple[str, str, int]  # name, `document` or `attachment`, its number


def _letter_file(desk: Desk, notice: int) -> File:
    page = reads.letter_file(desk.book, notice)
    return f"{desk.setting('name')} {page.day} {page.kind}.pdf", "document", page.document


def _invoice_files(desk: Desk, invoices: Sequence[int]) -> list[File]:
    """The copies of these invoices that the owner attached, as many as a mail may carry."""
    found: list[File] = []
    room = MOST_ATTACHED
    for invoice in invoices:
        for file in reads.invoice_files(desk.book, invoice):
            room -= file.size
            if room >= 0:
                found.append((file.name, "attachment", file.id))
    return found


def _keep(
    desk: Desk,
    work: UnitOfWork,
    customer: int | None,
    kind: str,
    body: Body,
    language: str,
    files: Sequence[File],
    notice: int | None = None,
    to: Recipient | None = None,
) -> int:
    """A message into the outbox, within the act that plans it: its bytes are settled now, and known by their hash."""
    from arterm.mail.message import as_bytes, digest

    whom = to or _needed_recipient(desk, customer or 0)
    at = desk.book.now().astimezone().replace(microsecond=0).isoformat()
    domain = desk.setting("mail").rpartition("@")[2].encode("idna").decode() or "localhost"
    row = reads.WrittenMessage(
        customer=customer,
        notice=notice,
        contact=whom.contact or None,
        kind=kind,
        sender=desk.setting("name"),
        sender_mail=desk.setting("mail"),
        reply_to=desk.setting("mail_reply"),
        to_name=whom.name,
        to_mail=whom.mail,
        subject=body.subject,
        body=body.text,
        html=body.html,
        language=language,
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        refs=" ".join(_thread(desk, customer)) if customer else "",
        at=at,
        day=desk.today.isoformat(),
    )
    raw = as_bytes(message_of(desk, row, [(name, where, number) for name, where, number in files]))
    made = work.insert(Outbox, **asdict(row), sha256=digest(raw), state="planned")
    for name, where, number in files:
        work.insert(OutboxPart, outbox=made, name=name, **{where: number})
    return made


def _thread(desk: Desk, customer: int) -> tuple[str, ...]:
    """The Message-IDs that a new mail to a customer answers: the last one that went, and what it answered."""
    group = merged_ids(desk.book, [customer])
    last = reads.thread(desk.book, group)
    return (*last.refs.split(), last.message_id)[-_THREAD:] if last else ()


def message_of(desk: Desk, row: reads.WrittenMessage, files: Sequence[File]) -> Mail:
    """The message that a row of the outbox stands for, with its files."""
    from arterm.mail.message import Mail, Part

    parts = [
        Part(name, document(desk, number) if where == "document" else attachment(desk, number)[1])
        for name, where, number in files
    ]
    return Mail(
        row.sender,
        row.sender_mail,
        row.to_name,
        row.to_mail,
        row.subject,
        row.body,
        row.html,
        row.message_id,
        datetime.fromisoformat(row.at),
        row.reply_to,
        tuple(row.refs.split()),
        row.language,
        tuple(parts),
    )
