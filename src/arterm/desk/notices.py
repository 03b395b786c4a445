"""Reminder letters: written and kept, put on paper or disk, issued or discarded."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from arterm.desk import business, charges
from arterm.desk.compose import compose, legal_letter
from arterm.desk.desk import Desk
from arterm.desk.due import DueNotice
from arterm.desk.views import NoticeView, Receipt
from arterm.letters.letter import TONES, Letter
from arterm.rules.decision import stopped
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.money import Money
from arterm.rules.text import count
from arterm.store import files
from arterm.store.cases import facts
from arterm.store.circumstances import one_and_merged
from arterm.store.journal import Deed
from arterm.store.models import Document, Notice, NoticeKind, NoticeLine

Progress = Callable[[int, int], bool]
LeftOut = list[tuple[DueNotice, ArtermError]]


def write(
    desk: Desk,
    due: Sequence[DueNotice],
    tone: str = "",
    progress: Progress | None = None,
    left_out: LeftOut | None = None,
) -> tuple[NoticeView, ...]:
    """Write these letters and keep them in the book, in one act; they count as issued only later.

    `tone` is another one than the ladder has, never a firmer one. `progress(done, of)` may return False to stop: then
    nothing is written. A letter that cannot be printed whole is refused (`no_glyph`); with `left_out` it is put there and
    the others are written. Refuses (`missing`) a business without a name, (`past_run`) a day before the last letters.
    """
    from arterm.letters.paper import render

    if not due:
        return ()
    newest = desk.book.one("SELECT max(day) FROM notice WHERE void_act IS NULL")[0]
    if newest and desk.today.isoformat() < newest:
        raise ArtermError(
            "past_run",
            f"Letters were written on {newest} already; today is {desk.today.isoformat()}.",
            "today",
            "Look at the clock of this machine, or at --today.",
        )
    sender = business.sender(desk)
    made: list[tuple[DueNotice, Letter, bytes, str]] = []
    for n, one in enumerate(due):
        legal = legal_letter(desk, one)
        letter = compose(desk, one, sender, _softer(one.tone, tone), legal)
        try:
            made.append((one, letter, render(letter), legal.kind if legal else ""))
        except ArtermError as error:
            refused = ArtermError(error.code, error.message, f"letter to {one.name}", error.hint)
            if left_out is None:
                raise refused from None
            left_out.append((one, refused))
        if progress and not progress(n + 1, len(due)):
            raise ArtermError("cancelled", "Stopped; no letter was written.")
    if not made:
        return ()
    alone = made[0][0].customer if len(made) == 1 else None
    with desk.act("notices.write", "customer" if alone else None, alone) as deed:
        _refuse_changed(desk, [one for one, *_ in made])
        ids = [_keep(desk, deed, *one) for one in made]
    return views(desk, ids)


def _refuse_changed(desk: Desk, due: Sequence[DueNotice]) -> None:
    """What was paid, paused, promised or disputed since the letters were decided stops them (Stale): nothing is written."""
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


def _keep(desk: Desk, deed: Deed, one: DueNotice, letter: Letter, content: bytes, legal: str) -> int:
    """One letter into the book: its bytes, its lines each with its own step, and the charges it asks for."""
    document = deed.insert(
        Document, name=f"reminder-{one.customer}-{desk.today.isoformat()}.pdf", sha256=hashlib.sha256(content).hexdigest(), bytes=content
    )  # fmt: skip
    notice = deed.insert(
        Notice, customer=one.customer, currency=one.currency, state="written", day=desk.today.isoformat(),
        deadline=letter.deadline.isoformat(), channel=one.channel, step=max(1, one.step), document=document,
    )  # fmt: skip
    deed.insert(NoticeKind, notice=notice, tone=letter.tone, legal=legal)
    for line in one.lines:
        deed.insert(NoticeLine, notice=notice, invoice=line.found.id, step=line.step, open=line.open)
        charges.keep(deed, notice, line.found.id, max(1, line.step), line.charges)
    return notice


def _softer(due: str, wanted: str) -> str:
    """The tone that was asked for, when it is not firmer than the one due. Refuses (`bad_choice`, `too_firm`)."""
    if not wanted:
        return due
    if wanted not in TONES:
        raise ArtermError(
            "bad_choice", f"'{wanted[:20]}' is no tone.", "tone", "Choose one of " + ", ".join(TONES) + "."
        )
    if TONES.index(wanted) > TONES.index(due):
        raise ArtermError(
            "too_firm",
            f"The next letter is {due}; a {wanted} one comes later on the ladder.",
            "tone",
            "No step is skipped.",
        )
    return wanted


def write_to(
    desk: Desk,
    due: Sequence[DueNotice],
    folder: Path,
    tone: str = "",
    one_file: bool = False,
    progress: Progress | None = None,
    left_out: LeftOut | None = None,
) -> tuple[NoticeView, ...]:
    """Write letters and put them into a folder. When the folder refuses them, they are discarded: nothing is half done."""
    _ready(folder)
    written = write(desk, due, tone, progress, left_out)
    try:
        return save(desk, written, folder, one_file)
    except ArtermError:
        discard(desk, [notice.id for notice in written])
        raise


def save(desk: Desk, notices: Sequence[NoticeView], folder: Path, one_file: bool = False) -> tuple[NoticeView, ...]:
    """Put letters into a folder as PDF, each whole or absent; names are ours, never the customer's.

    Refuses (`exists`) to overwrite, (`no_folder`) what is no folder.
    """
    _ready(folder)
    try:
        if one_file and notices:
            path = folder / f"L{notices[0].id:06d}-{len(notices)}-letters-{desk.today.isoformat()}.pdf"
            files.new_file(path, _together(desk, notices))
            return tuple(_with_file(notice, path) for notice in notices)
        saved = []
        for notice in notices:
            path = folder / f"L{notice.id:06d}-{notice.day.isoformat()}.pdf"
            files.new_file(path, document(desk, notice.document))
            saved.append(_with_file(notice, path))
        return tuple(saved)
    except OSError as error:
        raise ArtermError(
            "disk_error",
            f"The letter could not be saved ({error.strerror or error}).",
            str(folder),
            "The letters are kept in the book; save them again elsewhere.",
        ) from None


def _ready(folder: Path) -> None:
    """A folder that letters can be put into; made when it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        good = os.access(folder, os.W_OK)
    except OSError:
        good = False
    if not good:
        raise ArtermError(
            "no_folder", "Letters cannot be put here.", str(folder), "Name a folder that you can write to."
        )


def print_out(desk: Desk, notices: Sequence[NoticeView]) -> Receipt:
    """Send letters to the default printer. Refuses (`no_printer`) with what the system said."""
    command = shutil.which("lp")
    if not command:
        raise ArtermError(
            "no_printer",
            "This machine has no printing command.",
            "printer",
            "Write the letters to files and print those.",
        )
    for notice in notices:
        done = subprocess.run(
            [command, "-t", f"arterm-{notice.id}", "-"],
            input=document(desk, notice.document),
            capture_output=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            said = " ".join(done.stderr.decode(errors="replace").split())[:200]
            raise ArtermError(
                "no_printer", f"The printer refused: {said}", "printer", "Write the letters to files and print those."
            )
    return Receipt(f"Sent {count(len(notices), 'letter')} to the printer.")


def issue(desk: Desk, notices: Sequence[int]) -> Receipt:
    """Say that these letters went out: only now does the step count."""
    return _settle(desk, notices, "issued", "notices.issue", "went out")


def discard(desk: Desk, notices: Sequence[int]) -> Receipt:
    """Say that these letters never went out: nothing has moved."""
    return _settle(desk, notices, "withdrawn", "notices.discard", "did not go out")


def waiting(desk: Desk) -> tuple[NoticeView, ...]:
    """Letters that are written and of which nobody has said whether they went out."""
    return views(
        desk,
        [
            row[0]
            for row in desk.book.rows("SELECT id FROM notice WHERE state = 'written' AND void_act IS NULL ORDER BY id")
        ],
    )


def notices_of(desk: Desk, customer: int) -> tuple[NoticeView, ...]:
    """A customer's letters up to today, newest first."""
    group = one_and_merged(desk.book, [customer])
    rows = desk.book.rows(
        f"SELECT id FROM notice WHERE customer IN ({', '.join('?' * len(group))}) AND day <= ? AND void_act IS NULL ORDER BY day DESC, id DESC",
        (*group, desk.today.isoformat()),
    )
    return views(desk, [row[0] for row in rows])


def views(desk: Desk, ids: Sequence[int]) -> tuple[NoticeView, ...]:
    """Letters by id, in the order given. Refuses (`no_notice`) one that does not exist."""
    found = []
    for row in ids:
        held = desk.book.one(
            "SELECT n.id, c.name, c.id, n.step, n.state, n.day, n.deadline, n.channel, n.currency, n.document, d.sha256, coalesce(k.tone, 'friendly'),"
            " (SELECT coalesce(sum(h.amount), 0) FROM charge h WHERE h.notice = n.id AND h.void_act IS NULL) FROM notice n LEFT JOIN notice_kind k ON k.notice = n.id"
            " JOIN customer o ON o.id = n.customer JOIN customer c ON c.id = coalesce(o.merged_into, o.id)"
            " LEFT JOIN document d ON d.id = n.document WHERE n.id = ? AND n.void_act IS NULL",
            (row,),
        )
        if held is None:
            raise ArtermError("no_notice", f"There is no letter #{row}.", "notice", "See them with: arterm notices")
        lines = desk.book.rows(
            "SELECT i.number, l.open FROM notice_line l JOIN invoice i ON i.id = l.invoice WHERE l.notice = ? ORDER BY l.id",
            (row,),
        )
        found.append(_view(held, lines))
    return tuple(found)


def document(desk: Desk, row: int) -> bytes:
    """A letter's bytes as they were made. Refuses (`damaged`) when they are not."""
    found = desk.book.one("SELECT bytes, sha256 FROM document WHERE id = ?", (row,))
    if found is None or hashlib.sha256(found[0]).hexdigest() != found[1]:
        raise ArtermError("damaged", "This letter is not as it was written.", f"document {row}", "Run: arterm doctor")
    return bytes(found[0])


def _settle(desk: Desk, ids: Sequence[int], state: str, name: str, words: str) -> Receipt:
    if not ids:
        return Receipt("There is no letter to settle.")
    one = views(desk, ids[:1])[0].customer_id if len(ids) == 1 else None
    with desk.act(name, "customer" if one else None, one) as deed:
        held = views(desk, ids)
        for notice in held:
            if notice.state != "written":
                raise ArtermError("settled", f"Letter #{notice.id} is {notice.state} already.", "notice")
            issued = desk.today.isoformat() if state == "issued" else None
            deed.update(Notice, notice.id, state=state, issued=issued)
            if issued:
                charges.debit(desk, deed, notice.id, notice.deadline)
    return Receipt(f"{count(len(held), 'letter')} {words}.", deed.id, tuple(notice.customer_id for notice in held))


def _together(desk: Desk, notices: Sequence[NoticeView]) -> bytes:
    """One PDF of several letters, page by page as each was written."""
    from arterm.letters.bind import bind

    return bind([document(desk, notice.document) for notice in notices])


def _view(held: Any, lines: Sequence[Any]) -> NoticeView:
    return NoticeView(
        id=held[0], customer=held[1], customer_id=held[2], step=held[3], tone=held[11], state=held[4], day=date.fromisoformat(held[5]),
        deadline=date.fromisoformat(held[6]), channel=held[7], total=Money(sum(line[1] for line in lines), held[8]), charges=Money(held[12], held[8]), currency=held[8],
        invoices=tuple(line[0] for line in lines), document=held[9] or 0, sha256=held[10] or "",
    )  # fmt: skip


def _with_file(notice: NoticeView, path: Path) -> NoticeView:
    from dataclasses import replace

    return replace(notice, file=str(path))
