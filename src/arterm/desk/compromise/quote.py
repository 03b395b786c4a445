"""What a plan would be, before anything is kept: the debts it takes in, its total, its schedule; refused field by
field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk import find
from arterm.desk.claims.charges import Planned, open_charges, refuse_while_asked
from arterm.desk.claims.charges import plan as planned_charges
from arterm.desk.session import Desk
from arterm.rules.calendar import is_working_day
from arterm.rules.errors import ArtermError
from arterm.rules.instalments import Wanted, schedule
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.plans import SURPLUS
from arterm.store import one_row
from arterm.store.cases import OpenInvoice, facts
from arterm.store.merged import canonical_id
from arterm.store.reads import compromise as reads

CHARGES = ("none", "issued", "all")
_LAPSES = 14


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as the owner wishes it: over these invoices (else all that is open in the currency).

    One of `parts`, `each` (an amount they can pay) or `until` says how long. `charges`: the plan takes in none beside
    the principal, those `issued`, or `all` that may be asked today. `interest`: it goes on meanwhile. `lapses`: the
    proposal's last day (else in two weeks). `any_day`: weekends and holidays are not stepped over. `remind`: days
    before each date.
    """

    customer: int
    first: date | None
    invoices: tuple[int, ...] = ()
    currency: str = ""
    parts: int = 0
    each: Money | None = None
    until: date | None = None
    deposit: Money | None = None
    every: str = "month"
    on_day: int = 0
    any_day: bool = False
    charges: str = "issued"
    interest: bool = False
    grace: int = 7
    accelerate: bool = True
    surplus: str = "front"
    remind: int = 0
    to_sign: bool = False
    lapses: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A plan worked out. Amounts in minor units: `lines` are open invoices and what of each is taken in, `charges`
    debts beside them (id, amount), `planned` what would become a debt when it is accepted; `notes` what to look at
    first.
    """

    draft: PlanDraft
    customer: int
    currency: str
    lines: tuple[tuple[OpenInvoice, int], ...]
    charges: tuple[tuple[int, int], ...]
    planned: tuple[tuple[int, Planned], ...]
    instalments: tuple[tuple[date, int], ...]
    lapses: date
    notes: tuple[str, ...]

    @property
    def total(self) -> Money:
        """What is paid in all."""
        return Money(sum(amount for _, amount in self.instalments), self.currency)


def quote(desk: Desk, draft: PlanDraft, terms: bool = False) -> Quote:
    """Work a plan out. Nothing is kept.

    Refuses (`nothing_open`, `other_customer`, `mixed`, `in_plan`, `in_offer`, `disputed`, `handed_over`) invoices that
    cannot be in it, (`past_day`) a first day that has passed (but for the `terms` of an invoice), (`bad_plan`,
    `bad_choice`, `bad_number`) a schedule that cannot be; the field stands in `where`.
    """
    _check_words(desk, draft, terms)
    lines = chosen(desk, draft.customer, draft.invoices, draft.currency)
    currency = lines[0][0].case.currency
    if draft.charges != "none":
        held = [charge for one, _ in lines for charge in open_charges(desk, one.id)]
    else:
        held = []
    planned: list[tuple[int, Planned]] = []
    if draft.charges == "all":
        refuse_while_asked(desk, [one.id for one, _ in lines])
        planned = [
            (one.id, charge) for one, _ in lines for charge in planned_charges(desk, one.id, one.case.disputed)[0]
        ]
    total = sum(amount for _, amount in lines) + sum(one.open for one in held) + sum(one.amount for _, one in planned)
    assert draft.first is not None
    wanted = Wanted(
        draft.first,
        draft.every,
        draft.parts,
        _minor(draft.each, currency, "each"),
        draft.until,
        _minor(draft.deposit, currency, "deposit"),
        draft.on_day,
        None if draft.any_day else working_days(desk, draft.customer),
    )
    lapses = draft.lapses or desk.today + timedelta(days=_LAPSES)
    unmatched = lines[0][0].case.unmatched
    notes = (
        (
            (
                message(
                    "compromise.quote.unmatched",
                    amount=Money(unmatched, currency),
                )
            ),
        )
        if unmatched
        else ()
    )
    return Quote(
        draft,
        draft.customer,
        currency,
        tuple(lines),
        tuple((one.debit, one.open) for one in held),
        tuple(planned),
        schedule(total, wanted),
        lapses,
        notes,
    )


def working_days(desk: Desk, customer: int) -> Callable[[date], bool]:
    """Whether a day is a working day where the customer is."""
    country = find.customer_country(desk, customer)
    return lambda day: is_working_day(day, country)


def chosen(desk: Desk, customer: int, invoices: Sequence[int], currency: str) -> list[tuple[OpenInvoice, int]]:
    """The open invoices that a compromise is about and what is open on each (minor units), the oldest first, in one
    currency.

    Refuses those that it cannot be about, as `quote` says.
    """
    for row in invoices:
        whose = one_row.invoice_owner(desk.book, row)
        if whose is None or canonical_id(desk.book, whose.customer) != customer:
            raise ArtermError("other_customer.payment", "invoice", number=whose.number if whose else "#" + str(row))
    every = [
        one
        for one in facts(desk.book, desk.today, [customer])
        if one.case.open and (not invoices or one.id in invoices)
    ]
    codes = sorted({one.case.currency for one in every}, key=lambda code: (code != desk.currency, code))
    if currency and currency in codes:
        codes = [currency]
    elif currency and codes and invoices:
        raise ArtermError("mixed.other", "currency", codes=tuple(codes))
    if len(codes) > 1 and invoices:
        raise ArtermError("mixed.one_letter", "invoice", codes=tuple(codes))
    rows = sorted(
        (one for one in every if codes and one.case.currency == codes[0]), key=lambda one: (one.case.due, one.id)
    )
    if invoices and len(rows) < len(set(invoices)):
        missing = next(row for row in invoices if row not in {one.id for one in rows})
        raise find.nothing_open(desk, missing, "leave_out")
    if not invoices:  # all that can be in it
        rows = [one for one in rows if not _refusal(desk, one)] or rows
    if not rows:
        raise ArtermError("nothing_open.there", "customer")
    for one in rows:
        refused = _refusal(desk, one)
        if refused:
            raise refused
    # On a past day more may look open than is: what came since counts.
    now = {one.id: one_row.invoice_open(desk.book, one.id) for one in rows}
    found = [(one, min(one.case.open, now[one.id])) for one in rows if now[one.id]]
    if not found:
        raise ArtermError("nothing_open.any_more", "customer")
    return found


def _refusal(desk: Desk, one: OpenInvoice) -> ArtermError | None:
    """Why an invoice cannot be in a compromise."""
    if one.case.disputed:
        return ArtermError("disputed.invoice", "invoice", number=one.number)
    if one.case.handed_over:
        return ArtermError("handed_over", "invoice", number=one.number)
    plan = one.case.plan
    if plan is not None and one.case.plan_state(desk.today) in ("proposed", "running"):
        return ArtermError("in_plan", "invoice", number=one.number, id=plan.id)
    offer = reads.settlement_that_stands(desk.book, one.id, desk.today)
    if offer:
        return ArtermError("in_offer", "invoice", offer=offer, number=one.number)
    return None


def _check_words(desk: Desk, draft: PlanDraft, terms: bool) -> None:
    if draft.first is None:
        raise ArtermError("missing.first_day", "first")
    if draft.first < desk.today and not terms:
        raise ArtermError("past_day.first", "first", first=draft.first)
    if draft.lapses and draft.lapses < desk.today:
        raise ArtermError("past_day.lapses", "lapses", lapses=draft.lapses)
    for field, value, choices in (("charges", draft.charges, CHARGES), ("surplus", draft.surplus, SURPLUS)):
        if value not in choices:
            raise ArtermError("bad_choice.here", field, value=value[:20], choices=tuple(choices))
    for field, number, most in (("grace", draft.grace, 60), ("remind", draft.remind, 30)):
        if not 0 <= number <= most:
            raise ArtermError("bad_number.days_form", field, most=most)
    if terms and len(draft.invoices) != 1:
        raise ArtermError("missing.terms_invoice", "invoice")


def _minor(amount: Money | None, currency: str, where: str) -> int:
    if amount is None:
        return 0
    if amount.currency != currency:
        raise ArtermError("mixed.amount", where, currency=amount.currency, currency2=currency)
    if amount.minor < 0 or (where == "each" and not amount.minor):
        raise ArtermError("bad_plan.nothing", where)
    return amount.minor
