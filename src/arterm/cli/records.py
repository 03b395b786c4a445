"""Commands for facts by hand: customers, contacts, invoices, attached files."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.currencies import known_currency
from arterm.rules.errors import ArtermError

_FACTS = ("own-no", "kind", "country", "language", "street", "postcode", "city", "vat-no", "note")
_PERSON = ("name", "role", "rank", "mail", "phone")


def register(commands: Commands) -> None:
    """Add these commands."""
    _register_customer(commands)
    _register_contact(commands)
    _register_invoice(commands)
    attach = commands.add_parser("attach")
    attach.add_argument("invoice", metavar="INVOICE|log:ID")
    attach.add_argument("file", metavar="FILE")
    attach.set_defaults(run=_attach)


def _register_customer(commands: Commands) -> None:
    parts = commands.add_parser("customer").add_subparsers(metavar="PART", required=True)
    add = parts.add_parser("add", help="add a customer")
    add.add_argument("name")
    edit = parts.add_parser("edit", help="change a customer")
    edit.add_argument("customer", metavar="CUSTOMER")
    edit.add_argument("--name", metavar="NAME")
    for parser, run in ((add, _add_customer), (edit, _edit_customer)):
        for fact in _FACTS:
            parser.add_argument(f"--{fact}", metavar=fact.upper())
        parser.set_defaults(run=run)
    for fact in ("mail", "phone", "contact"):
        add.add_argument(f"--{fact}", metavar=fact.upper())
    show = parts.add_parser("show", help="everything about a customer")
    show.add_argument("what", metavar="CUSTOMER")
    show.set_defaults(run=_show)
    every = parts.add_parser("list", help="all customers")
    every.add_argument("--archived", action="store_true")
    every.set_defaults(run=_list)
    merge = parts.add_parser("merge", help="make two customers that are one into one")
    merge.add_argument("doubled", metavar="DOUBLE")
    merge.add_argument("into", metavar="CUSTOMER")
    merge.set_defaults(run=_merge)
    courtesy = parts.add_parser(
        "courtesy", help="a word by e-mail before an invoice is due, so many days before (0: never)"
    )
    courtesy.add_argument("customer", metavar="CUSTOMER")
    courtesy.add_argument("days", type=int, metavar="DAYS")
    courtesy.set_defaults(run=_courtesy)
    archive = parts.add_parser("archive", help="put a customer out of sight")
    archive.add_argument("customer", metavar="CUSTOMER")
    archive.add_argument("--back", action="store_true", help="bring one back")
    archive.set_defaults(run=_archive)


def _courtesy(session: Session) -> int:
    from arterm.desk.mail.preferences import set_courtesy

    customer = find.customer(session.desk, session.options.customer)
    return session.receipt(set_courtesy(session.desk, customer, session.options.days))


def _register_contact(commands: Commands) -> None:
    parts = commands.add_parser("contact").add_subparsers(metavar="PART", required=True)
    add = parts.add_parser("add", help="add a contact")
    add.add_argument("customer", metavar="CUSTOMER")
    add.set_defaults(run=_add_contact)
    edit = parts.add_parser("edit", help="change a contact")
    edit.add_argument("id", type=int, metavar="ID")
    edit.add_argument("--mail-state", choices=("good", "bad"))
    edit.add_argument("--phone-state", choices=("good", "bad"))
    edit.set_defaults(run=_edit_contact)
    for parser in (add, edit):
        for fact in _PERSON:
            parser.add_argument(f"--{fact}", metavar=fact.upper())
    remove = parts.add_parser("remove", help="take a contact out")
    remove.add_argument("id", type=int, metavar="ID")
    remove.set_defaults(run=_remove_contact)
    one = parts.add_parser("show", help="one contact")
    one.add_argument("id", type=int, metavar="ID")
    one.set_defaults(run=_show_contact)
    show = parts.add_parser("list", help="a customer's contacts")
    show.add_argument("customer", metavar="CUSTOMER")
    show.set_defaults(run=_list_contacts)


def _register_invoice(commands: Commands) -> None:
    parts = commands.add_parser("invoice").add_subparsers(metavar="PART", required=True)
    add = parts.add_parser("add", help="add an invoice")
    add.add_argument("number", metavar="NUMBER")
    add.add_argument("--customer", required=True, metavar="C")
    add.add_argument("--amount", required=True, metavar="N")
    add.add_argument("--currency", metavar="CODE")
    add.add_argument("--issued", metavar="D", help="else today")
    add.add_argument("--due", metavar="D", help="else by the usual days to pay")
    add.set_defaults(run=_add_invoice)
    edit = parts.add_parser("edit", help="correct an invoice")
    edit.add_argument("invoice", metavar="INVOICE")
    edit.add_argument("--due", metavar="D")
    edit.add_argument("--amount", metavar="N")
    edit.set_defaults(run=_edit_invoice)
    for parser in (add, edit):
        parser.add_argument("--reference", metavar="T")
        parser.add_argument("--note", metavar="T")
    void = parts.add_parser("void", help="take out an invoice that should not be there")
    void.add_argument("invoice", metavar="INVOICE")
    void.set_defaults(run=_void)
    show = parts.add_parser("show", help="one invoice")
    show.add_argument("what", metavar="INVOICE")
    show.set_defaults(run=_show)


def _given(session: Session, names: tuple[str, ...]) -> dict[str, str]:
    held = vars(session.options)
    keys = {name.replace("-", "_") for name in names}
    return {key: held[key] for key in keys if held.get(key) is not None}


def _add_customer(session: Session) -> int:
    from arterm.desk.accounts.customers import add_customer

    desk = session.desk if session.path.exists() else session.begin()
    person = {
        "name": session.options.contact or "",
        "mail": session.options.mail or "",
        "phone": session.options.phone or "",
    }
    return session.receipt(add_customer(desk, {"name": session.options.name, **_given(session, _FACTS)}, person))


def _edit_customer(session: Session) -> int:
    from arterm.desk.accounts.customers import edit_customer

    return session.receipt(
        edit_customer(
            session.desk, find.customer(session.desk, session.options.customer), _given(session, ("name", *_FACTS))
        )
    )


def _show(session: Session) -> int:
    from arterm.cli.show import _show

    return _show(session)


def _list(session: Session) -> int:
    from arterm.desk.accounts.customers import everyone

    rows = everyone(session.desk, session.options.archived)
    body = [(f"#{c.id}", c.own_no, c.name, c.kind, c.country, c.language, c.city) for c in rows]
    session.tell(
        {"customers": rows}, lambda: table(("Id", "Number", "Name", "Kind", "Country", "Language", "Town"), body)
    )
    return 0


def _merge(session: Session) -> int:
    from arterm.desk.accounts.customers import merge

    return session.receipt(
        merge(
            session.desk,
            find.customer(session.desk, session.options.doubled),
            find.customer(session.desk, session.options.into),
        )
    )


def _archive(session: Session) -> int:
    from arterm.desk.accounts.customers import archive

    return session.receipt(
        archive(session.desk, find.customer(session.desk, session.options.customer), session.options.back)
    )


def _add_contact(session: Session) -> int:
    from arterm.desk.accounts.customers import add_contact

    return session.receipt(
        add_contact(session.desk, find.customer(session.desk, session.options.customer), _given(session, _PERSON))
    )


def _edit_contact(session: Session) -> int:
    from arterm.desk.accounts.customers import edit_contact

    return session.receipt(
        edit_contact(session.desk, session.options.id, _given(session, (*_PERSON, "mail-state", "phone-state")))
    )


def _remove_contact(session: Session) -> int:
    from arterm.desk.accounts.customers import remove_contact

    return session.receipt(remove_contact(session.desk, session.options.id))


def _list_contacts(session: Session) -> int:
    from arterm.desk.accounts.customers import contacts

    return _tell_contacts(session, contacts(session.desk, find.customer(session.desk, session.options.customer)))


def _show_contact(session: Session) -> int:
    from arterm.desk.accounts.customers import contact

    return _tell_contacts(session, (contact(session.desk, session.options.id),))


def _tell_contacts(session: Session, rows: Any) -> int:
    body = [(f"#{c.id}", str(c.rank), c.name, c.role, c.phone, c.phone_state, c.mail, c.mail_state) for c in rows]
    session.tell({"contacts": rows}, lambda: table(("Id", "Rank", "Name", "Role", "Phone", "", "E-mail", ""), body))
    return 0


def _add_invoice(session: Session) -> int:
    from datetime import timedelta

    from arterm.desk.accounts.invoices import InvoiceDraft, add_invoice
    from arterm.desk.supply.credit_standing import days_to_pay

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer, "--customer")
    currency = known_currency(options.currency, "--currency") if options.currency else desk.currency
    issued = session.past_day(options.issued, "--issued") if options.issued else desk.today
    due = session.day(options.due, "--due") if options.due else issued + timedelta(days=days_to_pay(desk, customer))
    draft = InvoiceDraft(
        customer,
        options.number,
        session.amount(options.amount, currency, "--amount"),
        issued,
        due,
        options.reference or "",
        options.note or "",
    )
    return session.receipt(add_invoice(desk, draft))


def _edit_invoice(session: Session) -> int:
    from arterm.desk.accounts.invoices import edit_invoice, view

    options, desk = session.options, session.desk
    row = find.invoice(desk, options.invoice)
    if all(value is None for value in (options.due, options.amount, options.reference, options.note)):
        raise ArtermError("missing.change", "invoice edit")
    total = session.amount(options.amount, view(desk, row).currency, "--amount") if options.amount is not None else None
    due = session.day(options.due, "--due") if options.due else None
    return session.receipt(edit_invoice(desk, row, due, total, options.reference, options.note))


def _void(session: Session) -> int:
    from arterm.desk.accounts.invoices import take_out

    return session.receipt(take_out(session.desk, find.invoice(session.desk, session.options.invoice)))


def _attach(session: Session) -> int:
    from arterm.desk.accounts.attachments import attach, attach_to_log

    what, desk, path = session.options.invoice, session.desk, path_of(session.options.file)
    entry = what.removeprefix("log:")
    if what.startswith("log:") and entry.isascii() and entry.isdigit():
        return session.receipt(attach_to_log(desk, int(entry), path))
    return session.receipt(attach(desk, find.invoice(desk, what), path))
