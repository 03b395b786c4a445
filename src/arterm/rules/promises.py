"""Promises to pay, judged by receipts alone: open, kept, partly kept or broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.rules.states import PromiseState


@dataclass(frozen=True, slots=True)
class Promise:
    """What a customer promised: `amount` (minor units) by `day`, said on `made`; `grace` are days it may be late."""

    id: int
    made: date
    day: date
    amount: int
    grace: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which money still keeps the promise: the promised one and the owner's days of grace."""
        return self.day + timedelta(days=self.grace)


def received(promise: Promise, receipts: Sequence[tuple[date, int]], on: date) -> int:
    """Minor units received for a promise up to that day, from (value day, amount) on its invoices.

    What came in before the promise was made does not count towards it; what came late does.
    """
    return sum(amount for day, amount in receipts if promise.made <= day <= on)


def in_time(promise: Promise, receipts: Sequence[tuple[date, int]], on: date) -> int:
    """Like `received`, but only what came by the promised day and its days of grace."""
    return received(promise, receipts, min(on, promise.last_day))


def state(promise: Promise, receipts: Sequence[tuple[date, int]], on: date) -> PromiseState:
    """`open` until the promised day is over, then `kept`, `partly kept` or `broken`; kept as soon as it is paid in
    time.

    The promised day itself, and the days of grace, still belong to the customer.
    """
    paid = in_time(promise, receipts, on)
    if paid >= promise.amount:
        return "kept"
    if on <= promise.last_day:
        return "open"
    return "partly kept" if paid > 0 else "broken"
