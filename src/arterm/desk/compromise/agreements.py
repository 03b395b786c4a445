"""Plans and offers on paper: the agreement as it was worked out, the breach of it, a word before an instalment's
day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from arterm.desk.business import settings
from arterm.desk.compromise.quote import Quote
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.reminder import addressed, with_reference
from arterm.desk.session import Desk
from arterm.letters.letter import Charge, Instalment, Letter, Line
from arterm.rules.dates import days_late
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money

if TYPE_CHECKING:
    from arterm.desk.compromise.views import PlanView


def agreement_letter(desk: Desk, made: Quote) -> Letter:
    """The agreement on a plan as it was quoted, to be signed. Refuses (`missing`) a business without a name."""
    draft, left = made.draft, made.total.minor
    lines = tuple(
        Line(
            one.number,
            one.issued,
            one.case.due,
            days_late(one.case.due, desk.today),
            one.total,
            one.total - amount,
            amount,
        )
        for one, amount in made.lines
    )
    earlier = sum(amount for _, amount in made.charges)
    sums: dict[tuple[str, str], Charge] = {}
    for _, one in made.planned:
        held = sums.get((one.kind, one.law))
        sums[one.kind, one.law] = (
            replace(held, amount=held.amount + one.amount) if held else Charge(one.kind, one.amount, one.law, one.until)
        )
    schedule = []
    for n, (due, amount) in enumerate(made.instalments, 1):
        left -= amount
        schedule.append(Instalment(n, due, amount, left))
    said = {
        "grace": str(draft.grace),
        "one_day": "1" if draft.grace == 1 else "",
        "accelerate": "1" if draft.accelerate else "",
        "no_interest": "" if draft.interest else "1",
    }
    letter = addressed(
        desk,
        made.customer,
        made.currency,
        settings.sender(desk),
        kind="agreement",
        step=0,
        deadline=schedule[0].due,
        lines=lines,
        charges=(*sums.values(), *((Charge("earlier", earlier),) if earlier else ())),
        schedule=tuple(schedule),
        asked=schedule[0].amount,
        sums={"agreed": made.total.minor},
        said=said,
    )
    return with_reference(desk, letter, made.customer, [one.id for one, _ in made.lines])


def breach_draft(plan: PlanView) -> LetterDraft:
    """The letter that a plan was broken, filled from it. Refuses (`not_broken`) one that was not."""
    missed = [one for one in plan.instalments if one.state in ("missed", "late")]
    if not missed and plan.accelerate and plan.paid < plan.total:  # it came at last, but the rest is due since
        missed = [replace(one, paid=Money(0, plan.currency)) for one in plan.instalments if one.due < plan.since][-1:]
    if plan.state != "broken" or not missed or plan.accepted is None:
        raise ArtermError("not_broken", "plan", plan=plan.plan, state=plan.state)
    first = missed[0]
    return LetterDraft(
        "breach",
        plan.customer_id,
        plan.invoice_ids,
        plan.currency,
        first.amount - first.paid,
        first.due,
        plan.accepted if plan.accepted <= first.due else plan.proposed,
        accelerate=plan.accelerate,
    )


def coming_draft(plan: PlanView) -> LetterDraft:
    """A word before the day of the next instalment. Refuses (`not_running`) a plan without one."""
    coming = plan.next
    if plan.state != "running" or coming is None:
        raise ArtermError("not_running", "plan", plan=plan.plan, state=plan.state)
    return LetterDraft(
        "instalment", plan.customer_id, plan.invoice_ids, plan.currency, coming.amount - coming.paid, coming.due
    )


def offer_draft(
    kind: str, customer: int, invoices: Sequence[int], currency: str, amount: int, until: date, interest: bool
) -> LetterDraft:
    """The letter of an offer: less for money now (`discount`), or `extend`: more time."""
    if kind == "discount":
        return LetterDraft("settlement", customer, tuple(invoices), currency, Money(amount, currency), until)
    return LetterDraft("more-time", customer, tuple(invoices), currency, until=until, interest=interest)
