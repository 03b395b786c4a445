"""The bench runs: each row once, at its smallest size. Times are for people, not for CI."""

import os

import pytest

from tests.bench.__main__ import table


@pytest.mark.skipif(not hasattr(os, "fork"), reason="measuring apart needs processes that fork")
def test_every_row_of_the_bench_can_be_measured() -> None:
    rows = table([200])
    assert len(rows) >= 11
    assert all(row.ours > 0 and row.theirs > 0 and row.peak > 0 for row in rows)
