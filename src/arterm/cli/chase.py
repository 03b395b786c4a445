"""Commands that chase: log what was said, write reminder letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.cli.words import notice_lines
from arterm.desk import find
from arterm.rules.errors import ArtermError
from arterm.rules.judgement import step_words
from arterm.rules.outcomes import CHANNELS, OUTCOMES, REASONS


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
    log.set_defaults(run=_log)
    notices = commands.add_parser("notices", help="reminder letters")
    notices.add_argument("--due", action="store_true", help="what would be written today")
    parts = notices.add_subparsers(metavar="PART")
    write = parts.add_parser("write", help="write the letters that are due")
    write.add_argument("--customer", metavar="C", help="only for this customer, also before the last deadline")
    write.add_argument("--step", type=int, metavar="S", help="in the tone of this reminder")
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
        contact=options.contact, corrects=options.corrects,
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


def _notices(session: Session) -> int:
    from arterm.desk.notices import due_notices, waiting

    due, held = due_notices(session.desk), waiting(session.desk)
    if session.json:
        rows = [
            {
                "customer": d.name,
                "customer_id": d.customer,
                "step": d.step,
                "total": d.total,
                "currency": d.currency,
                "invoices": [i.number for i in d.invoices],
            }
            for d in due
        ]
        session.tell({"due": rows, "waiting": [] if session.options.due else held}, list)
        return 0
    lines = (
        table(
            ("Due for", "Reminder", "Total", "Cur", "Invoices"),
            [(d.name, step_words(d.step), session.show(d.total), d.currency, str(len(d.invoices))) for d in due],
            "llrlr",
        )
        if due
        else ["No letter is due."]
    )
    if held and not session.options.due:
        lines += ["", "Written, and not yet said whether they went out:", *notice_lines(session, held)]
    session.tell(None, lambda: lines)
    return 0


def _write(session: Session) -> int:
    from arterm.desk.notices import due_notices, issue, views, write_to

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer") if options.customer else None
    due = due_notices(desk, customer)
    if customer and not due:
        raise ArtermError(
            "nothing_due",
            f"There is nothing to remind {find.customer_name(desk, customer)} of today.",
            "--customer",
            f"See why with: arterm board --all --customer '{options.customer}'",
        )
    saved = write_to(desk, due, Path(options.out).expanduser(), options.step, options.one_file)
    files = {notice.id: notice.file for notice in saved}
    held = options.draft or (session.on_terminal and not _printed(len(saved)))
    if not held and saved:
        issue(desk, [notice.id for notice in saved])
    shown = [_with(notice, files) for notice in views(desk, [notice.id for notice in saved])]
    session.tell({"notices": shown}, lambda: notice_lines(session, shown))
    return 0


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
