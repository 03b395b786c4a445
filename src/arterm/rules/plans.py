"""Instalment plans judged by receipts alone: what has filled which instalment, what is late, kept or broken on a
day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.rules.states import InstalmentState, PlanState

Receipts = Sequence[tuple[date, int]]
STATES = ("proposed", "running", "kept", "broken", "cancelled")
SURPLUS = ("front", "end")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was agreed. Instalments are (due day, minor units), in order.

    `grace`: days an instalment may be late. `accelerate`: one that stays out makes the rest due at once. `surplus`:
    what comes beyond the next instalment shortens the plan from its `front` or its `end`. `origin` is `agreed` or
    `terms` (instalments agreed when the invoice was written: the ladder chases each, and nothing breaks). `interest`
    goes on while it runs.
    """

    id: int
    proposed: date
    lapses: date
    accepted: date | None
    cancelled: date | None
    instalments: tuple[tuple[date, int], ...]
    grace: int = 7
    accelerate: bool = True
    surplus: str = "front"
    origin: str = "agreed"
    interest: bool = False

    @property
    def total(self) -> int:
        """What is paid in all (minor units)."""
        return sum(amount for _, amount in self.instalments)


def last_day(plan: Plan, due: date) -> date:
    """The last day on which an instalment may come: its days of grace over, and never before those after the
    acceptance.
    """
    return max(due, plan.accepted or due) + timedelta(days=plan.grace)


def filled(plan: Plan, receipts: Receipts, on: date) -> tuple[int, ...]:
    """How much of each instalment is paid by that day (minor units), out of (value day, amount); a bounced one is
    negative.

    Money goes to what is due, or where nothing is to the next instalment; then on from the front or from the end as
    agreed.
    """
    paid = [0] * len(plan.instalments)
    for day, amount in _standing(receipts, on):
        for n in _order(plan, paid, day):
            part = min(amount, plan.instalments[n][1] - paid[n])
            paid[n] += part
            amount -= part
    return tuple(paid)


def _order(plan: Plan, paid: Sequence[int], day: date) -> list[int]:
    """In which order money of a day fills what is open."""
    open_ones = [n for n, (_, amount) in enumerate(plan.instalments) if paid[n] < amount]
    if plan.surplus == "front":
        return open_ones
    first = [n for n in open_ones if plan.instalments[n][0] <= day]
    first = first or open_ones[:1]
    return first + [n for n in reversed(open_ones) if n not in first]


def _standing(receipts: Receipts, on: date) -> list[tuple[date, int]]:
    """Receipts up to a day that were not taken back: what bounced takes the newest money before it away."""
    found: list[tuple[date, int]] = []
    kept = [one for one in receipts if one[0] <= on]
    for day in sorted({day for day, _ in kept}):
        came = sum(amount for when, amount in kept if when == day and amount > 0)
        back = -sum(amount for when, amount in kept if when == day and amount < 0)
        found += [(day, came)] if came else []
        while back and found:
            held, last = found.pop()
            if last > back:
                found.append((held, last - back))
            back -= min(last, back)
    return found


def broken_on(plan: Plan, receipts: Receipts, on: date) -> date | None:
    """The first day on which an agreed plan is broken: an instalment was not there in full when its days of grace were
    over.

    Where a payment bounced, the days of grace begin again on the day it did.
    """
    if plan.origin == "terms":
        return None
    bounced = max((day for day, amount in receipts if amount < 0 and day <= on), default=None)
    found = []
    for n, (due, amount) in enumerate(plan.instalments):
        last = last_day(plan, due)
        if last < on and filled(plan, receipts, last)[n] < amount:
            found.append(last + _DAY)
        elif bounced and due <= on:
            again = max(last, bounced + timedelta(days=plan.grace))
            if again < on and filled(plan, receipts, again)[n] < amount:
                found.append(again + _DAY)
    return min(found, default=None)


def state(plan: Plan, receipts: Receipts, on: date) -> PlanState:
    """proposed, running, kept, broken or cancelled, on a day. A proposal that nobody accepted lapses after its day."""
    if plan.cancelled is not None and plan.cancelled <= on:
        return "cancelled"
    if plan.accepted is None or plan.accepted > on:
        return "proposed" if on <= plan.lapses else "cancelled"
    if not plan.instalments:  # nothing is owed any more, and nothing was paid
        return "cancelled"
    if broken_on(plan, receipts, on) is not None:
        return "broken"
    return "kept" if sum(filled(plan, receipts, on)) >= plan.total else "running"


def since(plan: Plan, receipts: Receipts, on: date) -> date:
    """The day from which the present state holds."""
    now = state(plan, receipts, on)
    if now == "broken":
        broken = broken_on(plan, receipts, on)
        assert broken is not None
        return broken
    if now == "kept":
        days = sorted({day for day, _ in receipts if day <= on})
        return next((day for day in days if sum(filled(plan, receipts, day)) >= plan.total), on)
    if now == "cancelled":
        return plan.cancelled or plan.lapses + _DAY
    return plan.accepted if now == "running" and plan.accepted else plan.proposed


def instalment_states(plan: Plan, receipts: Receipts, on: date) -> tuple[InstalmentState, ...]:
    """Of each instalment: paid, part_paid, open, late (within its days of grace) or missed."""
    found = list[InstalmentState]()
    for (due, amount), paid in zip(plan.instalments, filled(plan, receipts, on), strict=True):
        if paid >= amount:
            found.append("paid")
        elif due < on and plan.accepted is not None:
            found.append("late" if on <= last_day(plan, due) and plan.origin == "agreed" else "missed")
        else:
            found.append("part_paid" if paid else "open")
    return tuple(found)


def arrears(plan: Plan, receipts: Receipts, on: date) -> int:
    """What should have been paid before that day and was not (minor units)."""
    paid = filled(plan, receipts, on)
    return sum(amount - paid[n] for n, (due, amount) in enumerate(plan.instalments) if due < on)


def late_parts(plan: Plan, receipts: Receipts, on: date) -> tuple[date, int, tuple[tuple[date, int], ...]]:
    """What was late as the law is asked: the day something first was, how much (minor units), and what changed it
    after.

    A change is (day, minor units): less where money came, negative where another instalment fell due. Each instalment
    is late from the day after its own. Where nothing was late, the day is `on` and the sum nothing.
    """
    first, owed, changes = on, 0, list[tuple[date, int]]()
    for day in sorted({due for due, _ in plan.instalments if due < on} | {came for came, _ in receipts if came <= on}):
        paid = filled(plan, receipts, day)
        late = sum(amount - paid[n] for n, (due, amount) in enumerate(plan.instalments) if due <= day)
        if changes or owed:
            changes += [(day, owed - late)] if owed != late else []
        elif late:
            first = day
        owed = late
    start = owed + sum(amount for _, amount in changes)
    return first, start, tuple(changes)


def next_open(plan: Plan, receipts: Receipts, on: date) -> tuple[int, date, int] | None:
    """The first instalment that is not paid in full: its number from 1, its day, what is left of it (minor units)."""
    paid = filled(plan, receipts, on)
    return next(
        ((n + 1, due, amount - paid[n]) for n, (due, amount) in enumerate(plan.instalments) if paid[n] < amount), None
    )


def wakes_on(plan: Plan, receipts: Receipts, on: date) -> date | None:
    """The next day on which a plan changes by itself: a proposal lapses, an instalment becomes late, then missed."""
    now = state(plan, receipts, on)
    if now == "proposed":
        return plan.lapses + _DAY
    coming = next_open(plan, receipts, on)
    if now != "running" or coming is None:
        return None
    due = coming[1]
    return due + _DAY if due >= on else max(on, last_day(plan, due)) + _DAY
