"""Commands of instalment plans: quote, propose, accept, watch, break."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.papers import as_json, file_words, saved
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.day_words import in_words
from arterm.rules.instalments import EVERY
from arterm.rules.money import Money


def register(commands: Commands) -> None:
    """Add these commands."""
    plan = commands.add_parser("plan")
    parts = plan.add_subparsers(metavar="PART", required=True)
    for name, words, run in (
        ("propose", "propose a plan and write its agreement", _propose),
        ("quote", "what a plan would be; nothing is kept", _quote),
        ("terms", "instalments that were agreed when an invoice was written", _terms),
    ):
        one = parts.add_parser(name, help=words)
        one.add_argument("customer", metavar="INVOICE" if name == "terms" else "CUSTOMER")
        _plan_options(one, name)
        one.set_defaults(run=run)
    accept = parts.add_parser("accept", help="they accepted: it runs from now on")
    accept.add_argument("id", type=int, metavar="ID")
    accept.add_argument("--on", metavar="D", help="the day they did; else today")
    accept.add_argument("--signed", metavar="FILE", help="the signed copy, kept in the book")
    accept.set_defaults(run=_accept)
    cancel = parts.add_parser("cancel", help="end a proposal or a plan")
    cancel.add_argument("id", type=int, metavar="ID")
    cancel.add_argument("--why", default="", metavar="T")
    cancel.set_defaults(run=_cancel)
    show = parts.add_parser("show", help="a plan with its instalments")
    show.add_argument("id", type=int, metavar="ID")
    show.set_defaults(run=_show)
    listed = parts.add_parser("list", help="plans, of a customer or all")
    listed.add_argument("customer", nargs="?", metavar="CUSTOMER")
    listed.set_defaults(run=_list)
    for name, words in (("breach", "the letter that it was broken"), ("remind", "a word before the next instalment")):
        letter = parts.add_parser(name, help=words)
        letter.add_argument("id", type=int, metavar="ID")
        letter.add_argument("--out", metavar="DIR", help="where the PDF goes; without it the letter is only shown")
        letter.add_argument("--draft", action="store_true", help="do not count it as gone out yet")
        letter.set_defaults(run=_letter, letter=name, told=False)
    letter.add_argument("--told", action="store_true", help="they were told otherwise: no letter is needed")


def _plan_options(one: Any, name: str) -> None:
    if name != "terms":
        one.add_argument(
            "--invoice",
            nargs="+",
            action="extend",
            default=[],
            metavar="N",
            help="over these; else over all that is open",
        )
        one.add_argument("--currency", default="", metavar="CODE", help="where there are several")
    one.add_argument("--parts", type=int, default=0, metavar="N", help="how many instalments (one of the three)")
    one.add_argument("--each", metavar="N", help="how much they can pay at a time (one of the three)")
    one.add_argument("--until", metavar="D", help="everything by that day (one of the three)")
    one.add_argument("--first", required=True, metavar="D", help="the day of the first instalment")
    one.add_argument("--every", choices=EVERY, default="month")
    one.add_argument("--on-day", type=int, default=0, metavar="1-31", help="on this day of the month (31: its last)")
    one.add_argument("--any-day", action="store_true", help="also on weekends and holidays")
    one.add_argument("--deposit", metavar="N", help="this much first")
    if name == "terms":
        return
    one.add_argument(
        "--charges",
        choices=("none", "issued", "all"),
        default="issued",
        help="what it takes in beside the principal: nothing, what was asked already, or all that may be asked",
    )
    one.add_argument("--interest", action="store_true", help="interest goes on meanwhile")
    one.add_argument("--grace", type=int, default=7, metavar="DAYS", help="days an instalment may be late")
    one.add_argument("--no-acceleration", action="store_true", help="a missed instalment does not make the rest due")
    one.add_argument(
        "--surplus", choices=("front", "end"), default="front", help="larger payments shorten it from there"
    )
    one.add_argument("--remind", type=int, default=0, metavar="DAYS", help="a word that many days before each")
    one.add_argument("--to-sign", action="store_true", help="it takes effect with the signed copy only")
    one.add_argument("--lapses", metavar="D", help="the proposal's last day; else in two weeks")
    one.add_argument("--note", default="", metavar="T")
    if name == "propose":
        one.add_argument("--out", metavar="DIR", help="where the agreement's PDF goes")


def _draft(session: Session, customer: int, invoices: tuple[int, ...]) -> Any:
    from arterm.desk.compromise.quote import PlanDraft
    from arterm.desk.letters.lines import currency_of

    options = vars(session.options)
    currency = (options.get("currency") or "").upper()
    code = currency or currency_of(session.desk, customer, invoices)

    def amount(name: str) -> Money | None:
        return session.amount(options[name], code, f"--{name}") if options.get(name) else None

    def day(name: str) -> Any:
        return session.day(options[name], f"--{name}") if options.get(name) else None

    said = {
        name: options[name]
        for name in ("charges", "interest", "grace", "surplus", "remind", "to_sign", "note")
        if name in options
    }
    return PlanDraft(
        customer,
        day("first"),
        invoices,
        currency,
        options["parts"],
        amount("each"),
        day("until"),
        amount("deposit"),
        options["every"],
        options["on_day"],
        options["any_day"],
        accelerate=not options.get("no_acceleration", False),
        lapses=day("lapses"),
        **said,
    )


def _who_and_what(session: Session) -> tuple[int, tuple[int, ...]]:
    desk = session.desk
    customer = find.customer(desk, session.options.customer)
    return customer, tuple(find.invoice(desk, number, "--invoice") for number in session.options.invoice)


def _propose(session: Session) -> int:
    from arterm.desk.compromise.plans import propose, view

    receipt = propose(session.desk, _draft(session, *_who_and_what(session)))
    plan = view(session.desk, receipt.id)
    file = saved(session, plan.notice)
    session.tell(as_json(plan, receipt, file), lambda: [receipt.words, *(file_words(file)), *plan_lines(session, plan)])
    return 0


def _quote(session: Session) -> int:
    from arterm.desk.compromise.quote import quote

    made = quote(session.desk, _draft(session, *_who_and_what(session)))
    rows, left = list[dict[str, Any]](), made.total.minor
    for n, (due, amount) in enumerate(made.instalments, 1):
        left -= amount
        rows.append({"n": n, "due": due, "amount": Money(amount, made.currency), "left": Money(left, made.currency)})
    value = {
        "customer_id": made.customer,
        "invoices": [one.number for one, _ in made.lines],
        "total": made.total,
        "currency": made.currency,
        "instalments": rows,
        "notes": made.notes,
    }
    body = [
        (str(one["n"]), one["due"].isoformat(), session.show(one["amount"]), session.show(one["left"])) for one in rows
    ]
    session.tell(
        value,
        lambda: [
            *made.notes,
            *table(("No", "Due", "Amount", "Left"), body, "llrr"),
            f"{session.show(made.total)} {made.currency} in all",
        ],
    )
    return 0


def _terms(session: Session) -> int:
    from arterm.desk.accounts.invoices import view as invoice_view
    from arterm.desk.compromise.plans import agree_terms, view

    invoice = find.invoice(session.desk, session.options.customer)
    receipt = agree_terms(session.desk, _draft(session, invoice_view(session.desk, invoice).customer_id, (invoice,)))
    plan = view(session.desk, receipt.id)
    session.tell(as_json(plan, receipt), lambda: [receipt.words, *plan_lines(session, plan)])
    return 0


def _accept(session: Session) -> int:
    from arterm.desk.compromise.plans import accept

    options = session.options
    on = session.past_day(options.on, "--on") if options.on else None
    return session.receipt(accept(session.desk, options.id, on, path_of(options.signed) if options.signed else None))


def _cancel(session: Session) -> int:
    from arterm.desk.compromise.plans import cancel

    return session.receipt(cancel(session.desk, session.options.id, session.options.why))


def _show(session: Session) -> int:
    from arterm.desk.compromise.plans import view

    plan = view(session.desk, session.options.id)
    session.tell(as_json(plan), lambda: plan_lines(session, plan))
    return 0


def plan_lines(session: Session, plan: Any) -> list[str]:
    """A plan in words: its state, its instalments."""
    today = session.desk.today
    head = (
        f"Plan #{plan.plan} of {plan.customer}: {plan.state} since"
        f" {in_words(plan.since, today)}{f' ({plan.why})' if plan.why else ''}"
    )
    head += (
        f"; {session.show(plan.paid)} of {session.show(plan.total)} {plan.currency} paid, for"
        f" {', '.join(plan.invoices)}"
    )
    body = [
        (str(one.n), one.due.isoformat(), session.show(one.amount), session.show(one.paid), one.state)
        for one in plan.instalments
    ]
    return [head, *table(("No", "Due", "Amount", "Paid", "State"), body, "llrr")]


def _list(session: Session) -> int:
    from arterm.desk.compromise.plans import plans_of

    customer = find.customer(session.desk, session.options.customer) if session.options.customer else None
    found = plans_of(session.desk, customer)
    body = [
        (
            f"#{one.plan}",
            one.customer,
            one.state,
            session.show(one.total),
            session.show(one.paid),
            one.currency,
            one.next.due.isoformat() if one.next else "-",
            ", ".join(one.invoices),
        )
        for one in found
    ]
    session.tell(
        {"plans": found},
        lambda: (
            table(("Plan", "Customer", "State", "Total", "Paid", "Cur", "Next", "Invoices"), body, "lllrr")
            if body
            else ["No plans."]
        ),
    )
    return 0


def _letter(session: Session) -> int:
    from arterm.cli.letters import give
    from arterm.desk.compromise.agreements import breach_draft, coming_draft
    from arterm.desk.compromise.plans import mark_reminded, view

    plan = view(session.desk, session.options.id)
    if session.options.letter == "breach":
        return give(session, breach_draft(plan))
    if session.options.told and plan.next:
        return session.receipt(mark_reminded(session.desk, plan.plan, plan.next.n))
    return give(session, coming_draft(plan))
