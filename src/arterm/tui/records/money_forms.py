"""The forms of money: a payment, a refund, a payment that came back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from arterm.desk import find
from arterm.desk.accounts import invoices
from arterm.desk.contacts import promises
from arterm.desk.payments import credit_views, payments
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field, money_text


def payment_form(host: Host, customer: int, chosen: tuple[int, ...], kind: str = "receipt") -> FormScreen:
    """A payment or credit for the invoices chosen: all that is open on them is suggested."""
    desk = host.desk
    whole = credit_views.suggested(desk, chosen) if chosen else None
    likely = promises.suggested_promise(desk, customer, chosen)
    meant = whole or (likely[0] if likely else None)
    habits = replace(host.habits, currency=meant.currency if meant else desk.currency)
    about = (
        ", ".join(view.number for view in (invoices.view(desk, row) for row in chosen[:6]))
        if chosen
        else "the oldest debts"
    )

    def submit(draft: dict[str, Any]) -> None:
        day = draft["on"] or desk.today
        host.done(
            payments.book_credit(
                desk,
                payments.CreditDraft(customer, draft["amount"], day, chosen, kind, draft["reference"], draft["note"]),
            )
        )

    fields = [
        Field("amount", "Amount", "money", money_text(whole), needed=True),
        Field("on", "On", "past", desk.today.isoformat(), "today, fri, 12 nov"),
        Field("reference", "Reference"),
        Field("note", "Note"),
    ]
    words = payments.KINDS[kind]
    return FormScreen(
        f"{words.capitalize()} - {find.customer_name(desk, customer)}", fields, habits, submit, f"For {about}."
    )


def refund_form(host: Host, customer: int) -> FormScreen:
    """Money given back."""
    desk = host.desk
    free = [credit.free for credit in credit_views.credits_of(desk, customer) if credit.free]
    habits = replace(host.habits, currency=free[0].currency if free else desk.currency)

    def submit(draft: dict[str, Any]) -> None:
        host.done(payments.refund(desk, customer, draft["amount"], draft["on"] or desk.today, draft["note"]))

    fields = [
        Field("amount", "Amount", "money", money_text(free[0] if free else None), needed=True),
        Field("on", "On", "past", desk.today.isoformat()),
        Field("note", "Note"),
    ]
    return FormScreen(
        f"Refund - {find.customer_name(desk, customer)}",
        fields,
        habits,
        submit,
        "Out of what the customer has unallocated.",
    )


def bounce_form(host: Host, credit: int, words: str) -> FormScreen:
    """A payment that the bank took back."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(payments.bounce(host.desk, credit, draft["on"] or host.desk.today, draft["note"]))

    return FormScreen(
        "Bounced payment",
        [Field("on", "Taken back on", "past", host.desk.today.isoformat()), Field("note", "Note")],
        host.habits,
        submit,
        words,
    )
