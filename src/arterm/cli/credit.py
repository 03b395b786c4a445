"""Commands of standing: may we supply, stop and begin again, credit checks, the terms of supply."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    check = commands.add_parser("check")
    check.add_argument("customer", metavar="CUSTOMER")
    check.add_argument("--amount", metavar="N", help="for so much more")
    check.set_defaults(run=_check)
    hold = commands.add_parser("hold")
    hold.add_argument("customer", metavar="CUSTOMER", nargs="?")
    hold.add_argument("--why", default="", metavar="T")
    hold.add_argument("--who-may", default="", metavar="WHO", help="who alone may lift it while something is overdue")
    hold.add_argument(
        "--but-for", default="", metavar="T", help="what it leaves out: prepaid, already delivered, a project"
    )
    hold.add_argument("--list", action="store_true", help="everybody who is stopped")
    hold.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="of the list, for other programs"
    )
    hold.set_defaults(run=_hold)
    release = commands.add_parser("release")
    release.add_argument("customer", metavar="CUSTOMER")
    release.add_argument("--why", default="", metavar="T")
    release.add_argument("--by", default="", metavar="WHO", help="who agreed, where somebody was named")
    release.set_defaults(run=_release)
    for command, words in ((hold, "that supply is stopped"), (release, "that it goes on")):
        command.add_argument("--out", metavar="DIR", help=f"write the letter {words} into this folder")
        command.add_argument("--mail", action="store_true", help=f"e-mail {words}")
        command.add_argument("--draft", action="store_true", help="do not count the letter as gone out yet")
    credit = commands.add_parser("standing")
    parts = credit.add_subparsers(metavar="PART", required=True)
    show = parts.add_parser("show", help="everything about a customer's standing")
    show.add_argument("customer", metavar="CUSTOMER")
    show.set_defaults(run=_show)
    add = parts.add_parser("check", help="keep what a register, an agency or a person said of a customer")
    add.add_argument("customer", metavar="CUSTOMER")
    add.add_argument("--source", required=True, metavar="T")
    add.add_argument("--result", required=True, metavar="R", help="good, caution, bad or unknown")
    add.add_argument("--on", metavar="D", help="else today")
    for name, words in (
        ("score", "in their words"),
        ("note", ""),
        ("expires", "the last day on which it holds"),
        ("again", "when to look again"),
        ("document", "a file to keep with it"),
    ):
        add.add_argument(f"--{name}", default="", metavar="D" if name in ("expires", "again") else "T", help=words)
    add.set_defaults(run=_add_check)
    terms = parts.add_parser("terms", help="credit limit, days to pay, per cent beforehand")
    terms.add_argument("customer", metavar="CUSTOMER")
    terms.add_argument("--limit", metavar="N", help="what may be open at most; 'none' takes it away")
    terms.add_argument("--days", metavar="N", help="days to pay; 'none': the usual ones")
    terms.add_argument("--prepay", type=int, metavar="PERCENT", help="beforehand: 100 is prepayment, less is a deposit")
    terms.add_argument("--note", default=None, metavar="T")
    terms.set_defaults(run=_terms)


def _check(session: Session) -> int:
    from arterm.desk.supply.credit_standing import supply
    from arterm.desk.supply.text import answer_words

    desk = session.desk
    customer = find.customer(desk, session.options.customer)
    wanted = session.amount(session.options.amount, desk.currency, "--amount") if session.options.amount else None
    found = supply(desk, customer, wanted)
    asked = f" to {desk.format_money(wanted)} more" if wanted else ""
    room = found.limit - found.balance if found.limit and found.limit.currency == found.currency else None
    limit = f", limit {session.show(found.limit)}" if found.limit else ""
    limit += f", room {session.show(room)}" if room is not None and room.minor > 0 else ""
    session.tell(
        found,
        lambda: [
            f"{found.customer}: {answer_words(found)}{asked}",
            f"open {session.show(found.balance)} {found.currency}, overdue {session.show(found.overdue)}{limit}",
            *(f"· {why}" for why in found.why),
        ],
    )
    return 0 if found.may_supply else 3


def _hold(session: Session) -> int:
    from arterm.desk.supply import holds

    options, desk = session.options, session.desk
    if options.list or not options.customer:
        found = holds.stop_list(desk)
        if options.format == "csv":
            for line in holds.stop_list_csv(desk).decode("utf-8-sig").splitlines():
                say(line)
            return 0
        if options.format == "json":
            session.json = True
        rows = [
            (one.customer, one.since.isoformat(), session.show(one.overdue), one.who_may, one.carve_outs, one.why)
            for one in found
        ]
        session.tell(
            {"stopped": found},
            lambda: (
                table(("Customer", "Since", "Overdue", "May lift", "But for", "Why"), rows, "llrlll")
                if rows
                else ["Nobody is stopped."]
            ),
        )
        return 0
    customer = find.customer(desk, options.customer)
    receipt = holds.freeze(desk, customer, options.why, options.who_may, options.but_for)
    return _with_letter(session, receipt, "suspended", customer)


def _release(session: Session) -> int:
    from arterm.desk.supply.holds import release

    customer = find.customer(session.desk, session.options.customer)
    receipt = release(session.desk, customer, session.options.why, session.options.by)
    return _with_letter(session, receipt, "reinstated", customer)


def _with_letter(session: Session, receipt: Any, kind: str, customer: int) -> int:
    """What was done, then its letter where one is wanted; where that cannot be written, the work stands and it is
    said.
    """
    if not session.options.out and not session.options.mail:
        return session.receipt(receipt)
    from arterm.cli.letters import give
    from arterm.desk.letters.kinds import LetterDraft

    say(receipt.words, to_errors=True)
    try:
        return give(session, LetterDraft(kind, customer))
    except ArtermError as error:
        say(f"arterm: the letter was not written: {error}", to_errors=True)
        session.receipt(receipt)
        return 3


def _show(session: Session) -> int:
    from arterm.desk.accounts.warnings import flags
    from arterm.desk.supply.credit_standing import standing
    from arterm.desk.supply.holds import stop_of
    from arterm.desk.supply.text import standing_lines

    desk = session.desk
    customer = find.customer(desk, session.options.customer)
    found = {
        "standing": standing(desk, customer),
        "stop": stop_of(desk, customer),
        "flags": flags(desk).get(customer, ()),
    }
    session.tell(found, lambda: standing_lines(desk, customer))
    return 0


def _add_check(session: Session) -> int:
    from arterm.desk.supply.credit_standing import CheckDraft, add_check

    options, desk = session.options, session.desk
    day = session.past_day(options.on, "--on") if options.on else desk.today
    draft = CheckDraft(
        options.source,
        day,
        options.result,
        options.score,
        options.note,
        session.day(options.expires, "--expires") if options.expires else None,
        session.day(options.again, "--again") if options.again else None,
        options.document,
    )
    return session.receipt(add_check(desk, find.customer(desk, options.customer), draft))


def _terms(session: Session) -> int:
    from arterm.desk.supply.credit_standing import set_terms, terms_of_supply

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    held = terms_of_supply(desk, customer)
    limit = (
        held.limit
        if options.limit is None
        else None
        if options.limit == "none"
        else session.amount(options.limit, desk.currency, "--limit")
    )
    days = held.days
    if options.days is not None:
        if options.days != "none" and not (options.days.isascii() and options.days.isdigit()):
            raise ArtermError("bad_number.days", "--days", days=options.days[:10])
        days = None if options.days == "none" else int(options.days)
    prepay = held.prepay if options.prepay is None else options.prepay
    note = held.note if options.note is None else options.note
    return session.receipt(set_terms(desk, customer, limit, days, prepay, note, held.version))
