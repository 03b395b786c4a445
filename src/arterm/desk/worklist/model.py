"""What a worklist is made of: tasks in groups, what is set aside, what was achieved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from arterm.desk.contacts.views import KeptRate
from arterm.rules.messages import message
from arterm.rules.money import Money

GROUPS = (
    "receipts",
    "answers",
    "unclear mail",
    "alerts",
    "call-backs",
    "calls",
    "letters",
    "promises due",
    "instalments",
    "promises",
    "decisions",
    "letters waiting",
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do today about a customer and currency: what, about which invoices, how pressing, and why.

    `points` add up to `priority`; `at` is the time of a call-back, or empty. `watched` is what a plan or offer (`row`)
    wants.
    """

    group: str
    customer: str
    customer_id: int
    action: str
    on: date
    amount: Money
    currency: str
    invoices: tuple[str, ...] = ()
    invoice_ids: tuple[int, ...] = ()
    priority: int = 0
    points: tuple[tuple[int, str], ...] = ()
    why: tuple[str, ...] = ()
    at: str = ""
    watched: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """An overdue invoice that nothing is to be done about today, and why."""

    customer: str
    customer_id: int
    invoice: str
    why: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything to do today, group after group, the most pressing first; what is set aside; how promises are kept in
    all.
    """

    tasks: tuple[Task, ...]
    set_aside: tuple[SetAside, ...]
    promises: tuple[KeptRate, ...]


@dataclass(frozen=True, slots=True)
class Achieved:
    """What was done since an act: contacts, how many were reached, what was promised, letters and agreements
    written.
    """

    contacts: int
    reached: int
    promised: tuple[Money, ...]
    letters: int
    agreements: int


def timed(task: Task, at: str) -> Task:
    """A task with the time of day it is for, as part of its reason."""
    return replace(task, at=at, action=message("worklist.model.call_back", at=at)) if at else task
