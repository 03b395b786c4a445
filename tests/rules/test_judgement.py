"""Who comes first, why, and what a promise is worth; how a payment spreads; how debt ages."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.ageing import BUCKETS, bounds, bucket
from arterm.rules.allocation import Debt, allocate
from arterm.rules.case import Case
from arterm.rules.judgement import judge, priority, weight_of_money
from arterm.rules.promises import Promise, state

DAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_buckets_begin_and_end_where_the_field_says() -> None:
    assert [bucket(ago(n), DAY) for n in (-5, 0, 1, 30, 31, 60, 61, 90, 91, 400)] == [
        "current", "current", "1-30", "1-30", "31-60", "31-60", "61-90", "61-90", "90+", "90+",
    ]  # fmt: skip


@given(st.integers(-100, 400))
def test_the_bounds_divide_the_buckets_as_the_days_do(late: int) -> None:
    assert BUCKETS[sum(ago(late) < bound for bound in bounds(DAY))] == bucket(ago(late), DAY)


debts = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10**8)), max_size=12)


@given(st.integers(1, 10**9), debts)
def test_a_payment_never_gives_more_than_it_is_nor_more_than_is_open(
    amount: int, open_debts: list[tuple[int, int]]
) -> None:
    owed = [Debt(n, ago(late), left) for n, (late, left) in enumerate(open_debts)]
    parts = allocate(amount, owed)
    assert sum(part for _, part in parts) == min(amount, sum(debt.open for debt in owed))
    assert all(0 < part <= owed[invoice].open for invoice, part in parts)


def test_the_oldest_debt_is_settled_first_unless_an_order_was_named() -> None:
    owed = [Debt(1, ago(5), 100), Debt(2, ago(50), 100)]
    assert allocate(150, owed) == [(2, 100), (1, 50)]
    assert allocate(150, owed, in_order=True) == [(1, 100), (2, 50)]


def test_a_promise_is_judged_by_what_came_in_time() -> None:
    promise = Promise(1, made=ago(10), day=ago(3), amount=100)
    assert state(promise, [], ago(3)) == "open"
    assert state(promise, [], ago(2)) == "broken"
    assert state(promise, [(ago(4), 40)], DAY) == "partly kept"
    assert state(promise, [(ago(4), 40), (ago(3), 60)], DAY) == "kept"
    assert state(promise, [(ago(2), 100)], DAY) == "broken"
    assert state(promise, [(ago(20), 100)], DAY) == "broken"


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 400))
def test_the_order_of_two_debts_does_not_change_because_days_pass(
    late_a: int, late_b: int, open_a: int, open_b: int, later: int
) -> None:
    a, b = Case(ago(late_a), open_a, "EUR"), Case(ago(late_b), open_b, "EUR")
    then = DAY + timedelta(days=later)
    assert judge(a, DAY).rank == judge(a, then).rank
    assert priority(judge(b, then).rank, then) == priority(judge(b, DAY).rank, DAY) + later


def test_money_days_and_broken_promises_speak_for_a_row_and_a_running_promise_against_it() -> None:
    plain = judge(Case(ago(10), 10000, "EUR"), DAY)
    assert judge(Case(ago(10), 20000, "EUR"), DAY).rank == plain.rank + 12
    assert judge(Case(ago(11), 10000, "EUR"), DAY).rank == plain.rank + 1
    broken = judge(Case(ago(10), 10000, "EUR", promise=Promise(1, ago(9), ago(2), 10000)), DAY)
    assert broken.rank == plain.rank + 30
    assert broken.why[0] == "promise broken 2 d ago"
    running = judge(Case(ago(10), 10000, "EUR", promise=Promise(1, ago(1), DAY, 10000)), DAY)
    assert (running.status, running.wake_on) == ("promised", DAY + timedelta(days=1))
    assert running.rank < plain.rank


def test_what_comes_next() -> None:
    assert judge(Case(DAY + timedelta(days=3), 100, "EUR"), DAY).next_action == "wait"
    assert judge(Case(ago(3), 100, "EUR"), DAY).next_action == "1st reminder"
    assert judge(Case(ago(30), 100, "EUR", step=2), DAY).next_action == "call"
    again = judge(Case(ago(3), 100, "EUR", last_contact=ago(5), follow_up=ago(1)), DAY)
    assert (again.next_action, again.next_on) == ("follow up", DAY)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_more_money_never_weighs_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert weight_of_money(low, "EUR") <= weight_of_money(high, "EUR")


def test_money_weighs_twelve_days_for_every_doubling_above_a_whole_unit() -> None:
    weights = [weight_of_money(minor, "EUR") for minor in (0, 99, 100, 199, 200, 300, 400, 1000, 1100, 102400)]
    assert weights == [0, 0, 0, 0, 12, 18, 24, 39, 40, 120]
    assert weight_of_money(8, "JPY") == weight_of_money(8000, "KWD") == 36
