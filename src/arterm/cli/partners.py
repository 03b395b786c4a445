"""Commands about those who help: partners, hand-overs, what came of them; claims that run out of time."""

from __future__ import annotations

import argparse
from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.errors import ArtermError

_TEXTS = ("contact", "mail", "phone", "address", "area", "languages", "note")


def register(commands: Commands) -> None:
    """Add these commands."""
    parts = commands.add_parser("partner").add_subparsers(metavar="PART", required=True)
    add = parts.add_parser("add", help="keep a partner")
    add.add_argument("name")
    add.add_argument("--kind", required=True, metavar="K", help="agency, factor, attorney or mediator")
    edit = parts.add_parser("edit", help="change one; what is not named stays")
    edit.add_argument("partner", metavar="PARTNER")
    edit.add_argument("--name", metavar="T")
    edit.add_argument("--kind", metavar="K")
    for parser, run in ((add, _add), (edit, _edit)):
        parser.add_argument("--model", metavar="M", help="flat, percent (whatever comes) or no_cure_no_pay")
        parser.add_argument("--rates", metavar="P", help="per cent, by age where it differs: 20, or '0:15 180:25'")
        parser.add_argument("--flat", metavar="N", help="a sum for each hand-over")
        parser.add_argument("--least", metavar="N", help="the smallest debt they take")
        parser.add_argument("--oldest", type=int, metavar="DAYS", help="the oldest they take, days overdue")
        parser.add_argument(
            "--disputed-too", action=argparse.BooleanOptionalAction, help="they also take what is disputed"
        )
        parser.add_argument("--advance", type=int, metavar="PERCENT", help="factor: paid at once")
        parser.add_argument(
            "--recourse",
            action=argparse.BooleanOptionalAction,
            help="factor: what never comes is yours to bear, or theirs",
        )
        parser.add_argument("--days", type=int, metavar="N", help="how long they usually take")
        for name in _TEXTS:
            parser.add_argument(f"--{name}", metavar="T")
        parser.set_defaults(run=run)
    listed = parts.add_parser("list", help="all of them, with their results so far")
    listed.add_argument("--kind", default="", metavar="K")
    listed.set_defaults(run=_list)
    show = parts.add_parser("show", help="one, with everything that is known, and what you think of them")
    show.add_argument("partner", metavar="PARTNER")
    show.set_defaults(run=_show)
    remove = parts.add_parser("remove", help="take one off the list")
    remove.add_argument("partner", metavar="PARTNER")
    remove.set_defaults(run=_remove)
    review = parts.add_parser("review", help="what you think of one")
    review.add_argument("partner", metavar="PARTNER")
    review.add_argument("--stars", type=int, required=True, metavar="1-5")
    review.add_argument("--note", default="", metavar="T")
    review.set_defaults(run=_review)
    give = commands.add_parser("handover")
    give.add_argument("invoices", nargs="*", metavar="INVOICE")
    give.add_argument("--to", metavar="PARTNER")
    give.add_argument("--out", metavar="FILE.zip", help="the case file")
    give.add_argument("--dry-run", action="store_true", help="only say what speaks against it")
    give.add_argument("--note", default="", metavar="T")
    which = give.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="every hand-over and what came of it")
    which.add_argument("--file", type=int, metavar="ID", help="write the case file of a hand-over again: --out")
    which.add_argument("--report", type=int, metavar="ID", help="what the partner reports: --received, --cut, --note")
    which.add_argument("--accept", type=int, metavar="ID", help="the customer accepts a mediation: --on, --meets")
    which.add_argument("--end", type=int, metavar="ID", help="called back, or done: say --outcome")
    give.add_argument("--received", default="0", metavar="N", help="what came in for the invoices")
    give.add_argument(
        "--by-customer", action="store_true", help="of a sale: the customer paid the buyer; no advance of theirs"
    )
    give.add_argument("--cut", default="0", metavar="N", help="what the partner keeps of it, or asks")
    give.add_argument("--on", metavar="D", help="else today")
    give.add_argument("--outcome", default="", metavar="T")
    give.add_argument("--meets", metavar="D", help="when a mediation meets")
    give.add_argument(
        "--parts", type=int, metavar="N", help="what a mediation agreed, as a plan of so many instalments"
    )
    give.add_argument("--first", metavar="D", help="the day of the first")
    agreed = give.add_mutually_exclusive_group()
    agreed.add_argument("--agreed", action="store_const", const=True, help="a mediation ended in agreement")
    agreed.add_argument("--not-agreed", dest="agreed", action="store_const", const=False, help="or in none")
    give.add_argument(
        "--recourse", action="store_true", help="sold ones come back, and the factor's money is owed back"
    )
    give.set_defaults(run=_handover)
    radar = commands.add_parser("limitation")
    radar.add_argument("--within", type=int, default=365, metavar="DAYS")
    radar.set_defaults(run=_limitation)


def _draft(session: Session, held: Any = None) -> Any:
    from arterm.desk.partners.partners import PartnerDraft

    options, code = session.options, session.desk.currency

    def said(name: str, default: Any) -> Any:
        value = getattr(options, name, None)
        return (getattr(held, name) if held else default) if value is None else value

    def money(name: str) -> Any:
        text = getattr(options, name)
        return session.amount(text, code, f"--{name}") if text else (getattr(held, name) if held else None)

    return PartnerDraft(
        said("name", ""),
        said("kind", ""),
        said("model", "no_cure_no_pay"),
        money("flat"),
        said("rates", ""),
        money("least"),
        said("oldest", 0),
        (held.undisputed if held else True) if options.disputed_too is None else not options.disputed_too,
        said("advance", 0),
        said("recourse", True),
        said("days", 60),
        *(said(name, "") for name in ("contact", "mail", "phone", "address", "area", "languages", "note")),
    )


def _add(session: Session) -> int:
    from arterm.desk.partners.partners import add_partner

    return session.receipt(add_partner(session.desk, _draft(session)))


def _edit(session: Session) -> int:
    from arterm.desk.partners.partners import edit_partner, find_partner, partner

    row = find_partner(session.desk, session.options.partner)
    held = partner(session.desk, row)
    return session.receipt(edit_partner(session.desk, row, _draft(session, held), held.version))


def _list(session: Session) -> int:
    from arterm.desk.partners.partners import KINDS, partners

    if session.options.kind and session.options.kind not in KINDS:
        raise ArtermError("bad_choice.partner_kind", "--kind", kind=session.options.kind[:20], kinds=tuple(KINDS))
    found = partners(session.desk, session.options.kind)
    rows = [
        (
            f"#{one.id}",
            one.name,
            one.kind,
            f"{one.model} {one.rates}{' %' if one.rates else ''} {session.show(one.flat) if one.flat else ''}".strip(),
            session.show(one.least) if one.least else "",
            str(one.results.handovers),
            session.show(one.results.face),
            session.show(one.results.recovered),
            session.show(one.results.cost),
            "*" * (one.results.stars or 0),
        )
        for one in found
    ]
    head = ("", "Partner", "Kind", "Terms", "From", "Given", "Face", "Came", "Cost", "You")
    session.tell(
        {"partners": found}, lambda: table(head, rows, "llllrrrrrl") if rows else ["No partner yet: arterm partner add"]
    )
    return 0


def _show(session: Session) -> int:
    from arterm.desk.partners.partners import find_partner, partner, partner_lines, reviews

    desk = session.desk
    found = partner(desk, find_partner(desk, session.options.partner))
    session.tell({"partner": found, "reviews": reviews(desk, found.id)}, lambda: partner_lines(desk, found))
    return 0


def _remove(session: Session) -> int:
    from arterm.desk.partners.partners import find_partner, remove_partner

    return session.receipt(remove_partner(session.desk, find_partner(session.desk, session.options.partner)))


def _review(session: Session) -> int:
    from arterm.desk.partners.partners import find_partner, review

    options = session.options
    return session.receipt(
        review(session.desk, find_partner(session.desk, options.partner), options.stars, options.note)
    )


def _handover(session: Session) -> int:
    from arterm.desk.partners import handover_views, mediation
    from arterm.desk.partners import handovers as handover

    options, desk = session.options, session.desk
    if options.report is not None:
        held = handover_views.handover(desk, options.report)
        day = session.past_day(options.on, "--on") if options.on else desk.today
        received, cut = (
            session.amount(getattr(options, name), held.currency, f"--{name}") for name in ("received", "cut")
        )
        return session.receipt(
            handover.report(desk, options.report, received, cut, day, options.note, options.by_customer)
        )
    if options.accept is not None:
        day = session.past_day(options.on, "--on") if options.on else desk.today
        meets = session.day(options.meets, "--meets") if options.meets else None
        return session.receipt(mediation.accept(desk, options.accept, day, meets))
    if options.end is not None and options.agreed is not None:
        return _concluded(session)
    if options.end is not None:
        return session.receipt(handover.end(desk, options.end, options.outcome, options.recourse))
    if options.file is not None:
        if not options.out:
            raise ArtermError("missing.folder", "--out")
        return session.receipt(handover.case_again(desk, options.file, path_of(options.out)))
    if options.list or not options.invoices:
        return _handovers(session)
    return _give(session)


def _concluded(session: Session) -> int:
    """The end of a mediation; with --parts what was agreed becomes a plan at once."""
    from arterm.desk.compromise import plans
    from arterm.desk.compromise.quote import PlanDraft
    from arterm.desk.partners import handover_views, mediation

    options, desk = session.options, session.desk
    if options.parts and not (options.agreed and options.first):
        raise ArtermError("missing.agreement", "--first")
    receipt = mediation.conclude(desk, options.end, options.agreed, options.outcome)
    if not options.parts:
        return session.receipt(receipt)
    say(receipt.words, to_errors=True)
    held = handover_views.handover(desk, options.end)
    first = session.day(options.first, "--first")
    draft = PlanDraft(held.customer_id, first, held.invoice_ids, held.currency, options.parts)
    return session.receipt(plans.propose(desk, draft))


def _give(session: Session) -> int:
    from arterm.desk.partners import handovers as handover
    from arterm.desk.partners.partners import find_partner

    options, desk = session.options, session.desk
    if not options.to:
        raise ArtermError("missing.partner", "--to")
    to = find_partner(desk, options.to, "--to")
    rows = [find.invoice(desk, number, "INVOICE") for number in options.invoices]
    found = handover.eligible(desk, to, rows)
    if options.dry_run:
        lines = [
            f"{one.invoice}:"
            f" {'; '.join(one.why_not) or 'may be handed over'}"
            f"{'  (' + '; '.join(one.beware) + ')' if one.beware else ''}"
            for one in found
        ]
        asked = handover.price(desk, to, rows)
        lines.append(
            f"Face {desk.format_money(asked.face)}, at once {desk.format_money(asked.advance)}, fee"
            f" {desk.format_money(asked.fee)}, when they pay {desk.format_money(asked.reserve)}"
            if asked.advance
            else f"Face {desk.format_money(asked.face)}, fee if all of it comes {desk.format_money(asked.fee)}"
        )
        papers = handover.look_at_papers(desk, rows)
        session.tell({"eligible": found, "price": asked, "papers": papers}, lambda: [*lines, *papers])
        return 3 if any(one.why_not for one in found) else 0
    if not options.out:
        raise ArtermError("missing.folder", "--out")
    for one in found:
        for words in one.beware:
            say(f"arterm: {one.invoice}: {words}", to_errors=True)
    return session.receipt(handover.hand_over(desk, to, rows, path_of(options.out), options.note))


def _handovers(session: Session) -> int:
    from arterm.desk.partners.handover_views import handovers

    found = handovers(session.desk)
    rows = [
        (
            f"#{one.id}",
            one.day.isoformat(),
            one.partner,
            one.kind,
            one.customer,
            ", ".join(one.invoices),
            session.show(one.face),
            session.show(one.received),
            session.show(one.cut),
            one.outcome or one.state,
        )
        for one in found
    ]
    head = ("", "Day", "Partner", "What", "Customer", "Invoices", "Face", "Came", "Cut", "State")
    session.tell(
        {"handovers": found}, lambda: table(head, rows, "llllllrrrl") if rows else ["Nothing was handed over."]
    )
    return 0


def _limitation(session: Session) -> int:
    from arterm.desk.claims.limitation import running_out

    found = running_out(session.desk, session.options.within)
    rows = [
        (
            one.customer,
            one.invoice,
            session.show(one.open),
            one.currency,
            one.on.isoformat() if one.on else "check",
            one.words,
        )
        for one in found
    ]
    session.tell(
        {"claims": found},
        lambda: (
            table(("Customer", "Invoice", "Open", "Cur", "Time-barred", ""), rows, "llrlll")
            if rows
            else ["No claim runs out of time so soon."]
        ),
    )
    return 3 if any(one.days is not None and one.days <= 30 for one in found) else 0
