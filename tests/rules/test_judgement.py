"""Who comes first, why, and what a promise is worth; how a payment spreads; how debt ages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.ageing import BUCKETS, bounds, bucket
from arterm.rules.allocation import Debt, allocate
from arterm.rules.assessment import judge, priority, rank_of, status_of, weight_of_money
from arterm.rules.case import Case
from arterm.rules.decision import decide
from arterm.rules.plans import Plan
from arterm.rules.promises import Promise, state

DAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_buckets_begin_and_end_where_the_field_says() -> None:
    assert [bucket(ago(n), DAY) for n in (-5, 0, 1, 30, 31, 60, 61, 90, 91, 400)] == [
        "current",
        "current",
        "1-30",
        "1-30",
        "31-60",
        "31-60",
        "61-90",
        "61-90",
        "90+",
        "90+",
    ]


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


def a_plan(due: date) -> Plan:
    return Plan(1, ago(12), ago(-9), ago(12), None, ((due, 5_000), (due + timedelta(days=30), 5_000)))


JUDGED = [
    # more of the case (twenty days late, reminded), status, reasons beside the silence, points beside days and money,
    # what comes next, on
    ({}, "overdue", (), (), "call", DAY),
    (
        {"promise": Promise(1, ago(9), ago(2), 100)},
        "overdue",
        ("promise broken 2 d ago",),
        ((30, "a promise was broken"),),
        "call",
        DAY,
    ),
    (
        {"promise": Promise(1, ago(9), ago(2), 100), "receipts": ((ago(3), 40),)},
        "overdue",
        ("promise only partly kept 2 d ago",),
        ((30, "a promise was broken"),),
        "call",
        DAY,
    ),
    ({"promise": Promise(1, ago(9), ago(2), 100), "receipts": ((ago(3), 100),)}, "overdue", (), (), "call", DAY),
    (
        {"promise": Promise(1, ago(1), ago(-4), 100)},
        "promised",
        ("promised for 26 Nov",),
        ((-400, "a promise is running"),),
        "await promise",
        ago(-4),
    ),
    (
        {"paused_until": ago(-3), "paused_why": "on holiday"},
        "hold",
        ("paused: on holiday",),
        ((-400, "chasing is paused"),),
        "paused until",
        ago(-3),
    ),
    ({"paused_until": ago(1), "paused_why": "on holiday"}, "overdue", (), (), "call", DAY),
    ({"disputed": 10_000}, "disputed", ("disputed",), ((-400, "all of it is disputed"),), "settle the dispute", DAY),
    ({"disputed": 2_550}, "overdue", ("25.50 disputed",), (), "call", DAY),
    (
        {"plan": a_plan(ago(-30))},
        "plan",
        ("plan running, 0 of 2 paid",),
        ((-400, "a plan is running"),),
        "instalment 1",
        ago(-30),
    ),
    (
        {"plan": a_plan(ago(-30)), "plan_receipts": ((DAY, 5_000),)},
        "plan",
        ("plan running, 1 of 2 paid",),
        ((-400, "a plan is running"),),
        "instalment 2",
        ago(-60),
    ),
    (
        {"plan": a_plan(ago(3))},
        "plan",
        ("plan running, 0 of 2 paid",),
        ((-400, "a plan is running"),),
        "instalment 1 is late",
        ago(3),
    ),
    ({"plan": a_plan(ago(10))}, "overdue", ("plan broken 2 d ago",), ((30, "a plan was broken"),), "call", DAY),
    ({"handed_over": True}, "handed_over", (), ((-400, "others chase it"),), "handed over", None),
    (
        {"handed_over": True, "plan": a_plan(ago(-3)), "paused_until": ago(-3), "disputed": 10_000},
        "handed_over",
        ("disputed",),
        ((-400, "others chase it"),),
        "handed over",
        None,
    ),
    (
        {"plan": a_plan(ago(-3)), "paused_until": ago(-3)},
        "plan",
        ("plan running, 0 of 2 paid",),
        ((-400, "a plan is running"),),
        "instalment 1",
        ago(-3),
    ),
    ({"follow_up": ago(1)}, "overdue", ("follow-up is due",), (), "follow up", DAY),
    ({"follow_up": DAY}, "overdue", ("follow-up is due",), (), "follow up", DAY),
    ({"follow_up": ago(-1)}, "overdue", (), (), "follow up", ago(-1)),
    ({"letter_waiting": True}, "overdue", (), (), "letter waits", DAY),
    ({"reply_waiting": ago(1)}, "overdue", (), (), "read the reply", DAY),
    ({"step": 7}, "overdue", (), (), "decide", DAY),
    ({"unmatched": 10_000}, "overdue", (), (), "wait", None),
    ({"last_step": ago(1)}, "overdue", (), (), "call", ago(-6)),
]


@pytest.mark.parametrize(("more", "status", "reasons", "points", "action", "on"), JUDGED)
def test_a_case_is_judged(
    more: dict[str, Any],
    status: str,
    reasons: tuple[str, ...],
    points: tuple[tuple[int, str], ...],
    action: str,
    on: date | None,
) -> None:
    case = Case(ago(40), 10_000, "EUR", **{"step": 2, "reminders": 2, "last_step": ago(20), **more})
    found = judge(case, DAY)
    assert (found.status, found.why, found.next_action, found.next_on) == (
        status,
        (*reasons, "reminded, not yet spoken to"),
        action,
        on,
    )
    assert found.points == (
        (40, "one for every day late"),
        (weight_of_money(10_000, "EUR"), "the amount, twelve for every doubling"),
        *points,
    )
    assert found.rank == rank_of(case, DAY)
    assert priority(found.rank, DAY) == sum(n for n, _ in found.points)
    assert found.decision == decide(case, DAY)
    assert (status_of(case, DAY), found.wake_on) == (status, case.wakes_on(DAY))


def test_charges_weigh_with_the_principal() -> None:
    assert judge(Case(ago(1), 10_000, "EUR", charges=10_000), DAY).points[1] == (
        90,
        "the amount, twelve for every doubling",
    )


def test_age_and_silence_are_told() -> None:
    def why(late: int, **more: Any) -> tuple[str, ...]:
        return judge(Case(ago(late), 10_000, "EUR", **more), DAY).why

    silent = "nobody has asked yet"
    assert [why(late) for late in (-1, 0, 1, 60, 61, 90, 91)] == [
        ("not yet due",),
        ("due today",),
        (silent,),
        (silent,),
        ("over 60 days late", silent),
        ("over 60 days late", silent),
        ("over 90 days late", silent),
    ]
    assert why(5, last_contact=DAY) == ("contacted today",)
    assert why(5, last_contact=ago(1)) == ("last contact 1 d ago",)
    open_yet = judge(Case(ago(0), 10_000, "EUR", reply_waiting=DAY), DAY)
    assert (open_yet.status, open_yet.next_action, open_yet.next_on) == ("open", "wait", DAY)
    assert judge(Case(ago(1), 10_000, "EUR"), DAY).next_on == ago(-2)
