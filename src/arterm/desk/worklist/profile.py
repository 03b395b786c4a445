"""Customers as the worklist sees them: how much, how long, how they have paid and promised; asked in a few queries for
all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arterm.desk.accounts.payment_behaviour import usual
from arterm.desk.claims.limitation import debtors
from arterm.desk.contacts.promises import broken_by_customer
from arterm.desk.session import Desk
from arterm.law.limitation import limitation
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.worklist import Portrait
from arterm.store.cases import OpenInvoice
from arterm.store.merged import merged_ids
from arterm.store.reads import worklist as reads

CustomerProfile = tuple[int, str]
_FEW = 300  # customers asked for by number


def profiles(desk: Desk, open_ones: Sequence[OpenInvoice]) -> dict[CustomerProfile, Portrait]:
    """A portrait for every customer and currency with something overdue today."""
    late: dict[CustomerProfile, list[OpenInvoice]] = {}
    for one in open_ones:
        if one.case.due < desk.today and one.case.open:
            late.setdefault((one.customer, one.case.currency), []).append(one)
    if not late:
        return {}
    who = sorted({customer for customer, _ in late})
    few = merged_ids(desk.book, who) if len(who) <= _FEW else None  # of many, reading everything is cheaper
    done = {(one.customer, one.currency): one for one in reads.business(desk.book, desk.today, few)}
    habits, broken, heard = usual(desk, who), broken_by_customer(desk, few), _heard(desk, few)
    whose, found = debtors(desk, few), {}
    for (customer, currency), members in late.items():
        business, debtor = done.get((customer, currency)), whose[customer]
        oldest = min(one.case.due for one in members)
        found[customer, currency] = Portrait(
            currency,
            sum(one.case.chased for one in members),
            oldest,
            business.since if business else None,
            business.invoiced if business else 0,
            habits.get(customer),
            broken.get(customer, 0),
            any(_due(one, desk.today) for one in members),
            heard.get(customer),
            any(one.case.reminders for one in members),
            limitation(debtor.country or desk.country, debtor.kind, oldest),
        )
    return found


def _due(one: OpenInvoice, today: date) -> bool:
    promise = one.case.promise
    return promise is not None and promise.day == today and one.case.promised(today) == "open"


def _heard(desk: Desk, few: Sequence[int] | None) -> dict[int, date]:
    """The last day on which anything was heard of each customer."""
    codes = [code for code, one in OUTCOMES.items() if one.reached and code != "other"]
    return {one.customer: one.day for one in reads.heard(desk.book, desk.today, codes, few)}
