"""Commands that chase: log what was said, write reminder letters."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.cli.words import notice_lines
from arterm.desk import find
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.outcomes import CHANNELS, OUTCOMES, REASONS
from arterm.rules.text import count


def register(commands: Any) -> None:
    """Add these commands."""
    log = commands.add_parser("log", help="write down a call, an e-mail, a letter, a visit")
    log.add_argument("customer", metavar="CUSTOMER")
    log.add_argument("--channel", required=True, choices=CHANNELS)
    log.add_argument("--outcome", required=True, choices=tuple(OUTCOMES), metavar="CODE", help=", ".join(OUTCOMES))
    log.add_argument("--direction", choices=("in", "out"), default="out")
    log.add_argument(
        "--invoice", action="append", default=[], metavar="N", help="what it was about; else everything overdue"
    )
    log.add_argument("--reason", choices=REASONS, default="", metavar="CODE", help=", ".join(REASONS))
    log.add_argument("--promise", metavar="AMOUNT@DATE", help="what was promised, such as 250.00@2026-12-01")
    log.add_argument("--follow-up", metavar="D", help="when to look again (none: not at all)")
    log.add_argument("--contact", type=int, metavar="ID", help="whom you spoke to")
    log.add_argument("--corrects", type=int, metavar="ID", help="the log entry that this one takes the place of")
    log.add_argument("--note", default="", metavar="T")
    log.add_argument("--why", default="", metavar="T", help="why once more, beyond the contacts allowed in a week")
    log.set_defaults(run=_log)
    notices = commands.add_parser("notices", help="reminder letters")
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
    notices.set_defaults(run=_notices)


def _log(session: Session) -> int:
    from arterm.desk.contact import ContactDraft, log_contact

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    invoices = tuple(find.invoice(desk, number, "--invoice") for number in options.invoice)
    promised, day = _promise(session, customer, invoices) if options.promise else (None, None)
    none = (options.follow_up or "").strip().lower() == "none"
    draft = ContactDraft(
        customer=customer, channel=options.channel, outcome=options.outcome, direction=options.direction, invoices=invoices,
        reason=options.reason, note=options.note, promised=promised, promised_for=day,
        look_again=session.day(options.follow_up, "--follow-up") if options.follow_up and not none else None, no_follow_up=none,
        contact=options.contact, corrects=options.corrects, why=options.why,
    )  # fmt: skip
    return session.receipt(log_contact(desk, draft))


def _promise(session: Session, customer: int, invoices: tuple[int, ...]) -> tuple[Any, Any]:
    from arterm.desk.contact import suggested_promise

    text, _, when = session.options.promise.partition("@")
    if not when:
        raise ArtermError(
            "missing", "A promise needs an amount and a day.", "--promise", "Write it like 250.00@2026-12-01."
        )
    likely = suggested_promise(session.desk, customer, invoices)
    currency = likely[0].currency if likely else session.desk.currency
    return session.amount(text, currency, "--promise"), session.day(when, "--promise")


def _step(text: str) -> str:
    """A reminder's number as its tone: the first is friendly, the second firm, all others formal."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9):
        raise argparse.ArgumentTypeError("a number from 1 to 9")
    return ("friendly", "firm", "formal")[min(int(text), 3) - 1]


def _notices(session: Session) -> int:
    from arterm.desk.due import decide_run
    from arterm.desk.notices import waiting

    run, held = decide_run(session.desk), waiting(session.desk)
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
        "customer": letter.name, "customer_id": letter.customer, "step": letter.step, "tone": letter.tone, "reminder": letter.reminder,
        "channel": letter.channel, "approval": letter.approval, "total": letter.total, "currency": letter.currency, "unmatched": letter.unmatched,
        "invoices": [line.found.number for line in letter.lines], "why": letter.why,
        "lines": [
            {
                "invoice": line.found.number, "step": line.step, "moves": line.moves, "open": Money(line.open, letter.currency),
                "charges": [{"kind": one.kind, "amount": Money(one.amount, letter.currency), "law": one.law} for one in line.charges],
            }
            for line in letter.lines
        ],
    }  # fmt: skip


def _run_lines(session: Session, run: Any, held: Any) -> list[str]:
    body = [
        (
            d.name, d.tone + (" (asks for approval)" if d.approval else ""), session.show(d.total), d.currency, str(len(d.lines)), "; ".join(d.why),
        )
        for d in run.letters
    ]  # fmt: skip
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


def _write(session: Session) -> int:
    from arterm.desk.due import due_notices
    from arterm.desk.notices import LeftOut, issue, views, write_to

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer") if options.customer else None
    every = due_notices(desk, customer)
    due = [one for one in every if customer or options.approve or not one.approval]
    if customer and not due:
        raise ArtermError(
            "nothing_due",
            f"There is nothing to remind {find.customer_name(desk, customer)} of today.",
            "--customer",
            "See why with: arterm notices",
        )
    left_out: LeftOut = []
    saved = write_to(desk, due, Path(options.out).expanduser(), options.step or "", options.one_file, left_out=left_out)
    if left_out and not saved:
        raise left_out[0][1]
    files = {notice.id: notice.file for notice in saved}
    held = options.draft or (session.on_terminal and not _printed(len(saved)))
    if not held and saved:
        issue(desk, [notice.id for notice in saved])
    shown = [_with(notice, files) for notice in views(desk, [notice.id for notice in saved])]
    session.tell({"notices": shown}, lambda: notice_lines(session, shown))
    for _, error in left_out:
        say(f"arterm: left out: {error}", to_errors=True)
    if len(due) < len(every):
        say(
            f"arterm: {count(len(every) - len(due), 'letter')} for which the ladder asks approval: write them with --approve",
            to_errors=True,
        )
    return 3 if left_out else 0


def _with(notice: Any, files: dict[int, str]) -> Any:
    from dataclasses import replace

    return replace(notice, file=files[notice.id])


def _printed(n: int) -> bool:
    if not n:
        return False
    answer = input(f"Did the {n} letter(s) go out, or will they today? [y/N] ")
    return answer.strip().lower() in ("y", "yes")


def _confirm(session: Session) -> int:
    from arterm.desk.notices import issue

    return session.receipt(issue(session.desk, session.options.ids))


def _discard(session: Session) -> int:
    from arterm.desk.notices import discard

    return session.receipt(discard(session.desk, session.options.ids))
