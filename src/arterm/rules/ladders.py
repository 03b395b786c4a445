"""The ladders that come with arterm. Costs are wanted from the third reminder on; law and terms decide whether any are
asked.
"""

from __future__ import annotations

from arterm.rules.ladder import Ladder, Step, checked

# Letters that a step may name; those that the law wants come by themselves.
STEP_LETTERS = ("friendly", "second", "costs", "demand", "before-action", "mahnung")
STANDARD, KNOWN, NEW, CUSTOMER_CARE, LARGE = "standard", "known", "new", "consumer", "large"


def _ladder(key: str, words: str, care: int, *steps: Step) -> Ladder:
    return checked(Ladder(key, words, care, steps))


def _call(name: str, days: int, after: str = "previous", gap: int = 4) -> Step:
    return Step(0, name, days, after, gap, "call")


def _letter(
    name: str, days: int, after: str, tone: str, charges: bool = False, approval: bool = False, gap: int = 7
) -> Step:
    return Step(
        0, name, days, after, gap, "letter", tone, "demand" if name == "formal demand" else "", charges, approval
    )


def _act(name: str, days: int, act: str) -> Step:
    return Step(0, name, days, "previous", 0, "act", "formal", approval=True, act=act)


SHIPPED: dict[str, Ladder] = {
    ladder.key: ladder
    for ladder in (
        _ladder(
            STANDARD,
            "Standard",
            3,
            _letter("1st reminder", 3, "due", "friendly"),
            _letter("2nd reminder", 14, "previous", "firm"),
            _call("call", 7),
            _letter("3rd reminder", 7, "previous", "formal", charges=True),
            _act("offer a way out", 14, "compromise"),
            _letter("formal demand", 14, "previous", "formal", charges=True, approval=True),
            _act("hand over?", 21, "handover"),
        ),
        _ladder(
            KNOWN,
            "We know each other",
            1,
            _call("call", 3, "due"),
            _letter("1st reminder", 10, "previous", "friendly"),
            _call("second call", 10),
            _letter("2nd reminder", 10, "previous", "firm"),
            _letter("3rd reminder", 14, "previous", "formal", charges=True, approval=True),
            _act("offer a way out", 7, "compromise"),
            _letter("formal demand", 21, "previous", "formal", charges=True, approval=True),
            _act("hand over?", 30, "handover"),
        ),
        _ladder(
            NEW,
            "New customer",
            4,
            _letter("1st reminder", 2, "due", "friendly", gap=3),
            _letter("2nd reminder", 8, "previous", "firm", gap=5),
            _call("call", 4, gap=3),
            _letter("3rd reminder", 7, "previous", "formal", charges=True, gap=5),
            _act("stop supply?", 3, "freeze"),
            _letter("formal demand", 10, "previous", "formal", charges=True, approval=True),
            _act("hand over?", 14, "handover"),
        ),
        _ladder(
            CUSTOMER_CARE,
            "Consumer",
            0,
            _letter("1st reminder", 7, "due", "friendly"),
            _call("call", 10),
            _letter("2nd reminder", 11, "previous", "firm"),
            _letter("3rd reminder", 21, "previous", "formal", charges=True),
            _act("offer a way out", 10, "compromise"),
            _letter("formal demand", 21, "previous", "formal", charges=True, approval=True),
            _act("hand over?", 30, "handover"),
        ),
        _ladder(
            LARGE,
            "Large account",
            2,
            _call("call", 5, "due"),
            _letter("1st reminder", 12, "previous", "friendly"),
            _call("second call", 7),
            _letter("2nd reminder", 14, "previous", "firm", approval=True),
            _call("call the decision maker", 7),
            _letter("3rd reminder", 14, "previous", "formal", charges=True, approval=True),
            _act("offer a way out", 7, "compromise"),
            _letter("formal demand", 21, "previous", "formal", charges=True, approval=True),
            _act("hand over?", 30, "handover"),
        ),
    )
}
