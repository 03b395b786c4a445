"""Commands about letters: reminders that are due, written, gone out or not."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.gone_out import printed
from arterm.cli.output import say, shown_progress, table
from arterm.cli.sending import send_alias
from arterm.cli.session import Session
from arterm.cli.text.words import notice_lines
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.text import count


def register(commands: Commands) -> None:
    """Add these commands."""
    notices = commands.add_parser("notices")
    notices.add_argument("--due", action="store_true", help="what would be written today")
    parts = notices.add_subparsers(metavar="PART")
    write = parts.add_parser("write", help="write the letters that are due")
    write.add_argument("--customer", metavar="C", help="only for this customer, also before the last deadline")
    write.add_argument(
        "--step",
        type=_step,
        metavar="S",
        help="in the tone of this reminder: 1, 2 or 3; never firmer than due",
    )
    write.add_argument("--approve", action="store_true", help="also the letters whose step asks for approval")
    write.add_argument("--out", required=True, metavar="DIR")
    write.add_argument("--one-file", action="store_true", help="all letters in one PDF")
    write.add_argument("--draft", action="store_true", help="do not count them as sent yet")
    write.set_defaults(run=_write)
    for name, run, words in (("confirm", _confirm, "they went out"), ("discard", _discard, "they did not go out")):
        settle = parts.add_parser(name, help=f"say of letters that {words}")
        settle.add_argument("ids", nargs="+", type=int, metavar="ID")
        settle.set_defaults(run=run)
    show = parts.add_parser("show", help="a letter that is due or written, as lines")
    show.add_argument("what", metavar="ID|CUSTOMER")
    show.set_defaults(run=_show)
    again = parts.add_parser("save", help="put letters that are written into a folder, byte for byte")
    again.add_argument("ids", nargs="+", type=int, metavar="ID")
    again.add_argument("--out", required=True, metavar="DIR")
    again.add_argument("--one-file", action="store_true", help="all letters in one PDF")
    again.set_defaults(run=_save)
    printed = parts.add_parser("print", help="send letters that are written to the printer")
    printed.add_argument("ids", nargs="+", type=int, metavar="ID")
    printed.set_defaults(run=_print)
    send_alias(parts)
    notices.set_defaults(run=_notices)


def _step(text: str) -> str:
    """A reminder's number as its tone: the first is friendly, the second firm, all others formal."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9):
        raise argparse.ArgumentTypeError("a number from 1 to 9")
    return ("friendly", "firm", "formal")[min(int(text), 3) - 1]


def _notices(session: Session) -> int:
    from arterm.desk.dunning.run import plan_run
    from arterm.desk.letters.notices import waiting

    _warn(session)
    run, held = plan_run(session.desk), waiting(session.desk)
    value = {
        "due": [_due(letter) for letter in run.letters],
        "not_due": run.held,
        "waiting": [] if session.options.due else held,
    }
    session.tell(value, lambda: _run_lines(session, run, () if session.options.due else held))
    return 0


def _due(letter: Any) -> dict[str, Any]:
    """A letter that is due, for scripts."""
    return {
        "customer": letter.name,
        "customer_id": letter.customer,
        "step": letter.step,
        "tone": letter.tone,
        "reminder": letter.reminder,
        "channel": letter.channel,
        "approval": letter.approval,
        "total": letter.total,
        "currency": letter.currency,
        "unmatched": letter.unmatched,
        "invoices": [line.found.number for line in letter.lines],
        "why": letter.why,
        "lines": [
            {
                "invoice": line.found.number,
                "step": line.step,
                "moves": line.moves,
                "open": Money(line.open, letter.currency),
                "charges": [
                    {"kind": one.kind, "amount": Money(one.amount, letter.currency), "law": one.law}
                    for one in line.charges
                ],
            }
            for line in letter.lines
        ],
    }


def _run_lines(session: Session, run: Any, held: Any) -> list[str]:
    body = [
        (
            d.name,
            d.tone + (" (asks for approval)" if d.approval else ""),
            session.show(d.total),
            d.currency,
            str(len(d.lines)),
            "; ".join(d.why),
        )
        for d in run.letters
    ]
    lines = (
        table(("Due for", "Letter", "Asks for", "Cur", "Invoices", "Why"), body, "llrlr")
        if body
        else ["No letter is due."]
    )
    if run.held:
        rows = [
            (one.customer, one.invoice, one.next, one.on.isoformat() if one.on else "", "; ".join(one.why_not))
            for one in run.held
        ]
        lines += ["", "No letter goes out for:", *table(("Customer", "Invoice", "Next", "On", "Why not"), rows)]
    if held:
        lines += ["", "Written, and not yet said whether they went out:", *notice_lines(session, held)]
    return lines


def _warn(session: Session) -> None:
    """Say how fresh the bank is before anybody is chased."""
    from arterm.cli.output import say
    from arterm.desk.bank.lines import bank_state

    warning = bank_state(session.desk).warning
    if warning:
        say(f"arterm: {warning}", to_errors=True)


def _write(session: Session) -> int:
    from arterm.desk.dunning.run import due_notices
    from arterm.desk.letters.notices import LeftOut, issue, views
    from arterm.desk.letters.printing import write_to
    from arterm.desk.supply.holds import freeze_due

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer") if options.customer else None
    _warn(session)
    every = due_notices(desk, customer)
    due = [one for one in every if customer or options.approve or not one.approval]
    if customer and not due:
        raise ArtermError("nothing_due.today", "--customer", customer_name=find.customer_name(desk, customer))
    left_out: LeftOut = []
    folder, tone = path_of(options.out), options.step or ""
    with shown_progress("Letters") as progress:
        saved = write_to(desk, due, folder, tone, options.one_file, progress, left_out)
    if left_out and not saved:
        raise left_out[0][1]
    files = {notice.id: notice.file for notice in saved}
    held = options.draft or (session.on_terminal and not printed(len(saved)))
    if not held and saved:
        issue(desk, [notice.id for notice in saved])
    shown = [replace(notice, file=files[notice.id]) for notice in views(desk, [notice.id for notice in saved])]
    session.tell({"notices": shown}, lambda: notice_lines(session, shown))
    for _, error in left_out:
        say(f"arterm: left out: {error}", to_errors=True)
    for receipt in freeze_due(desk) if customer is None and not options.draft else ():
        say(f"arterm: {receipt.words} Tell them: arterm letter suspended", to_errors=True)
    if len(due) < len(every):
        say(
            f"arterm: {count(len(every) - len(due), 'letter')} for which the ladder asks approval: write them with"
            " --approve",
            to_errors=True,
        )
    return 3 if left_out else 0


def _confirm(session: Session) -> int:
    from arterm.desk.letters.notices import issue

    return session.receipt(issue(session.desk, session.options.ids))


def _discard(session: Session) -> int:
    from arterm.desk.letters.notices import discard

    return session.receipt(discard(session.desk, session.options.ids))


def _show(session: Session) -> int:
    from arterm.desk.dunning.run import due_notices
    from arterm.desk.letters.notices import views
    from arterm.desk.letters.preview import preview_due, preview_written

    what, desk = session.options.what, session.desk
    if what.isascii() and what.isdigit():
        found = [preview_written(desk, views(desk, [int(what)])[0])]
    else:
        customer = find.customer(desk, what)
        found = [preview_due(desk, due) for due in due_notices(desk, customer)]
        if not found:
            raise ArtermError("nothing_due.letter", "customer", customer_name=find.customer_name(desk, customer))
    session.tell({"letters": found}, lambda: [line for one in found for line in (*one.lines, "", *_barred(one))])
    return 0


def _barred(preview: Any) -> list[str]:
    """What a letter may not ask for, invoice by invoice."""
    lines = [
        f"  {claim.invoice}: no {one.what}: {one.why}" + (f", from {one.from_.isoformat()}" if one.from_ else "")
        for claim in preview.claims
        for one in claim.not_allowed
    ]
    enclosed = [f"Enclose: {what}" for what in preview.enclose]
    return [*enclosed, "Not asked for, because it is not allowed:", *lines] if lines else enclosed


def _save(session: Session) -> int:
    from arterm.desk.letters.notices import views
    from arterm.desk.letters.printing import save

    options, desk = session.options, session.desk
    saved = save(desk, views(desk, options.ids), path_of(options.out), options.one_file)
    session.tell({"notices": saved}, lambda: notice_lines(session, saved))
    return 0


def _print(session: Session) -> int:
    from arterm.desk.letters.notices import views
    from arterm.desk.letters.printing import print_out

    return session.receipt(print_out(session.desk, views(session.desk, session.options.ids)))
