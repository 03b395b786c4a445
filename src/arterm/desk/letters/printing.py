"""Letters on their way out of the book: into files, to the printer, into a viewer; always the bytes as they were
written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from arterm.desk import acts
from arterm.desk.acts import Act
from arterm.desk.dunning.run import DueNotice
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import draw
from arterm.desk.letters.notices import Drawn, LeftOut, Progress, discard, document, store_letters, write
from arterm.desk.letters.views import NoticeView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.letters.bind import bind
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.store import files


def write_to(
    desk: Desk,
    due: Sequence[DueNotice],
    folder: Path,
    tone: str = "",
    one_file: bool = False,
    progress: Progress | None = None,
    left_out: LeftOut | None = None,
) -> tuple[NoticeView, ...]:
    """Write letters and put them into a folder. When the folder refuses them, they are discarded: nothing is half
    done.
    """
    _ready(folder)
    written = write(desk, due, tone, progress, left_out)
    try:
        return save(desk, written, folder, one_file)
    except ArtermError:
        discard(desk, [notice.id for notice in written])
        raise


def write_letter_to(desk: Desk, draft: LetterDraft, folder: Path) -> NoticeView:
    """Write a letter of another kind into a folder. When the folder refuses it, it is discarded: nothing is half
    done.
    """
    act = acts.of_letter(draft.kind)
    return write_drawn_to(desk, act, [draw(desk, draft)], folder)[0]


def write_drawn_to(desk: Desk, act: Act, drawn: Sequence[Drawn], folder: Path) -> tuple[NoticeView, ...]:
    """Keep letters that are drawn, in one act, and put them into a folder. When the folder refuses them, they are
    discarded.
    """
    _ready(folder)
    written = store_letters(desk, act, drawn)
    try:
        return save(desk, written, folder)
    except ArtermError:
        discard(desk, [notice.id for notice in written])
        raise


def _refuse_withdrawn(notices: Sequence[NoticeView]) -> None:
    gone = [f"#{notice.id}" for notice in notices if notice.state == "withdrawn"]
    if gone:
        raise ArtermError("withdrawn", "notice", gone=tuple(gone))


def save(desk: Desk, notices: Sequence[NoticeView], folder: Path, one_file: bool = False) -> tuple[NoticeView, ...]:
    """Put letters into a folder as PDF, each whole or absent; names are ours, never the customer's.

    Refuses (`exists`) to overwrite, (`no_folder`) what is no folder.
    """
    _ready(folder)
    _refuse_withdrawn(notices)
    try:
        if one_file and notices:
            mark = sha256("".join(notice.sha256 for notice in notices).encode()).hexdigest()[
                :8
            ]  # of just these letters
            path = folder / f"L{notices[0].id:06d}-{len(notices)}-letters-{mark}.pdf"
            written = (document(desk, notice.document) for notice in notices)
            if not path.is_file():  # else it is these letters, written before
                files.new_file(path, lambda file: bind(written, file))
            return tuple(replace(notice, file=str(path)) for notice in notices)
        saved = []
        for notice in notices:
            path = folder / f"L{notice.id:06d}-{notice.day.isoformat()}.pdf"
            _put(path, document(desk, notice.document))
            saved.append(replace(notice, file=str(path)))
        return tuple(saved)
    except OSError as error:
        raise ArtermError("disk_error.letter", str(folder), strerror=error.strerror or error) from None


def _put(path: Path, content: bytes) -> None:
    """A new file; the same letter under its own name already is no reason to refuse."""
    if not (path.is_file() and not path.is_symlink() and path.read_bytes() == content):
        files.new_file(path, content)


def save_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Refuses (`exists`, `disk_error`)."""
    try:
        files.new_file(path, content)
    except OSError as error:
        raise ArtermError("disk_error.write", str(path), strerror=error.strerror or error) from None


def _ready(folder: Path) -> None:
    """A folder that letters can be put into; made when it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        good = os.access(folder, os.W_OK)
    except OSError:
        good = False
    if not good:
        raise ArtermError("no_folder.letters", str(folder))


def print_out(desk: Desk, notices: Sequence[NoticeView]) -> Receipt:
    """Send letters to the default printer. Refuses (`no_printer`) with what the system said."""
    _refuse_withdrawn(notices)
    command = shutil.which("lp")
    if not command:
        raise ArtermError("no_printer.command", "printer")
    for n, notice in enumerate(notices):
        try:
            done = subprocess.run(
                [command, "-t", f"arterm-{notice.id}", "-"],
                input=document(desk, notice.document),
                capture_output=True,
                timeout=60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _refused(message("letters.printing.printer_silent"), n) from None
        if done.returncode:
            raise _refused(" ".join(done.stderr.decode(errors="replace").split())[:200], n)
    return Receipt(message("receipts.letters.printed", letters=len(notices)))


def _refused(said: str, before: int) -> ArtermError:
    told = message("letters.printing.printed_before", letters=before) if before else ""
    return ArtermError("no_printer.refused", "printer", said=said, told=told)


def view_page(pdf: bytes) -> Receipt:
    """Open a letter in the system's viewer. Refuses (`no_viewer`) where there is none."""
    opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    command = shutil.which(opener)
    if not command:
        raise ArtermError("no_viewer", "viewer")
    folder = Path(mkdtemp(prefix="arterm-"))  # that only we can read
    path = folder / "letter.pdf"
    files.new_file(path, pdf)
    subprocess.Popen(
        [command, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Receipt(message("receipts.letters.viewed"))
