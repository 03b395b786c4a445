"""Mail that came in: bounces make an address bad and move the case on, answers pause chasing until they are read.
Nothing is deleted or marked on the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from arterm.desk import acts, find
from arterm.desk.accounts.attachments import digest
from arterm.desk.claims import charges
from arterm.desk.letters import notices
from arterm.desk.mail import account, outbox
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.states import IncomingState
from arterm.rules.text import clean_note, count
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.book import Attachment, Contact
from arterm.store.models.dunning import Log
from arterm.store.models.letters import Notice
from arterm.store.models.mail import Inbox, InboxMark, Outbox
from arterm.store.reads.mail import inbox as reads

if TYPE_CHECKING:
    from arterm.mail.bounces import CameIn

_FIRST_LOOK = 500  # messages that are looked at when a mailbox is looked into for the first time


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look into the mailbox brought: bounces, answers, what only says to wait; `others` are no business of
    ours.
    """

    bounces: int
    replies: int
    delays: int
    autos: int
    others: int

    @property
    def words(self) -> str:
        """In one line."""
        parts = [
            count(self.bounces, "bounce"),
            count(self.replies, "answer"),
            message("mail.inbox.delayed", delays=self.delays),
            count(self.autos, message("mail.inbox.automatic_answer")),
        ]
        told = [part for part, n in zip(parts, (self.bounces, self.replies, self.delays, self.autos), strict=True) if n]
        return ", ".join(told) or message("mail.inbox.nothing_new")


@dataclass(frozen=True, slots=True)
class CameView:
    """A message that came in: what it is, from whom, about which mail of ours (0: none), its words; `said` is what it
    means.
    """

    id: int
    kind: str
    customer: str
    customer_id: int
    sender: str
    sender_mail: str
    subject: str
    day: date
    mail: int
    text: str
    said: str
    state: IncomingState


def look(desk: Desk) -> Looked:
    """Read what is new since the last look, each message in one act. Refuses (`no_mail`, `mail_server`,
    `mail_login`).
    """
    from arterm.mail.imap import Mailbox

    server, folder = account.incoming(desk), desk.setting("imap_folder")
    counts = {"bounce": 0, "reply": 0, "delay": 0, "auto": 0, "": 0}
    with Mailbox(server, lambda: account.secret(desk, inbox=True)) as box:
        validity = box.validity(folder)
        row, uid = _mark(desk, folder, validity, box.newest)
        for number, raw in box.after(uid):
            counts[take_in(desk, folder, validity, number, raw, row)] += 1
    return Looked(counts["bounce"], counts["reply"], counts["delay"], counts["auto"], counts[""])


def _mark(desk: Desk, folder: str, validity: int, newest: object) -> tuple[int, int]:
    """How far the folder was read: (the mark's row, the number). Another validity means that it is read anew."""
    found = reads.mark(desk.book, folder)
    if found and found.validity == validity:
        return found.id, found.uid
    assert callable(newest)
    begin = max(0, int(newest()) - _FIRST_LOOK)
    with desk.act(acts.MAIL_FETCH) as work:
        values: dict[str, Any] = {"validity": validity, "uid": begin, "looked": desk.book.now().isoformat()}
        if found:
            work.update(InboxMark, found.id, **values)
            return found.id, begin
        return work.insert(InboxMark, folder=folder, **values), begin


def take_in(desk: Desk, folder: str, validity: int, uid: int, raw: bytes, mark: int) -> str:
    """One message, in one act: what it is, whom it is about, what follows. Returns its kind, empty where it is not for
    us.
    """
    from arterm.mail.bounces import read_mail

    came = read_mail(raw)
    with desk.act(acts.MAIL_FETCH) as work:
        work.update(InboxMark, mark, uid=uid, looked=desk.book.now().isoformat())
        if reads.has_come_in(desk.book, folder, validity, uid):
            return ""
        about, customer = _whose(desk, came)
        if customer is None or came.sender_mail == desk.setting("mail").lower():
            return ""
        work.about, work.about_id = "customer", customer
        made = work.insert(
            Inbox,
            folder=folder,
            validity=validity,
            uid=uid,
            message_id=came.message_id,
            sender=came.sender,
            sender_mail=came.sender_mail,
            subject=came.subject,
            day=desk.today.isoformat(),
            kind=came.kind,
            customer=customer,
            outbox=about,
            body=clean_note(came.text),
            said=came.why,
            state="new" if came.kind == "reply" else "read",
        )
        if came.kind == "bounce":
            _bounced(desk, work, came, customer, about)
        _log(desk, work, made, came, customer, raw)
    return came.kind


def _whose(desk: Desk, came: CameIn) -> tuple[int | None, int | None]:
    """(our message, the customer) that one is about: by the Message-IDs it speaks of, else by address. None:
    nobody's.
    """
    for message_id in came.answers:
        found = reads.by_message_id(desk.book, message_id)
        if found:
            return found.id, canonical_id(desk.book, found.customer) if found.customer else None
    for mail in (*came.failed, *([] if came.kind in ("bounce", "delay") else [came.sender_mail])):
        whose = reads.customers_with_mail(desk.book, mail)
        if len(whose) == 1:
            return reads.last_sent_to(desk.book, mail), whose[0]
    return None, None


def _bounced(desk: Desk, work: UnitOfWork, came: CameIn, customer: int, about: int | None) -> None:
    """A dead address is bad from now on; the letter that did not arrive no longer counts, so that the next way is
    taken.
    """
    group = merged_ids(desk.book, [customer])
    for mail in came.dead:
        for row in reads.good_contacts(desk.book, group, mail):
            work.update(Contact, row, mail_state="bad")
    held = reads.maybe_failed(desk.book, about) if about else None
    if held is None or held.state not in ("sent", "unclear"):
        return
    if came.dead and held.to_mail.lower() not in came.dead:
        return
    work.update(Outbox, about or 0, state="failed", said=message("mail.inbox.came_back", why=came.why))
    if held.notice is None:
        return
    notice = notices.views(desk, [held.notice])[0]
    if notice.state == "issued":
        charges.undebit(desk, work, notice.id)
        work.update(Notice, notice.id, state="withdrawn")
    elif notice.state == "written":
        work.update(Notice, notice.id, state="withdrawn")


def _log(desk: Desk, work: UnitOfWork, row: int, came: CameIn, customer: int, raw: bytes) -> None:
    """A person's words stand in the log as a contact; what programs say stands there as a note."""
    told = {
        "reply": came.text,
        "bounce": message("mail.inbox.bounced", to=", ".join(came.failed) or "them", why=came.why),
        "delay": message("mail.inbox.e_mail_delayed", why=came.why),
        "auto": message("mail.inbox.automatic", subject=came.subject),
    }[came.kind]
    entry = work.insert(
        Log,
        customer=customer,
        at=desk.book.now().isoformat(),
        day=desk.today.isoformat(),
        direction="in",
        channel="email" if came.kind == "reply" else "note",
        outcome="other",
        note=clean_note(told),
    )
    work.update(Inbox, row, log=entry)
    if came.kind == "reply":  # as it came, with what may be attached to it
        work.insert(Attachment, owner="log", owner_id=entry, name="answer.eml", path="", sha256=digest(raw), bytes=raw)


def came_in(
    desk: Desk, states: tuple[str, ...] = ("new", "read"), customer: int | None = None, limit: int = 200
) -> tuple[CameView, ...]:
    """What came in, the newest first."""
    group = merged_ids(desk.book, [customer]) if customer else None
    found = []
    for one in reads.came_in(desk.book, states, group, limit):
        known = canonical_id(desk.book, one.customer)
        found.append(
            CameView(
                id=one.id,
                kind=one.kind,
                customer=find.customer_name(desk, known),
                customer_id=known,
                sender=one.sender,
                sender_mail=one.sender_mail,
                subject=one.subject,
                day=one.day,
                mail=one.mail,
                text=one.body,
                said=one.said,
                state=one.state,
            )
        )
    return tuple(found)


def read(desk: Desk, row: int) -> Receipt:
    """Say that an answer was read: chasing goes on where nothing else holds it. Refuses (`no_mail`) what there is
    not.
    """
    found = reads.message(desk.book, row)
    if found is None:
        raise ArtermError("no_mail.incoming", "message", row=row)
    if found.state == "read":
        return Receipt(message("receipts.mail.already_read"))
    with desk.act(acts.MAIL_READ, "customer", found.customer) as work:
        work.update(Inbox, row, state="read")
        work.touch(found.customer)
    return Receipt(
        message("receipts.mail.read", customer=find.customer_name(desk, canonical_id(desk.book, found.customer))),
        work.id,
        (found.customer,),
    )


def settle_by_sent_folder(desk: Desk) -> Receipt:
    """Look among the sent mail for each unclear message: one that lies there went. One that does not stays unclear,
    because not every server keeps what it sends.
    """
    from arterm.mail.imap import Mailbox

    waiting = outbox.unclear(desk)
    if not waiting:
        return Receipt(message("receipts.mail.none_unclear"))
    went = 0
    with Mailbox(account.incoming(desk), lambda: account.secret(desk, inbox=True)) as box:
        for one in waiting:
            if box.has_sent(one.message_id):
                outbox.resolve_unclear(desk, one.id, True, str(message("notes.among_sent")))
                went += 1
    left = len(waiting) - went
    found = message("receipts.mail.found_sent", emails=went)
    return Receipt(found, remarks=(message("receipts.mail.not_found", emails=left),) if left else ())
