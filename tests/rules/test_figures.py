"""Key figures of receivables: the worked numbers of credit controllers, and what is undefined."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.figures import Flow, add, at_risk, best_dso, cei, countback, dso, shown

MONEY = st.integers(0, 10**9)


def test_the_worked_numbers() -> None:
    month = Flow(opening=0, closing=12000, current=8000, sales=30000, days=28)
    assert shown(best_dso(month), 2) == "7.47"
    assert shown(dso(month), 2) == "11.20"
    assert shown(add(month), 2) == "3.73"
    assert shown(cei(Flow(opening=40, closing=51, current=40, sales=54, days=30)), 2) == "79.63"
    assert shown(at_risk(Flow(0, 400, 0, 0, 30, over_90=100))) == "25.0"


def test_countback_takes_sales_off_month_by_month() -> None:
    # 30 of November's 25 days, 31 days of October whole, then 10,000 of September's 40,000
    assert countback(60000, [(20000, 25), (30000, 31), (40000, 30)]) == 25 + 31 + Fraction(10000 * 30, 40000)
    assert countback(20000, [(20000, 25), (30000, 31)]) == 25
    assert countback(10, [(0, 25), (-5, 31), (20, 30)]) == 25 + 31 + 15
    assert countback(0, [(10, 30)]) == 0
    assert countback(0, [(0, 30)]) is None
    assert countback(100, [(10, 30)]) is None


def test_without_sales_it_is_undefined_and_not_nothing() -> None:
    still = Flow(opening=500, closing=500, current=0, sales=0, days=90)
    assert dso(still) is best_dso(still) is add(still) is None
    assert shown(dso(still)) == "-"
    assert cei(still) == 0
    assert cei(Flow(0, 0, 0, 0, 90)) is at_risk(Flow(0, 0, 0, 0, 90)) is None
    assert dso(Flow(0, 100, 0, -50, 90)) is None


@given(MONEY, MONEY, st.integers(1, 10**9), st.integers(1, 3660))
def test_best_dso_is_never_worse_and_the_difference_is_lateness(current: int, late: int, sales: int, days: int) -> None:
    flow = Flow(0, current + late, current, sales, days)
    every, best, lateness = dso(flow), best_dso(flow), add(flow)
    assert every is not None
    assert best is not None
    assert best <= every
    assert lateness == Fraction(late * days, sales)


@given(MONEY, st.integers(0, 10**9), st.integers(0, 10**9))
def test_who_collects_all_that_was_due_has_a_hundred(opening: int, sales: int, current: int) -> None:
    flow = Flow(opening, min(current, sales), min(current, sales), sales, 30)
    assert cei(flow) in (100, None)


@given(st.fractions(-(10**6), 10**6), st.integers(0, 4))
def test_a_figure_is_rounded_half_away_from_nothing_once(value: Fraction, places: int) -> None:
    text = shown(value, places)
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**places)
    assert text != "-" + shown(Fraction(0), places)
