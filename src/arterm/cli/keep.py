"""Commands that keep the book safe: backup, restore, doctor, export."""

from __future__ import annotations

from typing import Any

from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.desk.desk import Desk, utc_now
from arterm.desk.named_file import path_of
from arterm.rules.errors import ArtermError


def register(commands: Any) -> None:
    """Add these commands."""
    backup = commands.add_parser("backup", help="make a verified copy of the book")
    backup.add_argument("file", nargs="?", metavar="FILE")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="bring back a backup; the book that is there is kept")
    restore.add_argument("file", metavar="FILE")
    restore.set_defaults(run=_restore)
    doctor = commands.add_parser("doctor", help="look at everything that could be wrong")
    doctor.add_argument("--rebuild", action="store_true", help="make the board's kept figures anew")
    doctor.set_defaults(run=_doctor)
    export = commands.add_parser("export", help="everything as plain CSV and JSON")
    export.add_argument("dir", metavar="DIR")
    export.set_defaults(run=_export)


def _backup(session: Session) -> int:
    from arterm.desk.keeping import back_up

    target = path_of(session.options.file) if session.options.file else None
    return session.receipt(back_up(session.desk, target, utc_now()))


def _restore(session: Session) -> int:
    from arterm.desk.keeping import restore

    path = path_of(session.options.file)
    if not path.is_file():
        raise ArtermError("no_file", "There is no such file.", str(path), "Name a backup made by arterm.")
    return session.receipt(restore(path, session.path))


def _doctor(session: Session) -> int:
    from arterm.desk.keeping import examine, rebuild_caches
    from arterm.desk.views import Check

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
    checks = [*trouble, *examine(session.path, desk)]
    bad = [check for check in checks if check.state == "bad"]
    body = [
        (check.state.upper() if check.state == "bad" else check.state, check.name, check.words, check.hint)
        for check in checks
    ]
    session.tell({"healthy": not bad, "checks": checks}, lambda: table(("", "Looked at", "Found", "What to do"), body))
    return 3 if bad else 0


def _export(session: Session) -> int:
    from arterm.desk.give_out import export

    return session.receipt(export(session.desk, path_of(session.options.dir)))
