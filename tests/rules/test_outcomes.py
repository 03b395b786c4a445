"""What each outcome of a call means, written out a second time: a flag that turns is seen here."""

from __future__ import annotations

from arterm.rules.outcomes import BY_DIGIT, OUTCOMES

# code, reached, waits, made, number, then, digit
MEANT = """
    promise yes - yes good confirm 1
    says_paid yes waits yes good payment 2
    disputes yes waits yes good dispute 4
    no_invoice yes waits yes good copy 3
    awaiting_approval yes waits yes good - -
    in_payment_run yes waits yes good - -
    cannot_pay yes waits yes good plan -
    refuses yes - yes good next_step 6
    wants_plan yes waits yes good plan 5
    call_back yes waits - good - -
    wrong_person yes - - - contact -
    no_answer - - - - - 8
    voicemail - - yes - - 7
    engaged - - - - - -
    gatekeeper - - - good - -
    wrong_number - - - bad contact 9
    disconnected - - - bad contact -
    other yes - yes - - 10
"""


def test_what_each_outcome_means() -> None:
    told = [
        " ".join(
            (
                one.code,
                "yes" if one.reached else "-",
                "waits" if one.waits else "-",
                "yes" if one.made else "-",
                one.number or "-",
                one.then or "-",
                str(one.digit or "-"),
            )
        )
        for one in OUTCOMES.values()
    ]
    assert told == [line.strip() for line in MEANT.strip().splitlines()]


def test_the_ten_commonest_have_the_digits() -> None:
    assert [OUTCOMES[code].digit for code in BY_DIGIT[:10]] == list(range(1, 11))
