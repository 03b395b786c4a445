"""Keeping the book safe: copies, bringing one back, and the doctor who looks at everything."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from arterm.bundled import root
from arterm.desk.housekeeping.views import Check
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.messages import message
from arterm.store import cases, location
from arterm.store import verify as chain
from arterm.store.backup import restore as bring_back
from arterm.store.book import Book, sqlite_version
from arterm.store.copies import copy_to, verify
from arterm.store.reads.housekeeping import checks as reads

_WELL_KNOWN = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DroidSansFallback.ttf", "NotoEmoji-Regular.ttf")


def back_up(desk: Desk, target: Path | None, now: datetime) -> Receipt:
    """Make a verified copy of the book, also while it is in use elsewhere. Without a name, one by the day beside it."""
    if target is None:
        stamp = now.strftime("%Y-%m-%d-%H%M%S")
        target = desk.book.path.with_name(f"{desk.book.path.stem}-{stamp}.backup.arterm")
    elif target.is_dir():
        target = target / f"{desk.book.path.stem}-{now.strftime('%Y-%m-%d-%H%M%S')}.backup.arterm"
    copy_to(desk.book.path, target)
    last = verify(target)
    return Receipt(message("receipts.housekeeping.backup", acts=last.id, target=target))


def back_up_daily(desk: Desk) -> Path | None:
    """One verified copy a day in the folder `backups` beside the book; returns it when it was made now.

    Of the older ones, the last seven stay, one a week for four weeks and one a month for a year.
    """
    if desk.book.read_only:
        return None
    folder = desk.book.path.parent / "backups"
    day = desk.book.now().date()
    target = folder / f"{desk.book.path.stem}-{day.isoformat()}.backup.arterm"
    if target.exists():
        return None
    location.make_private(folder)
    copy_to(desk.book.path, target)
    held = sorted(folder.glob(f"{desk.book.path.stem}-????-??-??.backup.arterm"), reverse=True)
    for old in set(held) - _worth_keeping(held):
        old.unlink(missing_ok=True)
    return target


def _worth_keeping(newest_first: list[Path]) -> set[Path]:
    kept = set(newest_first[:7])
    for most, period in ((4, "%G-%V"), (12, "%Y-%m")):
        firsts: dict[str, Path] = {}
        for file in newest_first:
            firsts.setdefault(datetime.strptime(file.name[-24:-14], "%Y-%m-%d").strftime(period), file)  # noqa: DTZ007
        kept |= set(list(firsts.values())[:most])
    return kept


def restore(backup: Path, book: Path) -> Receipt:
    """Put a backup in the book's place. The book that was there is kept beside it, whichever is newer."""
    last = verify(backup)
    if book.parent != backup.parent:
        location.make_private(book.parent)
    kept = bring_back(backup, book)
    back = message("receipts.housekeeping.restored", name=backup.name, acts=last.id, at=last.at)
    if not last.at:
        back = message("receipts.housekeeping.restored_empty", name=backup.name, acts=last.id)
    return Receipt(back, remarks=(message("receipts.housekeeping.kept_as", name=kept.name),) if kept else ())


def run_checks(path: Path, desk: Desk | None) -> tuple[Check, ...]:
    """Look at everything that could be wrong and say what to do. `desk` is None when the book could not be opened."""
    checks = list(_surroundings())
    if desk is None:
        return tuple(checks)
    return (*_book_checks(desk.book), *_file_checks(path), *_mail_checks(desk), *checks)


def rebuild_caches(desk: Desk) -> Receipt:
    """Make the board's kept figures anew from the rows they follow from."""
    with desk.book.caches():
        cases.rebuild(desk.book, desk.today)
    return Receipt(message("receipts.housekeeping.rebuilt"))


def _mail_checks(desk: Desk) -> Iterator[Check]:
    """What mail waits for a word; nothing where no mail is set up."""
    if not desk.setting("mail_host"):
        return
    waits = reads.unclear_mails(desk.book)
    yield Check(
        "outbox",
        "note" if waits else "ok",
        message("housekeeping.backup.unclear", e_mails=waits)
        if waits
        else message("housekeeping.backup.no_unclear_mail"),
        message("housekeeping.backup.settle_mail") if waits else "",
    )


def _book_checks(book: Book) -> Iterator[Check]:
    faults = chain.page_faults(book)
    yield _check(
        "pages",
        not faults,
        message("housekeeping.backup.pages_sound"),
        message("housekeeping.backup.sqlite_found", faults="; ".join(faults[:3])),
        message("housekeeping.backup.restore_file"),
    )
    orphans = chain.lost_references(book)
    yield _check(
        "references",
        not orphans,
        message("housekeeping.backup.references_good"),
        message("housekeeping.backup.lead_nowhere", references=orphans),
        message("housekeeping.backup.restore"),
    )
    try:
        verify(book.path)
        yield Check("schema", "ok", message("housekeeping.backup.schema_good"))
    except Exception as error:  # whatever verify finds is the finding
        yield Check("schema", "bad", str(error), message("housekeeping.backup.restore"))
    acts = reads.act_count(book)
    found = list(chain.complaints(book))
    yield _check(
        "journal",
        not found,
        message("housekeeping.backup.journal_whole", acts=acts),
        "; ".join(found[:5]),
        message("housekeeping.backup.changed_outside"),
    )
    wrong = cases.find_inconsistencies(book)
    yield _check(
        "figures",
        not wrong,
        message("housekeeping.backup.figures_agree"),
        "; ".join(wrong[:5]),
        message("housekeeping.backup.run_rebuild"),
    )
    torn = chain.torn_papers(book)
    yield _check(
        "papers",
        not torn,
        message("housekeeping.backup.papers_whole"),
        message("housekeeping.backup.not", torn=", ".join(torn[:5])),
        message("housekeeping.backup.restore"),
    )
    ahead = book.warnings
    yield _check(
        "head",
        not any("closed here last" in w for w in ahead),
        message("housekeeping.backup.same_book"),
        message("housekeeping.backup.other_book"),
        message("housekeeping.backup.if_you_did_not"),
    )


def _file_checks(path: Path) -> Iterator[Check]:
    yield _check(
        "rights",
        not location.readable_by_others(path),
        message("housekeeping.backup.private"),
        message("housekeeping.backup.readable_by_others"),
        message("housekeeping.backup.run_chmod", path=path),
    )
    found = [
        *path.parent.glob(f"{path.stem}*.backup.arterm"),
        *(path.parent / "backups").glob(f"{path.stem}*.backup.arterm"),
    ]
    backups = sorted(found, key=lambda file: file.stat().st_mtime)
    if backups:
        made = datetime.fromtimestamp(backups[-1].stat().st_mtime, UTC).date()
        yield Check("backup", "ok", message("housekeeping.backup.newest_backup", day=made))
    else:
        yield Check(
            "backup",
            "note",
            message("housekeeping.backup.no_backup"),
            message("housekeeping.backup.run_backup"),
        )


def _surroundings() -> Iterator[Check]:
    missing = [name for name in _FONTS if not (root() / "fonts" / name).is_file()]
    yield _check(
        "fonts",
        not missing,
        message("housekeeping.backup.typefaces_good"),
        message("housekeeping.backup.missing", missing=", ".join(missing)),
        message("housekeeping.backup.install_again"),
    )
    yield _keyring()
    version = sqlite_version()
    shown = ".".join(map(str, version))
    yield _check(
        "sqlite",
        version >= (3, 37, 0),
        message("housekeeping.backup.sqlite", shown=shown),
        message("housekeeping.backup.sqlite_too_old", shown=shown),
        message("housekeeping.backup.use_newer_python"),
    )
    yield Check(
        "python",
        "ok" if sys.version_info >= (3, 11, 15) else "note",
        message("housekeeping.backup.python", split=sys.version.split()[0]),
        "" if sys.version_info >= (3, 11, 15) else message("housekeeping.backup.newer_python"),
    )


def _keyring() -> Check:
    """Which keyring holds passwords. None is needed before mail is set up, so its absence is only noted."""
    import keyring

    if importlib.util.find_spec("keyrings") and importlib.util.find_spec("keyrings.alt"):
        return Check(
            "keyring",
            "bad",
            message("housekeeping.backup.plain_keyring"),
            message("housekeeping.backup.remove_plain_keyring"),
        )
    backend = keyring.get_keyring()
    name = f"{type(backend).__module__}.{type(backend).__name__}"
    if any(known.lower() in name.lower() for known in _WELL_KNOWN):
        return Check("keyring", "ok", message("housekeeping.backup.passwords_kept", name=name))
    return Check(
        "keyring",
        "note",
        message("housekeeping.backup.no_keyring"),
        message("housekeeping.backup.install_keyring"),
    )


def _check(name: str, good: bool, words: str, trouble: str, hint: str) -> Check:
    return Check(name, "ok", words) if good else Check(name, "bad", trouble, hint)
