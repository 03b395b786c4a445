"""What the law is asked, and what it answers. Amounts are minor units of one currency; rates are per cent a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

BUSINESS, CONSUMER, UNKNOWN = "business", "consumer", "unknown"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that was sent on `day`, by `post` or `email`. `formal`: it demands payment, as a notice of default
    must.
    """

    day: date
    channel: str = "post"
    formal: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """What the customer accepted: a rate per cent a year for late payment (None: none), a clause on costs, and when."""

    rate: Fraction | None = None
    costs_clause: bool = False
    accepted: date | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A published rate that the owner added: for a jurisdiction and kind, from a day until a day."""

    jurisdiction: str
    kind: str
    start: date
    until: date
    rate: Fraction
    source: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One debt on one day.

    `principal` is what was owed when it fell due; `payments` are (value day, minor units) towards it. `agreed`: the due
    day was agreed with the debtor, not merely printed on the invoice. `small_creditor` and `collection_work` are the
    owner's own facts (Belgian SME; real collection work was done). On `pauses` (both days included) no interest runs:
    the owner let it go.
    """

    jurisdiction: str
    debtor: str
    principal: int
    currency: str
    due: date
    as_of: date
    payments: tuple[tuple[date, int], ...] = ()
    terms: Terms = Terms()
    reminders: tuple[Reminder, ...] = ()
    agreed: bool = True
    small_creditor: bool = False
    collection_work: bool = False
    owned: tuple[OwnRate, ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()

    def open_on(self, day: date) -> int:
        """What was still owed at the end of that day."""
        return max(0, self.principal - sum(amount for paid, amount in self.payments if paid <= day))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days (both ends included) with one principal and one rate, and the interest it adds."""

    from_: date
    to: date
    days: int
    principal: int
    rate: Fraction
    interest: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What a part of the claim rests on: the statute, and a remark."""

    what: str
    law: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """What may not be claimed, why, and the first day on which it would be (None: never, or it cannot be said)."""

    what: str
    why: str
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be claimed on a day. `stopped` is the last day interest could be computed for, when a rate is
    missing.
    """

    jurisdiction: str
    debtor: str
    as_of: date
    currency: str
    principal: int
    interest: int = 0
    compensation: int = 0
    costs: int = 0
    interest_periods: tuple[Period, ...] = ()
    basis: tuple[Basis, ...] = ()
    not_allowed: tuple[Barred, ...] = ()
    stopped: date | None = None
    law_name: str = field(default="", compare=False)

    @property
    def total(self) -> int:
        """Everything together, in minor units."""
        return self.principal + self.interest + self.compensation + self.costs
