"""The forms of the acts: which fields each has, and which desk function takes its draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from arterm.desk import find
from arterm.desk.accounts import attachments, customers, invoices
from arterm.desk.dunning import pauses
from arterm.desk.housekeeping import privacy
from arterm.desk.paths import path_of
from arterm.desk.payments import credit_views, payments
from arterm.desk.session import refuse_future, utc_now
from arterm.desk.supply.credit_standing import days_to_pay
from arterm.rules.countries import KINDS, LETTER_LANGUAGES
from arterm.rules.dates import in_words
from arterm.rules.errors import ArtermError
from arterm.tui.dunning.forms import choose_ladder, terms_form, waive_form
from arterm.tui.records.money_forms import bounce_form, payment_form, refund_form
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field, money_text

if TYPE_CHECKING:
    from arterm.tui.host import Host

Choices = list[tuple[str, Callable[[], None]]]
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


def day_form(host: Host) -> FormScreen:
    """Another day to look at; nothing can be done on a past one."""

    def submit(draft: dict[str, Any]) -> None:
        day = draft["day"] or host.today
        refuse_future(day, host.today, "day")
        host.desk.set_today(day, looking_back=day != host.today)
        host.changed()

    habits = replace(host.habits, today=host.today)
    return FormScreen(
        "Show the book as of",
        [Field("day", "Day", "past", host.desk.today.isoformat(), "today, 30 jun, -30")],
        habits,
        submit,
        "By value dates, as known today.",
    )


def _named_form(host: Host, title: str, field: Field, do: Callable[[int], Any], lead: str = "") -> FormScreen:
    """A form that asks for another customer by name or number."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(do(find.customer(host.desk, draft[field.name], field.name)))

    return FormScreen(title, [field], host.habits, submit, lead)


def _open(host: Host, make: Callable[[], FormScreen]) -> Callable[[], None]:
    def push() -> None:
        host.push_screen(make())

    return push


def add_choices(host: Host, customer: int | None, chosen: tuple[int, ...]) -> Choices:
    """What can be added here."""
    choices: Choices = [("A customer", _open(host, lambda: customer_form(host)))]
    if customer is None:
        return choices
    name = find.customer_name(host.desk, customer)
    choices += [
        (f"An invoice for {name}", _open(host, lambda: invoice_form(host, customer))),
        (f"A payment from {name}, for the oldest debts", _open(host, lambda: payment_form(host, customer, ()))),
        (f"A contact at {name}", _open(host, lambda: contact_form(host, customer))),
        ("A credit note", _open(host, lambda: payment_form(host, customer, chosen, "credit_note"))),
    ]
    if chosen:
        choices += [
            (
                "A write-off of the invoices chosen",
                _open(host, lambda: payment_form(host, customer, chosen, "write_off")),
            ),
            (
                "A discount on the invoices chosen",
                _open(host, lambda: payment_form(host, customer, chosen, "discount")),
            ),
        ]
    return choices


def edit_choices(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """What can be corrected here."""
    choices: Choices = []
    if len(chosen) == 1:
        choices.append(
            (
                f"Invoice {invoices.view(host.desk, chosen[0]).number}",
                _open(host, lambda: edit_invoice_form(host, chosen[0])),
            )
        )
    choices.append(
        (f"Customer {find.customer_name(host.desk, customer)}", _open(host, lambda: customer_form(host, customer)))
    )
    choices.append(
        (f"The ladder of {find.customer_name(host.desk, customer)}", lambda: choose_ladder(host, customer=customer))
    )
    if len(chosen) == 1:
        choices.append(
            (
                f"The ladder of invoice {invoices.view(host.desk, chosen[0]).number}",
                lambda: choose_ladder(host, invoice=chosen[0]),
            )
        )
    choices.append(
        (
            f"Terms that {find.customer_name(host.desk, customer)} accepted",
            _open(host, lambda: terms_form(host, customer)),
        )
    )
    for person in customers.contacts(host.desk, customer)[:5]:
        words = ", ".join(part for part in (person.name, person.phone, person.mail) if part)
        choices.append((f"Contact {words}", _open(host, _contact_maker(host, customer, person.id))))
    return choices


def _contact_maker(host: Host, customer: int, row: int) -> Callable[[], FormScreen]:
    return lambda: contact_form(host, customer, row)


def _subject_form(host: Host, customer: int) -> FormScreen:
    """Where the file about a person goes."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(privacy.subject_file(host.desk, customer, path_of(draft["file"])))

    file = Field("file", "File", value=f"~/held-{customer}-{host.desk.today.isoformat()}.zip", needed=True)
    return FormScreen(f"What is held about {find.customer_name(host.desk, customer)}", [file], host.habits, submit)


def _erase_form(host: Host, customer: int) -> FormScreen:
    """Erasing is asked for by its word: it is not taken back."""

    def submit(draft: dict[str, Any]) -> None:
        if draft["word"].strip().lower() != "erase":
            raise ArtermError("missing", "Nothing was erased.", "word", "Type erase when you mean it.")
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


def more_choices(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """The rarer acts on a customer and their money."""
    desk = host.desk
    name = find.customer_name(desk, customer)
    choices: Choices = []
    for credit in credit_views.credits_of(desk, customer)[:3]:
        words = f"{payments.KINDS[credit.kind]} of {desk.format_money(credit.total)} on {in_words(credit.day)}"
        if credit.kind in ("receipt", "reported"):
            choices.append((f"The {words} bounced", _open(host, _bounce_maker(host, credit.id, words))))
        choices.append((f"The {words} is another customer's", _open(host, _move_maker(host, credit.id, words))))
        if credit.free:
            choices.append((f"Use what is left of the {words}", _user(host, credit.id, chosen)))
    if any(credit.free for credit in credit_views.credits_of(desk, customer)):
        choices.append(("Refund what is unallocated", _open(host, lambda: refund_form(host, customer))))
    if len(chosen) == 1:
        view = invoices.view(desk, chosen[0])
        number = view.number
        if view.charges:
            choices.append((f"Waive the charges on invoice {number}", _open(host, lambda: waive_form(host, chosen[0]))))
        choices.append(
            (f"The next step of invoice {number}, an act, is done", lambda: host.done(pauses.decided(desk, chosen[0])))
        )
        choices.append(
            (
                f"Take out invoice {number}: it should not be there",
                lambda: host.done(invoices.take_out(desk, chosen[0])),
            )
        )
    merge = Field("into", "Same as", hint="name or #number", needed=True)
    choices.append(
        (
            f"{name} is the same as another customer",
            _open(
                host,
                lambda: _named_form(host, f"Merge {name}", merge, lambda into: customers.merge(desk, customer, into)),
            ),
        )
    )
    choices.append((f"Archive {name}", lambda: host.done(customers.archive(desk, customer))))
    choices.append((f"All that is held about {name}, as one file", _open(host, lambda: _subject_form(host, customer))))
    choices.append((f"Erase what is held about {name}", _open(host, lambda: _erase_form(host, customer))))
    return choices


def _user(host: Host, credit: int, chosen: tuple[int, ...]) -> Callable[[], None]:
    return lambda: host.done(payments.settle_with(host.desk, credit, chosen))


def _bounce_maker(host: Host, credit: int, words: str) -> Callable[[], FormScreen]:
    return lambda: bounce_form(host, credit, f"The {words}.")


def _move_maker(host: Host, credit: int, words: str) -> Callable[[], FormScreen]:
    field = Field("to", "Belongs to", hint="name or #number", needed=True)
    return lambda: _named_form(
        host, "Move a payment", field, lambda to: payments.move(host.desk, credit, to), f"The {words}."
    )
