"""How pressing a customer is today: points that explain themselves, and when a call had better wait. Weights are the
owner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.text import count

# Points: per doubling of the amount, per day late (up to half a year), and for each circumstance.
WEIGHTS = {"amount": 12, "age": 1, "broken": 30, "new": 25, "old": -20, "silence": 15, "limitation": 60, "due": 20}
_MOST_AGE = 183
_NEW, _OLD = timedelta(days=183), timedelta(days=3 * 365)
_LARGE = 1000  # whole units: what counts as a large bill of a new customer
_SILENT = timedelta(days=30)
_LIMITATION = timedelta(days=180)
MOST_HABIT = 30  # days: who is used to pay later than that is called all the same


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is known of a customer in one currency when the day's work is ranked. Amounts in minor units.

    `usual` are the days late that their settled invoices were paid (None: too few); `limitation` the first day on which
    a claim may be out of time; `silent_since` the last day on which anything was heard of them.
    """

    currency: str
    overdue: int
    oldest: date
    since: date | None = None
    invoiced: int = 0
    usual: int | None = None
    broken: int = 0
    due_today: bool = False
    spoken: date | None = None
    reminded: bool = False
    limitation: date | None = None


def read_weights(text: str) -> Mapping[str, int]:
    """The weights with the owner's changes, such as `amount=20 old=0`. Refuses (`bad_weight`) a name there is not, or a
    wild value.
    """
    found = dict(WEIGHTS)
    for word in text.split():
        name, equals, value = word.partition("=")
        if (
            name not in WEIGHTS
            or not equals
            or not value.lstrip("-").isdigit()
            or not value.isascii()
            or abs(int(value)) > 500
        ):
            known = " ".join(f"{key}={points}" for key, points in WEIGHTS.items())
            raise ArtermError("bad_weight", "weights", word=word[:30], known=known)
        found[name] = int(value)
    return found


def points_of(who: Portrait, on: date, weights: Mapping[str, int] = WEIGHTS) -> tuple[tuple[int, str], ...]:
    """The points of a customer, each with its reason; what weighs nothing is left out."""
    late = max(0, (on - who.oldest).days)
    whole = who.overdue // int(10 ** DIGITS[who.currency])
    doublings = max(0, whole.bit_length() - 1)
    found = [
        (weights["amount"] * doublings, f"{count(doublings, 'doubling')} of the amount"),
        (weights["age"] * min(late, _MOST_AGE), f"{count(late, 'day')} late"),
        (weights["broken"] * who.broken, count(who.broken, "broken promise")),
    ]
    if who.since and on - who.since < _NEW and whole >= _LARGE:
        found.append((weights["new"], "a new customer with a large bill"))
    if is_old_and_good(who, on):
        found.append((weights["old"], "an old customer who has always paid: handle softly"))
    if who.reminded and (who.spoken is None or on - who.spoken > _SILENT):
        found.append(
            (weights["silence"], "silent for over a month" if who.spoken else "was written to and never answered")
        )
    if who.limitation and on + _LIMITATION >= who.limitation:
        found.append((weights["limitation"], f"may be out of time from {who.limitation.isoformat()}"))
    if who.due_today:
        found.append((weights["due"], "a promise is due today"))
    return tuple(one for one in found if one[0])


def better_later(who: Portrait, on: date) -> str:
    """Why a call had better wait: who always pays on the eighth day is not called on the third. Empty when it should
    not.
    """
    late = (on - who.oldest).days
    if who.usual is None or who.broken or not 0 < who.usual <= MOST_HABIT or late > who.usual:
        return ""
    return f"usually pays {who.usual} days late; today is day {late}"


def is_old_and_good(who: Portrait, on: date) -> bool:
    """Years of business, much more of it than is open now, paid without great delay."""
    if who.since is None or on - who.since < _OLD or who.usual is None or who.usual > MOST_HABIT:
        return False
    return who.invoiced >= 10 * max(1, who.overdue) and not who.broken
