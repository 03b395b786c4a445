"""Mail on its way out: reserved before it is handed over, decided again, settled after; never twice, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from arterm.desk import acts, find
from arterm.desk.dunning.run import netted
from arterm.desk.letters import notices
from arterm.desk.letters.notices import settle_within
from arterm.desk.mail.compose import message_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.states import MailState
from arterm.rules.text import clean_note
from arterm.store.cases import facts
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.book import Contact
from arterm.store.models.mail import Outbox
from arterm.store.reads.mail import outbox as reads

if TYPE_CHECKING:
    from arterm.mail.smtp import SendResult

STATES = ("planned", "reserved", "sent", "failed", "unclear", "cancelled")
_TRIES = 5


@dataclass(frozen=True, slots=True)
class MailView:
    """A message and what became of it. `notice` is the letter it carries, 0 for none; `said` are the server's words or
    ours.
    """

    id: int
    customer: str
    customer_id: int
    kind: str
    to: str
    subject: str
    state: MailState
    day: date
    at: datetime
    said: str
    attempts: int
    notice: int
    message_id: str
    sha256: str
    text: str
    files: tuple[str, ...]


def _row(desk: Desk, row: int) -> tuple[reads.WrittenMessage, reads.Sending]:
    """A message as it was written, and what became of it. Refuses (`no_mail`) one that there is not."""
    found = reads.written(desk.book, row)
    if found is None:
        raise ArtermError("no_mail.outgoing", "mail", row=row)
    return found, reads.sending(desk.book, row)


def raw(desk: Desk, row: int) -> bytes:
    """A message byte for byte as it goes or went. Refuses (`damaged`) when it cannot be made so again."""
    from arterm.mail.message import as_bytes, digest

    held, state = _row(desk, row)
    files = [
        (one.name, "document" if one.document else "attachment", one.document or one.attachment or 0)
        for one in reads.parts(desk.book, row)
    ]
    content = as_bytes(message_of(desk, held, files))
    if digest(content) != state.sha256:
        raise ArtermError("damaged.mail", f"e-mail #{row}")
    return content


def views(desk: Desk, ids: Sequence[int]) -> tuple[MailView, ...]:
    """Messages by number, in the order given. Refuses (`no_mail`) one that does not exist."""
    found = []
    for number in ids:
        held, state = _row(desk, number)
        whose = canonical_id(desk.book, held.customer) if held.customer else 0
        found.append(
            MailView(
                id=state.id,
                customer=find.customer_name(desk, whose) if whose else desk.setting("name"),
                customer_id=whose,
                kind=held.kind,
                to=held.to_mail,
                subject=held.subject,
                state=state.state,
                day=date.fromisoformat(held.day),
                at=datetime.fromisoformat(held.at),
                said=state.said,
                attempts=state.attempts,
                notice=held.notice or 0,
                message_id=held.message_id,
                sha256=state.sha256,
                text=held.body,
                files=tuple(one.name for one in reads.parts(desk.book, number)),
            )
        )
    return tuple(found)


def listed(
    desk: Desk, states: Sequence[str] = (), customer: int | None = None, limit: int = 200
) -> tuple[MailView, ...]:
    """What is in the outbox, newest first: in some states only, or of one customer."""
    group = merged_ids(desk.book, [customer]) if customer else None
    return views(desk, reads.messages(desk.book, states, group, limit))


def unclear(desk: Desk) -> tuple[MailView, ...]:
    """Messages of which nobody knows whether they went: they block a repeat until somebody says."""
    return listed(desk, ("unclear",))


def reserve(desk: Desk, row: int) -> str:
    """Just before a message is handed over: decide again, in one transaction. Returns why it must not go, or empty.

    What was paid, promised, disputed or paused since, another address, or another day stops it: then it is cancelled,
    and its letter withdrawn. Refuses (`not_planned`) one that is on its way, or was.
    """
    with desk.act(acts.MAIL_RESERVE) as work:
        held, now = _row(desk, row)
        if now.state != "planned":
            raise ArtermError("not_planned", "mail", row=row, state=now.state)
        why = _why_not(desk, held)
        work.about, work.about_id = ("customer", held.customer) if held.customer else (None, None)
        if why:
            work.update(Outbox, row, state="cancelled", said=why)
            _withdraw(desk, work, held.notice)
        else:
            work.update(Outbox, row, state="reserved", attempts=now.attempts + 1)
    return why


def _why_not(desk: Desk, held: reads.WrittenMessage) -> str:
    if held.contact:
        person = reads.address(desk.book, held.contact)
        if person != reads.ContactAddress(held.to_mail, "good", None):
            return message("mail.outbox.address_changed")
    if held.notice is None:
        return ""
    letter = reads.letter(desk.book, held.notice)
    if letter is None or letter.state != "written":
        return message("mail.outbox.letter_gone")
    lines = reads.asked(desk.book, held.notice)
    if not lines:
        return ""
    if letter.day != desk.today:
        return message("mail.outbox.other_day")
    found = facts(desk.book, desk.today, invoices=list(lines))
    cases = [replace(one, case=replace(one.case, letter_waiting=False)) for one in found]
    cases.sort(key=lambda one: (one.case.due, one.id))
    for one in cases:
        stops = stopped(one.case, desk.today)
        if stops:
            return f"{one.number}: {stops[0]}"
    asked = {one.id: net for one, (net, _) in zip(cases, netted(cases), strict=True)}
    return "" if asked == lines else message("mail.outbox.sums_changed")


def _withdraw(desk: Desk, work: UnitOfWork, notice: int | None) -> None:
    if notice and reads.letter_state(desk.book, notice) == "written":
        settle_within(desk, work, notices.views(desk, [notice])[0], "withdrawn")


def settle(desk: Desk, row: int, answer: SendResult) -> MailView:
    """What the server answered, in one act: sent, and only now the letter counts; refused; to be tried again; or
    unclear.
    """
    with desk.act(acts.MAIL_SETTLE) as work:
        held, now = _row(desk, row)
        if now.state != "reserved":
            raise ArtermError("not_reserved", "mail", row=row, state=now.state)
        work.about, work.about_id = ("customer", held.customer) if held.customer else (None, None)
        state = {"sent": "sent", "refused": "failed", "later": "planned", "unclear": "unclear"}[answer.state]
        if state == "planned" and now.attempts >= _TRIES:
            state = "failed"
        work.update(Outbox, row, state=state, said=answer.words)
        if state == "sent":
            _sent(desk, work, held)
        elif state == "failed":
            _withdraw(desk, work, held.notice)
            if answer.dead and held.contact:
                work.update(Contact, held.contact, mail_state="bad")
    return views(desk, [row])[0]


def _sent(desk: Desk, work: UnitOfWork, held: reads.WrittenMessage) -> None:
    from arterm.store.models.dunning import Log

    if held.notice and reads.letter_state(desk.book, held.notice) == "written":
        settle_within(desk, work, notices.views(desk, [held.notice])[0], "issued")
    if held.customer:
        work.insert(
            Log,
            customer=held.customer,
            at=desk.book.now().isoformat(),
            day=desk.today.isoformat(),
            direction="out",
            channel="note",
            outcome="other",
            contact=held.contact,
            note=clean_note(message("mail.outbox.e_mailed", to_mail=held.to_mail, subject=held.subject)),
        )


def release_reserved(desk: Desk) -> int:
    """Messages that a run which was stopped had in its hands: nobody knows whether they went. The sending lock must be
    held.
    """
    rows = reads.reserved(desk.book)
    if rows:
        with desk.act(acts.MAIL_SETTLE) as work:
            for row in rows:
                work.update(Outbox, row, state="unclear", said=message("mail.outbox.stopped_handing_over"))
    return len(rows)


def resolve_unclear(desk: Desk, row: int, went: bool, why: str = "") -> Receipt:
    """The owner (or the Sent folder) says of an unclear message whether it went: then its letter counts, or is
    withdrawn.
    """
    with desk.act(acts.MAIL_SAID) as work:
        held, now = _row(desk, row)
        if now.state != "unclear":
            raise ArtermError("settled.mail", "mail", row=row, state=now.state)
        work.about, work.about_id = ("customer", held.customer) if held.customer else (None, None)
        words = why or str(message("notes.mail_went" if went else "notes.mail_did_not_go"))
        work.update(Outbox, row, state="sent" if went else "failed", said=words)
        if went:
            _sent(desk, work, held)
        else:
            _withdraw(desk, work, held.notice)
    return Receipt(
        message("receipts.mail.went" if went else "receipts.mail.did_not_go", row=row),
        work.id,
        (held.customer,) if held.customer else (),
    )


def cancel(desk: Desk, rows: Sequence[int]) -> Receipt:
    """Take messages that have not gone yet out of the outbox; their letters are withdrawn. Refuses (`not_planned`)
    others.
    """
    with desk.act(acts.MAIL_CANCEL) as work:
        for row in rows:
            held, now = _row(desk, row)
            if now.state != "planned":
                raise ArtermError("not_planned", "mail", row=row, state=now.state)
            work.update(Outbox, row, state="cancelled", said=str(message("notes.taken_out")))
            _withdraw(desk, work, held.notice)
    return Receipt(message("receipts.mail.cancelled", emails=len(rows)), work.id)


def drop_outdated(desk: Desk, row: int) -> None:
    """A reminder that was written on another day and never went is withdrawn: what is due now is decided anew."""
    with desk.act(acts.MAIL_RESERVE) as work:
        held, now = _row(desk, row)
        if now.state == "planned":
            work.update(Outbox, row, state="cancelled", said=message("mail.outbox.other_day"))
            _withdraw(desk, work, held.notice)
