"""The forms of the acts: which fields each has, and which desk function takes its draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from arterm.desk import find
from arterm.desk.accounts import attachments, customers, invoices
from arterm.desk.housekeeping import privacy
from arterm.desk.paths import path_of
from arterm.desk.session import utc_now
from arterm.desk.supply.credit_standing import days_to_pay
from arterm.rules.countries import KINDS, LETTER_LANGUAGES
from arterm.rules.errors import ArtermError
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field, money_text

_LANGUAGES = [("", "as the business"), *LETTER_LANGUAGES.items()]


def invoice_form(host: Host, customer: int) -> FormScreen:
    """A new invoice."""
    desk = host.desk
    due = desk.today + timedelta(days=days_to_pay(desk, customer))

    def submit(draft: dict[str, Any]) -> None:
        issued = draft["issued"] or desk.today
        made = invoices.InvoiceDraft(
            customer,
            draft["number"],
            draft["total"],
            issued,
            draft["due"] or issued + timedelta(days=30),
            draft["reference"],
            draft["note"],
        )
        host.done(invoices.add_invoice(desk, made))

    fields = [
        Field("number", "Number", needed=True),
        Field("total", "Total", "money", needed=True),
        Field("issued", "Issued", "past", desk.today.isoformat()),
        Field("due", "Due", "day", due.isoformat()),
        Field("reference", "Reference"),
        Field("note", "Note"),
    ]
    return FormScreen(f"Invoice for {find.customer_name(desk, customer)}", fields, host.habits, submit)


def edit_invoice_form(host: Host, invoice: int) -> FormScreen:
    """Correct an invoice."""
    desk = host.desk
    held = invoices.view(desk, invoice)

    def submit(draft: dict[str, Any]) -> None:
        host.done(
            invoices.edit_invoice(
                desk, invoice, draft["due"], draft["total"], draft["reference"], draft["note"], held.version
            )
        )

    fields = [
        Field("due", "Due", "day", held.due.isoformat(), needed=True),
        Field("total", "Total", "money", money_text(held.total), needed=True),
        Field("reference", "Reference", value=held.reference),
        Field("note", "Note", value=held.note),
    ]
    lead = f"First due {held.original_due.isoformat()}." if held.original_due != held.due else ""
    return FormScreen(f"Invoice {held.number}", fields, replace(host.habits, currency=held.currency), submit, lead)


def customer_form(host: Host, customer: int | None = None) -> FormScreen:
    """A new customer with a first contact, or an old one's facts."""
    desk = host.desk
    held = customers.view(desk, customer) if customer else None

    def fact(name: str) -> str:
        return str(getattr(held, name)) if held else ""

    fields = [
        Field("name", "Name", value=fact("name"), needed=True),
        Field("own_no", "Number with you", value=fact("own_no")),
        Field("kind", "Kind", "choice", fact("kind") or "unknown", choices=[(kind, kind) for kind in KINDS]),
        Field("street", "Street and number", value=fact("street")),
        Field("postcode", "Postcode", value=fact("postcode")),
        Field("city", "Town", value=fact("city")),
        Field("country", "Country", value=fact("country") or desk.country, hint="BE, GB, DE"),
        Field("language", "Language of letters", "choice", fact("language"), choices=_LANGUAGES),
        Field("vat_no", "VAT number", value=fact("vat_no")),
        Field("note", "Note", value=fact("note")),
    ]
    if held is None:
        fields += [Field("contact", "Contact person"), Field("phone", "Telephone"), Field("mail", "E-mail")]

    def submit(draft: dict[str, Any]) -> None:
        facts = {name: draft[name] for name in customers.FACTS}
        if held is None:
            host.done(
                customers.add_customer(
                    desk, facts, {"name": draft["contact"], "phone": draft["phone"], "mail": draft["mail"]}
                )
            )
        else:
            host.done(customers.edit_customer(desk, held.id, facts, held.version))

    return FormScreen(held.name if held else "New customer", fields, host.habits, submit)


def contact_form(host: Host, customer: int, row: int | None = None) -> FormScreen:
    """A new contact, or an old one's facts."""
    desk = host.desk
    held = next((one for one in customers.contacts(desk, customer) if one.id == row), None)

    def fact(name: str) -> str:
        return str(getattr(held, name)) if held else ""

    fields = [
        Field("name", "Name", value=fact("name")),
        Field("role", "Role", value=fact("role"), hint="accounts, owner"),
        Field("phone", "Telephone", value=fact("phone")),
        Field("mail", "E-mail", value=fact("mail")),
        Field("rank", "Asked", value=fact("rank"), hint="1: first"),
    ]

    def submit(draft: dict[str, Any]) -> None:
        if held is None:
            host.done(customers.add_contact(desk, customer, draft))
        else:
            host.done(customers.edit_contact(desk, held.id, draft, held.version))

    return FormScreen(f"Contact at {find.customer_name(desk, customer)}", fields, host.habits, submit)


def attach_form(host: Host, invoice: int) -> FormScreen:
    """A file to keep beside an invoice."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(attachments.attach(host.desk, invoice, path_of(draft["file"])))

    held = invoices.view(host.desk, invoice)
    lead = f"Attached so far: {', '.join(held.attachments)}" if held.attachments else "A copy is kept in the book."
    return FormScreen(
        f"Attach to {held.number}",
        [Field("file", "File", hint="/path/to/invoice.pdf", needed=True)],
        host.habits,
        submit,
        lead,
    )


def named_form(host: Host, title: str, field: Field, do: Callable[[int], Any], lead: str = "") -> FormScreen:
    """A form that asks for another customer by name or number."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(do(find.customer(host.desk, draft[field.name], field.name)))

    return FormScreen(title, [field], host.habits, submit, lead)


def subject_form(host: Host, customer: int) -> FormScreen:
    """Where the file about a person goes."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(privacy.subject_file(host.desk, customer, path_of(draft["file"])))

    file = Field("file", "File", value=f"~/held-{customer}-{host.desk.today.isoformat()}.zip", needed=True)
    return FormScreen(f"What is held about {find.customer_name(host.desk, customer)}", [file], host.habits, submit)


def erase_form(host: Host, customer: int) -> FormScreen:
    """Erasing is asked for by its word: it is not taken back."""

    def submit(draft: dict[str, Any]) -> None:
        if draft["word"].strip().lower() != "erase":
            raise ArtermError("missing.erase_word", "word")
        host.done(privacy.erase(host.desk, customer, utc_now().astimezone().date()))

    lead = (
        "Notes, contacts, letters and mails go now; what the law on books keeps stays for its years. This is not taken"
        " back."
    )
    return FormScreen(
        f"Erase {find.customer_name(host.desk, customer)}",
        [Field("word", "Type erase", needed=True)],
        host.habits,
        submit,
        lead,
    )
