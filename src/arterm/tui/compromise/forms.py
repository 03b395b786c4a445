"""The forms of compromise: what can be offered here, and what can be done with a plan or an offer that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from arterm.desk import find
from arterm.desk.compromise import offers, plans
from arterm.desk.compromise.views import PlanView
from arterm.desk.contacts import promises
from arterm.desk.letters.lines import currency_of
from arterm.desk.partners.options import Comparison, assume
from arterm.desk.paths import path_of
from arterm.rules.money import Money
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field, money_text

_YES = [("no", "no"), ("yes", "yes")]


def accept_form(host: Host, plan: PlanView) -> FormScreen:
    """When they accepted, and the signed copy."""

    def submit(said: dict[str, Any]) -> None:
        file = path_of(said["signed"]) if said["signed"] else None
        host.done(plans.accept(host.desk, plan.plan, said["on"] or host.desk.today, file))

    fields = [
        Field("on", "Accepted on", "past", host.desk.today.isoformat(), "today, fri"),
        Field("signed", "Signed copy", hint="/path/to/agreement.pdf", needed=plan.to_sign),
    ]
    return FormScreen(
        f"Plan #{plan.plan} - {plan.customer}",
        fields,
        host.habits,
        submit,
        "From then on it runs, and the ladder waits for it.",
    )


def _owed(host: Host, customer: int, chosen: tuple[int, ...]) -> Money:
    """All that the offer would be about."""
    code = currency_of(host.desk, customer, chosen)
    debts = promises.open_debts(host.desk, customer, chosen)
    return Money(sum(debt.open for currency, debt in debts if currency == code), code)


def discount_form(host: Host, customer: int, chosen: tuple[int, ...]) -> FormScreen:
    """Take less if it comes by a day."""
    desk, owed = host.desk, _owed(host, customer, chosen)
    share = {one.key: one.value for one in _assumed(host, customer, owed.currency)}["settle_share"]

    def submit(said: dict[str, Any]) -> None:
        made = offers.OfferDraft(
            "discount",
            customer,
            chosen,
            said["amount"],
            said["until"],
            agreed=said["agreed"] == "yes",
            note=said["note"],
        )
        host.done(offers.make_offer(desk, made))

    fields = [
        Field(
            "amount",
            "What you take instead",
            "money",
            money_text(Money(owed.minor * share // 100, owed.currency)),
            needed=True,
        ),
        Field(
            "until",
            "If it comes by",
            "day",
            find.working_day(desk, customer, 14).isoformat(),
            "+14, fri, 1 dec",
            needed=True,
        ),
        Field("agreed", "They have said yes", "choice", "no", choices=_YES),
        Field("note", "Note"),
    ]
    lead = f"Instead of {desk.format_money(owed)}. The rest is waived only if it comes in full and in time."
    return FormScreen(
        f"Settlement - {find.customer_name(desk, customer)}",
        fields,
        replace(host.habits, currency=owed.currency),
        submit,
        lead,
    )


def _assumed(host: Host, customer: int, currency: str) -> Any:
    from arterm.desk.partners.options import assumptions

    return assumptions(host.desk, customer, currency, 0)


def extend_form(host: Host, customer: int, chosen: tuple[int, ...]) -> FormScreen:
    """More time, with or without interest."""
    desk = host.desk

    def submit(said: dict[str, Any]) -> None:
        made = offers.OfferDraft(
            "extend",
            customer,
            chosen,
            None,
            said["until"],
            said["interest"] == "yes",
            agreed=said["agreed"] == "yes",
            note=said["note"],
        )
        host.done(offers.make_offer(desk, made))

    fields = [
        Field(
            "until",
            "New day to pay",
            "day",
            find.working_day(desk, customer, 30).isoformat(),
            "+30, 1 jan",
            needed=True,
        ),
        Field("interest", "Interest goes on meanwhile", "choice", "no", choices=_YES),
        Field("agreed", "They have said yes", "choice", "yes", choices=_YES),
        Field("note", "Note"),
    ]
    lead = "Nobody is chased until then. If it is not paid by that day, the original due date counts again."
    return FormScreen(f"More time - {find.customer_name(desk, customer)}", fields, host.habits, submit, lead)


def goodwill_form(host: Host, customer: int, chosen: tuple[int, ...]) -> FormScreen:
    """Extra work or a credit, with its value and what it is."""
    desk, owed = host.desk, _owed(host, customer, chosen)

    def submit(said: dict[str, Any]) -> None:
        made = offers.OfferDraft(
            "goodwill",
            customer,
            chosen,
            said["amount"],
            work=said["work"] == "work",
            agreed=said["agreed"] == "yes",
            note=said["note"],
        )
        host.done(offers.make_offer(desk, made))

    fields = [
        Field("work", "What", "choice", "credit", choices=[("credit", "a credit"), ("work", "extra work")]),
        Field("amount", "Worth", "money", needed=True),
        Field("note", "What is done, or why", needed=True),
        Field("agreed", "They have said yes", "choice", "yes", choices=_YES),
    ]
    return FormScreen(
        f"Goodwill - {find.customer_name(desk, customer)}",
        fields,
        replace(host.habits, currency=owed.currency),
        submit,
        "A credit is booked when they accept; extra work is only noted.",
    )


def assume_form(host: Host, found: Comparison) -> FormScreen:
    """Everything that is assumed; what is changed is kept for this customer, or for all."""

    def submit(said: dict[str, Any]) -> None:
        news = {one.key: said[one.key] for one in found.assumptions if said[one.key].strip() != str(one.value)}
        if news:
            host.done(assume(host.desk, news, found.customer_id if said["whom"] == "customer" else None))

    whom = [("customer", f"for {found.customer}"), ("all", "for everybody")]
    fields = [
        Field(one.key, f"{one.words} ({one.unit})"[:58], value=str(one.value), hint=one.source)
        for one in found.assumptions
    ]
    return FormScreen(
        "What is assumed",
        [Field("whom", "What is changed holds", "choice", "customer", choices=whom), *fields],
        host.habits,
        submit,
        "An empty field goes back to their own record, or to a start.",
    )
