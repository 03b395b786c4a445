"""Send what is due by e-mail, and tell what became of it."""

from __future__ import annotations

from typing import Any

from arterm.cli.output import shown_progress, table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError
from arterm.rules.text import count


def register_send(send: Any) -> None:
    """What the command takes."""
    send.add_argument("--due", action="store_true", help="what is due today (nothing else is sent by this command)")
    send.add_argument("--dry-run", action="store_true", help="the same decision, and nothing is written or sent")
    send.add_argument("--approve", action="store_true", help="also what asks for your word")
    send.add_argument("--customer", metavar="C", help="only to this one, also before the last deadline")
    send.add_argument("--any-hour", action="store_true", help="also outside the hours set for it")
    send.set_defaults(run=_send, state=None)


def send_alias(parts: Any) -> None:
    """`notices send` is the same command."""
    register_send(parts.add_parser("send", help="the same as: arterm send"))


def _send(session: Session) -> int:
    from arterm.desk.mail.run import decide, run

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer") if options.customer else None
    if not options.due and customer is None:
        raise ArtermError("missing.what", "send")
    if options.dry_run:
        decided = decide(desk, options.approve, customer, options.any_hour)
        session.tell({"dry_run": True, **_decided(decided)}, lambda: _decided_lines(session, decided))
        return 0
    with shown_progress("E-mails") as progress:
        report = run(desk, options.approve, customer, options.any_hour, progress)
    value = {
        "dry_run": False,
        **_decided(report.decided),
        "mails": report.mails,
        "came_in": report.came_in,
        "trouble": report.trouble,
        "left_out": report.left_out,
    }
    session.tell(value, lambda: _report_lines(session, report))
    return 3 if report.needs_eye else 0


def _decided(decided: Any) -> dict[str, Any]:
    def letter(one: Any) -> dict[str, Any]:
        return {
            "customer": one.name,
            "customer_id": one.customer,
            "tone": one.tone,
            "step": one.step,
            "total": one.total,
            "currency": one.currency,
            "invoices": [line.found.number for line in one.lines],
            "why": one.why,
        }

    return {
        "shut": decided.shut,
        "send": [] if decided.shut else [letter(one) for one in decided.send],
        "courtesy": decided.courtesy,
        "held": [{**letter(one.letter), "why_not": one.why, "paper": one.paper} for one in decided.held],
        "waiting": decided.waiting,
        "unclear": decided.unclear,
    }


def _decided_lines(session: Session, decided: Any) -> list[str]:
    rows = [(one.name, one.tone, session.show(one.total), one.currency, "; ".join(one.why)) for one in decided.send]
    rows += [
        (one.name, "courtesy", "", "", f"{', '.join(one.numbers)} due {one.due.isoformat()}")
        for one in decided.courtesy
    ]
    rows += [(one.customer, one.kind, "", "", f"waits since {one.day.isoformat()}") for one in decided.waiting]
    lines = [decided.shut.capitalize() + "."] if decided.shut else []
    lines += (
        table(("Would go to", "Mail", "Asks for", "Cur", "Why"), rows, "llrll") if rows else ["No e-mail would go."]
    )
    return lines + _held_lines(session, decided)


def _held_lines(session: Session, decided: Any) -> list[str]:
    lines: list[str] = []
    if decided.held:
        rows = [
            (one.letter.name, one.letter.tone, session.show(one.letter.total), one.letter.currency, one.why)
            for one in decided.held
        ]
        lines += ["", "Not by e-mail:", *table(("Customer", "Letter", "Asks for", "Cur", "Why not"), rows, "llrll")]
    if decided.unclear:
        lines += [
            "",
            "Unclear: nobody knows whether these went. Look, then: arterm mail settle ID --sent or --not-sent",
            *mail_rows(decided.unclear),
        ]
    return lines


def _report_lines(session: Session, report: Any) -> list[str]:
    lines = [f"The mailbox: {report.came_in}."] if report.came_in else []
    if report.decided.shut:
        lines.append(report.decided.shut.capitalize() + ".")
    sent = sum(one.state == "sent" for one in report.mails)
    lines += [f"{count(sent, 'e-mail')} sent.", *(mail_rows(report.mails) if report.mails else [])]
    lines += [f"Look: {one}" for one in report.left_out] + ([f"Trouble: {report.trouble}"] if report.trouble else [])
    return lines + _held_lines(session, report.decided)


def mail_rows(mails: Any) -> list[str]:
    """E-mails as a table."""
    rows = [
        (f"#{one.id}", one.day.isoformat(), one.customer, one.to, one.kind, one.state, one.said[:80]) for one in mails
    ]
    return table(("", "Day", "Customer", "To", "Kind", "State", "Said"), rows)


def tell_handed(session: Session, handed: Any) -> int:
    """Print what became of e-mails that were sent at the owner's word."""
    session.tell({"mails": handed.mails, "trouble": handed.trouble}, lambda: [handed.words])
    return 0 if len(handed.of("sent")) == len(handed.mails) else 3
