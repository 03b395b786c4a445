"""Files kept beside an invoice or a log entry: a copy in the book, with where it came from and its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

from arterm.desk import acts
from arterm.desk.accounts import invoices
from arterm.desk.acts import Act
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.text import clean
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id
from arterm.store.models.book import Attachment
from arterm.store.reads.accounts import records as reads

MOST_ATTACHED = 10 * 2**20


def attach(desk: Desk, invoice: int, path: Path) -> Receipt:
    """Keep a copy of a file beside an invoice. Refuses `no_file`, `empty_file`, `too_large`, (`exists`) the same file
    twice.
    """
    held = invoices.view(desk, invoice)
    return _keep(
        desk,
        "invoice",
        invoice,
        path,
        message("accounts.attachments.invoice", number=held.number),
        held.customer_id,
        acts.INVOICE_ATTACH,
        invoice,
    )


def attach_to_log(desk: Desk, entry: int, path: Path) -> Receipt:
    """Keep a copy of a file beside a log entry. Refuses as `attach` does, and (`no_log`) an entry that there is not."""
    found = reads.log_customer(desk.book, entry)
    if found is None:
        raise ArtermError("no_log.row", "log", entry=entry)
    customer = canonical_id(desk.book, found)
    return _keep(
        desk,
        "log",
        entry,
        path,
        message("accounts.attachments.log_entry", entry=entry),
        customer,
        acts.LOG_ATTACH,
        customer,
    )


def attachment(desk: Desk, row: int) -> tuple[str, bytes]:
    """The name and bytes of a file that was attached. Refuses (`damaged`) when they are not what was attached."""
    found = reads.file(desk.book, row)
    if found is None:
        raise ArtermError("no_file.attachment", "attachment", row=row)
    if hashlib.sha256(found.bytes).hexdigest() != found.sha256:
        raise ArtermError("damaged.attachment", found.name)
    return found.name, bytes(found.bytes)


def _keep(desk: Desk, owner: str, row: int, path: Path, words: str, customer: int, act: Act, about: int) -> Receipt:
    content = content_of(path)
    known = digest(content)
    if reads.has_file(desk.book, owner, row, known):
        raise ArtermError("exists.attachment", str(path), words=words[0].upper(), words2=words[1:])
    with desk.act(act, "invoice" if owner == "invoice" else "customer", about) as work:
        made = keep_within(work, owner, row, path, content)
    return Receipt(message("receipts.accounts.attached", name=clean(path.name), to=words), work.id, (customer,), made)


def keep_within(work: UnitOfWork, owner: str, row: int, path: Path, content: bytes) -> int:
    """Keep a copy of a file (read with `content_of`) as part of an act; returns its number."""
    return work.insert(
        Attachment,
        owner=owner,
        owner_id=row,
        name=clean(path.name),
        path=clean(str(path.resolve()), 400),
        sha256=digest(content),
        bytes=content,
    )


def digest(content: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes:
    """A file's bytes. Refuses `no_file`, `empty_file`, `too_large`."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_ATTACHED and path.is_file() else b""
    except OSError:
        raise ArtermError("no_file.either", str(path)) from None
    if size > MOST_ATTACHED:
        raise ArtermError("too_large.attachment", str(path))
    if not content:
        raise ArtermError("empty_file.attachment", str(path))
    return content
