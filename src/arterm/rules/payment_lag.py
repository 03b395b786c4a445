"""How a customer's past says when money comes: an amount spread over the lags that are still possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST = 24  # lags kept of a customer: enough for a shape, few enough for a hundred thousand invoices


def shape(lags: Iterable[int]) -> tuple[int, ...]:
    """The lags (days from due to paid, negative when early) as at most MOST of them, evenly through their order."""
    ordered = sorted(lags)
    if len(ordered) <= MOST:
        return tuple(ordered)
    return tuple(ordered[(2 * n + 1) * len(ordered) // (2 * MOST)] for n in range(MOST))


def spread(amount: int, lags: Sequence[int], late: int) -> list[tuple[int, int]]:
    """(lag, part) of an amount that is `late` days late and still open, to the cent: equal parts at each lag still
    ahead.

    Empty where the customer never took that long: the past says nothing then.
    """
    ahead = [lag for lag in lags if lag > late]
    many = len(ahead)
    return [(lag, amount * (n + 1) // many - amount * n // many) for n, lag in enumerate(ahead)]
