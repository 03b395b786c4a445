"""The ways out as choices: what can be done with a plan or an offer that stands, and what can be offered."""

from __future__ import annotations

from arterm.desk.compromise import offers, plans
from arterm.desk.compromise.agreements import breach_draft, coming_draft
from arterm.desk.compromise.views import PlanView
from arterm.desk.letters.notices import views
from arterm.rules.day_words import in_words
from arterm.tui.compromise.forms import accept_form, discount_form, extend_form, goodwill_form
from arterm.tui.compromise.options import OptionsSheet
from arterm.tui.compromise.plan import PlanSheet
from arterm.tui.host import Host
from arterm.tui.letters.sheet import LetterSheet
from arterm.tui.letters.shown import Shown, ShownLetters
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.pick import Choices, opens
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.fields import Field


def ways_out(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """What can be done with what stands already, then every way out that can be offered."""
    choices: Choices = []
    for plan in plans.plans_of(host.desk, customer, ("proposed", "running", "broken")):
        choices += _plan_choices(host, plan)
    for offer in offers.offers_of(host.desk, customer, ("offered", "accepted")):
        choices += _offer_choices(host, offer)
    return [
        *choices,
        ("Instalments", opens(host, lambda: PlanSheet(customer, chosen))),
        ("Less, for money now", opens(host, lambda: discount_form(host, customer, chosen))),
        ("More time", opens(host, lambda: extend_form(host, customer, chosen))),
        ("Goodwill: extra work or a credit", opens(host, lambda: goodwill_form(host, customer, chosen))),
        ("Compare every way out", opens(host, lambda: OptionsSheet(customer, chosen))),
    ]


def _plan_choices(host: Host, plan: PlanView) -> Choices:
    desk, words = host.desk, f"plan #{plan.plan} of {host.desk.format_money(plan.total)} ({plan.state})"
    choices: Choices = [(f"See {words}", opens(host, lambda: TextScreen(f"P{words[1:]}", plan_text(host, plan))))]
    if plan.state == "proposed":
        choices.append((f"They accepted {words}", opens(host, lambda: accept_form(host, plan))))
    if plan.state == "broken":
        choices.append((f"Write that {words} is broken", opens(host, lambda: plan_letter(host, plan.plan, "Letter"))))
    if plan.notice:
        choices.append((f"The agreement of {words}", opens(host, lambda: _kept_letter(host, plan.notice))))
    form = FormScreen(
        f"End plan #{plan.plan}",
        [Field("why", "Why", needed=plan.state == "running")],
        host.habits,
        lambda said: host.done(plans.cancel(desk, plan.plan, said["why"])),
        "Its invoices go back to their ladder, where they left it.",
    )
    choices.append((f"End {words}", opens(host, lambda: form)))
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
        choices.append((f"The letter of {words}", opens(host, lambda: _kept_letter(host, offer.notice))))
    return choices


def plan_text(host: Host, plan: PlanView) -> list[str]:
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
    held = plans.view(host.desk, plan)
    if held.state == "broken":
        shown = Shown(draft=breach_draft(held))
    else:
        shown = Shown(draft=coming_draft(held))
    return LetterSheet(heading, ShownLetters([shown]), held.customer_id, held.invoice_ids)


def _kept_letter(host: Host, notice: int) -> LetterSheet:

    found = views(host.desk, [notice])[0]
    return LetterSheet("Letter", ShownLetters([Shown(written=found)]), found.customer_id)
