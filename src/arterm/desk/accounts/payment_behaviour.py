"""How customers paid: their settled invoices, how late is usual, whether it gets better, and the lags a forecast is
made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arterm.desk.session import Desk
from arterm.rules.payment_lag import shape
from arterm.store.merged import merged_ids
from arterm.store.reads.accounts import statement as reads
from arterm.store.reads.accounts.statement import PaidOff as PaidOff

_FEW = 900  # customers named in one query
ENOUGH = 3  # settled invoices from which a habit is told
_HALF = 3  # settled invoices in each half from which a trend is told


def settled(desk: Desk, customers: Sequence[int] | None = None) -> dict[int, list[PaidOff]]:
    """The invoices that were paid off by today, by customer; of all customers where none are named.

    What was written off, or ended by credit notes alone, tells nothing of how somebody pays.
    """
    found: dict[int, list[PaidOff]] = {}
    for some in _chunks(desk, customers):
        for one in reads.paid_off(desk.book, some, desk.today):
            found.setdefault(one.customer, []).append(one)
    return found


def _chunks(desk: Desk, customers: Sequence[int] | None) -> Iterable[list[int] | None]:
    """These customers and all that were merged into them, some at a time; None where all are meant."""
    if customers is None:
        yield None
        return
    for n in range(0, len(customers), _FEW):
        yield merged_ids(desk.book, customers[n : n + _FEW])


def usual(desk: Desk, customers: Sequence[int]) -> dict[int, int]:
    """Days late that settled invoices of these customers usually were, weighted by amount; of those with three or
    more.
    """
    return {customer: days_late(paid) for customer, paid in settled(desk, customers).items() if len(paid) >= ENOUGH}


def days_late(paid: Sequence[PaidOff]) -> int:
    """Average days late of settled invoices, weighted by amount and rounded; what came early counts as on time."""
    weight = sum(one.total for one in paid) or 1
    return (2 * sum(one.total * max(0, one.lag) for one in paid) + weight) // (2 * weight)


def trend(paid: Iterable[PaidOff]) -> int | None:
    """By how many days the newer half of settled invoices was later than the older; None where there are too few."""
    ordered = sorted(paid, key=lambda one: (one.paid, one.invoice))
    half = len(ordered) // 2
    return days_late(ordered[half:]) - days_late(ordered[:half]) if half >= _HALF else None


def lags(desk: Desk) -> dict[int, tuple[int, ...]]:
    """Days from due to paid, negative when early, of customers with three settled invoices or more; under 0 of all of
    them.
    """
    found = settled(desk)
    shapes = {customer: shape(one.lag for one in paid) for customer, paid in found.items() if len(paid) >= ENOUGH}
    return {0: shape(one.lag for paid in found.values() for one in paid)} | shapes
