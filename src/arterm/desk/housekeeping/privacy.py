"""What is held about a person: shown as one file, erased but for what must be kept, and dropped when its years are
over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from arterm.desk import acts, find, undo
from arterm.desk.accounts.attachments import attachment
from arterm.desk.business.settings import least_years
from arterm.desk.letters import notices
from arterm.desk.letters.printing import save_new
from arterm.desk.mail import outbox
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.dates import months_before
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.store import erasing
from arterm.store.cases import facts
from arterm.store.files import replace_file
from arterm.store.merged import merged_ids
from arterm.store.models.partners import Erasure
from arterm.store.reads.housekeeping import privacy as reads

_ALL = 10**6


@dataclass(frozen=True, slots=True)
class Due:
    """A customer whose years are over: since when nothing happened, and whether books must still be kept."""

    customer: str
    customer_id: int
    last: date
    books_until: date
    books_kept: bool


def subject_file(desk: Desk, customer: int, path: Path) -> Receipt:
    """Everything held about a person as one ZIP: rows as JSON, letters, mails and files. Refuses (`exists`) to
    overwrite.
    """
    save_new(path, _zipped(desk, customer))
    return Receipt(
        message("receipts.housekeeping.subject_file", customer=find.customer_name(desk, customer), path=path)
    )


def _zipped(desk: Desk, customer: int) -> bytes:
    group = merged_ids(desk.book, [customer])
    held: dict[str, Any] = {
        "about": find.customer_name(desk, customer),
        "on": desk.today.isoformat(),
        "purposes": message("housekeeping.privacy.purposes"),
        "rows": reads.held_about(desk.book, group),
    }
    acts_of = undo.history(desk, customer=customer, limit=_ALL)
    held["journal"] = [{"act": one.id, "at": one.at, "who": one.who, "name": one.name} for one in reversed(acts_of)]
    papers, missing = _papers(desk, customer)
    held["cannot_be_given"] = missing
    target = BytesIO()
    stamp = (desk.today.year, desk.today.month, desk.today.day, 0, 0, 0)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("data.json", stamp), json.dumps(held, ensure_ascii=False, indent=2, default=str))
        for name, content in papers.items():
            archive.writestr(ZipInfo(name, stamp), content)
    return target.getvalue()


def _papers(desk: Desk, customer: int) -> tuple[dict[str, bytes], dict[str, str]]:
    """Letters, mails and files by their names, and why one cannot be given: it was erased, or is not what it was."""
    from arterm.mail.message import file_name

    wanted: dict[str, Callable[[], bytes]] = {}
    for letter in notices.notices_of(desk, customer):
        if letter.document:
            wanted[f"letters/L{letter.id:06d}.pdf"] = partial(notices.document, desk, letter.document)
    for mail in outbox.listed(desk, customer=customer, limit=_ALL):
        wanted[f"mails/M{mail.id:06d}.eml"] = partial(outbox.raw, desk, mail.id)
    for file in reads.files_about(desk.book, merged_ids(desk.book, [customer])):
        wanted[f"files/{file.id:06d}-{file_name(file.name)}"] = partial(_content, desk, file.id)
    found, missing = dict[str, bytes](), dict[str, str]()
    for name, read in wanted.items():
        try:
            found[name] = read()
        except ArtermError as error:
            missing[name] = error.message
    return found, missing


def _content(desk: Desk, row: int) -> bytes:
    return attachment(desk, row)[1]


def erase(desk: Desk, customer: int, really: date | None = None) -> Receipt:
    """Erase what is held about a person: notes, contacts, texts, letters and mails now; names and invoices when the
    years for books are over. In the rows, in the journal, in the pages of the file, and in every backup made from now
    on.

    Refuses (`still_owed`) while anything is open: the law keeps what a claim rests on (GDPR art. 17(3)(b) and (e)); and
    (`not_yet`) on a day that has not come by the clock (`really`): what is erased does not come back when the clock is
    set right.
    """
    if really is not None and desk.today > really:
        raise ArtermError("not_yet", "today", really=really, today=desk.today)
    name, group = find.customer_name(desk, customer), merged_ids(desk.book, [customer])
    if any(one.case.open or one.case.charges for one in facts(desk.book, desk.today, [customer])):
        raise ArtermError("still_owed", "customer", name=name)
    kept = _books_until(desk, group) > desk.today
    with desk.act(acts.PRIVACY_ERASE, "customer", customer) as work:
        erasing.erase(desk.book, group, kept)
        work.insert(Erasure, customer=customer, day=desk.today.isoformat(), books_kept=int(kept))
        work.touch(*group)
    erasing.sweep(desk.book)
    _note(desk)
    if not kept:
        return Receipt(message("receipts.housekeeping.erased"), work.id, (customer,))
    until = _books_until(desk, group)
    return Receipt(message("receipts.housekeeping.erased_but_books", name=name, until=until), work.id, (customer,))


def _books_until(desk: Desk, group: list[int]) -> date:
    """The last day on which books about these customers must be kept; a day long past where nothing of them is in the
    books.
    """
    last = reads.last_booked(desk.book, group)
    years = max(int(desk.setting("keep_books")), least_years(desk))
    return date(last.year + years, 12, 31) if last else date.min


def over(desk: Desk) -> tuple[Due, ...]:
    """Whose years are over: nothing is open, and nothing happened for as long as notes are kept. A preview: nothing is
    erased.
    """
    years = int(desk.setting("keep_notes"))
    found = []
    done = {one.customer: one.books_kept for one in reads.erasures(desk.book)}  # the last of each counts
    for one in reads.settled_customers(desk.book):
        group = merged_ids(desk.book, [one.id])
        last, until = reads.last_happened(desk.book, group), _books_until(desk, group)
        if months_before(desk.today, 12 * years) < last:
            continue
        kept = until > desk.today
        if one.id in done and (kept or not done[one.id]) and not reads.written_since_erased(desk.book, group):
            continue
        found.append(Due(one.name, one.id, last, until, kept))
    return tuple(found)


def purge(desk: Desk, really: date) -> Receipt:
    """Erase everybody whose years are over, as the preview tells. Refuses as `erase` does; `really`: the day by the
    clock.
    """
    gone = [erase(desk, one.customer_id, really) for one in over(desk)]
    return Receipt(
        (
            message("receipts.housekeeping.purged", erased=len(gone))
            if gone
            else message("receipts.housekeeping.none_over")
        ),
        gone[-1].act if gone else 0,
    )


def _list_of(book: Path) -> Path:
    return book.with_name(book.name + ".erased")


def _note(desk: Desk) -> None:
    """Beside the book stands whom it has erased, by number alone: a backup from before is swept again when it is
    restored.
    """
    rows = [[one.customer, int(one.books_kept)] for one in reads.erasures(desk.book)]
    replace_file(_list_of(desk.book.path), json.dumps(rows).encode())


def reapply(desk: Desk) -> int:
    """Erase again, in a book that was brought back from before, whom it had erased since. Returns how many."""
    path = _list_of(desk.book.path)
    if not path.exists():
        return 0
    # Each erasure counts: what was noted between two of one customer is in a backup of that time.
    noted = Counter((int(customer), int(kept)) for customer, kept in json.loads(path.read_bytes()))
    held = Counter((one.customer, int(one.books_kept)) for one in reads.erasures(desk.book))
    again = list((noted - held).elements())
    for customer, kept in again:
        group = merged_ids(desk.book, [customer])
        with desk.act(acts.PRIVACY_ERASE, "customer", customer) as work:
            erasing.erase(desk.book, group, bool(kept))
            work.insert(Erasure, customer=customer, day=desk.today.isoformat(), books_kept=kept)
    if again:
        erasing.sweep(desk.book)
    return len(again)
