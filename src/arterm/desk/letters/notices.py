"""Letters in the book: written and kept, then issued or discarded; reminders move the ladder only when they went
out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from tempfile import TemporaryFile

from arterm.desk import acts
from arterm.desk.acts import Act
from arterm.desk.business import settings
from arterm.desk.claims import charges
from arterm.desk.dunning.run import DueNotice
from arterm.desk.letters.reminder import KIND_OF_TONE, legal_letter, reminder
from arterm.desk.letters.views import NoticeView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.letters.letter import TONES, Letter, Sender
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.letter_kinds import KINDS
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store.cases import facts
from arterm.store.journal import UnitOfWork
from arterm.store.merged import merged_ids
from arterm.store.models.dunning import Pause
from arterm.store.models.letters import Document, LetterFact, LetterLine, Notice, NoticeKind, NoticeLine
from arterm.store.models.mail import Outbox
from arterm.store.reads import letters as reads

Progress = Callable[[int, int], bool]
LeftOut = list[tuple[DueNotice, ArtermError]]
Also = Callable[[UnitOfWork, DueNotice, Letter, int], object]  # done in the same act for each letter, with its number


def write(
    desk: Desk,
    due: Sequence[DueNotice],
    tone: str = "",
    progress: Progress | None = None,
    left_out: LeftOut | None = None,
    also: Also | None = None,
) -> tuple[NoticeView, ...]:
    """Write these letters and keep them in the book, in one act; they count as issued only later.

    `tone` is another one than the ladder has, never a firmer one. `progress(done, of)` may return False to stop: then
    nothing is written. A letter that cannot be printed whole is refused (`no_glyph`); with `left_out` it is put there
    and the others are written. Refuses (`missing`) a business without a name, (`past_run`) a day before the last
    letters.
    """
    from arterm.letters.paper import render

    if not due:
        return ()
    newest = reads.newest_day(desk.book)
    if newest and desk.today < newest:
        raise ArtermError("past_run", "today", newest=newest, today=desk.today)
    sender = settings.sender(desk)
    due = [softened(one, tone) for one in due]
    made: list[tuple[DueNotice, Letter, int, str]] = []
    with TemporaryFile() as pages:  # drawn before the book is touched, and not held in memory: a batch may be large
        for n, one in enumerate(due):
            try:
                letter, legal = letter_for(desk, one, sender)
                made.append((one, letter, pages.write(render(letter)), legal))
            except ArtermError as error:
                refused = error.at(message("letters.notices.letter", name=one.name))
                if left_out is None:
                    raise refused from None
                left_out.append((one, refused))
            if progress and not progress(n + 1, len(due)):
                raise ArtermError("cancelled.letter")
        if not made:
            return ()
        pages.seek(0)
        alone = made[0][0].customer if len(made) == 1 else None
        with desk.act(acts.MAIL_PLAN if also else acts.NOTICES_WRITE, "customer" if alone else None, alone) as work:
            _refuse_changed(desk, [one for one, *_ in made])
            ids = []
            for one, letter, size, legal in made:
                ids.append(_keep(desk, work, one, letter, pages.read(size), legal))
                if also:
                    also(work, one, letter, ids[-1])
    return views(desk, ids)


def letter_for(desk: Desk, due: DueNotice, sender: Sender | None = None, tone: str = "") -> tuple[Letter, str]:
    """The letter that would be written, and which letter of the law it is, if any. Nothing is kept.

    Refuses (`missing`) a business without a name, (`too_firm`) a tone that comes later on the ladder.
    """
    due = softened(due, tone)
    legal = legal_letter(desk, due)
    letter = reminder(desk, due, sender or settings.sender(desk), due.tone, legal)
    return letter, legal.kind if legal else ""


def softened(due: DueNotice, tone: str) -> DueNotice:
    """The letter in a softer tone, which asks for no charges; itself where that is its tone. Refuses (`bad_choice`,
    `too_firm`).
    """
    wanted = _softer(due.tone, tone)
    if wanted == due.tone:
        return due
    return replace(due, tone=wanted, lines=tuple(replace(line, charges=(), claim=None) for line in due.lines))


def _refuse_changed(desk: Desk, due: Sequence[DueNotice]) -> None:
    """What was paid, paused, promised or disputed since the letters were decided stops them (Stale): nothing is
    written.
    """
    lines = {line.found.id: line for one in due for line in one.lines}
    now = {
        one.id: one
        for n in range(0, len(lines), 500)
        for one in facts(desk.book, desk.today, invoices=list(lines)[n : n + 500])
    }
    for row, line in lines.items():
        found = now.get(row)
        if found is None or found.case.chased != line.found.case.chased or stopped(found.case, desk.today):
            raise Stale(f"Invoice {line.found.number}")


def _keep(desk: Desk, work: UnitOfWork, one: DueNotice, letter: Letter, content: bytes, legal: str) -> int:
    """One letter into the book: its bytes, its lines each with its own step, and the charges it asks for."""
    notice = keep(work, one.customer, letter, content, one.channel, max(1, one.step))
    work.insert(NoticeKind, notice=notice, tone=letter.tone, legal=legal)
    for line in one.lines:
        work.insert(NoticeLine, notice=notice, invoice=line.found.id, step=line.step, open=line.open)
        charges.keep(work, notice, line.found.id, max(1, line.step), line.charges)
    return notice


def keep(work: UnitOfWork, customer: int, letter: Letter, content: bytes, channel: str, step: int = 1) -> int:
    """The part that all letters share, within the act that writes one: bytes, state, kind, reference. Returns its
    number.
    """
    day = letter.day.isoformat()
    document = work.insert(
        Document, name=f"{letter.kind}-{customer}-{day}.pdf", sha256=hashlib.sha256(content).hexdigest(), bytes=content
    )
    notice = work.insert(
        Notice,
        customer=customer,
        currency=letter.currency,
        state="written",
        day=day,
        deadline=letter.deadline.isoformat(),
        channel=channel,
        step=step,
        document=document,
    )
    work.insert(
        LetterFact,
        notice=notice,
        kind=letter.kind,
        language=letter.language,
        reference=letter.reference,
        coded=letter.coded,
        amount=letter.to_pay,
    )
    return notice


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter that is no reminder, drawn but not kept yet: its page, and the invoices it is about."""

    customer: int
    letter: Letter
    content: bytes
    invoices: tuple[int, ...]


def store_letters(desk: Desk, act: Act, drawn: Sequence[Drawn]) -> tuple[NoticeView, ...]:
    """Keep letters that are no reminders, in one act: the ladder does not move by them."""
    if not drawn:
        return ()
    alone = drawn[0].customer if len(drawn) == 1 else None
    with desk.act(act, "customer" if alone else None, alone) as work:
        rows = [store_letter_in_act(work, one.customer, one.letter, one.content, one.invoices) for one in drawn]
    return views(desk, rows)


def store_letter_in_act(
    work: UnitOfWork, customer: int, letter: Letter, content: bytes, invoices: Sequence[int]
) -> int:
    """A letter that is no reminder, within the act that writes it, with the invoices it is about. Returns its
    number.
    """
    row = keep(work, customer, letter, content, "letter")
    for invoice in invoices:
        work.insert(LetterLine, notice=row, invoice=invoice)
    return row


def _softer(due: str, wanted: str) -> str:
    """The tone that was asked for, when it is not firmer than the one due. Refuses (`bad_choice`, `too_firm`)."""
    if not wanted:
        return due
    if wanted not in TONES:
        raise ArtermError("bad_choice.tone", "tone", wanted=wanted[:20], tones=tuple(TONES))
    if TONES.index(wanted) > TONES.index(due):
        raise ArtermError("too_firm", "tone", due=due, wanted=wanted)
    return wanted


def issue(desk: Desk, notices: Sequence[int]) -> Receipt:
    """Say that these letters went out: only now does the step count."""
    return _settle(desk, notices, "issued", acts.NOTICES_ISSUE, "receipts.letters.sent")


def discard(desk: Desk, notices: Sequence[int]) -> Receipt:
    """Say that these letters never went out: nothing has moved."""
    return _settle(desk, notices, "withdrawn", acts.NOTICES_DISCARD, "receipts.letters.not_sent")


def waiting(desk: Desk) -> tuple[NoticeView, ...]:
    """Letters that are written and of which nobody has said whether they went out."""
    return views(desk, reads.written(desk.book))


def notices_of(desk: Desk, customer: int) -> tuple[NoticeView, ...]:
    """A customer's letters up to today, newest first."""
    group = merged_ids(desk.book, [customer])
    return views(desk, reads.of_customers(desk.book, group, desk.today))


def views(desk: Desk, ids: Sequence[int]) -> tuple[NoticeView, ...]:
    """Letters by id, in the order given. Refuses (`no_notice`) one that does not exist."""
    held = reads.letters(desk.book, ids)
    lines: dict[int, list[reads.LineRow]] = {}
    for line in reads.lines(desk.book, ids):
        lines.setdefault(line.letter, []).append(line)
    for row in ids:
        if row not in held:
            raise ArtermError("no_notice", "notice", row=row)
    return tuple(_view(held[row], lines.get(row, [])) for row in ids)


def document(desk: Desk, row: int) -> bytes:
    """A letter's bytes as they were made. Refuses (`damaged`) when they are not."""
    found = reads.page(desk.book, row)
    if found is not None and not found.bytes:
        raise ArtermError("erased.letter", f"document {row}")
    if found is None or hashlib.sha256(found.bytes).hexdigest() != found.sha256:
        raise ArtermError("damaged.letter", f"document {row}")
    return bytes(found.bytes)


def _settle(desk: Desk, ids: Sequence[int], state: str, act: Act, key: str) -> Receipt:
    if not ids:
        return Receipt(message("receipts.letters.none_to_settle"))
    one = views(desk, ids[:1])[0].customer_id if len(ids) == 1 else None
    with desk.act(act, "customer" if one else None, one) as work:
        held = views(desk, ids)
        for notice in held:
            if notice.state != "written":
                raise ArtermError("settled.letter_already", "notice", id=notice.id, state=notice.state)
            _settle_mail(desk, work, notice.id, state == "issued")
            settle_within(desk, work, notice, state)
    return Receipt(
        message(key, letters=len(held)),
        work.id,
        tuple(notice.customer_id for notice in held),
    )


def settle_within(desk: Desk, work: UnitOfWork, notice: NoticeView, state: str) -> None:
    """Within an act: a written letter is issued (only now do its charges become debts), or withdrawn."""
    issued = desk.today.isoformat() if state == "issued" else None
    work.update(Notice, notice.id, state=state, issued=issued)
    if issued:
        charges.debit(desk, work, notice.id, notice.deadline)
        _hold(desk, work, notice)


def _settle_mail(desk: Desk, work: UnitOfWork, notice: int, went: bool) -> None:
    """A letter that was to go by e-mail takes its message with it. Refuses (`being_sent`) while that is being handed
    over.
    """
    for carrying in reads.messages(desk.book, notice):
        if carrying.state == "reserved":
            raise ArtermError("being_sent", "notice", notice=notice)
        unsent = "cancelled" if carrying.state == "planned" else "failed"
        ends = "sent" if went and carrying.state == "unclear" else unsent
        said = message("notes.letter_went" if went else "notes.letter_did_not_go")
        work.update(Outbox, carrying.id, state=ends, said=str(said))


def _hold(desk: Desk, work: UnitOfWork, notice: NoticeView) -> None:
    """What a letter grants holds chasing back until its day; where that is paused for longer already, nothing
    changes.
    """
    holds = KINDS[notice.kind].holds if notice.kind in KINDS else ""
    if not holds or notice.deadline <= desk.today:
        return
    if reads.is_agreed(desk.book, notice.id):
        return  # what it says stands in the book by itself
    for invoice in reads.other_invoices(desk.book, notice.id):
        held = reads.paused_until(desk.book, invoice)
        if held is None or held < notice.deadline:
            work.insert(
                Pause,
                customer=notice.customer_id,
                invoice=invoice,
                since=desk.today.isoformat(),
                until=notice.deadline.isoformat(),
                why=message("letters.notices.held_by", holds=holds, id=notice.id),
            )


def _view(held: reads.LetterRow, lines: Sequence[reads.LineRow]) -> NoticeView:
    is_reminder = held.kind is None or bool(held.tone)  # letters of older books have no kind written beside them
    total = sum(line.open for line in lines) if is_reminder else held.amount or 0
    tone = held.tone or ("friendly" if is_reminder else "")
    return NoticeView(
        id=held.id,
        customer=held.customer,
        customer_id=held.customer_id,
        step=held.step if is_reminder else 0,
        tone=tone,
        kind=held.kind or KIND_OF_TONE[tone],
        state=held.state,
        day=held.day,
        deadline=held.deadline,
        channel=held.channel,
        total=Money(total, held.currency),
        charges=Money(held.charged, held.currency),
        currency=held.currency,
        invoices=tuple(line.number for line in lines),
        document=held.document or 0,
        sha256=held.sha256 or "",
        reference=held.reference or "",
        language=held.language or "",
    )
