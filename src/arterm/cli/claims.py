"""Commands about what is owed and what may be claimed: account, claim, rates, terms, waive."""

from __future__ import annotations

import argparse
from datetime import date

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.claims.account import DebtorAccount
from arterm.desk.claims.claims import ClaimView
from arterm.law.question import Question, Reminder, Terms
from arterm.rules.currencies import known_currency
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError
from arterm.rules.rates import read_rate


def register(commands: Commands) -> None:
    """Add these commands."""
    claim = commands.add_parser("claim")
    claim.add_argument("invoice", nargs="?", metavar="INVOICE", help="an invoice of the book; else say the facts")
    claim.add_argument("--as-of", metavar="D")
    claim.add_argument("--jurisdiction", metavar="XX")
    claim.add_argument("--debtor", choices=("business", "consumer"))
    claim.add_argument("--principal", metavar="N")
    claim.add_argument("--currency", metavar="C")
    claim.add_argument("--due", metavar="D", help="the last day to pay, as agreed")
    claim.add_argument("--received", metavar="D", help="no day was agreed: when the invoice was received")
    claim.add_argument("--not-agreed", action="store_true", help="the due day was only printed on the invoice")
    claim.add_argument("--paid", action="append", default=[], metavar="N@D")
    claim.add_argument("--contract-rate", metavar="P", help="per cent a year, in terms accepted before")
    claim.add_argument("--costs-clause", action="store_true", help="the accepted terms have a clause on costs")
    claim.add_argument("--reminded", action="append", default=[], metavar="D[:email|post]")
    claim.add_argument("--small-creditor", action="store_true", help="you are a small enterprise (Belgian law)")
    claim.add_argument("--collection-work", action="store_true", help="real collection work was done (Dutch law)")
    claim.set_defaults(run=_claim)
    owed = commands.add_parser("account")
    owed.add_argument("customer", metavar="CUSTOMER")
    owed.add_argument("--invoice", metavar="N", help="of this invoice alone")
    owed.add_argument("--as-of", metavar="D", help="on a past day; else today")
    owed.set_defaults(run=_account)
    rates = commands.add_parser("rates").add_subparsers(metavar="PART", required=True)
    shown = rates.add_parser("list", help="the rates that are known")
    shown.add_argument("--jurisdiction", default="", metavar="XX")
    shown.add_argument("--since", metavar="D")
    shown.set_defaults(run=_rates)
    add = rates.add_parser("add", help="add a rate that was published since")
    add.add_argument("jurisdiction", metavar="XX")
    add.add_argument("kind", choices=("business", "consumer", "reference"))
    add.add_argument("rate", metavar="P", help="per cent a year")
    add.add_argument("--from", dest="start", required=True, metavar="D")
    add.add_argument("--until", required=True, metavar="D")
    add.add_argument("--source", default="", metavar="T", help="where it was published")
    add.set_defaults(run=_add_rate)
    terms = commands.add_parser("terms").add_subparsers(metavar="PART", required=True)
    accept = terms.add_parser("accept", help="a customer accepted a version")
    accept.add_argument("customer", metavar="CUSTOMER")
    accept.add_argument("--version", required=True, metavar="V")
    accept.add_argument("--accepted", metavar="D", help="else today; it holds for invoices from that day on")
    accept.add_argument(
        "--rate", default="", metavar="P", help="interest for late payment it provides, per cent a year"
    )
    accept.add_argument("--costs-clause", action="store_true", help="it provides costs for late payment")
    accept.add_argument("--note", default="", metavar="T")
    accept.add_argument(
        "--document", default="", metavar="FILE", help="the text that was accepted; a copy is kept with its hash"
    )
    accept.set_defaults(run=_accept)
    held = terms.add_parser("show", help="what a customer accepted")
    held.add_argument("customer", metavar="CUSTOMER")
    held.set_defaults(run=_terms)
    waive = commands.add_parser("waive")
    waive.add_argument("invoice", metavar="INVOICE")
    waive.add_argument("--kind", default="", choices=("interest", "compensation", "costs"))
    waive.add_argument("--why", required=True, metavar="T")
    waive.set_defaults(run=_waive)


def _claim(session: Session) -> int:
    options = session.options
    reminded = tuple(_reminder(session, text) for text in options.reminded)
    read = session.day if options.invoice else session.plain_day
    as_of = read(options.as_of, "--as-of") if options.as_of else None
    if options.invoice:
        from arterm.desk.claims.claims import claim_of

        found = claim_of(session.desk, find.invoice(session.desk, options.invoice), as_of, reminded, ask_kind=True)
    else:
        found = _told(session, as_of or session.today, reminded)
    session.tell(found, lambda: claim_lines(session, found))
    return 3 if found.stopped else 0


def _account(session: Session) -> int:
    from arterm.desk.claims.account import account

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    invoice = find.invoice(desk, options.invoice) if options.invoice else None
    as_of = session.day(options.as_of, "--as-of") if options.as_of else None
    found = account(desk, customer, invoice, as_of)
    session.tell(found, lambda: _account_lines(session, found))
    return 0


def _account_lines(session: Session, found: DebtorAccount) -> list[str]:
    show = session.plain_show
    lines = [f"{found.customer}, as of {in_words(found.as_of)}", ""]
    rows = [
        (
            one.invoice,
            one.due.isoformat(),
            show(one.principal.open),
            show(one.interest.open),
            show(one.compensation.open),
            show(one.costs.open),
            show(one.open),
            one.currency,
        )
        for one in found.invoices
        if one.open.minor
    ]
    header = ("Invoice", "Due", "Principal", "Interest", "Fixed sum", "Costs", "Open", "Cur")
    lines += [*table(header, rows, "llrrrrr"), ""] if rows else ["Nothing is open.", ""]
    moved = [
        (
            one.day.isoformat(),
            one.invoice,
            one.part,
            one.what,
            show(one.amount),
            one.amount.currency,
            " ".join(part for part in (one.reference, one.law, one.note) if part),
        )
        for one in found.entries
    ]
    lines += table(("Day", "Invoice", "Part", "What", "Amount", "Cur", "By"), moved, "llllr")
    lines += [""] if found.totals else []
    return lines + [
        f"Open: {session.desk.format_money(one.open)}, of it {session.desk.format_money(one.charges)} charges"
        for one in found.totals
    ]


def _told(session: Session, as_of: date, reminded: tuple[Reminder, ...]) -> ClaimView:
    """A claim without a book: every fact is on the command line."""
    from arterm.desk.claims.claims import claim_view
    from arterm.law.claim import claim, last_day_to_pay, refuse_other_currency

    options = session.options
    missing = [
        f"--{name}" for name in ("jurisdiction", "debtor", "principal", "currency") if not getattr(options, name)
    ]
    if missing or not (options.due or options.received):
        raise ArtermError("missing.claim", ", ".join(missing) or "--due")
    code, currency = options.jurisdiction.upper(), known_currency(options.currency, "--currency")
    refuse_other_currency(code, options.debtor, currency)
    due = (
        session.plain_day(options.due, "--due")
        if options.due
        else last_day_to_pay(code, session.plain_day(options.received, "--received"))
    )
    if due > as_of:
        raise ArtermError("bad_date.due_after", "--due", due=due, as_of=as_of)
    principal = session.amount(options.principal, currency, "--principal").minor
    if principal < 0:
        raise ArtermError("bad_amount.principal", "--principal")
    terms = Terms(
        read_rate(options.contract_rate, "--contract-rate") if options.contract_rate else None, options.costs_clause
    )
    question = Question(
        code,
        options.debtor,
        principal,
        currency,
        due,
        as_of,
        tuple(_paid(session, text, currency) for text in options.paid),
        terms,
        reminded,
        not options.not_agreed,
        options.small_creditor,
        options.collection_work,
    )
    return claim_view(claim(question))


def _paid(session: Session, text: str, currency: str) -> tuple[date, int]:
    amount, _, day = text.partition("@")
    if not day:
        raise ArtermError("missing.payment", "--paid")
    paid = session.amount(amount, currency, "--paid").minor
    if paid <= 0:
        raise ArtermError("bad_amount.paid", "--paid")
    return session.plain_day(day, "--paid"), paid


def _reminder(session: Session, text: str) -> Reminder:
    """A reminder on the command line; by post unless it says e-mail, since the later date is the safe one."""
    day, _, channel = text.partition(":")
    if channel not in ("", "email", "post"):
        raise ArtermError("bad_choice.channel", "--reminded", channel=channel[:20])
    return Reminder(session.plain_day(day, "--reminded"), channel or "post")


def claim_lines(session: Session, found: ClaimView) -> list[str]:
    """A claim in words: sums, periods, the law behind each, and what is not allowed and why."""
    about = f" on invoice {found.invoice}" if found.invoice else ""
    lines = [
        f"What may be claimed{about} as of {found.as_of.isoformat()} ({found.jurisdiction or '?'}, {found.debtor})"
    ]
    body = [
        (name, session.plain_show(money), found.currency)
        for name, money in (
            ("principal", found.principal),
            ("interest", found.interest),
            ("compensation", found.compensation),
            ("costs", found.costs),
            ("total", found.total),
        )
    ]
    lines += table(("", "Amount", "Cur"), body, "lr")
    if found.interest_periods:
        rows = [
            (
                in_words(p.from_),
                in_words(p.to),
                str(p.days),
                session.plain_show(p.principal),
                f"{p.rate} %",
                session.plain_show(p.interest),
            )
            for p in found.interest_periods
        ]
        lines += ["", *table(("From", "To", "Days", "On", "Rate", "Interest"), rows, "llrrrr")]
    lines += (
        ["", *(f"{one.what}: {one.law}" + (f" ({one.note})" if one.note else "") for one in found.basis)]
        if found.basis
        else []
    )
    for one in found.not_allowed:
        lines.append(
            f"not allowed: {one.what}, because {one.why}" + (f"; from {one.from_.isoformat()}" if one.from_ else "")
        )
    return lines


def _rates(session: Session) -> int:
    from arterm.desk.claims.terms import rates

    since = session.plain_day(session.options.since, "--since") if session.options.since else None
    rows = rates(session.desk, session.options.jurisdiction, since)
    body = [
        (
            r.jurisdiction,
            r.kind,
            r.from_.isoformat(),
            r.until.isoformat() if r.until else "-",
            r.rate,
            r.confidence,
            r.source,
        )
        for r in rows
    ]
    session.tell(
        {"rates": rows}, lambda: table(("Law", "Kind", "From", "Until", "Rate", "Known", "Source"), body, "llllr")
    )
    return 0


def _add_rate(session: Session) -> int:
    from arterm.desk.claims.terms import add_rate

    options = session.options
    start, until = session.plain_day(options.start, "--from"), session.plain_day(options.until, "--until")
    return session.receipt(
        add_rate(session.desk, options.jurisdiction, options.kind, options.rate, start, until, options.source)
    )


def _accept(session: Session) -> int:
    from arterm.desk.claims.terms import accept

    options, desk = session.options, session.desk
    accepted = session.past_day(options.accepted, "--accepted") if options.accepted else desk.today
    return session.receipt(
        accept(
            desk,
            find.customer(desk, options.customer),
            options.version,
            accepted,
            options.rate,
            options.costs_clause,
            options.note,
            options.document,
        )
    )


def _terms(session: Session) -> int:
    from arterm.desk.claims.terms import terms_of

    rows = terms_of(session.desk, find.customer(session.desk, session.options.customer))
    body = [
        (
            f"#{t.id}",
            t.version,
            t.accepted.isoformat(),
            f"{t.rate} %" if t.rate else "-",
            "yes" if t.costs_clause else "no",
            t.note,
        )
        for t in rows
    ]
    session.tell({"terms": rows}, lambda: table(("Id", "Version", "Accepted", "Interest", "Costs", "Note"), body))
    return 0


def _waive(session: Session) -> int:
    from arterm.desk.claims.charges import waive

    options: argparse.Namespace = session.options
    return session.receipt(waive(session.desk, find.invoice(session.desk, options.invoice), options.why, options.kind))
