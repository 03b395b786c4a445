"""Plans: schedules to the last cent for any wish, and what any order of receipts makes of them."""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules import options, plans
from arterm.rules.errors import ArtermError
from arterm.rules.instalments import EVERY, MOST, Wanted, schedule
from arterm.rules.plans import Plan

START = date(2026, 12, 1)
ONE = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def workday(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in {(1, 1), (5, 1), (12, 25), (12, 26), (12, 28)}


@given(
    st.integers(1, 10**9),
    st.integers(1, MOST),
    st.integers(0, 10**6),
    st.sampled_from(EVERY),
    days,
    st.booleans(),
    st.integers(0, 31),
)
def test_instalments_of_a_number_add_up_and_their_days_rise(
    total: int, parts: int, deposit: int, every: str, first: date, moved: bool, on_day: int
) -> None:
    wanted = Wanted(
        first,
        every,
        parts,
        deposit=deposit,
        on_day=on_day if every == "month" else 0,
        working=workday if moved else None,
    )
    try:
        found = schedule(total, wanted)
    except ArtermError as error:
        assert total - deposit < parts or deposit >= total, error
        return
    assert sum(amount for _, amount in found) == total
    assert all(amount > 0 for _, amount in found)
    assert all(one < other for (one, _), (other, _) in itertools.pairwise(found))
    assert len(found) == parts + bool(deposit)
    equal = [amount for _, amount in found[bool(deposit) :]]
    assert all(amount == equal[0] for amount in equal[:-1])
    assert equal[0] <= equal[-1] < equal[0] + parts
    assert not moved or all(workday(day) for day, _ in found)
    assert found[0][0] >= first


@given(st.integers(1, 10**9), st.integers(1, 10**7), st.sampled_from(EVERY), days)
def test_an_amount_at_a_time_leaves_the_rest_for_the_last(total: int, each: int, every: str, first: date) -> None:
    try:
        found = schedule(total, Wanted(first, every, each=each))
    except ArtermError:
        assert -(-total // each) > MOST
        return
    sums = [amount for _, amount in found]
    assert sum(sums) == total
    assert set(sums[:-1]) <= {each}
    assert 0 < sums[-1] <= each


@given(st.integers(1000, 10**8), st.sampled_from(EVERY), days, st.integers(0, 500), st.booleans())
def test_none_lies_outside_the_agreed_days(total: int, every: str, first: date, ahead: int, moved: bool) -> None:
    until = first + timedelta(days=ahead)
    found = schedule(total, Wanted(first, every, until=until, working=workday if moved else None))
    assert sum(amount for _, amount in found) == total
    inside = [day for day, _ in found]
    assert inside == sorted(set(inside))
    assert all(first <= day for day in inside)
    assert all(day <= until for day in inside) or (
        len(inside) == 1 and not any(workday(first + n * ONE) for n in range(ahead + 1))
    )


def test_month_ends_are_kept_and_a_day_of_the_month_can_be_chosen() -> None:
    ends = [day for day, _ in schedule(900, Wanted(date(2027, 1, 31), parts=4))]
    assert ends == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    fifth = [day for day, _ in schedule(900, Wanted(date(2026, 12, 20), parts=3, on_day=5))]
    assert fifth == [date(2026, 12, 20), date(2027, 1, 5), date(2027, 2, 5)]
    assert all(
        day.day == monthrange(day.year, day.month)[1] for day, _ in schedule(900, Wanted(date(2027, 2, 28), parts=9))
    )


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ({"parts": 4}, "parts"),
        ({"parts": 121}, "parts"),
        ({}, "parts"),
        ({"parts": 2, "each": 5}, "parts"),
        ({"parts": 1, "deposit": 3}, "deposit"),
        ({"until": START - ONE}, "until"),
        ({"until": START, "deposit": 1}, "until"),
        ({"parts": 2, "on_day": 32}, "on_day"),
        ({"parts": 2, "on_day": 3, "every": "week"}, "on_day"),
        ({"parts": 2, "every": "day"}, "every"),
    ],
)
def test_what_cannot_be_paid_so_is_refused_in_its_field(wanted: dict[str, Any], where: str) -> None:
    with pytest.raises(ArtermError) as refused:
        schedule(3, Wanted(START, **wanted))
    assert refused.value.where == where
    assert refused.value.hint


def a_plan(**more: Any) -> Plan:
    parts = tuple((START + timedelta(days=30 * n), 100) for n in range(3))
    return Plan(
        1,
        START - 20 * ONE,
        START - 6 * ONE,
        START - 15 * ONE,
        None,
        **dict[str, Any]({"instalments": parts, "grace": 5} | more),
    )


plan_facts = st.fixed_dictionaries({"surplus": st.sampled_from(["front", "end"]), "grace": st.integers(0, 20)})
receipts = st.lists(st.tuples(st.integers(-10, 100), st.integers(1, 180)), max_size=8)


@given(plan_facts, receipts, st.integers(-20, 130))
def test_any_order_of_receipts_leaves_paid_and_open_equal_to_the_total(
    facts: dict[str, Any], came: list[tuple[int, int]], ahead: int
) -> None:
    plan, on = a_plan(**facts), START + ahead * ONE
    money = [(START + n * ONE, amount) for n, amount in came]
    paid = plans.filled(plan, money, on)
    assert paid == plans.filled(plan, sorted(money), on)
    assert sum(paid) == min(plan.total, sum(amount for day, amount in money if day <= on))
    assert all(0 <= part <= amount for part, (_, amount) in zip(paid, plan.instalments, strict=True))
    coming = plans.next_open(plan, money, on)
    assert (coming is None) == (sum(paid) == plan.total)


@given(plan_facts, receipts, st.data())
def test_money_that_bounced_leaves_what_was_there_before(
    facts: dict[str, Any], came: list[tuple[int, int]], data: st.DataObject
) -> None:
    plan, on = a_plan(**facts), START + 130 * ONE
    money = [(START + n * ONE, amount) for n, amount in sorted(came)]
    last = data.draw(st.integers(1, 180))
    late = max([day for day, _ in money], default=START) + ONE
    assert plans.filled(plan, [*money, (late, last), (late + ONE, -last)], on) == plans.filled(plan, money, on)


@given(plan_facts, receipts)
def test_once_broken_stays_broken_and_more_money_never_breaks(
    facts: dict[str, Any], came: list[tuple[int, int]]
) -> None:
    plan = a_plan(**facts)
    money = [(START + n * ONE, amount) for n, amount in came]
    states = [plans.state(plan, money, START + n * ONE) for n in range(-15, 120)]
    if "broken" in states:
        assert set(states[states.index("broken") :]) == {"broken"}
    else:
        assert plans.state(plan, [*money, (START, 50)], START + 119 * ONE) == "kept"


def test_a_plan_is_cured_within_its_days_of_grace_and_broken_after() -> None:
    plan, late = a_plan(), START + 5 * ONE
    assert plans.state(plan, (), START) == "running"
    assert plans.instalment_states(plan, (), START + ONE) == ("late", "open", "open")
    assert plans.state(plan, (), late) == "running"
    assert plans.state(plan, (), late + ONE) == "broken"
    assert plans.instalment_states(plan, (), late + ONE)[0] == "missed"
    assert plans.state(plan, [(late, 100)], late + ONE) == "running"
    assert plans.state(plan, [(late, 99)], late + ONE) == "broken"
    assert plans.since(plan, [(late, 99)], late + 9 * ONE) == late + ONE
    assert plans.broken_on(a_plan(origin="terms"), (), late + 100 * ONE) is None


def test_a_bounced_payment_gives_the_days_of_grace_again() -> None:
    plan, paid, back = a_plan(), START, START + 10 * ONE
    money = [(paid, 100), (back, -100)]
    assert plans.state(plan, money, back - ONE) == "running"
    assert plans.state(plan, money, back + 5 * ONE) == "running"
    assert plans.state(plan, money, back + 6 * ONE) == "broken"


def test_larger_payments_shorten_from_where_it_was_agreed() -> None:
    early, due = [(START - ONE, 150)], [(START, 150)]
    assert plans.filled(a_plan(), due, START) == (100, 50, 0)
    assert plans.filled(a_plan(surplus="end"), due, START) == (100, 0, 50)
    assert plans.filled(a_plan(surplus="end"), early, START) == (100, 0, 50)
    assert plans.filled(a_plan(surplus="end"), [(START, 100), (START + 9 * ONE, 100)], START + 30 * ONE) == (
        100,
        100,
        0,
    )


def test_a_proposal_lapses_and_a_cancelled_plan_is_over() -> None:
    proposed = Plan(1, START, START + 5 * ONE, None, None, ((START + 9 * ONE, 5),))
    assert [plans.state(proposed, (), START + n * ONE) for n in (0, 5, 6)] == ["proposed", "proposed", "cancelled"]
    assert plans.wakes_on(proposed, (), START) == START + 6 * ONE
    over = Plan(1, START, START + 5 * ONE, START, START + 3 * ONE, ((START + 9 * ONE, 5),))
    assert [plans.state(over, (), START + n * ONE) for n in (2, 3)] == ["running", "cancelled"]
    kept = [(START + 2 * ONE, 5)]
    assert plans.state(Plan(1, START, START, START, None, ((START + 9 * ONE, 5),)), kept, START + 2 * ONE) == "kept"


@given(plan_facts, receipts, st.integers(-15, 120))
def test_a_plan_changes_by_itself_only_on_the_day_it_wakes(
    facts: dict[str, Any], came: list[tuple[int, int]], ahead: int
) -> None:
    plan, on = a_plan(**facts), START + ahead * ONE
    money = [(START + n * ONE, amount) for n, amount in came if n <= ahead]

    def looks(day: date) -> tuple[Any, ...]:
        return plans.state(plan, money, day), plans.instalment_states(plan, money, day)

    wakes = plans.wakes_on(plan, money, on)
    quiet = (wakes - on).days if wakes else 1
    assert quiet >= 1
    if plans.state(plan, money, on) == "running":
        assert {looks(on + n * ONE)[0] for n in range(quiet)} == {"running"}


HELD = {one.key: one.default for one in options.ASSUMPTIONS.values()}


def test_ways_out_are_worked_out_to_the_cent() -> None:
    found = {one.key: one for one in options.ways(100_000, 100, HELD)}
    assert found["wait"].worth == 49_033  # 50 % of 1,000 in 90 days at 8 %: 500 / (1 + 0.08 x 90/365)
    assert (found["call"].worth, found["call"].cost) == (57_725, 2_000)
    assert found["settle"].brings == 80_000
    assert found["settle"].cost == 20_000
    assert found["settle"].worth == 59_816
    assert found["factor"].brings == 96_000
    assert found["agency_share"].cost == 20_000
    assert found["agency_flat"].cost == 7_500
    assert found["write_off"].brings == 0
    assert found["court"].note.startswith("Below what you think")


def test_recourse_takes_back_what_never_comes() -> None:
    with_it = {one.key: one.worth for one in options.ways(100_000, 100, HELD)}["factor"]
    without = {one.key: one.worth for one in options.ways(100_000, 100, HELD | {"factor_recourse": 0})}["factor"]
    sure = {one.key: one.worth for one in options.ways(100_000, 100, HELD | {"factor_chance": 100})}["factor"]
    assert with_it < without < sure


@given(st.integers(1, 10**10), st.integers(0, 100), st.integers(0, 100))
def test_more_chance_is_never_worth_less(debt: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    for key in ("wait", "call", "plan", "settle", "factor", "agency", "court"):
        worth = [
            [way.worth for way in options.ways(debt, 100, HELD | {f"{key}_chance": chance}) if way.key.startswith(key)]
            for chance in (low, high)
        ]
        assert all(a <= b for a, b in zip(*worth, strict=True))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("nonsense", "5"),
        ("wait_chance", "101"),
        ("wait_chance", "-1"),
        ("wait_days", "0"),
        ("factor_advance", "95"),
        ("factor_recourse", "maybe"),
        ("money", "8.5"),
    ],
)
def test_an_assumption_that_cannot_be_is_refused(key: str, text: str) -> None:
    with pytest.raises(ArtermError, match=r".") as refused:
        options.checked(key, text)
    assert refused.value.code == "bad_assumption"
