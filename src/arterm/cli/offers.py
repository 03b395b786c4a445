"""Commands of offers and of comparing: less for money now, more time, goodwill; every way out side by side."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.papers import as_json, file_words, saved
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    offer = commands.add_parser("offer")
    parts = offer.add_subparsers(metavar="PART", required=True)
    for kind, words in (
        ("discount", "take less if it comes by a day"),
        ("extend", "give more time"),
        ("goodwill", "extra work or a credit"),
    ):
        one = parts.add_parser(kind, help=words)
        one.add_argument(
            "what", nargs="+", metavar="INVOICE|CUSTOMER", help="invoices, or a customer for all that is open"
        )
        if kind != "extend":
            one.add_argument(
                "--amount",
                required=True,
                metavar="N",
                help="what you take instead" if kind == "discount" else "what it is worth",
            )
        if kind != "goodwill":
            one.add_argument("--until", required=True, metavar="D")
        if kind == "extend":
            one.add_argument("--interest", action="store_true", help="interest goes on meanwhile")
        if kind == "goodwill":
            one.add_argument("--work", action="store_true", help="extra work, no credit")
        one.add_argument("--agreed", action="store_true", help="they have said yes")
        one.add_argument("--note", default="", metavar="T")
        one.add_argument("--out", metavar="DIR", help="where the letter's PDF goes")
        one.set_defaults(run=_offer, kind=kind)
    yes = parts.add_parser("accept", help="they accepted")
    yes.add_argument("id", type=int, metavar="ID")
    yes.add_argument("--on", metavar="D")
    yes.set_defaults(run=_accept_offer)
    no = parts.add_parser("decline", help="they declined, or you take it back")
    no.add_argument("id", type=int, metavar="ID")
    no.add_argument("--why", default="", metavar="T")
    no.set_defaults(run=_decline)
    show = parts.add_parser("show", help="an offer")
    show.add_argument("id", type=int, metavar="ID")
    show.set_defaults(run=_show_offer)
    listed = parts.add_parser("list", help="offers, of a customer or all")
    listed.add_argument("customer", nargs="?", metavar="CUSTOMER")
    listed.set_defaults(run=_list_offers)
    options = commands.add_parser("options")
    options.add_argument("what", metavar="INVOICE|CUSTOMER")
    options.add_argument("--currency", default="", metavar="CODE", help="where a customer owes in several")
    options.add_argument(
        "--try", dest="tried", action="append", default=[], metavar="KEY=VALUE", help="assume this once"
    )
    options.add_argument(
        "--set",
        dest="kept",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="assume this about this customer from now on (KEY= gives it up)",
    )
    options.add_argument(
        "--set-all", action="append", default=[], metavar="KEY=VALUE", help="assume this about everybody from now on"
    )
    options.set_defaults(run=_options)


def _offer(session: Session) -> int:
    from arterm.desk.compromise.offers import OfferDraft, make_offer, view
    from arterm.desk.letters.lines import currency_of

    options, desk = session.options, session.desk
    customer, invoices = _meant(session, options.what)
    said = vars(options)
    amount = (
        session.amount(options.amount, currency_of(desk, customer, invoices), "--amount")
        if said.get("amount")
        else None
    )
    draft = OfferDraft(
        options.kind,
        customer,
        invoices,
        amount,
        session.day(options.until, "--until") if said.get("until") else None,
        bool(said.get("interest")),
        bool(said.get("work")),
        options.agreed,
        options.note,
    )
    receipt = make_offer(desk, draft)
    made = view(desk, receipt.id)
    file = saved(session, made.notice)
    session.tell(as_json(made, receipt, file), lambda: [receipt.words, *file_words(file)])
    return 0


def _meant(session: Session, words: list[str]) -> tuple[int, tuple[int, ...]]:
    """A customer alone (all that is open), or invoices of one customer."""
    from arterm.desk.accounts.invoices import view

    desk = session.desk
    if len(words) == 1:
        kind, row = find.either(desk, words[0])
        if kind == "customer":
            return row, ()
    invoices = tuple(find.invoice(desk, word) for word in words)
    return view(desk, invoices[0]).customer_id, invoices


def _accept_offer(session: Session) -> int:
    from arterm.desk.compromise.offers import accept

    on = session.past_day(session.options.on, "--on") if session.options.on else None
    return session.receipt(accept(session.desk, session.options.id, on))


def _decline(session: Session) -> int:
    from arterm.desk.compromise.offers import decline

    return session.receipt(decline(session.desk, session.options.id, session.options.why))


def _show_offer(session: Session) -> int:
    from arterm.desk.compromise.offers import view

    one = view(session.desk, session.options.id)
    session.tell(as_json(one), lambda: _offer_lines(session, (one,)))
    return 0


def _list_offers(session: Session) -> int:
    from arterm.desk.compromise.offers import offers_of

    customer = find.customer(session.desk, session.options.customer) if session.options.customer else None
    found = offers_of(session.desk, customer)
    session.tell({"offers": found}, lambda: _offer_lines(session, found))
    return 0


def _offer_lines(session: Session, offers: Any) -> list[str]:
    body = [
        (
            f"#{one.offer}",
            one.customer,
            one.kind,
            one.state,
            session.show(one.amount),
            session.show(one.total),
            one.currency,
            one.until.isoformat(),
            ", ".join(one.invoices),
        )
        for one in offers
    ]
    return (
        table(("Offer", "Customer", "Kind", "State", "Amount", "Owed", "Cur", "Until", "Invoices"), body, "llllrr")
        if body
        else ["No offers."]
    )


def _options(session: Session) -> int:
    from arterm.desk.partners.options import assume, compare

    options, desk = session.options, session.desk
    customer, invoices = _meant(session, [options.what])
    if options.kept:
        assume(desk, _pairs(options.kept), customer)
    if options.set_all:
        assume(desk, _pairs(options.set_all))
    found = compare(desk, customer, invoices, _pairs(options.tried), options.currency.upper())
    session.tell(found, lambda: options_lines(session, found))
    return 0


def _pairs(words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise ArtermError("bad_assumption.form", "assumption", word=word[:40])
        found[key.strip()] = value.strip()
    return found


def options_lines(session: Session, found: Any) -> list[str]:
    """The ways out in a table, then everything they rest on."""
    header = ("Way out", "Comes in", "On", "Costs", "Chance", "Worth today", "Then", "")
    body = [
        (
            one.words,
            session.show(one.brings),
            one.on.isoformat(),
            session.show(one.cost),
            f"{one.chance} %",
            session.show(one.worth),
            one.relation,
            one.note,
        )
        for one in found.ways
    ]
    rests = [(one.key, str(one.value), one.unit, one.words, one.source) for one in found.assumptions]
    return [
        f"{found.customer} owes {session.show(found.debt)} {found.currency} ({', '.join(found.invoices)})",
        "",
        *table(header, body, "lrlrrr"),
        "",
        "Assumed (change it with --try, --set or --set-all KEY=VALUE):",
        *table(("Key", "Value", "", "What", "From"), rests, "lr"),
    ]
