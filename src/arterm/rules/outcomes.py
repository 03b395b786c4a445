"""What can come of a contact: channels, outcome codes, reasons, and what follows from each. One table, which the owner
can change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from arterm.rules.calendar import next_working_day
from arterm.rules.errors import ArtermError

CHANNELS = ("call", "email", "letter", "text", "meeting", "note")
METHODS = ("transfer", "card", "direct_debit", "cash", "cheque", "other")
MOST_DAYS = 60

# Why a customer has not paid, and what it suggests.
REASON_THEN = {
    "forgotten": "confirm",
    "short_of_cash": "plan",
    "unhappy_with_work": "dispute",
    "price": "dispute",
    "delivery": "dispute",
    "invoice_wrong": "dispute",
    "invoice_missing": "copy",
    "approval_pending": "copy",
    "insolvency": "next_step",
    "avoiding": "next_step",
    "other": "",
}
REASONS = tuple(REASON_THEN)
THEN = {
    "confirm": "confirm it in writing",
    "plan": "offer instalments",
    "dispute": "open a dispute",
    "copy": "send copies of the invoices",
    "payment": "look for the payment",
    "next_step": "take the next step of the ladder at once",
    "contact": "add whom to ask for, or another number",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome and what follows: after how many days to look again (0: never), whether the ladder waits until then,
    whether a call that was due counts as made, what becomes of the number (good, bad, or nothing), what to do next, its
    place among the ten that have a digit on the call sheet (0: none).
    """

    code: str
    words: str
    reached: bool
    look_again: int
    waits: bool = False
    made: bool = True
    number: str = ""
    then: str = ""
    digit: int = 0


OUTCOMES = {
    outcome.code: outcome
    for outcome in (
        Outcome("promise", "promised to pay", True, 0, number="good", then="confirm", digit=1),
        Outcome("says_paid", "says it is paid", True, 3, waits=True, number="good", then="payment", digit=2),
        Outcome("disputes", "disputes it", True, 2, waits=True, number="good", then="dispute", digit=4),
        Outcome("no_invoice", "never got the invoice", True, 5, waits=True, number="good", then="copy", digit=3),
        Outcome("awaiting_approval", "waiting for approval", True, 5, waits=True, number="good"),
        Outcome("in_payment_run", "is in the payment run", True, 5, waits=True, number="good"),
        Outcome("cannot_pay", "cannot pay now", True, 3, waits=True, number="good", then="plan"),
        Outcome("refuses", "refuses to pay", True, 1, number="good", then="next_step", digit=6),
        Outcome("wants_plan", "wants to pay in parts", True, 1, waits=True, number="good", then="plan", digit=5),
        Outcome("call_back", "call back later", True, 1, waits=True, made=False, number="good"),
        Outcome("wrong_person", "wrong person", True, 1, made=False, then="contact"),
        Outcome("no_answer", "no answer", False, 1, made=False, digit=8),
        Outcome("voicemail", "left a message", False, 2, digit=7),
        Outcome("engaged", "engaged", False, 1, made=False),
        Outcome("gatekeeper", "not put through", False, 1, made=False, number="good"),
        Outcome("wrong_number", "wrong number", False, 1, made=False, number="bad", then="contact", digit=9),
        Outcome("disconnected", "number is dead", False, 1, made=False, number="bad", then="contact"),
        Outcome("other", "other", True, 0, digit=10),
    )
}
# As a sheet lists them: those with a digit, then the others.
BY_DIGIT = tuple(sorted(OUTCOMES, key=lambda code: OUTCOMES[code].digit or len(OUTCOMES)))
_PARTS = ("days", "waits", "made")


def outcomes(changes: str = "") -> Mapping[str, Outcome]:
    """The table with the owner's changes, such as `voicemail.days=3 refuses.waits=yes`.

    Refuses (`bad_outcome`) an outcome or a part that there is not, and values beyond bounds.
    """
    if not changes.strip():
        return OUTCOMES
    found = dict(OUTCOMES)
    for word in changes.split():
        name, equals, value = word.partition("=")
        code, _, part = name.partition(".")
        if code not in found or part not in _PARTS or not equals:
            raise ArtermError("bad_outcome.unknown", "outcomes", word=word[:40])
        if part == "days":
            if not (value.isascii() and value.isdigit() and int(value) <= MOST_DAYS):
                raise ArtermError("bad_outcome.days", "outcomes", word=word[:40], most_days=MOST_DAYS)
            found[code] = replace(found[code], look_again=int(value))
        elif value not in ("yes", "no"):
            raise ArtermError("bad_outcome.yes_no", "outcomes", word=word[:40])
        elif part == "waits":
            found[code] = replace(found[code], waits=value == "yes")
        else:
            found[code] = replace(found[code], made=value == "yes")
    return found


def follow_up(code: str, today: date, country: str, table: Mapping[str, Outcome] = OUTCOMES) -> date | None:
    """The day on which to look again after an outcome: a working day there, or None when nothing follows."""
    days = table[code].look_again
    return next_working_day(today + timedelta(days=days), country) if days else None


def what_then(outcome: str, reason: str) -> str:
    """What to do next: the reason that was given decides, else what came of it."""
    return REASON_THEN.get(reason, "") or OUTCOMES[outcome].then
