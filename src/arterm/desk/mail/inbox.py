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
from arterm.rules.text import clean_note, count
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.book import Attachment, Contact
from arterm.store.models.dunning import Log
from arterm.store.models.letters import Notice
from arterm.store.models.mail import Inbox, InboxMark, Outbox

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
            f"{self.delays} delayed",
            count(self.autos, "automatic answer"),
        ]
        told = [part for part, n in zip(parts, (self.bounces, self.replies, self.delays, self.autos), strict=True) if n]
        return ", ".join(told) or "nothing new"


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
    state: str


def look(desk: Desk) -> Looked:
    """Read what is new since the last look, each message in one act. Refuses (`no_mail`, `mail_server`,
    `mail_login`).
    """
    from arterm.mail.imap import Mailbox

    server, folder = account.incoming(desk), desk.setting("imap_folder", "INBOX")
    counts = {"bounce": 0, "reply": 0, "delay": 0, "auto": 0, "": 0}
    with Mailbox(server, lambda: account.secret(desk, inbox=True)) as box:
        validity = box.validity(folder)
        row, uid = _mark(desk, folder, validity, box.newest)
        for number, raw in box.after(uid):
            counts[take_in(desk, folder, validity, number, raw, row)] += 1
    return Looked(counts["bounce"], counts["reply"], counts["delay"], counts["auto"], counts[""])


def _mark(desk: Desk, folder: str, validity: int, newest: object) -> tuple[int, int]:
    """How far the folder was read: (the mark's row, the number). Another validity means that it is read anew."""
    found = desk.book.one("SELECT id, validity, uid FROM inbox_mark WHERE folder = ? AND void_act IS NULL", (folder,))
    if found and found[1] == validity:
        return int(found[0]), int(found[2])
    assert callable(newest)
    begin = max(0, int(newest()) - _FIRST_LOOK)
    with desk.act(acts.MAIL_FETCH) as work:
        values: dict[str, Any] = {"validity": validity, "uid": begin, "looked": desk.book.now().isoformat()}
        if found:
            work.update(InboxMark, found[0], **values)
            return int(found[0]), begin
        return work.insert(InboxMark, folder=folder, **values), begin


def take_in(desk: Desk, folder: str, validity: int, uid: int, raw: bytes, mark: int) -> str:
    """One message, in one act: what it is, whom it is about, what follows. Returns its kind, empty where it is not for
    us.
    """
    from arterm.mail.bounces import read_mail

    came = read_mail(raw)
    with desk.act(acts.MAIL_FETCH) as work:
        work.update(InboxMark, mark, uid=uid, looked=desk.book.now().isoformat())
        if desk.book.one(
            "SELECT 1 FROM inbox WHERE folder = ? AND validity = ? AND uid = ? AND void_act IS NULL",
            (folder, validity, uid),
        ):
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
        found = desk.book.one(
            "SELECT id, customer FROM outbox WHERE message_id = ? AND void_act IS NULL", (message_id,)
        )
        if found:
            return found[0], canonical_id(desk.book, found[1]) if found[1] else None
    for mail in (*came.failed, *([] if came.kind in ("bounce", "delay") else [came.sender_mail])):
        rows = desk.book.rows(
            "SELECT DISTINCT coalesce(o.merged_into, o.id) FROM contact t JOIN customer o ON o.id = t.customer WHERE"
            " lower(t.mail) = ? AND t.void_act IS NULL",
            (mail,),
        )
        if len(rows) == 1:
            sent = desk.book.one(
                "SELECT id FROM outbox WHERE lower(to_mail) = ? AND state IN ('sent', 'unclear') AND void_act IS NULL"
                " ORDER BY id DESC LIMIT 1",
                (mail,),
            )
            return (sent[0] if sent else None), int(rows[0][0])
    return None, None


def _bounced(desk: Desk, work: UnitOfWork, came: CameIn, customer: int, about: int | None) -> None:
    """A dead address is bad from now on; the letter that did not arrive no longer counts, so that the next way is
    taken.
    """
    group = merged_ids(desk.book, [customer])
    marks = ", ".join("?" * len(group))
    for mail in came.dead:
        for (row,) in desk.book.rows(
            f"SELECT id FROM contact WHERE customer IN ({marks}) AND lower(mail) = ? AND mail_state = 'good' AND"
            " void_act IS NULL",
            (*group, mail),
        ):
            work.update(Contact, row, mail_state="bad")
    held = desk.book.one("SELECT state, notice, to_mail FROM outbox WHERE id = ?", (about,)) if about else None
    if held is None or held[0] not in ("sent", "unclear"):
        return
    if came.dead and held[2].lower() not in came.dead:
        return
    work.update(Outbox, about or 0, state="failed", said=f"it came back: {came.why}")
    if held[1] is None:
        return
    notice = notices.views(desk, [held[1]])[0]
    if notice.state == "issued":
        charges.undebit(desk, work, notice.id)
        work.update(Notice, notice.id, state="withdrawn")
    elif notice.state == "written":
        work.update(Notice, notice.id, state="withdrawn")


def _log(desk: Desk, work: UnitOfWork, row: int, came: CameIn, customer: int, raw: bytes) -> None:
    """A person's words stand in the log as a contact; what programs say stands there as a note."""
    told = {
        "reply": came.text,
        "bounce": f"E-mail to {', '.join(came.failed) or 'them'} came back: {came.why}",
        "delay": f"E-mail is delayed: {came.why}",
        "auto": f"Automatic answer: {came.subject}",
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


_COLUMNS = "id, kind, customer, sender, sender_mail, subject, day, coalesce(outbox, 0), body, said, state"


def came_in(
    desk: Desk, states: tuple[str, ...] = ("new", "read"), customer: int | None = None, limit: int = 200
) -> tuple[CameView, ...]:
    """What came in, the newest first."""
    where, values = f"void_act IS NULL AND state IN ({', '.join('?' * len(states))})", list[object](states)
    if customer:
        group = merged_ids(desk.book, [customer])
        where += f" AND customer IN ({', '.join('?' * len(group))})"
        values += group
    rows = desk.book.rows(
        f"SELECT {_COLUMNS} FROM inbox WHERE {where} ORDER BY id DESC LIMIT {int(limit)}", tuple(values)
    )
    found = []
    for row, kind, whose, sender, mail, subject, day, about, body, said, state in rows:
        known = canonical_id(desk.book, whose)
        found.append(
            CameView(
                row,
                kind,
                find.customer_name(desk, known),
                known,
                sender,
                mail,
                subject,
                date.fromisoformat(day),
                about,
                body,
                said,
                state,
            )
        )
    return tuple(found)


def read(desk: Desk, row: int) -> Receipt:
    """Say that an answer was read: chasing goes on where nothing else holds it. Refuses (`no_mail`) what there is
    not.
    """
    found = desk.book.one("SELECT customer, state FROM inbox WHERE id = ? AND void_act IS NULL", (row,))
    if found is None:
        raise ArtermError("no_mail", f"There is no message #{row}.", "message", "See them with: arterm mail inbox")
    if found[1] == "read":
        return Receipt("It was read already.")
    with desk.act(acts.MAIL_READ, "customer", found[0]) as work:
        work.update(Inbox, row, state="read")
        work.touch(found[0])
    return Receipt(
        f"Read what {find.customer_name(desk, canonical_id(desk.book, found[0]))} wrote.", work.id, (found[0],)
    )


def settle_by_sent_folder(desk: Desk) -> Receipt:
    """Look among the sent mail for each unclear message: one that lies there went. One that does not stays unclear,
    because not every server keeps what it sends.
    """
    from arterm.mail.imap import Mailbox

    waiting = outbox.unclear(desk)
    if not waiting:
        return Receipt("No e-mail is unclear.")
    went = 0
    with Mailbox(account.incoming(desk), lambda: account.secret(desk, inbox=True)) as box:
        for one in waiting:
            if box.has_sent(one.message_id):
                outbox.resolve_unclear(desk, one.id, True, "it lies among the sent mail")
                went += 1
    left = len(waiting) - went
    return Receipt(
        f"{count(went, 'e-mail')} went."
        + (f" {count(left, 'e-mail')} not found there: look yourself, then say so." if left else "")
    )
