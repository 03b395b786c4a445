"""What can come of a contact: channels, outcome codes, reasons, and the follow-up each outcome suggests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

CHANNELS = ("call", "email", "letter", "text", "meeting", "note")

REASONS = (
    "forgotten", "short_of_cash", "unhappy_with_work", "price", "delivery", "invoice_wrong", "invoice_missing",
    "approval_pending", "insolvency", "avoiding", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome code: its words, whether somebody was reached, and after how many days to look again (0: never)."""

    code: str
    words: str
    reached: bool
    look_again: int


OUTCOMES = {
    outcome.code: outcome
    for outcome in (
        Outcome("promise", "promised to pay", True, 0),
        Outcome("says_paid", "says it is paid", True, 3),
        Outcome("disputes", "disputes it", True, 2),
        Outcome("no_invoice", "never got the invoice", True, 5),
        Outcome("awaiting_approval", "waiting for approval", True, 5),
        Outcome("in_payment_run", "is in the payment run", True, 5),
        Outcome("cannot_pay", "cannot pay now", True, 3),
        Outcome("refuses", "refuses to pay", True, 1),
        Outcome("wants_plan", "wants to pay in parts", True, 1),
        Outcome("call_back", "call back later", True, 1),
        Outcome("wrong_person", "wrong person", True, 1),
        Outcome("no_answer", "no answer", False, 1),
        Outcome("voicemail", "left a message", False, 2),
        Outcome("engaged", "engaged", False, 1),
        Outcome("gatekeeper", "not put through", False, 1),
        Outcome("wrong_number", "wrong number", False, 1),
        Outcome("disconnected", "number is dead", False, 1),
        Outcome("other", "other", True, 0),
    )
}


def follow_up(code: str, today: date) -> date | None:
    """The day on which to look again after an outcome: a working day (Mon to Fri), or None when nothing follows."""
    days = OUTCOMES[code].look_again
    if not days:
        return None
    day = today + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
