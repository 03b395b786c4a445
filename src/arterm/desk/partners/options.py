"""Every way out compared for a debt: from the owner's assumptions, else the customer's own history, else starting
points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from arterm.desk import acts, find
from arterm.desk.accounts.payment_behaviour import usual
from arterm.desk.claims.charges import open_charges
from arterm.desk.compromise.plans import plans_of
from arterm.desk.contacts.promises import kept_rates
from arterm.desk.partners.partners import PartnerView, partners
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.options import ASSUMPTIONS, Way, checked, sold_to, through, ways
from arterm.store.cases import OpenInvoice, facts
from arterm.store.merged import merged_ids
from arterm.store.models.compromise import Assumption
from arterm.store.reads.partners import case as reads

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """What is assumed and where it comes from: yours for this customer, yours for all, their own record, or a start."""

    key: str
    words: str
    value: int
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class WayView:
    """A way out in money: what comes in where it works, when, at what cost, how probable, worth what today."""

    way: str
    words: str
    brings: Money
    on: date
    cost: Money
    chance: int
    worth: Money
    currency: str
    relation: str
    note: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All ways out for what a customer owes in one currency, and everything they rest on."""

    customer: str
    customer_id: int
    invoices: tuple[str, ...]
    debt: Money
    currency: str
    oldest_due: date
    ways: tuple[WayView, ...]
    assumptions: tuple[AssumptionView, ...]


def compare(
    desk: Desk,
    customer: int,
    invoices: Sequence[int] = (),
    tried: Mapping[str, str] | None = None,
    currency: str = "",
    schedule: Sequence[tuple[date, int]] = (),
) -> Comparison:
    """Every way out for these invoices of a customer (else all that is open), with their charges, in one currency.

    `tried` are values for this once; `schedule` is the plan thought of. Refuses (`nothing_open`) where nothing is owed,
    (`mixed`) invoices in several currencies, (`bad_assumption`) a value that cannot be.
    """
    every = [
        one
        for one in facts(desk.book, desk.today, [customer])
        if one.case.open and (not invoices or one.id in invoices)
    ]
    codes = sorted({one.case.currency for one in every}, key=lambda code: (code != desk.currency, code))
    if not codes or (currency and currency not in codes):
        raise ArtermError("nothing_open.there", "customer")
    if len(codes) > 1 and invoices:
        raise ArtermError("mixed.currencies", "invoice", codes=tuple(codes))
    code = currency or codes[0]
    mine = sorted((one for one in every if one.case.currency == code), key=lambda one: (one.case.due, one.id))
    debt = sum(one.case.open + sum(charge.open for charge in open_charges(desk, one.id)) for one in mine)
    oldest = mine[0].case.due
    held = assumptions(desk, customer, code, (desk.today - oldest).days, tried)
    values = {one.key: one.value for one in held}
    parts = [(max(0, (day - desk.today).days), amount) for day, amount in schedule]
    found = (
        *ways(debt, 10 ** DIGITS[code], values, parts),
        *_partners(desk, customer, mine, debt, values),
    )
    return Comparison(
        find.customer_name(desk, customer),
        customer,
        tuple(one.number for one in mine),
        Money(debt, code),
        code,
        oldest,
        tuple(
            WayView(
                one.key,
                one.words,
                Money(one.brings, code),
                desk.today + timedelta(days=one.after),
                Money(one.cost, code),
                one.chance,
                Money(one.worth, code),
                code,
                one.relation,
                one.note,
                one.rests_on,
            )
            for one in found
        ),
        held,
    )


def _partners(
    desk: Desk, customer: int, mine: Sequence[OpenInvoice], debt: int, values: Mapping[str, int]
) -> list[Way]:
    """The owner's own partners with their real terms, as far as they would take it, and what the owner thought of
    them.
    """
    currency, age = mine[0].case.currency, (desk.today - mine[0].case.due).days
    disputed = any(one.case.disputed for one in mine)
    country = find.customer_country(desk, customer)
    found = []
    for one in partners(desk):
        refuses = (
            (one.least and debt < one.least.minor) or (one.oldest and age > one.oldest) or (one.undisputed and disputed)
        )
        if one.kind == "mediator" or one.flat.currency != currency or refuses:
            continue
        fee = one.fee.of(debt, debt, age)
        if one.kind == "factor":
            way = sold_to(one.name, debt, one.advance, fee, one.recourse, values)
        else:
            way = through(one.name, one.kind, debt, fee, one.model != "no_cure_no_pay", one.days, values)
        found.append(replace(way, note=" ".join(part for part in (way.note, *_known(desk, one, country)) if part)))
    return found


def _known(desk: Desk, one: PartnerView, country: str) -> Iterator[str]:
    """What came of a partner so far, and whether the debtor's country is theirs."""
    done = one.results
    if done.stars:
        yield message("partners.options.you_gave_them", stars=done.stars)
    if done.handovers:
        yield (
            message(
                "partners.options.so_far_came",
                amount=done.recovered,
                format_money2=done.face,
                format_money3=done.cost,
            )
        )
    if one.area and country and country.casefold() not in one.area.casefold().replace(",", " ").split():
        yield message("partners.options.other_area", area=one.area, country=country)


def assumptions(
    desk: Desk, customer: int, currency: str, late: int, tried: Mapping[str, str] | None = None
) -> tuple[AssumptionView, ...]:
    """Everything that is assumed about a customer who is that many days late, each with its source."""
    group = merged_ids(desk.book, [customer])
    said = {
        one.key: (
            int(one.value),
            message("partners.options.yours_customer") if one.customer else message("partners.options.yours_all"),
        )
        for one in reads.assumed(desk.book, group)
    }
    own = _history(desk, customer, currency, late)
    once = {key: checked(key, text) for key, text in (tried or {}).items()}
    found = []
    for one in ASSUMPTIONS.values():
        if one.key in once:
            value, source = once[one.key], "tried"
        elif one.key in said:
            value, source = said[one.key]
        elif one.key in own:
            value, source = own[one.key]
        else:
            value, source = _start(one.key, one.default, late)
        found.append(AssumptionView(one.key, one.words, value, one.unit, source))
    return tuple(found)


def assume(desk: Desk, values: Mapping[str, str], customer: int | None = None) -> Receipt:
    """Keep what is assumed, about a customer or (None) about all; an empty value gives it up. Refuses
    (`bad_assumption`).
    """
    kept = {key: str(checked(key, text)) if text.strip() else "" for key, text in values.items()}
    for key in kept:
        if key not in ASSUMPTIONS:
            checked(key, "")
    with desk.act(acts.ASSUME, "customer" if customer else None, customer) as work:
        for key, value in kept.items():
            held = reads.assumption(desk.book, customer, key)
            if held and not value:
                work.void(Assumption, held.id)
            elif held and held.value != value:
                work.update(Assumption, held.id, value=value)
            elif value and not held:
                work.insert(Assumption, customer=customer, key=key, value=value)
    whom = find.customer_name(desk, customer) if customer else message("receipts.partners.everybody")
    items = [
        f"{key} {value}" if value else message("receipts.partners.as_before", key=key) for key, value in kept.items()
    ]
    done = message("receipts.partners.assumed", whom=whom, items=items)
    return Receipt(done, work.id, (customer,) if customer else ())


def _start(key: str, default: int, late: int) -> tuple[int, str]:
    """Where nothing is known: a starting point, lower the older the debt is. No statistics stand behind it."""
    if not key.endswith("_chance"):
        return default, "a start"
    fewer = next(part for limit, part in ((30, -15), (90, 0), (180, 10), (365, 20), (10**6, 30)) if late <= limit)
    return max(5, min(95, default - fewer)), message("partners.options.start_days_late", max=max(0, late))


def _history(desk: Desk, customer: int, currency: str, late: int) -> dict[str, tuple[int, str]]:
    """What the customer's own record tells, where there is enough of it."""
    found: dict[str, tuple[int, str]] = {}
    habit = usual(desk, [customer]).get(customer)
    if habit is not None and habit > late:
        found["wait_days"] = (max(1, habit - late), message("partners.options.own_habit", habit=habit))
    kept = next((one for one in kept_rates(desk, customer) if one.currency == currency), None)
    if kept and kept.promises >= _ENOUGH and kept.promised:
        share = kept.received.minor * 100 // kept.promised.minor
        words = message("partners.options.own_promises", kept=kept.kept, promises=kept.promises)
        found["call_chance"] = found["plan_chance"] = (share, words)
    over = plans_of(desk, customer, ("kept", "broken"))
    if len(over) >= _ENOUGH:
        good = sum(one.state == "kept" for one in over)
        found["plan_chance"] = (
            good * 100 // len(over),
            message("partners.options.own_plans", good=good, over=len(over)),
        )
    group = merged_ids(desk.book, [customer])
    old = reads.settled_before(desk.book, group, currency, desk.today - timedelta(days=365))
    if old.count >= 5 and old.total:
        source = message("partners.options.own_recovery", count=old.count)
        found["wait_chance"] = (old.paid * 100 // old.total, source)
    return found
