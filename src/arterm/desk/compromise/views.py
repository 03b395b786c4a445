"""Plans and offers, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.rules.money import Money
from arterm.rules.states import InstalmentState, PlanState


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """One instalment: `state` is paid, part_paid, open, late or missed."""

    n: int
    due: date
    amount: Money
    paid: Money
    state: InstalmentState


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan and what became of it by today; `since` is the day of its state, `by` who brought it there (empty:
    nobody).
    """

    plan: int
    customer: str
    customer_id: int
    state: PlanState
    since: date
    by: str
    origin: str
    invoices: tuple[str, ...]
    invoice_ids: tuple[int, ...]
    total: Money
    paid: Money
    currency: str
    instalments: tuple[InstalmentView, ...]
    proposed: date
    lapses: date
    accepted: date | None
    cancelled: date | None
    why: str
    every: str
    grace: int
    accelerate: bool
    surplus: str
    interest: bool
    remind: int
    to_sign: bool
    signed: str
    notice: int
    note: str

    @property
    def next(self) -> InstalmentView | None:
        """The first instalment that is not paid."""
        return next((one for one in self.instalments if one.state != "paid"), None)
