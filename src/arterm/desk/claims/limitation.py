"""The limitation radar: when each open claim may be time-barred by the law of its country, warned of a year, 90 and 30
days ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk.session import Desk
from arterm.law.limitation import interrupted, limitation
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store.cases import OpenInvoice, facts
from arterm.store.reads.claims import claims as reads

WARNED = (365, 90, 30)
_LONG = 7  # days for which the first warning stands


def warns(days: int) -> str:
    """How a claim with so many days left is warned of; empty where it is not: a year ahead for a week, from 90 days on
    always.
    """
    year, quarter, month = WARNED
    if year - _LONG < days <= year:
        return message("claims.limitation.within_a_year")
    if days > quarter:
        return ""
    return (
        message("claims.limitation.may_be_out")
        if days <= 0
        else message("claims.limitation.within_a_month")
        if days <= month
        else message("claims.limitation.soon")
    )


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A claim and the first day on which it may be out of time (None: the rule is not known here), and what would stop
    the clock.
    """

    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    open: Money
    currency: str
    on: date | None
    days: int | None
    words: str


def running_out(
    desk: Desk, within: int = WARNED[0], every: Sequence[OpenInvoice] | None = None
) -> tuple[RunningOut, ...]:
    """Overdue claims that may be time-barred within so many days or are so already, the first ones first; then those
    whose country's rule is not known here and that are more than a year overdue.
    """
    whose, found = debtors(desk), []
    for one in facts(desk.book, desk.today) if every is None else every:
        if not one.case.open or one.case.due >= desk.today:
            continue
        debtor = whose[one.customer]
        law = debtor.country or desk.country
        on = limitation(law, debtor.kind, one.case.due)
        days = (on - desk.today).days if on else None
        if days is None and (desk.today - one.case.due).days <= 365:
            continue
        if days is not None and days > within:
            continue
        words = message("claims.limitation.no_source") if days is None else _words(days, law)
        found.append(
            RunningOut(
                one.number,
                one.id,
                one.name,
                one.customer,
                Money(one.case.open, one.case.currency),
                one.case.currency,
                on,
                days,
                words,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or date.max, one.invoice_id)))


def debtors(desk: Desk, customers: Sequence[int] | None = None) -> dict[int, reads.CustomerLaw]:
    """Whose law is asked, by customer: their country and kind; of some or all."""
    return reads.debtors(desk.book, customers)


def _words(days: int, country: str) -> str:
    when = message("claims.limitation.since", days=-days) if days <= 0 else message("claims.limitation.in", days=days)
    return message(
        "claims.limitation.interrupted",
        when=when,
        by=interrupted(country) or message("claims.limitation.ask_lawyer"),
    )
