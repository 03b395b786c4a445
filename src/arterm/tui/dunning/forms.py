"""The forms of chasing: pausing, disputes, ladders, terms, waiving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from arterm.desk import find
from arterm.desk.accounts import invoices
from arterm.desk.claims import charges, terms
from arterm.desk.contacts.limits import begin_wish
from arterm.desk.dunning import pauses, schedules
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field, money_text


def hold_form(host: Host, customer: int, chosen: tuple[int, ...]) -> FormScreen:
    """Pause chasing until a day, with the reason; the whole customer, or the one invoice chosen."""
    desk = host.desk
    name = find.customer_name(desk, customer)
    whole = [("customer", f"all of {name}")]
    if len(chosen) == 1:
        whole.append(("invoice", f"only invoice {invoices.view(desk, chosen[0]).number}"))

    def submit(draft: dict[str, Any]) -> None:
        invoice = chosen[0] if draft["what"] == "invoice" else None
        host.done(pauses.pause(desk, customer, draft["until"], draft["why"], invoice))

    until = (desk.today + timedelta(days=14)).isoformat()
    fields = [
        Field("until", "Until, that day included", "day", until, "+14, fri, 1 dec", needed=True),
        Field("why", "Why", needed=True),
        Field("what", "What", "choice", "customer", choices=whole),
    ]
    return FormScreen(
        f"Pause chasing {name}",
        fields,
        host.habits,
        submit,
        "Nothing goes out and nobody is called meanwhile; h again goes on.",
    )


def wish_form(host: Host, customer: int) -> FormScreen:
    """A customer who does not want to be called."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(begin_wish(host.desk, customer, draft["why"]))

    return FormScreen(
        f"No calls to {find.customer_name(host.desk, customer)}",
        [Field("why", "What did they say?", needed=True)],
        host.habits,
        submit,
        "Letters go on; f7 again allows calls.",
    )


def dispute_form(host: Host, invoice: int) -> FormScreen:
    """Open a dispute on all or a part of an invoice; where one is open, settle it."""
    desk = host.desk
    held = invoices.view(desk, invoice)
    habits = replace(host.habits, currency=held.currency)
    open_ones = [one for one in pauses.disputes(desk, invoice=invoice) if one.closed is None]
    if open_ones:

        def settle(draft: dict[str, Any]) -> None:
            host.done(pauses.settle(desk, invoice, draft["resolve"], draft["credit"], draft["note"]))

        words = "; ".join(
            f"{desk.format_money(one.amount)} since {one.opened.isoformat()}: {one.reason}" for one in open_ones
        )
        outcomes = [
            ("upheld", "they are right: credit all of it"),
            ("credited", "credit a part"),
            ("withdrawn", "they owe it after all"),
        ]
        fields = [
            Field("resolve", "Outcome", "choice", "credited", choices=outcomes),
            Field("credit", "Credited", "money", hint="for a part"),
            Field("note", "Note"),
        ]
        return FormScreen(f"Settle the dispute on {held.number}", fields, habits, settle, f"Disputed: {words}.")

    def submit(draft: dict[str, Any]) -> None:
        host.done(
            pauses.dispute(
                desk,
                pauses.DisputeDraft(
                    invoice, draft["reason"], draft["amount"], draft["who"], draft["target"], draft["note"]
                ),
            )
        )

    fields = [
        Field(
            "reason", "Reason", "choice", choices=[(code, code.replace("_", " ")) for code in pauses.DISPUTE_REASONS]
        ),
        Field("amount", "Disputed amount", "money", money_text(held.balance), needed=True),
        Field("who", "Looked after by"),
        Field("target", "Settled by", "day", hint="+14"),
        Field("note", "Note"),
    ]
    return FormScreen(
        f"Dispute on {held.number}", fields, habits, submit, "That part is not chased; the rest stays on its ladder."
    )


def waive_form(host: Host, invoice: int) -> FormScreen:
    """Let charges go, with the reason."""
    held = invoices.view(host.desk, invoice)

    def submit(draft: dict[str, Any]) -> None:
        host.done(charges.waive(host.desk, invoice, draft["why"]))

    return FormScreen(
        f"Waive the charges on {held.number}",
        [Field("why", "Why", needed=True)],
        host.habits,
        submit,
        f"{host.desk.format_money(held.charges)} of charges are open. What was asked once is not asked again.",
    )


def terms_form(host: Host, customer: int) -> FormScreen:
    """A version of the general terms that a customer accepted."""
    desk = host.desk

    def submit(draft: dict[str, Any]) -> None:
        host.done(
            terms.accept(
                desk,
                customer,
                draft["version"],
                draft["accepted"] or desk.today,
                draft["rate"],
                draft["costs"] == "yes",
                draft["note"],
                draft["document"],
            )
        )

    held = terms.terms_of(desk, customer)
    lead = (
        f"Accepted so far: {', '.join(f'{one.version} on {one.accepted.isoformat()}' for one in held)}."
        if held
        else "None accepted so far."
    )
    fields = [
        Field("version", "Version", hint="2026-01", needed=True),
        Field("accepted", "Accepted on", "past", desk.today.isoformat()),
        Field("rate", "Interest it provides", hint="per cent a year, or empty"),
        Field("costs", "A clause on costs", "choice", "no", choices=[("no", "no"), ("yes", "yes")]),
        Field("document", "Their text", hint="a file; a copy is kept"),
        Field("note", "Note"),
    ]
    return FormScreen(f"Terms - {find.customer_name(desk, customer)}", fields, host.habits, submit, lead)


def choose_ladder(host: Host, customer: int | None = None, invoice: int | None = None) -> None:
    """Offer every ladder, and that of the kind."""
    from arterm.tui.shell.pick import Pick

    def chooser(key: str) -> Callable[[], None]:
        return lambda: host.done(schedules.choose(host.desk, key, customer, invoice))

    choices = [(f"{one.words} ({len(one.steps)} steps)", chooser(one.key)) for one in schedules.every(host.desk)]
    host.push_screen(Pick("Which ladder?", [*choices, ("That of its kind", chooser(""))]))
