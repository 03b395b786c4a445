"""An amount spread over the lags that are still ahead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.payment_lag import MOST, shape, spread

LAGS = st.lists(st.integers(-60, 400), max_size=200)


def test_what_is_behind_no_longer_counts() -> None:
    assert spread(1000, (-5, 0, 10, 20, 30), late=8) == [(10, 333), (20, 333), (30, 334)]
    assert spread(1000, (-5, 0, 10), late=10) == []


@given(st.integers(0, 10**10), LAGS, st.integers(-90, 400))
def test_the_parts_are_the_whole_and_lie_ahead(amount: int, lags: list[int], late: int) -> None:
    parts = spread(amount, shape(lags), late)
    if any(lag > late for lag in shape(lags)):
        assert sum(part for _, part in parts) == amount
        assert max(part for _, part in parts) - min(part for _, part in parts) <= 1
    assert all(lag > late and lag in lags for lag, _ in parts)


@given(LAGS)
def test_many_lags_keep_their_middle_and_their_order(lags: list[int]) -> None:
    held = shape(lags)
    assert len(held) == min(len(lags), MOST)
    assert list(held) == sorted(held)
    if lags:
        below = sum(lag <= held[len(held) // 2] for lag in lags)
        assert below * 2 >= len(lags) - 1
