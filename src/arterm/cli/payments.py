"""Commands for money: payments, credit notes, write-offs, refunds, bounced and misplaced payments."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.currencies import known_currency
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money


def register(commands: Commands) -> None:
    """Add these commands."""
    pay = commands.add_parser("pay")
    pay.add_argument(
        "invoice", nargs="*", metavar="INVOICE", help="what it settles, in this order; else the customer's oldest"
    )
    _amount(pay)
    pay.add_argument("--customer", metavar="C")
    pay.set_defaults(run=_pay)
    credit = commands.add_parser("credit")
    parts = credit.add_subparsers(metavar="PART", required=True)
    add = parts.add_parser("add", help="book a credit note, write-off or discount")
    add.add_argument("invoice", nargs="*", metavar="INVOICE")
    add.add_argument("--kind", required=True, choices=("credit_note", "write_off", "discount"))
    _amount(add)
    add.add_argument("--customer", metavar="C")
    add.set_defaults(run=_credit)
    back = parts.add_parser("refund", help="book money given back")
    back.add_argument("customer", metavar="CUSTOMER")
    _amount(back, "else all that is unallocated")
    back.set_defaults(run=_refund)
    bounced = parts.add_parser("bounce", help="a payment that the bank took back")
    bounced.add_argument("id", type=int, metavar="ID")
    bounced.add_argument("--on", metavar="D", help="the day it was taken back")
    bounced.add_argument("--note", default="", metavar="T")
    bounced.set_defaults(run=_bounce)
    move = parts.add_parser("move", help="give a payment to the right customer")
    move.add_argument("id", type=int, metavar="ID")
    move.add_argument("--to", required=True, metavar="CUSTOMER")
    move.set_defaults(run=_move)
    use = parts.add_parser("use", help="settle invoices with what is left of a credit")
    use.add_argument("id", type=int, metavar="ID")
    use.add_argument("invoice", nargs="*", metavar="INVOICE")
    use.set_defaults(run=_use)
    one = parts.add_parser("show", help="one payment or credit")
    one.add_argument("id", type=int, metavar="ID")
    one.set_defaults(run=_show)
    shown = parts.add_parser("list", help="a customer's payments and credits")
    shown.add_argument("customer", metavar="CUSTOMER")
    shown.set_defaults(run=_list)


def _amount(parser: Any, otherwise: str = "else all that is open on the invoices named") -> None:
    parser.add_argument("--amount", metavar="N", help=otherwise)
    parser.add_argument("--currency", metavar="CODE")
    parser.add_argument("--on", metavar="D", help="value day; else today")
    parser.add_argument("--reference", default="", metavar="T")
    parser.add_argument("--note", default="", metavar="T")


def _pay(session: Session) -> int:
    return _book(session, "receipt")


def _credit(session: Session) -> int:
    return _book(session, session.options.kind)


def _book(session: Session, kind: str) -> int:
    from arterm.desk.accounts.invoices import view
    from arterm.desk.payments.payments import CreditDraft, book_credit

    options, desk = session.options, session.desk
    invoices = tuple(find.invoice(desk, number) for number in options.invoice)
    if options.customer:
        customer = find.customer(desk, options.customer, "--customer")
    elif invoices:
        customer = view(desk, invoices[0]).customer_id
    else:
        raise ArtermError("missing.payer", "pay")
    draft = CreditDraft(
        customer,
        _money(session, customer, invoices),
        session.past_day(options.on, "--on") if options.on else desk.today,
        invoices,
        kind,
        options.reference,
        options.note,
    )
    return session.receipt(book_credit(desk, draft))


def _money(session: Session, customer: int, invoices: tuple[int, ...]) -> Money:
    """The amount meant: in the invoices' currency, else the one named, else the customer's only one, else the
    book's.
    """
    from arterm.desk.contacts.promises import suggested_promise
    from arterm.desk.payments.credit_views import suggested

    whole = suggested(session.desk, invoices) if invoices else None
    likely = suggested_promise(session.desk, customer, invoices)
    currency = known_currency(session.options.currency, "--currency") if session.options.currency else ""
    currency = currency or (whole.currency if whole else likely[0].currency if likely else session.desk.currency)
    if session.options.amount is not None:
        return session.amount(session.options.amount, currency, "--amount")
    if whole is None:
        raise ArtermError("missing.amount", "--amount")
    return whole


def _refund(session: Session) -> int:
    from arterm.desk.payments.credit_views import credits_of
    from arterm.desk.payments.payments import refund

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    free = [credit.free for credit in credits_of(desk, customer) if credit.free]
    currency = (
        known_currency(options.currency, "--currency")
        if options.currency
        else (free[0].currency if free else desk.currency)
    )
    held = Money(sum(money.minor for money in free if money.currency == currency), currency)
    amount = session.amount(options.amount, currency, "--amount") if options.amount is not None else held
    return session.receipt(
        refund(desk, customer, amount, session.past_day(options.on, "--on") if options.on else desk.today, options.note)
    )


def _bounce(session: Session) -> int:
    from arterm.desk.payments.payments import bounce

    on = session.past_day(session.options.on, "--on") if session.options.on else session.desk.today
    return session.receipt(bounce(session.desk, session.options.id, on, session.options.note))


def _move(session: Session) -> int:
    from arterm.desk.payments.payments import move

    return session.receipt(
        move(session.desk, session.options.id, find.customer(session.desk, session.options.to, "--to"))
    )


def _use(session: Session) -> int:
    from arterm.desk.payments.payments import settle_with

    invoices = [find.invoice(session.desk, number) for number in session.options.invoice]
    return session.receipt(settle_with(session.desk, session.options.id, invoices))


def _list(session: Session) -> int:
    from arterm.desk.payments.credit_views import credits_of

    return _tell(session, credits_of(session.desk, find.customer(session.desk, session.options.customer)))


def _show(session: Session) -> int:
    from arterm.desk.payments.credit_views import credit_view

    return _tell(session, (credit_view(session.desk, session.options.id),))


def _tell(session: Session, rows: Any) -> int:
    from arterm.cli.output import table

    body = [
        (
            f"#{c.id}",
            c.day.isoformat(),
            c.kind,
            session.show(c.total),
            session.show(c.free),
            c.currency,
            c.reference,
            ", ".join(c.invoices),
        )
        for c in rows
    ]
    session.tell(
        {"credits": rows},
        lambda: table(("Id", "Day", "Kind", "Total", "Left", "Cur", "Reference", "Settles"), body, "lllrr"),
    )
    return 0
