"""Plans and offers that want something today: an instalment due or late, a plan that broke, a proposal or an offer that
ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk.compromise.offers import OfferView, offers_of
from arterm.desk.compromise.plans import plans_of
from arterm.desk.compromise.views import PlanView
from arterm.desk.session import Desk
from arterm.rules.day_words import in_words
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store.reads import compromise as reads

_SOON = timedelta(days=2)
KINDS = ("broken", "late", "due", "remind", "proposal", "offer")


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing about a plan or an offer: of which kind, what to do, and why; `row` is the plan's or offer's number."""

    kind: str
    row: int
    customer: str
    customer_id: int
    action: str
    on: date
    amount: Money
    invoices: tuple[str, ...]
    invoice_ids: tuple[int, ...]
    why: tuple[str, ...]


def watched(desk: Desk) -> tuple[Watched, ...]:
    """Everything that plans and offers want today, what broke first."""
    if not reads.is_anything_agreed(desk.book):
        return ()
    told, found = _told_of(desk), list[Watched]()
    for plan in plans_of(desk, states=("proposed", "running", "broken")):
        found += _of_plan(desk, plan, told)
    for offer in offers_of(desk, states=("offered", "accepted")):
        if offer.kind != "goodwill" and offer.until <= desk.today + _SOON:
            found.append(_of_offer(desk, offer))
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.on, one.row)))


def _of_plan(desk: Desk, plan: PlanView, told: set[tuple[int, str]]) -> list[Watched]:
    today, coming = desk.today, plan.next
    words = message("compromise.watch.plan", plan=plan.plan, amount=plan.total)

    def one(kind: str, action: str, on: date, amount: Money, *why: str) -> list[Watched]:
        return [
            Watched(
                kind,
                plan.plan,
                plan.customer,
                plan.customer_id,
                action,
                on,
                amount,
                plan.invoices,
                plan.invoice_ids,
                (words, *why),
            )
        ]

    if plan.state == "broken":
        written = any(invoice in plan.invoice_ids and day >= plan.since.isoformat() for invoice, day in told)
        missed = [one.amount - one.paid for one in plan.instalments if one.state in ("missed", "late")]
        left = plan.total - plan.paid if plan.accelerate else sum(missed, Money(0, plan.currency))
        if written or not left:
            return []
        return one(
            "broken",
            message("compromise.watch.plan_broken"),
            plan.since,
            left,
            message("compromise.watch.since", since=in_words(plan.since, today)),
        )
    if plan.state == "proposed":
        if plan.lapses > today + _SOON:
            return []
        return one(
            "proposal",
            message("compromise.watch.ask_acceptance"),
            plan.lapses,
            plan.total,
            message("compromise.watch.lapses_after", lapses=in_words(plan.lapses, today)),
        )
    if coming is None or plan.origin == "terms":
        return []
    left, nth = (
        coming.amount - coming.paid,
        message("compromise.watch.instalment", n=coming.n, instalments=len(plan.instalments)),
    )
    if coming.due < today:
        last = max(coming.due, plan.accepted or coming.due) + timedelta(days=plan.grace)
        return one(
            "late",
            message("compromise.watch.late_call", nth=nth),
            coming.due,
            left,
            message("compromise.watch.due_broken_after", due=in_words(coming.due, today), last=in_words(last, today)),
        )
    if coming.due == today:
        return one("due", message("compromise.watch.come", nth=nth), today, left)
    if plan.remind and coming.due <= today + timedelta(days=plan.remind) and not _reminded(desk, plan, coming.n):
        return one(
            "remind",
            message("compromise.watch.remind", nth=nth),
            coming.due,
            left,
            message("compromise.watch.due", due=in_words(coming.due, today)),
        )
    return []


def _of_offer(desk: Desk, offer: OfferView) -> Watched:
    left = offer.amount - offer.received if offer.kind == "discount" else offer.total
    action = (
        message("compromise.watch.offer_ends")
        if offer.kind == "discount"
        else message("compromise.watch.more_time_ends")
    )
    why = (
        message("compromise.watch.offer", offer=offer.offer),
        message("compromise.watch.until", until=in_words(offer.until, desk.today)),
    )
    return Watched(
        "offer",
        offer.offer,
        offer.customer,
        offer.customer_id,
        action,
        offer.until,
        left,
        offer.invoices,
        offer.invoice_ids,
        why,
    )


def _reminded(desk: Desk, plan: PlanView, n: int) -> bool:
    """Whether they had a word of it: a letter that was not withdrawn, or told otherwise."""
    if reads.is_reminded(desk.book, plan.plan, n):
        return True
    since = max(plan.instalments[n - 1].due - timedelta(days=plan.remind), plan.accepted or plan.proposed)
    return reads.has_instalment_letter(desk.book, plan.invoice_ids, since, desk.today)


def _told_of(desk: Desk) -> set[tuple[int, str]]:
    """(invoice, day) of letters of breach that were written about plans and not withdrawn."""
    return {(one.invoice, one.day.isoformat()) for one in reads.breaches(desk.book, desk.today)}
