"""What somebody says who wants a letter: its kind, to whom, about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.rules.money import Money


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter somebody wants: its kind and customer, the invoices (else all that are open), and what its kind asks
    for.

    `amount` (of the letter's currency) is the offer, or the instalment; `until` the day it must be paid by, the new due
    date, or the day an instalment was due; `since` the day of an agreement, of a stop, or a statement's first.
    """

    kind: str
    customer: int
    invoices: tuple[int, ...] = ()
    currency: str = ""
    amount: Money | None = None
    until: date | None = None
    since: date | None = None
    parts: int = 3
    first: date | None = None
    every: str = "month"
    deposit: Money | None = None
    grace: int = 7
    accelerate: bool = True
    interest: bool = False
    partner: str = ""
    items: bool = False  # a statement of what is open only
