"""Commands that keep the book safe: backup, restore, doctor, export."""

from __future__ import annotations

from arterm.cli.commands import Commands
from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.desk.session import Desk, utc_now
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    backup = commands.add_parser("backup")
    backup.add_argument("file", nargs="?", metavar="FILE")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore")
    restore.add_argument("file", metavar="FILE")
    restore.set_defaults(run=_restore)
    privacy = commands.add_parser("privacy").add_subparsers(metavar="PART", required=True)
    show = privacy.add_parser("show", help="everything held about a customer, as one file")
    show.add_argument("customer", metavar="CUSTOMER")
    show.add_argument("--out", required=True, metavar="FILE.zip")
    show.set_defaults(run=_subject)
    erase = privacy.add_parser("erase", help="erase it, but for what the law on books keeps; this is not taken back")
    erase.add_argument("customer", metavar="CUSTOMER")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    erase.set_defaults(run=_erase)
    over = privacy.add_parser("over", help="whose years are over; --purge erases them")
    over.add_argument("--purge", action="store_true", help="erase them; it is asked first")
    over.add_argument("--yes", action="store_true", help="do not ask")
    over.set_defaults(run=_over)
    doctor = commands.add_parser("doctor")
    doctor.add_argument("--rebuild", action="store_true", help="make the board's kept figures anew")
    doctor.set_defaults(run=_doctor)
    export = commands.add_parser("export")
    export.add_argument("dir", metavar="DIR")
    export.set_defaults(run=_export)


def _backup(session: Session) -> int:
    from arterm.desk.housekeeping.backup import back_up

    target = path_of(session.options.file) if session.options.file else None
    return session.receipt(back_up(session.desk, target, utc_now()))


def _restore(session: Session) -> int:
    from arterm.desk.housekeeping.backup import restore

    path = path_of(session.options.file)
    if not path.is_file():
        raise ArtermError("no_file.source", str(path))
    receipt = restore(path, session.path)
    from arterm.desk.housekeeping.privacy import reapply

    again = reapply(session.desk)
    if again:
        say(f"arterm: {again} erased since that backup, and erased again.", to_errors=True)
    return session.receipt(receipt)


def _doctor(session: Session) -> int:
    from arterm.desk.housekeeping.backup import rebuild_caches, run_checks
    from arterm.desk.housekeeping.views import Check

    desk: Desk | None = None
    trouble: list[Check] = []
    try:
        desk = session.desk
        if session.options.rebuild:
            say(rebuild_caches(desk).words, to_errors=True)
    except ArtermError as error:
        trouble = [
            Check("book", "bad", f"{error.where}: {error.message}" if error.where else error.message, error.hint)
        ]
    checks = [*trouble, *run_checks(session.path, desk)]
    bad = [check for check in checks if check.state == "bad"]
    body = [
        (check.state.upper() if check.state == "bad" else check.state, check.name, check.words, check.hint)
        for check in checks
    ]
    session.tell({"healthy": not bad, "checks": checks}, lambda: table(("", "Looked at", "Found", "What to do"), body))
    return 3 if bad else 0


def _export(session: Session) -> int:
    from arterm.desk.housekeeping.export import export

    return session.receipt(export(session.desk, path_of(session.options.dir)))


def _subject(session: Session) -> int:
    from arterm.desk.housekeeping.privacy import subject_file

    return session.receipt(
        subject_file(session.desk, find.customer(session.desk, session.options.customer), path_of(session.options.out))
    )


def _erase(session: Session) -> int:
    from arterm.desk.housekeeping.privacy import erase

    customer = find.customer(session.desk, session.options.customer)
    name = find.customer_name(session.desk, customer)
    if not _meant(session, f"Erase what is held about {name}?"):
        return 1
    return session.receipt(erase(session.desk, customer, utc_now().astimezone().date()))


def _meant(session: Session, question: str) -> bool:
    """Whether an erasure is meant: asked on a terminal, said with --yes in a pipe. Refuses (`missing`) neither."""
    if session.options.yes:
        return True
    if not session.on_terminal:
        raise ArtermError("missing.erase_yes", "--yes")
    meant = input(f"{question} This is not taken back. [y/N] ").strip().lower() in ("y", "yes")
    if not meant:
        say("Nothing was erased.")
    return meant


def _over(session: Session) -> int:
    from arterm.desk.housekeeping.privacy import over, purge

    found = over(session.desk)
    if session.options.purge:
        names = ", ".join(one.customer for one in found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        if found and not _meant(session, f"Erase what is held about {names}?"):
            return 1
        return session.receipt(purge(session.desk, utc_now().astimezone().date()))
    rows = [
        (
            one.customer,
            one.last.isoformat(),
            "books kept until " + one.books_until.isoformat() if one.books_kept else "everything",
        )
        for one in found
    ]
    session.tell(
        {"over": found},
        lambda: table(("Customer", "Last business", "What goes"), rows) if rows else ["Nobody's years are over."],
    )
    return 3 if found else 0
