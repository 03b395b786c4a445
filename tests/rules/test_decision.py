"""What comes next for an invoice and from which day; or all that holds it, each in its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.case import Case, DunningLimits
from arterm.rules.decision import decide, stopped
from arterm.rules.ladder import Ladder, Step, checked
from arterm.rules.plans import Plan
from arterm.rules.promises import Promise

DAY = date(2026, 11, 25)  # a Wednesday
LADDER = checked(
    Ladder(
        "mine",
        "Mine",
        1,
        (
            Step(0, "first", 3),
            Step(0, "ring", 7, "previous", 4, "call"),
            Step(0, "mail", 10, "previous", 5, "email"),
            Step(0, "fixed", 40, "due", 0, "letter", "formal", charges=True),
            Step(0, "stop", 5, "previous", 9, "act", act="freeze"),
        ),
    )
)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def a_case(late: int = 20, **more: Any) -> Case:
    return Case(ago(late), 10_000, "EUR", ladder=LADDER, **more)


@pytest.mark.parametrize(
    ("case", "name", "day", "why"),
    [
        (a_case(3), "first", 0, ("first: 3 days after it was due",)),
        (a_case(5), "first", -2, ("first: 3 days after it was due",)),
        (a_case(14, step=1, last_step=ago(7)), "ring", 0, ("ring: 7 days after the step before",)),
        (a_case(17, step=1), "ring", -7, ("ring: 10 days after it was due",)),
        (
            a_case(20, step=3, last_step=ago(1)),
            "fixed",
            20,
            ("fixed: 40 days after it was due", "no costs yet: they come from the third reminder on"),
        ),
        (a_case(60, step=4, last_step=ago(5)), "stop", 0, ("stop: 5 days after the step before",)),
        (a_case(60), "first", -57, ("first: 3 days after it was due", "old enough for step 5, next is step 1")),
    ],
)
def test_a_step_and_the_first_day_on_which_it_may_be_taken(
    case: Case, name: str, day: int, why: tuple[str, ...]
) -> None:
    made = decide(case, DAY)
    assert made.step is not None
    assert (made.step.name, made.on) == (name, DAY + timedelta(days=day))
    assert made.why == why
    assert made.is_due == (day <= 0)


def test_a_step_that_comes_later_says_when_and_the_age_says_which_it_could_be() -> None:
    made = decide(a_case(2), DAY)
    assert (made.on, made.why_not, made.old_enough, made.channel) == (ago(-1), ("first comes on 26 Nov",), 0, "letter")
    assert decide(a_case(3), DAY).old_enough == 1
    assert decide(a_case(400), DAY).old_enough == 5


def test_after_the_last_step_the_owner_decides() -> None:
    made = decide(a_case(90, step=5), DAY)
    assert (made.step, made.on, made.channel, made.why, made.is_due) == (None, None, "", (), False)
    assert made.why_not == ("every step of its ladder was taken: decide what follows",)
    assert made.old_enough == 5
    assert decide(a_case(90, step=5, letter_waiting=True), DAY).why_not[0].startswith("a letter is written")


def a_plan(due: date) -> Plan:
    return Plan(1, ago(5), ago(-9), ago(5), None, ((due, 5_000), (due + timedelta(days=30), 5_000)))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"handed_over": True}, "it was handed over: others chase it now"),
        ({"plan": a_plan(ago(-9))}, "a plan is running: instalment 1 of 2 comes on 04 Dec"),
        ({"plan": a_plan(ago(3))}, "a plan is running: instalment 1 of 2 is late, and may be until 29 Nov"),
        ({"not_yet": 10_000}, "what is left of its plan is not due yet"),
        ({"paused_until": DAY, "paused_why": "on holiday"}, "paused until 25 Nov: on holiday"),
        ({"disputed": 10_000}, "all of it is disputed"),
        ({"promise": Promise(1, ago(3), DAY, 10_000)}, "a promise is running until 25 Nov"),
        ({"reply_waiting": ago(2)}, "a reply of 23 Nov waits to be read"),
        ({"letter_waiting": True}, "a letter is written and waits: did it go out?"),
        ({"unmatched": 10_000}, "money received or credited and not yet matched would cover it"),
        ({"unmatched": 4_000, "disputed": 6_000}, "money received or credited and not yet matched would cover it"),
        ({"limits": DunningLimits(floor=10_001)}, "it is too small to chase"),
    ],
)
def test_what_stops_all_chasing(more: dict[str, Any], why: str) -> None:
    case = a_case(60, **more)
    assert stopped(case, DAY) == (why,)
    made = decide(case, DAY)
    assert (made.why_not, made.is_due) == ((why,), False)
    assert made.why == ("first: 3 days after it was due",)  # not that it is old enough: nothing is to be done
    assert decide(case, DAY, by_hand=True).why_not == (why,)


@pytest.mark.parametrize(
    "more",
    [
        {"paused_until": ago(1)},
        {"disputed": 9_999},
        {"promise": Promise(1, ago(5), ago(1), 10_000)},
        {"unmatched": 9_999},
        {"limits": DunningLimits(floor=10_000)},
        {"limits": DunningLimits(floor=20_000), "owed": 20_000},
    ],
)
def test_what_does_not_stop_it(more: dict[str, Any]) -> None:
    assert stopped(a_case(60, **more), DAY) == ()
    assert decide(a_case(60, **more), DAY).is_due


def test_two_steps_are_never_taken_on_one_day() -> None:
    eager = checked(
        Ladder(
            "k",
            "K",
            1,
            (Step(0, "a", 3, gap=0), Step(0, "b", 4, gap=0), Step(0, "c", 5, "due", 0, "act", act="freeze")),
        )
    )
    made = decide(replace(a_case(60, step=1, last_step=DAY), ladder=eager), DAY)
    assert (made.on, made.why_not) == (ago(-1), ("a step was taken today",))
    made = decide(replace(a_case(60, step=2, last_step=ago(1)), ladder=eager), DAY)
    assert (made.on, made.why_not, made.is_due) == (DAY, (), True)


def test_the_gap_to_the_last_contact_holds_all_but_acts() -> None:
    made = decide(a_case(60, last_contact=ago(6)), DAY)
    assert (made.on, made.why_not) == (ago(-1), ("too soon after the last contact on 19 Nov",))
    made = decide(a_case(60, last_contact=ago(7)), DAY)
    assert (made.on, made.why_not) == (DAY, ())
    assert decide(a_case(60, step=4, last_step=ago(5), last_contact=DAY), DAY).is_due
    later = decide(a_case(1, last_contact=DAY), DAY)  # the gap ends after the day of the step: both are said
    assert (later.on, later.why_not) == (
        ago(-7),
        ("first comes on 27 Nov", "too soon after the last contact on 25 Nov"),
    )
    before = decide(
        a_case(0, last_contact=ago(5)), DAY
    )  # the gap ends sooner than the step comes: only the step is said
    assert (before.on, before.why_not) == (ago(-3), ("first comes on 28 Nov",))


def test_no_customer_is_contacted_more_often_than_the_owner_wants() -> None:
    lately = (ago(1), ago(6), ago(3))
    made = decide(a_case(60, contacts=lately), DAY)
    assert (made.on, made.why_not) == (ago(-1), ("contacted 3 times within a week already",))
    assert decide(a_case(60, contacts=lately[:2]), DAY).is_due
    assert decide(a_case(60, contacts=(*lately[:1], ago(3), ago(7))), DAY).on == DAY
    assert decide(a_case(60, contacts=lately, limits=DunningLimits(contacts_week=0)), DAY).is_due
    assert decide(a_case(60, contacts=lately, limits=DunningLimits(contacts_week=2)), DAY).on == ago(-4)
    assert decide(a_case(60, step=4, last_step=ago(5), contacts=lately), DAY).is_due
    soon = decide(a_case(-10, contacts=lately), DAY)
    assert soon.why_not == ("first comes on 08 Dec",)


def test_nobody_is_chased_on_a_quiet_day() -> None:
    quiet = DunningLimits(quiet_days=frozenset({2, 3}))
    made = decide(a_case(60, limits=quiet), DAY)
    assert (made.on, made.why_not) == (ago(-2), ("nobody is chased on this day of the week",))
    assert decide(a_case(60, limits=DunningLimits(quiet_days=frozenset({3}))), DAY).is_due
    assert decide(a_case(60, limits=DunningLimits(quiet_days=frozenset(range(7)))), DAY).is_due
    ahead = decide(a_case(2, limits=DunningLimits(quiet_days=frozenset({3}))), DAY)
    assert (ahead.on, ahead.why_not[0]) == (ago(-2), "first comes on 26 Nov")
    assert decide(a_case(60, step=4, last_step=ago(5), limits=quiet), DAY).is_due


@pytest.mark.parametrize(
    ("more", "channel", "said"),
    [
        ({}, "letter", "no mail is set up: by letter"),
        ({"no_mail": True, "limits": DunningLimits(mail_ready=True)}, "letter", "no good e-mail address: by letter"),
        ({"limits": DunningLimits(mail_ready=True)}, "email", ""),
    ],
)
def test_a_mail_that_cannot_go_becomes_a_letter(more: dict[str, Any], channel: str, said: str) -> None:
    made = decide(a_case(60, step=2, last_step=ago(10), **more), DAY)
    assert (made.channel, made.why[-1] if said else "") == (channel, said)


def test_a_call_without_a_number_is_said() -> None:
    made = decide(a_case(60, step=1, last_step=ago(10), no_phone=True), DAY)
    assert (made.channel, made.why[-1], made.is_due) == ("call", "no good telephone number is known", True)
    known = decide(a_case(60, step=1, last_step=ago(10)), DAY)
    assert (known.channel, known.why[-1]) == ("call", "old enough for step 5, next is step 2")
    assert decide(a_case(60, no_phone=True), DAY).why[-1].startswith("old enough")


def test_costs_come_from_the_third_reminder_on() -> None:
    said = "no costs yet: they come from the third reminder on"
    assert [said in decide(a_case(60, step=3, last_step=ago(9), reminders=n), DAY).why for n in (0, 1, 2, 3)] == [
        True,
        True,
        False,
        False,
    ]
    assert said not in decide(a_case(60, reminders=0), DAY).why


def test_a_letter_by_hand_goes_past_calls_and_gaps_but_not_past_today() -> None:
    made = decide(a_case(20, step=1, last_step=ago(1), last_contact=ago(1)), DAY, by_hand=True)
    assert made.step is not None
    assert (made.step.name, made.on, made.why_not) == ("mail", DAY, ())
    for more in ({"last_step": DAY}, {"last_step": ago(1), "last_notice": DAY}, {"last_notice": DAY}):
        assert decide(a_case(20, step=1, **more), DAY, by_hand=True).why_not == ("it was reminded of today",)
    assert decide(a_case(20, last_notice=ago(1)), DAY, by_hand=True).why_not == ()
    assert decide(a_case(0), DAY, by_hand=True).why_not == ("it is not overdue yet",)
    assert decide(a_case(1), DAY, by_hand=True).why_not == ()
    assert decide(a_case(90, step=4), DAY, by_hand=True).step is None


def test_the_defaults_of_a_case_are_the_standard_ladder_and_three_contacts_a_week() -> None:
    case = Case(DAY, 5, "EUR")
    assert (case.ladder.key, case.limits) == ("standard", DunningLimits(3, frozenset(), 0, mail_ready=False))
    assert (case.chased, replace(case, disputed=9).chased, replace(case, disputed=2).chased) == (5, 0, 3)


def test_a_case_wakes_when_its_promise_or_its_pause_runs_out() -> None:
    promise = Promise(1, ago(5), ago(-3), 10_000)
    assert a_case().wakes_on(DAY) is None
    assert a_case(promise=promise).wakes_on(DAY) == ago(-4)
    assert a_case(promise=promise).wakes_on(ago(-4)) is None
    assert a_case(paused_until=DAY).wakes_on(DAY) == ago(-1)
    assert a_case(paused_until=ago(1)).wakes_on(DAY) is None
    assert a_case(promise=promise, paused_until=ago(-1)).wakes_on(DAY) == ago(-2)
    assert (a_case().promised(DAY), a_case(promise=promise).promised(DAY)) == ("", "open")


@given(
    st.integers(-10, 200),
    st.integers(0, 5),
    st.none() | st.integers(0, 60),
    st.lists(st.integers(0, 9), max_size=6),
    st.sets(st.integers(0, 6)),
)
def test_on_the_day_it_names_nothing_holds_the_step_any_more(
    late: int, step: int, last: int | None, contacts: list[int], quiet: set[int]
) -> None:
    days = sorted(ago(n) for n in contacts)
    case = a_case(
        late,
        step=step,
        last_step=ago(last) if last is not None and step else None,
        contacts=days,
        last_contact=max(days, default=None),
        limits=DunningLimits(quiet_days=frozenset(quiet)),
    )
    made = decide(case, DAY)
    assert made == decide(case, DAY)
    if made.on is not None:
        assert made.is_due == (made.on <= DAY)
        assert decide(case, max(made.on, DAY)).is_due
