"""The bench runs: each row once, at its smallest size. Times are for people, not for CI."""

from tests.bench.__main__ import table


def test_every_row_of_the_bench_can_be_measured() -> None:
    rows = table([200])
    assert len(rows) == 6
    assert all(mine > 0 and theirs > 0 for _, mine, _, theirs, _ in rows)
