"""Ladders as they come, and what a ladder or a step must not be; rates as people write them."""

from __future__ import annotations

import importlib
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules import ladders
from arterm.rules.errors import ArtermError
from arterm.rules.ladder import MOST_STEPS, Ladder, Step, checked, from_text, to_text
from arterm.rules.rates import rate_text, read_rate

# name, days, counted from, gap, channel, tone, costs wanted, needs a word, act; then the day it comes at the soonest
COMES = {
    "standard": (
        "Standard",
        3,
        [
            ("1st reminder", 3, "due", 7, "letter", "friendly", False, False, "", 3),
            ("2nd reminder", 14, "previous", 7, "letter", "firm", False, False, "", 17),
            ("call", 7, "previous", 4, "call", "friendly", False, False, "", 24),
            ("3rd reminder", 7, "previous", 7, "letter", "formal", True, False, "", 31),
            ("offer a way out", 14, "previous", 0, "act", "formal", False, True, "compromise", 45),
            ("formal demand", 14, "previous", 7, "letter", "formal", True, True, "", 59),
            ("hand over?", 21, "previous", 0, "act", "formal", False, True, "handover", 80),
        ],
    ),
    "known": (
        "We know each other",
        1,
        [
            ("call", 3, "due", 4, "call", "friendly", False, False, "", 3),
            ("1st reminder", 10, "previous", 7, "letter", "friendly", False, False, "", 13),
            ("second call", 10, "previous", 4, "call", "friendly", False, False, "", 23),
            ("2nd reminder", 10, "previous", 7, "letter", "firm", False, False, "", 33),
            ("3rd reminder", 14, "previous", 7, "letter", "formal", True, True, "", 47),
            ("offer a way out", 7, "previous", 0, "act", "formal", False, True, "compromise", 54),
            ("formal demand", 21, "previous", 7, "letter", "formal", True, True, "", 75),
            ("hand over?", 30, "previous", 0, "act", "formal", False, True, "handover", 105),
        ],
    ),
    "new": (
        "New customer",
        4,
        [
            ("1st reminder", 2, "due", 3, "letter", "friendly", False, False, "", 2),
            ("2nd reminder", 8, "previous", 5, "letter", "firm", False, False, "", 10),
            ("call", 4, "previous", 3, "call", "friendly", False, False, "", 14),
            ("3rd reminder", 7, "previous", 5, "letter", "formal", True, False, "", 21),
            ("stop supply?", 3, "previous", 0, "act", "formal", False, True, "freeze", 24),
            ("formal demand", 10, "previous", 7, "letter", "formal", True, True, "", 34),
            ("hand over?", 14, "previous", 0, "act", "formal", False, True, "handover", 48),
        ],
    ),
    "consumer": (
        "Consumer",
        0,
        [
            ("1st reminder", 7, "due", 7, "letter", "friendly", False, False, "", 7),
            ("call", 10, "previous", 4, "call", "friendly", False, False, "", 17),
            ("2nd reminder", 11, "previous", 7, "letter", "firm", False, False, "", 28),
            ("3rd reminder", 21, "previous", 7, "letter", "formal", True, False, "", 49),
            ("offer a way out", 10, "previous", 0, "act", "formal", False, True, "compromise", 59),
            ("formal demand", 21, "previous", 7, "letter", "formal", True, True, "", 80),
            ("hand over?", 30, "previous", 0, "act", "formal", False, True, "handover", 110),
        ],
    ),
    "large": (
        "Large account",
        2,
        [
            ("call", 5, "due", 4, "call", "friendly", False, False, "", 5),
            ("1st reminder", 12, "previous", 7, "letter", "friendly", False, False, "", 17),
            ("second call", 7, "previous", 4, "call", "friendly", False, False, "", 24),
            ("2nd reminder", 14, "previous", 7, "letter", "firm", False, True, "", 38),
            ("call the decision maker", 7, "previous", 4, "call", "friendly", False, False, "", 45),
            ("3rd reminder", 14, "previous", 7, "letter", "formal", True, True, "", 59),
            ("offer a way out", 7, "previous", 0, "act", "formal", False, True, "compromise", 66),
            ("formal demand", 21, "previous", 7, "letter", "formal", True, True, "", 87),
            ("hand over?", 30, "previous", 0, "act", "formal", False, True, "handover", 117),
        ],
    ),
}


@pytest.mark.parametrize("key", COMES)
def test_a_shipped_ladder_is_what_it_says(key: str) -> None:
    shipped = importlib.reload(ladders).SHIPPED
    assert list(shipped) == list(COMES)
    held, (words, care, steps) = shipped[key], COMES[key]
    assert (held.key, held.words, held.care) == (key, words, care)
    assert [step.n for step in held.steps] == list(range(1, len(steps) + 1))
    assert [
        (s.name, s.days, s.after, s.gap, s.channel, s.tone, s.charges, s.approval, s.act, held.earliest(s.n))
        for s in held.steps
    ] == steps


@pytest.mark.parametrize("key", COMES)
def test_no_shipped_ladder_asks_for_costs_before_the_third_reminder_or_acts_without_a_word(key: str) -> None:
    letters = 0
    for step in ladders.SHIPPED[key].steps:
        letters += step.channel == "letter"
        assert letters >= 3 or not step.charges
        assert step.channel != "act" or step.approval


LETTER = Step(0, "letter", 3)
LATER = Step(0, "later", 7, "previous")
CALL = Step(0, "ring", 5, "previous", channel="call")


def a_ladder(*steps: Step, words: str = "Mine") -> Ladder:
    return Ladder("mine", words, 2, steps)


def test_a_ladder_finds_its_next_step_and_its_ages() -> None:
    held = checked(a_ladder(LETTER, CALL, LATER, replace(LATER, name="fixed", days=40, after="due")))
    assert (held.key, held.words, held.care, held.ages) == ("mine", "Mine", 2, (3, 8, 15, 40))
    assert [held.earliest(n) for n in range(5)] == [0, 3, 8, 15, 40]
    names = [step.name if step else None for step in (held.next_after(n) for n in range(5))]
    assert names == ["letter", "ring", "later", "fixed", None]
    names = [step.name if step else None for step in (held.next_letter_after(n) for n in range(5))]
    assert names == ["letter", "later", "later", "fixed", None]
    assert [held.old_enough_for(late) for late in (-1, 2, 3, 7, 8, 14, 15, 39, 40, 400)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]
    by_mail = checked(a_ladder(Step(0, "ring", 1, channel="call"), replace(LATER, channel="email")))
    assert by_mail.next_letter_after(0) == by_mail.steps[1]


def test_steps_are_kept_as_text_and_come_back_the_same() -> None:
    steps = (
        Step(1, "Überweisung «1»", 3, "due", 2, "email", "firm", "own", True, True),
        Step(2, "x", 1, "previous", 0, "act", act="freeze"),
    )
    assert from_text(to_text(steps)) == steps
    assert "Überweisung" in to_text(steps)


REFUSED = [
    (a_ladder(LETTER, words="  "), "bad_ladder", "words", "A ladder needs a name.", "Type it."),
    (a_ladder(), "bad_ladder", "steps", "A ladder has from 1 to 20 steps.", "Add or drop some."),
    (
        a_ladder(*[replace(LATER, name=str(n), after="due" if n == 0 else "previous") for n in range(MOST_STEPS + 1)]),
        "bad_ladder",
        "steps",
        "A ladder has from 1 to 20 steps.",
        "Add or drop some.",
    ),
    (
        a_ladder(LATER),
        "bad_ladder",
        "after",
        "The first step cannot come after a previous one.",
        "Count its days from the due day.",
    ),
    (
        a_ladder(LETTER, CALL, replace(LATER, name="ring")),
        "bad_ladder",
        "name",
        "Steps 2 and 3 are both called 'ring'.",
        "Give one another name.",
    ),
    (
        a_ladder(LETTER, CALL, replace(LATER, after="due")),
        "bad_ladder",
        "days",
        "Step 3 would come on day 7, not after step 2 on day 8.",
        "Give it more days.",
    ),
    (
        a_ladder(LETTER, replace(LATER, after="due", days=3)),
        "bad_ladder",
        "days",
        "Step 2 would come on day 3, not after step 1 on day 3.",
        "Give it more days.",
    ),
    (
        a_ladder(LETTER, replace(LATER, days=0)),
        "bad_ladder",
        "days",
        "Step 2 would come on day 3, not after step 1 on day 3.",
        "Give it more days.",
    ),
    (
        a_ladder(replace(LETTER, channel="pigeon")),
        "bad_choice",
        "channel",
        "'pigeon' is no channel of a step.",
        "Choose one of letter, email, call, act.",
    ),
    (
        a_ladder(replace(LETTER, tone="x" * 30)),
        "bad_choice",
        "tone",
        f"'{'x' * 20}' is no tone of a step.",
        "Choose one of friendly, firm, formal.",
    ),
    (
        a_ladder(replace(LETTER, after="never")),
        "bad_choice",
        "after",
        "'never' is no after of a step.",
        "Choose one of due, previous.",
    ),
    (
        a_ladder(replace(LETTER, channel="act", act="sue")),
        "bad_choice",
        "act",
        "'sue' is no act of a step.",
        "Choose one of freeze, compromise, handover.",
    ),
    (a_ladder(replace(LETTER, name=" ")), "bad_ladder", "name", "Step 1 needs a name.", "Type it."),
    (
        a_ladder(replace(LETTER, days=-1)),
        "bad_ladder",
        "days",
        "Step 1: days are from 0 to 730, the gap from 0 to 90.",
        "",
    ),
    (
        a_ladder(replace(LETTER, days=731)),
        "bad_ladder",
        "days",
        "Step 1: days are from 0 to 730, the gap from 0 to 90.",
        "",
    ),
    (
        a_ladder(replace(LETTER, gap=-1)),
        "bad_ladder",
        "days",
        "Step 1: days are from 0 to 730, the gap from 0 to 90.",
        "",
    ),
    (
        a_ladder(replace(LETTER, gap=91)),
        "bad_ladder",
        "days",
        "Step 1: days are from 0 to 730, the gap from 0 to 90.",
        "",
    ),
    (
        a_ladder(replace(LETTER, channel="act")),
        "bad_ladder",
        "act",
        "Step 1 names an act exactly when its channel is 'act'.",
        "Choose one of freeze, compromise, handover.",
    ),
    (
        a_ladder(replace(LETTER, act="freeze")),
        "bad_ladder",
        "act",
        "Step 1 names an act exactly when its channel is 'act'.",
        "Choose one of freeze, compromise, handover.",
    ),
]


@pytest.mark.parametrize(("ladder", "code", "where", "message", "hint"), REFUSED)
def test_what_no_ladder_may_be_is_refused_in_a_sentence(
    ladder: Ladder, code: str, where: str, message: str, hint: str
) -> None:
    with pytest.raises(ArtermError) as refused:
        checked(ladder)
    found = refused.value
    assert (found.code, found.where, found.message, found.hint or "") == (code, where, message, hint)


def test_the_edges_of_what_a_step_may_be_are_taken() -> None:
    widest = a_ladder(replace(LETTER, days=0, gap=0), replace(LATER, days=730, gap=90))
    assert checked(widest).ages == (0, 730)
    most = a_ladder(*[replace(LATER, name=str(n), after="due" if n == 0 else "previous") for n in range(MOST_STEPS)])
    assert len(checked(most).steps) == MOST_STEPS


@pytest.mark.parametrize(
    ("text", "rate"),
    [("10.5", "21/2"), ("10,5 %", "21/2"), (" 8% ", "8"), ("0", "0"), ("100", "100"), ("12.3456", "123456/10000")],
)
def test_a_rate_is_read_as_people_write_it(text: str, rate: str) -> None:
    assert read_rate(text) == Fraction(rate)


@pytest.mark.parametrize(
    "text", ["", "x", "100.01", "101", "-1", "1.23456", "1.", "1 2", "1e2", "9999", "%", "10 % a year"]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ArtermError) as refused:
        read_rate(text, "the rate")
    found = refused.value
    assert (found.code, found.where, found.hint) == ("bad_rate", "the rate", "Write it like 10.5.")
    assert found.message == f"'{text}' is not a rate per cent a year."


def test_a_long_rate_is_quoted_short() -> None:
    with pytest.raises(ArtermError, match=r"^rate: 'a bcdefghijklmnopqrs' is not") as refused:
        read_rate("a\n bcdefghijklmnopqrstuvwxyz")
    assert refused.value.where == "rate"


@given(st.integers(0, 1_000_000))
def test_a_rate_is_written_with_the_decimals_it_needs_and_read_back(tenths: int) -> None:
    said = rate_text(Fraction(tenths, 10_000))
    assert read_rate(said) == Fraction(tenths, 10_000)
    assert not said.endswith(".")
    assert [rate_text(Fraction(r)) for r in ("12.25", "8", "10", "0", "1/3")] == ["12.25", "8", "10", "0", "0.3333"]
