"""What may be claimed: one invoice of the book, or a debt told in words, asked of the same law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from arterm.desk.session import Desk
from arterm.law.claim import claim
from arterm.law.countries import every
from arterm.law.question import Barred, Basis, Claim, OwnRate, Question, Reminder, Terms
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.plans import late_parts, state
from arterm.rules.rates import rate_text
from arterm.store import one_row
from arterm.store.plan_facts import InPlan, plan_of
from arterm.store.reads.claims import claims as reads

UNKNOWN = "unknown"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodView:
    """Interest of a stretch of days."""

    from_: date
    to: date
    days: int
    principal: Money
    rate: str
    interest: Money


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What may be claimed on a day. `stopped` is the last day interest is known for, when a rate is not published
    yet.
    """

    jurisdiction: str
    debtor: str
    as_of: date
    currency: str
    principal: Money
    interest: Money
    compensation: Money
    costs: Money
    total: Money
    interest_periods: tuple[PeriodView, ...]
    basis: tuple[Basis, ...]
    not_allowed: tuple[Barred, ...]
    stopped: date | None = None
    invoice: str = ""


def claim_view(found: Claim, invoice: str = "") -> ClaimView:
    """A claim as the doors show it."""

    def money(minor: int) -> Money:
        return Money(minor, found.currency)

    return ClaimView(
        found.jurisdiction,
        found.debtor,
        found.as_of,
        found.currency,
        money(found.principal),
        money(found.interest),
        money(found.compensation),
        money(found.costs),
        money(found.total),
        tuple(
            PeriodView(p.from_, p.to, p.days, money(p.principal), rate_text(p.rate), money(p.interest))
            for p in found.interest_periods
        ),
        found.basis,
        found.not_allowed,
        found.stopped,
        invoice,
    )


def claim_of(
    desk: Desk, invoice: int, as_of: date | None = None, reminded: Sequence[Reminder] = (), ask_kind: bool = False
) -> ClaimView:
    """What may still be claimed for an invoice on a day (else today): what the law gives less what was paid, credited
    or waived of it. With `ask_kind`, an unknown kind of debtor is refused (`missing`).
    """
    question, name = question_of(desk, invoice, as_of, reminded)
    if question.debtor == UNKNOWN and ask_kind:
        raise ArtermError("missing.debtor_kind", "kind", name=name)
    found = _less_settled(lawful(question), reads.settled_charges(desk.book, invoice, question.as_of))
    return claim_view(found, one_row.invoice_number(desk.book, invoice))


def _less_settled(found: Claim, settled: Mapping[str, int]) -> Claim:
    """A claim without what was settled of it already (minor units, by kind of charge), and that said. What was settled
    beyond what the law gives lowers nothing else.
    """
    gone = {kind: min(got, getattr(found, kind)) for kind, got in settled.items() if got > 0}
    said = tuple(
        Barred(kind, message("claims.claims.settled", amount=Money(got, found.currency)))
        for kind, got in gone.items()
        if got
    )
    left = {kind: getattr(found, kind) - got for kind, got in gone.items()}
    return replace(found, **left, not_allowed=(*found.not_allowed, *said)) if said else found


def lawful(question: Question) -> Claim:
    """The claim, or the bare principal with the reason where the country's law or the kind of debtor is not known."""
    if question.debtor == UNKNOWN:
        reason = message("claims.claims.unknown_kind")
    elif question.jurisdiction not in every():
        reason = message(
            "claims.claims.unknown_law", country=question.jurisdiction or message("claims.claims.unknown_country")
        )
    else:
        return claim(question)
    barred = tuple(Barred(what, reason) for what in ("interest", "compensation", "costs"))
    return Claim(
        question.jurisdiction,
        question.debtor,
        question.as_of,
        question.currency,
        question.open_on(question.as_of),
        not_allowed=barred,
    )


def question_of(
    desk: Desk, invoice: int, as_of: date | None = None, reminded: Sequence[Reminder] = (), less: int = 0
) -> tuple[Question, str]:
    """The question an invoice puts to the law, and the customer's name. `less` is left out of the principal (minor
    units).
    """
    found = reads.claimed(desk.book, invoice)
    if found is None:
        raise ArtermError("no_invoice.row", "invoice", invoice=invoice)
    day, total, kind = as_of or desk.today, found.total, found.kind
    terms = accepted_terms(desk, found.customer, found.issued)
    jurisdiction = found.country or desk.country
    payments = tuple((one.day, one.amount) for one in reads.payments(desk.book, invoice, day))
    left = total - sum(amount for _, amount in payments)
    starts, pauses = _given_time(desk, invoice, day, found.due, left)
    held = plan_of(desk.book, day, invoice)
    if held is not None:
        pauses += _let_go(held, day)
        if held.plan.origin == "terms" and held.plan.accepted and state(held.plan, held.receipts, day) != "cancelled":
            starts, total, payments = late_parts(held.plan, held.receipts, day)
    return (
        Question(
            jurisdiction,
            kind,
            max(0, total - less),
            found.currency,
            starts,
            day,
            payments,
            terms,
            (*_reminders(desk, invoice, jurisdiction, kind, day), *reminded),
            kind == "business" or terms.accepted is not None,
            desk.setting("small_creditor") == "yes",
            desk.setting("collection_work") == "yes",
            owned_rates(desk),
            pauses,
        ),
        found.name,
    )


def _let_go(held: InPlan, day: date) -> tuple[tuple[date, date], ...]:
    """The days on which no interest runs since an agreed plan lets it go: from its acceptance, as long as it is
    kept.
    """
    plan = held.plan
    if plan.interest or plan.origin != "agreed" or plan.accepted is None or plan.accepted > day:
        return ()
    return ((plan.accepted + _DAY, day),) if state(plan, held.receipts, day) in ("running", "kept") else ()


def _given_time(
    desk: Desk, invoice: int, day: date, due: date, left: int
) -> tuple[date, tuple[tuple[date, date], ...]]:
    """The day from which lateness counts, and the days without interest: more time that was given without it.

    Time given before the due day moves the start; given later, the interest until then stays. If it was not paid by the
    new day, the original due day counts again, as the letter says.
    """
    given = reads.more_time(desk.book, invoice, day)
    if given.until is None or given.accepted is None or given.until <= due:
        return due, ()
    if day > given.until and (left or reads.is_paid_after(desk.book, invoice, given.until)):
        return due, ()
    return (given.until, ()) if given.accepted <= due else (due, ((given.accepted + _DAY, given.until),))


def with_less(question: Question, less: int) -> Question:
    """The same question about less."""
    return replace(question, principal=max(0, question.principal - less))


def accepted_terms(desk: Desk, customer: int, issued: date) -> Terms:
    """The newest terms a customer had accepted when an invoice was issued; none at all when none were."""
    found = reads.accepted_terms(desk.book, customer, issued)
    if found is None:
        return Terms()
    return Terms(Fraction(found.rate) if found.rate else None, found.costs_clause, found.accepted, found.version)


def owned_rates(desk: Desk) -> tuple[OwnRate, ...]:
    """The published rates that the owner added."""

    def ask() -> tuple[OwnRate, ...]:
        return tuple(
            OwnRate(one.jurisdiction, one.kind, one.start, one.until, Fraction(one.rate), one.source)
            for one in reads.owned_rates(desk.book)
        )

    return desk.remember("owned_rates", ask)


def _reminders(desk: Desk, invoice: int, jurisdiction: str, kind: str, day: date) -> tuple[Reminder, ...]:
    """The reminders that count in law: where it asks for a certain letter first, only that one does."""
    wanted = ""
    if kind == "consumer" and jurisdiction in every():
        wanted = every()[jurisdiction].consumer.letter
    return tuple(
        Reminder(one.issued, "email" if one.channel == "email" else "post", one.tone == "formal" or bool(one.legal))
        for one in reads.reminders(desk.book, invoice, day)
        if not wanted or one.legal == wanted
    )
