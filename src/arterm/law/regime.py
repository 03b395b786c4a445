"""What a country's law says about one kind of debtor, as plain parts that `claim` puts together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from arterm.law.interest import ACT_ACT
from arterm.law.question import Barred, Basis, Question, Reminder, Terms

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


@dataclass(frozen=True, slots=True)
class LetterSays:
    """What a letter that the law asks for must say: the last day it gives, the places its paragraph names (sums in
    minor units as text), and the clause that is chosen for it.
    """

    until: date
    values: Mapping[str, str]
    clause: str = ""


Starts = Callable[[Question], Start]
Says = Callable[
    [Terms, Reminder, Sequence[int]], LetterSays
]  # accepted terms; the letter; what is open of each invoice
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
    letter_says: Says | None = None  # what stands in it
    letter_after: int = 0  # how many reminders go before it
    payment_order: str = ""  # statute by which a payment goes to costs and interest first
    notes: tuple[Basis, ...] = ()
    never: tuple[Barred, ...] = ()
    last_day: Callable[[date], date] | None = None  # to pay, from receipt of an invoice without an agreed day


@dataclass(frozen=True, slots=True)
class Limitation:
    """After how many years a claim may be out of time, at least; `year_end`: counted from the end of its year.

    `interrupted` says in short what stops or starts that period anew.
    """

    business: int | None = None
    consumer: int | None = None
    year_end: bool = False
    interrupted: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The public register of companies: where to look by {number} or {name}, and where if there is no number.

    `checked_by` names the library's check of a company number that is no VAT number, `form` what one looks like where
    it has no check digits.
    """

    link: str
    by_name: str = ""
    checked_by: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A jurisdiction: its code, its name, what it says of each kind of debtor, and what letters and books go by there.

    `letters` are the kinds that stand for others there (`costs` is a `mahnung` in Germany); `keep_books` the years for
    which books must be kept, 0 where no source for it is known here; `layout` how the windows of envelopes lie.
    """

    code: str
    name: str
    business: Regime
    consumer: Regime
    limitation: Limitation = Limitation()
    register: Register | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    layout: str = "left"
    keep_books: int = 0


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
