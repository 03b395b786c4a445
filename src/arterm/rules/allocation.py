"""How a payment is spread over invoices: the named ones in the order named, else the oldest due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt that a payment may settle: its id, due date and what is open on it (minor units).

    Of what is due on one day the lower `place` is settled first: charges before or after their principal.
    """

    invoice: int
    due: date
    open: int
    place: int = 0


def allocate(amount: int, debts: Sequence[Debt], in_order: bool = False) -> list[tuple[int, int]]:
    """(invoice, minor units) parts of `amount`; never more than is open on any, never more than `amount` in all.

    Oldest due date first (then the lower id), unless `in_order` keeps the order given. What is left over is the
    caller's: it stays with the customer as an unallocated receipt.
    """
    order = list(debts) if in_order else sorted(debts, key=lambda d: (d.due, d.place, d.invoice))
    parts: list[tuple[int, int]] = []
    for debt in order:
        part = min(amount, debt.open)
        if part > 0:
            parts.append((debt.invoice, part))
            amount -= part
    return parts
