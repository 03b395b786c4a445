"""What a country's law says about one kind of debtor, as plain parts that `claim` puts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from arterm.law.interest import ACT_ACT
from arterm.law.question import Barred, Basis, Question, Reminder

# How a rate in the accepted terms stands beside the statutory one.
REPLACES = "replaces"  # it takes its place, higher or lower
LOWER = "lower"  # nothing sourced lets it be higher: the lower of the two
ONLY = "only"  # there is no statutory rate
NOTHING = "nothing"  # neither
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Start:
    """The first day of interest (None: none runs yet, and why), and the first day on which it may be claimed."""

    day: date | None
    why: str = ""
    claimable: date | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A fixed sum or costs in minor units, with its statute; or nothing, and why and from when it would be allowed."""

    amount: int = 0
    law: str = ""
    why: str = ""
    from_: date | None = None
    note: str = ""


Starts = Callable[[Question], Start]
Sums = Callable[[Question, date], Sum]  # of the first day of interest
Caps = Callable[[Question, date], tuple[Fraction, str]]  # the most a clause may ask on a day, and the statute


@dataclass(frozen=True, slots=True)
class Regime:
    """One country, one kind of debtor. `rates` names the kind in the rate table (empty: no statutory interest)."""

    law: str
    starts: Starts
    rates: str = ""
    rates_from: str = ""  # the jurisdiction whose rates these are, where it is another
    day_count: str = ACT_ACT
    fixed: bool = False  # the rate of the first day holds for the whole debt
    yearly: bool = False  # interest is added to the sum each year
    contract: str = LOWER
    contract_law: str = ""
    contract_ends_sums: bool = False  # an agreed rate takes the place of the fixed sum as well
    cap: Caps | None = None
    sums: Sums | None = None
    costs: Sums | None = None
    why_no_interest: str = ""
    currency: str = ""  # of the fixed sums
    letter: str = ""  # the letter that must have gone out before anything is charged
    payment_order: str = ""  # statute by which a payment goes to costs and interest first
    notes: tuple[Basis, ...] = ()
    never: tuple[Barred, ...] = ()
    last_day: Callable[[date], date] | None = None  # to pay, from receipt of an invoice without an agreed day


@dataclass(frozen=True, slots=True)
class Country:
    """A jurisdiction: its code, its name, and what it says of each kind of debtor."""

    code: str
    name: str
    business: Regime
    consumer: Regime


def after_due(question: Question) -> Start:
    """From the day after the due day, without a reminder."""
    return Start(question.due + DAY)


def never(question: Question) -> Start:
    """Not at all."""
    return Start(None)


def flat(amount: int, law: str) -> Sums:
    """The same fixed sum for every debt, in minor units."""
    return lambda question, first: Sum(amount, law)


def tiers(law: str, *steps: tuple[int, int], rest: int, including: bool) -> Sums:
    """A fixed sum by the size of the debt: (up to, sum) in minor units, `including` that size or not, then `rest`."""

    def of(question: Question, first: date) -> Sum:
        size = question.open_on(first - DAY)
        for upper, amount in steps:
            if size < upper or (including and size == upper):
                return Sum(amount, law)
        return Sum(rest, law)

    return of


def after_notice(received: Callable[[Reminder], date], law: str) -> Starts:
    """From the day after a formal demand reached the debtor, and never before the day after the due day."""

    def starts(question: Question) -> Start:
        days = [received(reminder) for reminder in question.reminders if reminder.formal]
        if not days:
            return Start(None, f"no formal demand has reached the debtor, and interest runs only from there ({law})")
        return Start(max(min(days), question.due) + DAY)

    return starts


def thirty_days_after(received: date) -> date:
    """The last day to pay where none was agreed: thirty days from the day after the invoice came (Directive art
    3(3)(b)).
    """
    return received + timedelta(days=30)
