"""What can be added, corrected or done more rarely, as choices: each opens its form or does it."""

from __future__ import annotations

from collections.abc import Callable

from arterm.desk import find
from arterm.desk.accounts import customers, invoices
from arterm.desk.dunning import pauses
from arterm.desk.payments import credit_views, payments
from arterm.rules.day_words import in_words
from arterm.tui.dunning.forms import choose_ladder, terms_form, waive_form
from arterm.tui.host import Host
from arterm.tui.records.forms import (
    contact_form,
    customer_form,
    edit_invoice_form,
    erase_form,
    invoice_form,
    named_form,
    subject_form,
)
from arterm.tui.records.money_forms import bounce_form, payment_form, refund_form
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.pick import Choices, opens
from arterm.tui.widgets.fields import Field


def add_choices(host: Host, customer: int | None, chosen: tuple[int, ...]) -> Choices:
    """What can be added here."""
    choices: Choices = [("A customer", opens(host, lambda: customer_form(host)))]
    if customer is None:
        return choices
    name = find.customer_name(host.desk, customer)
    choices += [
        (f"An invoice for {name}", opens(host, lambda: invoice_form(host, customer))),
        (f"A payment from {name}, for the oldest debts", opens(host, lambda: payment_form(host, customer, ()))),
        (f"A contact at {name}", opens(host, lambda: contact_form(host, customer))),
        ("A credit note", opens(host, lambda: payment_form(host, customer, chosen, "credit_note"))),
    ]
    if chosen:
        choices += [
            (
                "A write-off of the invoices chosen",
                opens(host, lambda: payment_form(host, customer, chosen, "write_off")),
            ),
            (
                "A discount on the invoices chosen",
                opens(host, lambda: payment_form(host, customer, chosen, "discount")),
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
                opens(host, lambda: edit_invoice_form(host, chosen[0])),
            )
        )
    choices.append(
        (f"Customer {find.customer_name(host.desk, customer)}", opens(host, lambda: customer_form(host, customer)))
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
            opens(host, lambda: terms_form(host, customer)),
        )
    )
    for person in customers.contacts(host.desk, customer)[:5]:
        words = ", ".join(part for part in (person.name, person.phone, person.mail) if part)
        choices.append((f"Contact {words}", opens(host, _contact_maker(host, customer, person.id))))
    return choices


def _contact_maker(host: Host, customer: int, row: int) -> Callable[[], FormScreen]:
    return lambda: contact_form(host, customer, row)


def more_choices(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """The rarer acts on a customer and their money."""
    desk = host.desk
    name = find.customer_name(desk, customer)
    choices: Choices = []
    for credit in credit_views.credits_of(desk, customer)[:3]:
        words = f"{payments.KINDS[credit.kind]} of {desk.format_money(credit.total)} on {in_words(credit.day)}"
        if credit.kind in ("receipt", "reported"):
            choices.append((f"The {words} bounced", opens(host, _bounce_maker(host, credit.id, words))))
        choices.append((f"The {words} is another customer's", opens(host, _move_maker(host, credit.id, words))))
        if credit.free:
            choices.append((f"Use what is left of the {words}", _user(host, credit.id, chosen)))
    if any(credit.free for credit in credit_views.credits_of(desk, customer)):
        choices.append(("Refund what is unallocated", opens(host, lambda: refund_form(host, customer))))
    if len(chosen) == 1:
        view = invoices.view(desk, chosen[0])
        number = view.number
        if view.charges:
            choices.append((f"Waive the charges on invoice {number}", opens(host, lambda: waive_form(host, chosen[0]))))
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
            opens(
                host,
                lambda: named_form(host, f"Merge {name}", merge, lambda into: customers.merge(desk, customer, into)),
            ),
        )
    )
    choices.append((f"Archive {name}", lambda: host.done(customers.archive(desk, customer))))
    choices.append((f"All that is held about {name}, as one file", opens(host, lambda: subject_form(host, customer))))
    choices.append((f"Erase what is held about {name}", opens(host, lambda: erase_form(host, customer))))
    return choices


def _user(host: Host, credit: int, chosen: tuple[int, ...]) -> Callable[[], None]:
    return lambda: host.done(payments.settle_with(host.desk, credit, chosen))


def _bounce_maker(host: Host, credit: int, words: str) -> Callable[[], FormScreen]:
    return lambda: bounce_form(host, credit, f"The {words}.")


def _move_maker(host: Host, credit: int, words: str) -> Callable[[], FormScreen]:
    field = Field("to", "Belongs to", hint="name or #number", needed=True)
    return lambda: named_form(
        host, "Move a payment", field, lambda to: payments.move(host.desk, credit, to), f"The {words}."
    )
