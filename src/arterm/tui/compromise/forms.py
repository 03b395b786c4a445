"""The forms of compromise: what can be offered here, and what can be done with a plan or an offer that stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from arterm.desk import find
from arterm.desk.compromise import offers, plans
from arterm.desk.compromise.agreements import breach_draft, coming_draft
from arterm.desk.compromise.views import PlanView
from arterm.desk.contacts import promises
from arterm.desk.letters.lines import currency_of
from arterm.desk.letters.notices import views
from arterm.desk.partners.options import Comparison, assume
from arterm.desk.paths import path_of
from arterm.rules.dates import in_words
from arterm.rules.money import Money
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.modal import Sheet
from arterm.tui.shell.text import WordsScreen
from arterm.tui.widgets.fields import Field, money_text

if TYPE_CHECKING:
    from arterm.desk.partners.handover_views import HandoverView
    from arterm.tui.host import Host
    from arterm.tui.letters.sheet import LetterSheet

Choices = list[tuple[str, Callable[[], None]]]
_YES = [("no", "no"), ("yes", "yes")]


def ways_out(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """What can be done with what stands already, then every way out that can be offered."""
    from arterm.tui.compromise.options import OptionsSheet
    from arterm.tui.compromise.plan import PlanSheet

    choices: Choices = []
    for plan in plans.plans_of(host.desk, customer, ("proposed", "running", "broken")):
        choices += _plan_choices(host, plan)
    for offer in offers.offers_of(host.desk, customer, ("offered", "accepted")):
        choices += _offer_choices(host, offer)
    return [
        *choices,
        ("Instalments", _open(host, lambda: PlanSheet(customer, chosen))),
        ("Less, for money now", _open(host, lambda: discount_form(host, customer, chosen))),
        ("More time", _open(host, lambda: extend_form(host, customer, chosen))),
        ("Goodwill: extra work or a credit", _open(host, lambda: goodwill_form(host, customer, chosen))),
        ("Compare every way out", _open(host, lambda: OptionsSheet(customer, chosen))),
        *_hand_over(host, customer, chosen),
    ]


def _hand_over(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """To others, or what they have already."""
    from arterm.desk.partners.handover_views import handovers
    from arterm.tui.partners.forms import choose_partner, handover_choices

    def told(held: HandoverView) -> tuple[str, Callable[[], None]]:
        return f"{held.partner} has {len(held.invoices)} of them: report, end", lambda: handover_choices(host, held)

    return [
        *(told(held) for held in handovers(host.desk, customer) if held.state != "ended"),
        ("Hand over to an agency, attorney, factor or mediator", lambda: choose_partner(host, customer, chosen)),
    ]


def _open(host: Host, make: Callable[[], Sheet]) -> Callable[[], None]:
    def push() -> None:
        host.push_screen(make())

    return push


def _plan_choices(host: Host, plan: PlanView) -> Choices:
    desk, words = host.desk, f"plan #{plan.plan} of {host.desk.format_money(plan.total)} ({plan.state})"
    choices: Choices = [(f"See {words}", _open(host, lambda: WordsScreen(f"P{words[1:]}", plan_words(host, plan))))]
    if plan.state == "proposed":
        choices.append((f"They accepted {words}", _open(host, lambda: accept_form(host, plan))))
    if plan.state == "broken":
        choices.append((f"Write that {words} is broken", _open(host, lambda: plan_letter(host, plan.plan, "Letter"))))
    if plan.notice:
        choices.append((f"The agreement of {words}", _open(host, lambda: _kept_letter(host, plan.notice))))
    form = FormScreen(
        f"End plan #{plan.plan}",
        [Field("why", "Why", needed=plan.state == "running")],
        host.habits,
        lambda said: host.done(plans.cancel(desk, plan.plan, said["why"])),
        "Its invoices go back to their ladder, where they left it.",
    )
    choices.append((f"End {words}", _open(host, lambda: form)))
    return choices


def _offer_choices(host: Host, offer: offers.OfferView) -> Choices:
    desk = host.desk
    words = f"offer #{offer.offer} ({offers.KINDS[offer.kind]}, until {in_words(offer.until, desk.today)})"
    choices: Choices = []
    if offer.state == "offered":
        choices.append((f"They accepted {words}", lambda: host.done(offers.accept(desk, offer.offer))))
    if offer.state == "offered" or offer.kind != "goodwill":
        choices.append(
            (f"They declined {words}, or you take it back", lambda: host.done(offers.decline(desk, offer.offer)))
        )
    if offer.notice:
        choices.append((f"The letter of {words}", _open(host, lambda: _kept_letter(host, offer.notice))))
    return choices


def plan_words(host: Host, plan: PlanView) -> list[str]:
    """A plan line by line."""
    desk = host.desk
    lines = [
        (
            f"{plan.customer}: {plan.state} since"
            f" {in_words(plan.since, desk.today)}{f', by {plan.by}' if plan.by else ''}"
            f"{f' ({plan.why})' if plan.why else ''}"
        ),
        f"For {', '.join(plan.invoices)}. {desk.format_money(plan.paid)} of {desk.format_money(plan.total)} paid.",
        "",
        *(
            f"{one.n:>3}  {in_words(one.due)}  {desk.format_money(one.amount):>16}  paid"
            f" {desk.format_money(one.paid):>16}  {one.state.replace('_', ' ')}"
            for one in plan.instalments
        ),
        "",
        f"Days of grace: {plan.grace}. "
        + ("If one stays out, the rest falls due at once." if plan.accelerate else "If one stays out, only it is due."),
    ]
    return lines + ([f"Signed copy: {plan.signed}"] if plan.signed else [])


def plan_letter(host: Host, plan: int, heading: str) -> LetterSheet:
    """The letter a plan wants: that it was broken, else a word before the next instalment."""
    from arterm.tui.letters.sheet import LetterSheet

    held = plans.view(host.desk, plan)
    if held.state == "broken":
        shown = Shown(draft=breach_draft(held))
    else:
        shown = Shown(draft=coming_draft(held))
    return LetterSheet(heading, ShownLetters([shown]), held.customer_id, held.invoice_ids)


def _kept_letter(host: Host, notice: int) -> LetterSheet:
    from arterm.tui.letters.sheet import LetterSheet

    found = views(host.desk, [notice])[0]
    return LetterSheet("Letter", ShownLetters([Shown(written=found)]), found.customer_id)


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
            (desk.today + timedelta(days=14)).isoformat(),
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
            "until", "New day to pay", "day", (desk.today + timedelta(days=30)).isoformat(), "+30, 1 jan", needed=True
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
