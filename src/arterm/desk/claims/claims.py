"""What may be claimed: one invoice of the book, or a debt told in words, asked of the same law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from arterm.desk.session import Desk
from arterm.law.claim import claim
from arterm.law.countries import every
from arterm.law.question import Barred, Basis, Claim, OwnRate, Question, Reminder, Terms
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.plans import late_parts, state
from arterm.rules.rates import rate_text
from arterm.store.plan_facts import InPlan, in_plans

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
    """What may be claimed for an invoice on a day (else today). With `ask_kind`, an unknown kind of debtor is refused
    (`missing`).
    """
    question, name = question_of(desk, invoice, as_of, reminded)
    if question.debtor == UNKNOWN and ask_kind:
        raise ArtermError(
            "missing",
            f"It is not known whether {name} is a business or a consumer, and the law differs.",
            "kind",
            f"Say it with: arterm customer edit '{name}' --kind business",
        )
    number = desk.book.one("SELECT number FROM invoice WHERE id = ?", (invoice,))[0]
    return claim_view(lawful(question), number)


def lawful(question: Question) -> Claim:
    """The claim, or the bare principal with the reason where the country's law or the kind of debtor is not known."""
    if question.debtor == UNKNOWN:
        reason = "it is not known whether the debtor is a business or a consumer"
    elif question.jurisdiction not in every():
        reason = f"arterm does not know the law of '{question.jurisdiction or 'an unknown country'}'"
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
    row = desk.book.one(
        "SELECT i.total, i.currency, i.due, i.issued, c.id, c.name, c.kind, c.country FROM invoice i JOIN customer o ON"
        " o.id = i.customer JOIN customer c ON c.id = coalesce(o.merged_into, o.id) WHERE i.id = ? AND i.void_act IS"
        " NULL",
        (invoice,),
    )
    if row is None:
        raise ArtermError("no_invoice", f"There is no invoice #{invoice}.", "invoice")
    total, currency, due, issued, customer, name, kind, country = row
    day = as_of or desk.today
    paid = desk.book.rows(
        "SELECT value_day, sum(amount) FROM allocation WHERE invoice = ? AND value_day <= ? GROUP BY 1 ORDER BY 1",
        (invoice, day.isoformat()),
    )
    terms = accepted_terms(desk, customer, date.fromisoformat(issued))
    jurisdiction = country or desk.country
    payments = tuple((date.fromisoformat(on), amount) for on, amount in paid)
    starts, pauses = _given_time(desk, invoice, day, date.fromisoformat(due), total - sum(amount for _, amount in paid))
    for held in in_plans(desk.book, day, "AND i.id = ?2", (invoice,)).values() if _in_a_plan(desk, invoice) else ():
        pauses += _let_go(held, day)
        if held.plan.origin == "terms" and held.plan.accepted and state(held.plan, held.receipts, day) != "cancelled":
            starts, total, payments = late_parts(held.plan, held.receipts, day)
    return (
        Question(
            jurisdiction,
            kind,
            max(0, total - less),
            currency,
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
        name,
    )


def _in_a_plan(desk: Desk, invoice: int) -> bool:
    return desk.book.one("SELECT 1 FROM plan_invoice WHERE invoice = ? AND void_act IS NULL", (invoice,)) is not None


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
    row = desk.book.one(
        "SELECT max(c.until), min(c.accepted) FROM offer c JOIN offer_line l ON l.offer = c.id WHERE l.invoice = ? AND"
        " c.kind = 'extend' AND c.interest = 0 AND c.accepted <= ? AND c.declined IS NULL AND c.void_act IS NULL",
        (invoice, day.isoformat()),
    )
    until = date.fromisoformat(row[0]) if row[0] else due
    if until > due and day > until and left:
        return due, ()
    late = desk.book.one(
        "SELECT 1 FROM allocation WHERE invoice = ? AND value_day > ? AND amount > 0", (invoice, until.isoformat())
    )
    if until <= due or (day > until and late):
        return due, ()
    given = date.fromisoformat(row[1])
    return (until, ()) if given <= due else (due, ((given + _DAY, until),))


def with_less(question: Question, less: int) -> Question:
    """The same question about less."""
    return replace(question, principal=max(0, question.principal - less))


def accepted_terms(desk: Desk, customer: int, issued: date) -> Terms:
    """The newest terms a customer had accepted when an invoice was issued; none at all when none were."""
    row = desk.book.one(
        "SELECT t.edition, t.accepted, t.rate, t.costs_clause FROM terms t JOIN customer o ON o.id = t.customer WHERE"
        " coalesce(o.merged_into, o.id) = ? AND t.void_act IS NULL AND t.accepted <= ? ORDER BY t.accepted DESC, t.id"
        " DESC LIMIT 1",
        (customer, issued.isoformat()),
    )
    if row is None:
        return Terms()
    return Terms(Fraction(row[2]) if row[2] else None, bool(row[3]), date.fromisoformat(row[1]), row[0])


def owned_rates(desk: Desk) -> tuple[OwnRate, ...]:
    """The published rates that the owner added."""

    def ask() -> tuple[OwnRate, ...]:
        rows = desk.book.rows(
            "SELECT jurisdiction, kind, start, until, rate, source FROM rate_owned WHERE void_act IS NULL ORDER BY"
            " start, id"
        )
        days = date.fromisoformat
        return tuple(
            OwnRate(code, kind, days(start), days(until), Fraction(rate), said)
            for code, kind, start, until, rate, said in rows
        )

    return desk.remember("owned_rates", ask)


def _reminders(desk: Desk, invoice: int, jurisdiction: str, kind: str, day: date) -> tuple[Reminder, ...]:
    """The reminders that count in law: where it asks for a certain letter first, only that one does."""
    wanted = ""
    if kind == "consumer" and jurisdiction in every():
        wanted = every()[jurisdiction].consumer.letter
    rows = desk.book.rows(
        "SELECT n.issued, n.channel, coalesce(k.tone, ''), coalesce(k.legal, '') FROM notice n JOIN notice_line l ON"
        " l.notice = n.id LEFT JOIN notice_kind k ON k.notice = n.id WHERE l.invoice = ? AND n.state = 'issued' AND"
        " n.void_act IS NULL AND n.issued <= ? ORDER BY n.issued",
        (invoice, day.isoformat()),
    )
    return tuple(
        Reminder(date.fromisoformat(issued), "email" if channel == "email" else "post", tone == "formal" or bool(legal))
        for issued, channel, tone, legal in rows
        if not wanted or legal == wanted
    )
