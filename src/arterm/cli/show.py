"""Commands that look: the board, the dossier, the figures. They change nothing."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import say, shown_progress
from arterm.cli.session import Session
from arterm.cli.text.words import board_lines, dossier_lines, explained_lines, invoice_lines, log_lines, report_lines
from arterm.desk.paths import path_of
from arterm.rules.ageing import BUCKETS
from arterm.rules.errors import ArtermError
from arterm.rules.report_kinds import REPORTS

_SORTS = ("priority", "late", "amount", "customer", "step", "number")


def register(commands: Commands) -> None:
    """Add these commands."""
    board = commands.add_parser("board")
    board.add_argument("--all", action="store_true", help="also what is open but not yet due")
    board.add_argument("--bucket", choices=BUCKETS, metavar="BUCKET", help="only one age: " + ", ".join(BUCKETS))
    board.add_argument("--customer", metavar="C")
    board.add_argument(
        "--filter", metavar="TEXT", default="", help="only rows with these words in name, number, reference or note"
    )
    board.add_argument("--sort", metavar="KEY", default="priority", choices=_SORTS, help=", ".join(_SORTS))
    board.add_argument("--limit", type=_count, metavar="N")
    board.set_defaults(run=show_board)
    show = commands.add_parser("show")
    show.add_argument("what", metavar="CUSTOMER|INVOICE")
    show.set_defaults(run=_show)
    report = commands.add_parser("report")
    report.add_argument("name", metavar="REPORT", help=" or ".join((", ".join(list(REPORTS)[:-1]), list(REPORTS)[-1])))
    report.add_argument("--as-of", metavar="D")
    report.add_argument(
        "--days",
        type=_count,
        default=90,
        metavar="N",
        help="the period before that day, or the days ahead of a forecast",
    )
    report.add_argument(
        "--compare",
        choices=("month", "quarter", "year"),
        default="year",
        help="how long before the figures beside them are",
    )
    report.add_argument("--customer", metavar="C", help="of this one; in a forecast: as if they never paid")
    report.add_argument("--currency", default="", metavar="C", help="another one than yours")
    report.add_argument("--without-disputed", action="store_true", help="dso: what is disputed does not count as open")
    report.add_argument("--format", choices=("table", "csv", "xlsx", "json", "pdf"), default="table")
    report.add_argument("--out", metavar="FILE")
    report.set_defaults(run=_report)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError("a number from 0 on")
    return int(text)


def show_board(session: Session) -> int:
    """The overdue board."""
    from arterm.desk import find
    from arterm.desk.accounts.board import Board, Query
    from arterm.desk.bank.lines import bank_state

    options = vars(session.options)
    customer = find.customer(session.desk, options["customer"]) if options.get("customer") else None
    board = Board(
        session.desk,
        Query(
            everything=bool(options.get("all")),
            bucket=options.get("bucket") or "",
            customer=customer,
            text=options.get("filter") or "",
            sort=options.get("sort") or "priority",
        ),
    )
    limit = options.get("limit")
    every = board.rows()
    rows = every[:limit] if limit is not None else every
    customers = len({row.customer_id for row in every})
    home, *others = board.totals

    def sums(total: Any) -> dict[str, Any]:
        return {
            "currency": total.currency,
            "open": total.open,
            "overdue": total.overdue,
            "unapplied": total.unapplied,
            "buckets": total.buckets,
        }

    state = bank_state(session.desk)
    if state.warning:
        say(f"arterm: {state.warning}", to_errors=True)
    value = {
        "as_of": session.desk.today,
        "currency": home.currency,
        "totals": {**sums(home), "invoices": len(every), "customers": customers},
        "other_currencies": [sums(total) for total in others],
        "rows": rows,
        "bank": state,
    }
    session.tell(value, lambda: board_lines(session, board.totals, rows, len(every), customers, board.query != Query()))
    return 0


def _show(session: Session) -> int:
    from arterm.desk import find
    from arterm.desk.accounts import invoices
    from arterm.desk.contacts.log import log_entries
    from arterm.desk.dunning.pauses import disputes
    from arterm.desk.worklist.dossier import dossier
    from arterm.desk.worklist.why import explain

    kind, row = find.either(session.desk, session.options.what)
    if kind == "customer":
        page = dossier(session.desk, row)
        session.tell(page, lambda: dossier_lines(session, page))
        return 0
    view = invoices.view(session.desk, row)
    found = explain(session.desk, row) if view.balance or view.charges else None
    held = disputes(session.desk, invoice=row)
    log = tuple(entry for entry in log_entries(session.desk, view.customer_id) if view.number in entry.invoices)
    files = [f"Attached: {name}" for name in view.attachments]
    session.tell(
        {"invoice": view, "next": found, "disputes": held, "log": log},
        lambda: [
            f"Invoice {view.number} for {view.customer}",
            *invoice_lines(session, [view]),
            *files,
            *(explained_lines(session, found) if found else []),
            *(
                f"Dispute of {session.show(one.amount)} {one.currency} since {one.opened.isoformat()}:"
                f" {one.reason}{', ' + one.outcome if one.outcome else ''}"
                for one in held
            ),
            *log_lines(session, log),
        ],
    )
    return 0


def _report(session: Session) -> int:
    """A report on any day, as a table or a file."""
    from arterm.desk.accounts.ageing import save

    options, desk = session.options, session.desk
    if options.as_of:
        desk.today = session.day(options.as_of, "--as-of")
    form = "json" if session.json and options.format == "table" else options.format
    with shown_progress("Reckoning"):
        content = _content(session, form)
    if options.out:
        receipt = save(content, path_of(options.out))
        say(receipt.words, to_errors=session.json)
    elif form in ("xlsx", "pdf"):
        raise ArtermError("missing.file_name", "--out", form=form, name=options.name)
    else:
        for line in content.decode("utf-8-sig").splitlines():
            say(line)
    return 0


def _content(session: Session, form: str) -> bytes:
    from arterm.desk import find
    from arterm.desk.reports.catalogue import report
    from arterm.desk.reports.files import as_file
    from arterm.desk.reports.model import ReportOptions

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer") if options.customer else None
    asked = ReportOptions(
        options.days, customer, options.compare, not options.without_disputed, options.currency.upper()
    )
    found = report(desk, options.name, asked)
    if options.name == "ageing" and form == "json":
        return _ageing_json(session, customer)
    if form != "table":
        return as_file(desk, found, form)
    return "\n".join([*report_lines(session, found, sys.stdout.isatty() and not options.out), ""]).encode()


def _ageing_json(session: Session, customer: int | None) -> bytes:
    """The ageing in the shape that scripts know."""
    import json

    from arterm.cli.output import jsonable
    from arterm.desk.accounts.ageing import ageing

    return json.dumps(jsonable(ageing(session.desk, customer)), indent=2).encode() + b"\n"
