"""Everything that is known of one open invoice when it is decided what comes next: one frozen record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from arterm.rules import plans, promises
from arterm.rules.ladder import Ladder
from arterm.rules.ladders import SHIPPED, STANDARD


@dataclass(frozen=True, slots=True)
class DunningLimits:
    """The owner's limits: contacts a week with one customer, weekdays on which nobody is chased (Monday is 0), the
    floor.
    """

    contacts_week: int = 3
    quiet_days: frozenset[int] = frozenset()
    floor: int = 0  # minor units: a customer who has less than that overdue is not chased
    mail_ready: bool = False
    by_mail: frozenset[str] = frozenset()  # tones of reminders that go by e-mail where there is an address


@dataclass(frozen=True, slots=True)
class Case:
    """One open invoice. Amounts in minor units; days are value dates. Fields that nothing fills yet stand at nothing.

    `step` is the last step of the ladder taken, on `last_step`; `reminders` counts those that went out for this
    invoice. `contacts` are the days on which the customer was contacted of late, `unmatched` what they paid or were
    credited that settles nothing yet.
    """

    due: date
    open: int
    currency: str
    charges: int = 0
    ladder: Ladder = SHIPPED[STANDARD]
    limits: DunningLimits = DunningLimits()
    step: int = 0
    last_step: date | None = None
    reminders: int = 0
    last_notice: date | None = None
    last_contact: date | None = None
    contacts: Sequence[date] = ()
    follow_up: date | None = None
    waits: str = ""  # until the follow-up, the ladder waits because of what they said
    avoids: str = ""  # how they avoid us: the next step comes at once
    promise: promises.Promise | None = None
    receipts: Sequence[tuple[date, int]] = field(default=())
    disputed: int = 0
    paused_until: date | None = None
    paused_why: str = ""
    plan: plans.Plan | None = None
    plan_receipts: plans.Receipts = ()
    not_yet: int = 0  # the part that a plan makes due only later
    plan_due: date | None = None  # where a plan's instalments are chased, the day of the oldest that is open
    reply_waiting: date | None = None
    letter_waiting: bool = False
    unmatched: int = 0
    owed: int = 0  # all that the customer has overdue in this currency
    handed_over: bool = False
    handed_to: str = ""  # who collects it or mediates, in words
    frozen: bool = False
    no_phone: bool = False
    no_mail: bool = False

    @property
    def chased(self) -> int:
        """What may be asked for: what is open, not disputed, and not put off by a plan."""
        return max(0, self.open - self.disputed - self.not_yet)

    @property
    def chased_from(self) -> date:
        """The day from which lateness counts for the ladder: the due day, or that of an instalment which is chased."""
        return self.plan_due or self.due

    def plan_state(self, on: date) -> str:
        """What has become of the plan by that day; empty without one."""
        return plans.state(self.plan, self.plan_receipts, on) if self.plan else ""

    def plan_holds(self, on: date) -> bool:
        """Whether a plan runs that the ladder waits for."""
        if self.plan is None or self.plan_state(on) != "running":
            return False
        return self.plan.origin == "agreed" or not plans.arrears(self.plan, self.plan_receipts, on)

    def plan_next(self, on: date) -> tuple[int, date, int] | None:
        """The first instalment that is not paid: number, day, what is left of it."""
        return plans.next_open(self.plan, self.plan_receipts, on) if self.plan else None

    def promised(self, on: date) -> str:
        """What has become of the promise by that day; empty without one."""
        return promises.state(self.promise, self.receipts, on) if self.promise else ""

    def wakes_on(self, on: date) -> date | None:
        """The next day on which the case must be looked at again although nothing happens."""
        days = []
        if self.promise and self.promised(on) == "open":
            days.append(self.promise.last_day + timedelta(days=1))
        if self.paused_until and self.paused_until >= on:
            days.append(self.paused_until + timedelta(days=1))
        turns = plans.wakes_on(self.plan, self.plan_receipts, on) if self.plan else None
        if turns:
            days.append(turns)
        return min(days, default=None)
