"""How customers paid: their settled invoices, how late is usual, whether it gets better, and the lags a forecast is
made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from arterm.desk.session import Desk
from arterm.rules.payment_lag import shape
from arterm.store.merged import merged_ids

_FEW = 900  # customers named in one query
ENOUGH = 3  # settled invoices from which a habit is told
_HALF = 3  # settled invoices in each half from which a trend is told


class Paid(NamedTuple):
    """A settled invoice: the day of the last payment (ISO), its number in the book, total (minor units), days from due
    to paid.
    """

    day: str
    invoice: int
    total: int
    lag: int
    currency: str


def settled(desk: Desk, customers: Sequence[int] | None = None) -> dict[int, list[Paid]]:
    """The invoices that were paid off by today, by customer; of all customers where none are named.

    What was written off, or ended by credit notes alone, tells nothing of how somebody pays.
    """
    found: dict[int, list[Paid]] = {}
    for only, values in _chunks(desk, customers):
        rows = desk.book.rows(
            "SELECT coalesce(o.merged_into, o.id), max(a.value_day) FILTER (WHERE k.kind IN ('receipt', 'reported'))"
            " AS paid, i.id, i.total, i.due, i.currency FROM invoice i JOIN customer o ON o.id = i.customer JOIN"
            " allocation a ON a.invoice = i.id AND a.amount > 0 JOIN credit k ON k.id = a.credit WHERE i.open = 0 AND"
            f" i.kind = 'invoice' AND i.void_act IS NULL {only} GROUP BY i.id HAVING max(a.value_day) <= ? AND paid IS"
            " NOT NULL AND sum(k.kind = 'write_off') = 0",
            (*values, desk.today.isoformat()),
        )
        for customer, day, invoice, total, due, code in rows:
            lag = (date.fromisoformat(day) - date.fromisoformat(due)).days
            found.setdefault(customer, []).append(Paid(day, invoice, total, lag, code))
    return found


def _chunks(desk: Desk, customers: Sequence[int] | None) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Conditions that together cover these customers and all that were merged into them."""
    if customers is None:
        yield "", ()
        return
    for n in range(0, len(customers), _FEW):
        some = tuple(merged_ids(desk.book, customers[n : n + _FEW]))
        yield f"AND i.customer IN ({', '.join('?' * len(some))})", some


def usual(desk: Desk, customers: Sequence[int]) -> dict[int, int]:
    """Days late that settled invoices of these customers usually were, weighted by amount; of those with three or
    more.
    """
    return {customer: days_late(paid) for customer, paid in settled(desk, customers).items() if len(paid) >= ENOUGH}


def days_late(paid: Sequence[Paid]) -> int:
    """Average days late of settled invoices, weighted by amount and rounded; what came early counts as on time."""
    weight = sum(one.total for one in paid) or 1
    return (2 * sum(one.total * max(0, one.lag) for one in paid) + weight) // (2 * weight)


def trend(paid: Iterable[Paid]) -> int | None:
    """By how many days the newer half of settled invoices was later than the older; None where there are too few."""
    ordered = sorted(paid)
    half = len(ordered) // 2
    return days_late(ordered[half:]) - days_late(ordered[:half]) if half >= _HALF else None


def lags(desk: Desk) -> dict[int, tuple[int, ...]]:
    """Days from due to paid, negative when early, of customers with three settled invoices or more; under 0 of all of
    them.
    """
    found = settled(desk)
    shapes = {customer: shape(one.lag for one in paid) for customer, paid in found.items() if len(paid) >= ENOUGH}
    return {0: shape(one.lag for paid in found.values() for one in paid)} | shapes
