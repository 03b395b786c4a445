"""Commands for files and second thoughts: import, undo, history."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.cli.text.words import import_lines
from arterm.desk.paths import path_of
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    bring = commands.add_parser("import")
    bring.add_argument("file", nargs="+", metavar="FILE")
    bring.add_argument(
        "--as", dest="kind", choices=("auto", "invoices", "customers", "payments", "statements"), default="auto"
    )
    bring.add_argument("--profile", default="", metavar="NAME", help="read it as files of this remembered shape")
    bring.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help="which column is which; remembered for files of this shape",
    )
    bring.add_argument("--date-format", default="", metavar="F", help="how dates are written, such as %%d.%%m.%%Y")
    bring.add_argument("--decimal", default="", choices=("", ".", ","), metavar="SIGN")
    bring.add_argument("--dry-run", action="store_true", help="only say what would be done")
    bring.add_argument(
        "--skip-bad", action="store_true", help="take the good rows, write the others to FILE.rejected.csv"
    )
    bring.add_argument("--country", metavar="XX", help="for a new book")
    bring.add_argument("--currency", metavar="CODE", help="of amounts that name none; for a new book, its own")
    bring.add_argument(
        "--paid-vanished",
        action="store_true",
        help="what an earlier list of open items had and this one has not was paid",
    )
    bring.set_defaults(run=_import)
    undo = commands.add_parser("undo")
    undo.add_argument("--list", action="store_true", help="only show what would be taken back, in order")
    undo.add_argument(
        "--past-mail", action="store_true", help="e-mail went out since: take back what was done before it"
    )
    undo.set_defaults(run=_undo)
    history = commands.add_parser("history")
    history.add_argument("what", nargs="?", metavar="CUSTOMER|INVOICE")
    history.add_argument("--limit", type=int, default=200, metavar="N")
    history.set_defaults(run=_history)


def _import(session: Session) -> int:
    from arterm.desk.importing.run import Wishes, commit, look, read

    options = session.options
    wishes = Wishes(
        options.kind,
        _mapping(options.map),
        options.profile,
        options.date_format,
        options.decimal,
        options.skip_bad,
        options.currency or "",
        options.paid_vanished,
    )
    paths = [path_of(name) for name in options.file]
    fresh = not session.path.exists()
    if fresh and options.dry_run:
        with tempfile.TemporaryDirectory() as folder:
            options.book = str(Path(folder) / "look.arterm")
            return _dry(session, session.begin(), paths, wishes)
    desk = session.begin() if fresh else session.desk
    try:
        opened = read(desk, paths, wishes)
        report = look(desk, opened) if options.dry_run else commit(desk, opened, wishes)
    except BaseException:
        if fresh:
            session.discard()
        raise
    if fresh and not report.committed:
        session.discard()
    return tell_report(session, report)


def _dry(session: Session, desk: Any, paths: list[Path], wishes: Any) -> int:
    from arterm.desk.importing.run import look, read

    try:
        return tell_report(session, look(desk, read(desk, paths, wishes)))
    finally:
        session.close()


def tell_report(session: Session, report: Any) -> int:
    """Print what an import did or would do; 3 when rows were left out."""
    for file in report.files:
        for note in file.notes:
            say(f"arterm: {note}", to_errors=True)
    session.tell(report, lambda: import_lines(report))
    return 3 if report.rejected else 0


def _mapping(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        field, equals, header = pair.partition("=")
        if not (field.strip() and equals and header.strip()):
            raise ArtermError("bad_map", "--map", pair=pair[:60])
        found[field.strip()] = header.strip()
    return found


def _undo(session: Session) -> int:
    from arterm.desk.undo import undo, undoable

    if session.options.list:
        acts = undoable(session.desk)
        session.tell({"acts": acts}, lambda: _act_lines(acts))
        return 0
    return session.receipt(undo(session.desk, session.options.past_mail))


def _history(session: Session) -> int:
    from arterm.desk import find
    from arterm.desk.undo import history

    customer = invoice = None
    if session.options.what:
        kind, row = find.either(session.desk, session.options.what)
        customer, invoice = (row, None) if kind == "customer" else (None, row)
    acts = history(session.desk, customer, invoice, max(1, session.options.limit))
    session.tell({"acts": acts}, lambda: _act_lines(acts))
    return 0


def _act_lines(acts: Any) -> list[str]:
    body = [
        (
            str(a.id),
            a.at.replace("T", " ")[:16],
            a.day.isoformat(),
            a.who,
            a.words + (f" (taken back by {a.undone_by})" if a.undone_by else ""),
        )
        for a in acts
    ]
    return table(("Act", "When (UTC)", "Day", "Who", "What"), body) if body else ["Nothing was done yet."]
