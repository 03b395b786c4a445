"""Netherlands. Civil Code (BW) book 6: art 6:119, 6:119a, 6:120, 6:96; Besluit vergoeding buitengerechtelijke
incassokosten.

Both kinds of interest compound each year from the day of default (6:119(2), 6:119a(3)). Collection costs of a consumer
only after the fourteen-day letter has run out (6:96(6), HR 25 November 2016 ECLI:NL:HR:2016:2704).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from arterm.law.interest import ANNIVERSARY, rounded
from arterm.law.question import Barred, Question, Reminder, Terms
from arterm.law.regime import (
    DAY,
    LOWER,
    REPLACES,
    Country,
    LetterSays,
    Limitation,
    Regime,
    Register,
    Start,
    Sum,
    after_due,
    thirty_days_after,
)
from arterm.rules.calendar import nth_working_day

_SCALE = (
    (250_000, Fraction(15, 100)),
    (250_000, Fraction(10, 100)),
    (500_000, Fraction(5, 100)),
    (19_000_000, Fraction(1, 100)),
)
_NO_POST = frozenset({6, 0})  # Sunday and Monday
_REST = Fraction(5, 1000)
_DECREE = "Besluit vergoeding buitengerechtelijke incassokosten art 2"


def collection_costs(principal: int) -> int:
    """The scale of collection costs in cents, on the principal alone: at least 40 euro, at most 6,775."""
    left, costs = principal, Fraction(0)
    for slice_, share in _SCALE:
        part = min(left, slice_)
        costs += part * share
        left -= part
    return min(677_500, max(4_000, rounded(costs + left * _REST)))


def delivered(reminder: Reminder) -> date:
    """When a letter counts as delivered: the second day after posting, Sundays, Mondays and holidays not counted."""
    return reminder.day if reminder.channel == "email" else nth_working_day(reminder.day, 2, "NL", _NO_POST)


def _last_free_day(question: Question) -> date | None:
    """The last of the fourteen days that a consumer has after the letter came; letters before the default do not
    count.
    """
    sent = [delivered(one) for one in question.reminders if one.day > question.due and one.formal]
    return min(sent) + timedelta(days=14) if sent else None


def _says(terms: Terms, letter: Reminder, open_: Sequence[int]) -> LetterSays:
    """The costs that the letter must name; the fourteen days end after it counts as delivered (BW 6:96(6))."""
    last = delivered(letter) + timedelta(days=14)
    return LetterSays(last, {"costs": str(collection_costs(sum(open_))), "until": last.isoformat()})


def _costs(question: Question, first: date) -> Sum:
    last = _last_free_day(question)
    if last is None:
        return Sum(why="no fourteen-day letter that names the exact costs has been sent (BW 6:96(6))")
    if question.as_of <= last:
        return Sum(why="the fourteen days of the letter are running (BW 6:96(6))", from_=last + DAY)
    return Sum(
        collection_costs(question.open_on(last)),
        f"BW 6:96(6); {_DECREE}",
        note="after a fourteen-day letter that named them",
    )


def _floor(question: Question, first: date) -> Sum:
    if question.collection_work:
        return Sum()
    return Sum(4_000, "BW 6:96(4)", note="the least collection costs, due without a reminder")


def _work(question: Question, first: date) -> Sum:
    if not question.collection_work:
        return Sum(why="beyond the 40 euro, costs are owed only when real collection work was done (BW 6:96(5))")
    return Sum(collection_costs(question.open_on(first - DAY)), f"BW 6:96(5); {_DECREE}")


def _consumer_starts(question: Question) -> Start:
    """Default by itself where a day was agreed (6:83 a); else after a notice with a reasonable term (6:82)."""
    if question.agreed:
        return after_due(question)
    last = _last_free_day(question)
    return Start(last + DAY) if last else Start(None, "no day was agreed and no notice with a term was sent (BW 6:82)")


COUNTRIES = (
    Country(
        "NL",
        "Netherlands",
        business=Regime(
            law="BW 6:119a, 6:120(2)",
            starts=after_due,
            rates="business",
            day_count=ANNIVERSARY,
            yearly=True,
            contract=REPLACES,
            contract_law="BW 6:119a(8): an agreed rate takes the place of the statutory one",
            sums=_floor,
            costs=_work,
            currency="EUR",
            payment_order="BW 6:44",
            last_day=thirty_days_after,
        ),
        consumer=Regime(
            law="BW 6:119, 6:120(1)",
            starts=_consumer_starts,
            rates="consumer",
            day_count=ANNIVERSARY,
            yearly=True,
            contract=LOWER,
            letter="NL-14",
            letter_says=_says,
            letter_after=1,
            costs=_costs,
            currency="EUR",
            payment_order="BW 6:44",
            never=(Barred("compensation", "the 40 euro are between businesses only (BW 6:96(4))"),),
        ),
        # BW 3:307; interrupted: BW 3:316-318
        limitation=Limitation(
            5, 5, interrupted="a written demand that reserves the claim, an acknowledgement, a lawsuit"
        ),
        register=Register("https://www.kvk.nl/zoeken/?source=all&q={name}", form=r"\d{8}"),
    ),
)
