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
    from arterm.tui.app import ArtermApp

Choices = list[tuple[str, Callable[[], None]]]
_LANGUAGES = [("", "as the business"), *LETTER_LANGUAGES.items()]


def invoice_form(app: ArtermApp, customer: int) -> FormScreen:
    """A new invoice."""
    desk = app.desk
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
        app.done(invoices.add_invoice(desk, made))

    fields = [
        Field("number", "Number", needed=True),
        Field("total", "Total", "money", needed=True),
        Field("issued", "Issued", "past", desk.today.isoformat()),
        Field("due", "Due", "day", due.isoformat()),
        Field("reference", "Reference"),
        Field("note", "Note"),
    ]
    return FormScreen(f"Invoice for {find.customer_name(desk, customer)}", fields, app.habits, submit)


def edit_invoice_form(app: ArtermApp, invoice: int) -> FormScreen:
    """Correct an invoice."""
    desk = app.desk
    held = invoices.view(desk, invoice)

    def submit(draft: dict[str, Any]) -> None:
        app.done(
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
    return FormScreen(f"Invoice {held.number}", fields, replace(app.habits, currency=held.currency), submit, lead)


def customer_form(app: ArtermApp, customer: int | None = None) -> FormScreen:
    """A new customer with a first contact, or an old one's facts."""
    desk = app.desk
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
            app.done(
                customers.add_customer(
                    desk, facts, {"name": draft["contact"], "phone": draft["phone"], "mail": draft["mail"]}
                )
            )
        else:
            app.done(customers.edit_customer(desk, held.id, facts, held.version))

    return FormScreen(held.name if held else "New customer", fields, app.habits, submit)


def contact_form(app: ArtermApp, customer: int, row: int | None = None) -> FormScreen:
    """A new contact, or an old one's facts."""
    desk = app.desk
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
            app.done(customers.add_contact(desk, customer, draft))
        else:
            app.done(customers.edit_contact(desk, held.id, draft, held.version))

    return FormScreen(f"Contact at {find.customer_name(desk, customer)}", fields, app.habits, submit)


def attach_form(app: ArtermApp, invoice: int) -> FormScreen:
    """A file to keep beside an invoice."""

    def submit(draft: dict[str, Any]) -> None:
        app.done(attachments.attach(app.desk, invoice, path_of(draft["file"])))

    held = invoices.view(app.desk, invoice)
    lead = f"Attached so far: {', '.join(held.attachments)}" if held.attachments else "A copy is kept in the book."
    return FormScreen(
        f"Attach to {held.number}",
        [Field("file", "File", hint="/path/to/invoice.pdf", needed=True)],
        app.habits,
        submit,
        lead,
    )


def day_form(app: ArtermApp) -> FormScreen:
    """Another day to look at; nothing can be done on a past one."""

    def submit(draft: dict[str, Any]) -> None:
        day = draft["day"] or app.today
        refuse_future(day, app.today, "day")
        app.desk.set_today(day, looking_back=day != app.today)
        app.changed()

    habits = replace(app.habits, today=app.today)
    return FormScreen(
        "Show the book as of",
        [Field("day", "Day", "past", app.desk.today.isoformat(), "today, 30 jun, -30")],
        habits,
        submit,
        "By value dates, as known today.",
    )


def _named_form(app: ArtermApp, title: str, field: Field, do: Callable[[int], Any], lead: str = "") -> FormScreen:
    """A form that asks for another customer by name or number."""

    def submit(draft: dict[str, Any]) -> None:
        app.done(do(find.customer(app.desk, draft[field.name], field.name)))

    return FormScreen(title, [field], app.habits, submit, lead)


def _open(app: ArtermApp, make: Callable[[], FormScreen]) -> Callable[[], None]:
    def push() -> None:
        app.push_screen(make())

    return push


def add_choices(app: ArtermApp, customer: int | None, chosen: tuple[int, ...]) -> Choices:
    """What can be added here."""
    choices: Choices = [("A customer", _open(app, lambda: customer_form(app)))]
    if customer is None:
        return choices
    name = find.customer_name(app.desk, customer)
    choices += [
        (f"An invoice for {name}", _open(app, lambda: invoice_form(app, customer))),
        (f"A payment from {name}, for the oldest debts", _open(app, lambda: payment_form(app, customer, ()))),
        (f"A contact at {name}", _open(app, lambda: contact_form(app, customer))),
        ("A credit note", _open(app, lambda: payment_form(app, customer, chosen, "credit_note"))),
    ]
    if chosen:
        choices += [
            (
                "A write-off of the invoices chosen",
                _open(app, lambda: payment_form(app, customer, chosen, "write_off")),
            ),
            ("A discount on the invoices chosen", _open(app, lambda: payment_form(app, customer, chosen, "discount"))),
        ]
    return choices


def edit_choices(app: ArtermApp, customer: int, chosen: tuple[int, ...]) -> Choices:
    """What can be corrected here."""
    choices: Choices = []
    if len(chosen) == 1:
        choices.append(
            (
                f"Invoice {invoices.view(app.desk, chosen[0]).number}",
                _open(app, lambda: edit_invoice_form(app, chosen[0])),
            )
        )
    choices.append(
        (f"Customer {find.customer_name(app.desk, customer)}", _open(app, lambda: customer_form(app, customer)))
    )
    choices.append(
        (f"The ladder of {find.customer_name(app.desk, customer)}", lambda: choose_ladder(app, customer=customer))
    )
    if len(chosen) == 1:
        choices.append(
            (
                f"The ladder of invoice {invoices.view(app.desk, chosen[0]).number}",
                lambda: choose_ladder(app, invoice=chosen[0]),
            )
        )
    choices.append(
        (f"Terms that {find.customer_name(app.desk, customer)} accepted", _open(app, lambda: terms_form(app, customer)))
    )
    for person in customers.contacts(app.desk, customer)[:5]:
        words = ", ".join(part for part in (person.name, person.phone, person.mail) if part)
        choices.append((f"Contact {words}", _open(app, _contact_maker(app, customer, person.id))))
    return choices


def _contact_maker(app: ArtermApp, customer: int, row: int) -> Callable[[], FormScreen]:
    return lambda: contact_form(app, customer, row)


def _subject_form(app: ArtermApp, customer: int) -> FormScreen:
    """Where the file about a person goes."""

    def submit(draft: dict[str, Any]) -> None:
        app.done(privacy.subject_file(app.desk, customer, path_of(draft["file"])))

    file = Field("file", "File", value=f"~/held-{customer}-{app.desk.today.isoformat()}.zip", needed=True)
    return FormScreen(f"What is held about {find.customer_name(app.desk, customer)}", [file], app.habits, submit)


def _erase_form(app: ArtermApp, customer: int) -> FormScreen:
    """Erasing is asked for by its word: it is not taken back."""

    def submit(draft: dict[str, Any]) -> None:
        if draft["word"].strip().lower() != "erase":
            raise ArtermError("missing", "Nothing was erased.", "word", "Type erase when you mean it.")
        app.done(privacy.erase(app.desk, customer, utc_now().astimezone().date()))

    lead = (
        "Notes, contacts, letters and mails go now; what the law on books keeps stays for its years. This is not taken"
        " back."
    )
    return FormScreen(
        f"Erase {find.customer_name(app.desk, customer)}",
        [Field("word", "Type erase", needed=True)],
        app.habits,
        submit,
        lead,
    )


def more_choices(app: ArtermApp, customer: int, chosen: tuple[int, ...]) -> Choices:
    """The rarer acts on a customer and their money."""
    desk = app.desk
    name = find.customer_name(desk, customer)
    choices: Choices = []
    for credit in credit_views.credits_of(desk, customer)[:3]:
        words = f"{payments.KINDS[credit.kind]} of {desk.format_money(credit.total)} on {in_words(credit.day)}"
        if credit.kind in ("receipt", "reported"):
            choices.append((f"The {words} bounced", _open(app, _bounce_maker(app, credit.id, words))))
        choices.append((f"The {words} is another customer's", _open(app, _move_maker(app, credit.id, words))))
        if credit.free:
            choices.append((f"Use what is left of the {words}", _user(app, credit.id, chosen)))
    if any(credit.free for credit in credit_views.credits_of(desk, customer)):
        choices.append(("Refund what is unallocated", _open(app, lambda: refund_form(app, customer))))
    if len(chosen) == 1:
        view = invoices.view(desk, chosen[0])
        number = view.number
        if view.charges:
            choices.append((f"Waive the charges on invoice {number}", _open(app, lambda: waive_form(app, chosen[0]))))
        choices.append(
            (f"The next step of invoice {number}, an act, is done", lambda: app.done(pauses.decided(desk, chosen[0])))
        )
        choices.append(
            (f"Take out invoice {number}: it should not be there", lambda: app.done(invoices.take_out(desk, chosen[0])))
        )
    merge = Field("into", "Same as", hint="name or #number", needed=True)
    choices.append(
        (
            f"{name} is the same as another customer",
            _open(
                app,
                lambda: _named_form(app, f"Merge {name}", merge, lambda into: customers.merge(desk, customer, into)),
            ),
        )
    )
    choices.append((f"Archive {name}", lambda: app.done(customers.archive(desk, customer))))
    choices.append((f"All that is held about {name}, as one file", _open(app, lambda: _subject_form(app, customer))))
    choices.append((f"Erase what is held about {name}", _open(app, lambda: _erase_form(app, customer))))
    return choices


def _user(app: ArtermApp, credit: int, chosen: tuple[int, ...]) -> Callable[[], None]:
    return lambda: app.done(payments.settle_with(app.desk, credit, chosen))


def _bounce_maker(app: ArtermApp, credit: int, words: str) -> Callable[[], FormScreen]:
    return lambda: bounce_form(app, credit, f"The {words}.")


def _move_maker(app: ArtermApp, credit: int, words: str) -> Callable[[], FormScreen]:
    field = Field("to", "Belongs to", hint="name or #number", needed=True)
    return lambda: _named_form(
        app, "Move a payment", field, lambda to: payments.move(app.desk, credit, to), f"The {words}."
    )
