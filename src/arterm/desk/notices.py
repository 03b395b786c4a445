"""Reminder letters: who is due for one, written and kept, put on paper or disk, issued or discarded."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from arterm.desk import business
from arterm.desk.desk import Desk
from arterm.desk.views import NoticeView, Receipt
from arterm.letters.letter import Letter, Line
from arterm.rules.dates import days_late
from arterm.rules.errors import ArtermError
from arterm.rules.judgement import judge
from arterm.rules.money import Money
from arterm.rules.text import count
from arterm.store import cases, files
from arterm.store.models import Document, Notice, NoticeLine


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A letter that could be written today: for whom, about what, with which step."""

    customer: int
    name: str
    currency: str
    step: int
    total: Money
    invoices: tuple[cases.OpenInvoice, ...]


def due_notices(desk: Desk, customer: int | None = None, invoices: Sequence[int] = ()) -> list[DueNotice]:
    """The letters that are due: everything overdue, one letter a customer and currency, oldest debts first.

    Left out is what a promise is running for, and what was reminded and whose deadline has not passed. A customer who
    is named gets a letter sooner, but never two about one invoice on a day, nor while one waits to be confirmed.
    """
    wait = int(business.get_setting(desk, "deadline_days"))
    found: dict[tuple[int, str], list[cases.OpenInvoice]] = {}
    waits = {(notice.customer_id, notice.currency) for notice in waiting(desk)}
    for one in cases.facts(desk.book, desk.today, [customer] if customer else None):
        case = one.case
        if (
            case.due >= desk.today
            or judge(case, desk.today).status != "overdue"
            or (invoices and one.id not in invoices)
        ):
            continue
        found.setdefault((one.customer, case.currency), []).append(one)
    letters = []
    for (row, currency), lines in found.items():
        newest = max((one.case.last_notice for one in lines if one.case.last_notice), default=None)
        held = (row, currency) in waits
        too_soon = held or (
            newest is not None
            and (newest >= desk.today or (customer is None and newest + timedelta(days=wait) >= desk.today))
        )
        if not too_soon:
            lines.sort(key=lambda one: (one.case.due, one.id))
            step = max(one.case.step for one in lines) + 1
            letters.append(
                DueNotice(
                    row,
                    lines[0].name,
                    currency,
                    step,
                    Money(sum(one.case.open for one in lines), currency),
                    tuple(lines),
                )
            )
    return sorted(letters, key=lambda letter: (-letter.total.minor, letter.customer))


def write(
    desk: Desk, due: Sequence[DueNotice], step: int | None = None, progress: Callable[[int, int], bool] | None = None
) -> tuple[NoticeView, ...]:
    """Write these letters and keep them in the book, in one act; they count as issued only later.

    `step` sets another tone than the one due. `progress(done, of)` may return False to stop: then nothing is written.
    Refuses (`no_glyph`) a letter that cannot be printed whole, (`missing`) a business without a name.
    """
    from arterm.letters.paper import render

    if step is not None and not 1 <= step <= 9:
        raise ArtermError("bad_step", "Reminders are numbered from 1 to 9.", "step")
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
    made: list[tuple[DueNotice, Letter, bytes]] = []
    for n, one in enumerate(due):
        letter = _letter(desk, one, sender, step or one.step)
        try:
            made.append((one, letter, render(letter)))
        except ArtermError as error:
            raise ArtermError(error.code, error.message, f"letter to {one.name}", error.hint) from None
        if progress and not progress(n + 1, len(due)):
            raise ArtermError("cancelled", "Stopped; no letter was written.")
    ids = []
    with desk.act(
        "notices.write", "customer" if len(due) == 1 else None, due[0].customer if len(due) == 1 else None
    ) as deed:
        for one, letter, content in made:
            document = deed.insert(
                Document,
                name=f"reminder-{one.customer}-{desk.today.isoformat()}.pdf",
                sha256=hashlib.sha256(content).hexdigest(),
                bytes=content,
            )
            notice = deed.insert(
                Notice, customer=one.customer, currency=one.currency, state="written", day=desk.today.isoformat(),
                deadline=letter.deadline.isoformat(), channel="letter", step=letter.step, document=document,
            )  # fmt: skip
            for invoice in one.invoices:
                deed.insert(
                    NoticeLine, notice=notice, invoice=invoice.id, step=invoice.case.step + 1, open=invoice.case.open
                )
            ids.append(notice)
    return views(desk, ids)


def write_to(
    desk: Desk,
    due: Sequence[DueNotice],
    folder: Path,
    step: int | None = None,
    one_file: bool = False,
    progress: Callable[[int, int], bool] | None = None,
) -> tuple[NoticeView, ...]:
    """Write letters and put them into a folder. When the folder refuses them, they are discarded: nothing is half done."""
    _ready(folder)
    written = write(desk, due, step, progress)
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
    group = cases.one_and_merged(desk.book, [customer])
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
            "SELECT n.id, c.name, c.id, n.step, n.state, n.day, n.deadline, n.channel, n.currency, n.document, d.sha256 FROM notice n"
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
    return Receipt(f"{count(len(held), 'letter')} {words}.", deed.id, tuple(notice.customer_id for notice in held))


def _letter(desk: Desk, due: DueNotice, sender: Any, step: int) -> Letter:
    facts = desk.book.one(
        "SELECT name, own_no, country, language, street, postcode, city FROM customer WHERE id = ?", (due.customer,)
    )
    name, own_no, country, language, street, postcode, city = facts
    from arterm.letters.paper import joined

    lines = tuple(
        Line(
            one.number,
            one.issued,
            one.case.due,
            days_late(one.case.due, desk.today),
            one.total,
            one.total - one.case.open,
            one.case.open,
        )
        for one in due.invoices
    )
    town = " ".join(part for part in (postcode, city) if part)
    abroad = (
        _country_line(country, language or desk.setting("language", "en"))
        if country and country != sender.country
        else ""
    )
    return Letter(
        language=language or desk.setting("language", "en"), step=step, day=desk.today,
        deadline=_working_day(desk.today + timedelta(days=int(business.get_setting(desk, "deadline_days")))),
        sender=sender, recipient=tuple(part for part in (name, street, town, abroad) if part), customer_no="" if own_no == name else own_no,
        reference=joined([line.number for line in lines]), currency=due.currency, lines=lines,
    )  # fmt: skip


def _country_line(country: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).territories.get(country, country)).upper()


def _working_day(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _together(desk: Desk, notices: Sequence[NoticeView]) -> bytes:
    """One PDF of several letters, page by page as each was written."""
    from arterm.letters.bind import bind

    return bind([document(desk, notice.document) for notice in notices])


def _view(held: Any, lines: Sequence[Any]) -> NoticeView:
    return NoticeView(
        id=held[0], customer=held[1], customer_id=held[2], step=held[3], state=held[4], day=date.fromisoformat(held[5]),
        deadline=date.fromisoformat(held[6]), channel=held[7], total=Money(sum(line[1] for line in lines), held[8]), currency=held[8],
        invoices=tuple(line[0] for line in lines), document=held[9] or 0, sha256=held[10] or "",
    )  # fmt: skip


def _with_file(notice: NoticeView, path: Path) -> NoticeView:
    from dataclasses import replace

    return replace(notice, file=str(path))
