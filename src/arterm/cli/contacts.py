"""Commands of the call desk: what to say, how often they were called, and writing down what was said."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError
from arterm.rules.outcomes import CHANNELS, METHODS, OUTCOMES, REASONS


def register(commands: Commands) -> None:
    """Add these commands."""
    log = commands.add_parser("log")
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
    log.add_argument("--at", default="", metavar="HH:MM", help="at what time to call back")
    log.add_argument(
        "--method", choices=METHODS, default="", metavar="M", help="how it will be paid: " + ", ".join(METHODS)
    )
    log.add_argument("--contact", type=int, metavar="ID", help="whom you spoke to")
    log.add_argument("--corrects", type=int, metavar="ID", help="the log entry that this one takes the place of")
    log.add_argument("--note", default="", metavar="T")
    log.add_argument("--why", default="", metavar="T", help="why once more, beyond the contacts allowed in a week")
    log.set_defaults(run=_log)
    calls = commands.add_parser("calls")
    calls.add_argument("customer", metavar="CUSTOMER")
    wish = calls.add_mutually_exclusive_group()
    wish.add_argument("--stop", metavar="WHY", help="they do not want to be called; letters go on")
    wish.add_argument("--allow", action="store_true", help="they may be called again")
    calls.set_defaults(run=_calls)


def _log(session: Session) -> int:
    from arterm.desk.contacts.log import ContactDraft, log_contact

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    invoices = tuple(find.invoice(desk, number, "--invoice") for number in options.invoice)
    promised, day = _promise(session, customer, invoices) if options.promise else (None, None)
    none = (options.follow_up or "").strip().lower() == "none"
    draft = ContactDraft(
        customer=customer,
        channel=options.channel,
        outcome=options.outcome,
        direction=options.direction,
        invoices=invoices,
        reason=options.reason,
        note=options.note,
        promised=promised,
        promised_for=day,
        look_again=session.day(options.follow_up, "--follow-up") if options.follow_up and not none else None,
        no_follow_up=none,
        contact=options.contact,
        corrects=options.corrects,
        why=options.why,
        method=options.method,
        call_at=options.at,
    )
    return session.receipt(log_contact(desk, draft))


def _promise(session: Session, customer: int, invoices: tuple[int, ...]) -> tuple[Any, Any]:
    from arterm.desk.contacts.promises import suggested_promise

    text, _, when = session.options.promise.partition("@")
    if not when:
        raise ArtermError("missing.promise", "--promise")
    likely = suggested_promise(session.desk, customer, invoices)
    currency = likely[0].currency if likely else session.desk.currency
    return session.amount(text, currency, "--promise"), session.day(when, "--promise")


def _calls(session: Session) -> int:
    from arterm.desk.contacts.limits import begin_wish, clock, end_wish, limits
    from arterm.desk.worklist.script import script

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    if options.stop is not None:
        return session.receipt(begin_wish(desk, customer, options.stop))
    if options.allow:
        return session.receipt(end_wish(desk, customer))
    held, said = limits(desk, customer, "call", clock(desk)), script(desk, customer)

    def lines() -> list[str]:
        told = [
            f"Called {held.calls_today} times today (of {held.calls_day}), contacted {held.contacts} times this week"
            f" (of {held.contacts_week}); hours {held.hours}."
        ]
        told += [f"Not now: {why}" for why in held.against]
        return [*told, "", *(f"{line.words.upper() if line.head else line.words}" for line in said)]

    session.tell({"limits": held, "script": said}, lines)
    return 3 if held.against else 0
