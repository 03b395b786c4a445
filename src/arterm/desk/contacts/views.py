"""The log and promises, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from arterm.rules.money import Money
from arterm.rules.states import PromiseState

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class LogView:
    """One contact with a customer."""

    id: int
    at: str
    day: date
    customer: str
    customer_id: int
    direction: str
    channel: str
    outcome: str
    reason: str
    note: str
    follow_up: date | None
    promised: Money | None
    promised_for: date | None
    invoices: tuple[str, ...]
    who: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise to pay and what became of it by the day asked about."""

    id: int
    made: date
    day: date
    amount: Money
    received: Money
    currency: str
    state: PromiseState
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRate:
    """Of the promises whose day is over in one currency, how many were kept, and of what was promised, how much came in
    time.
    """

    currency: str
    promises: int
    kept: int
    promised: Money
    received: Money
