"""One open invoice judged on a day: its status, its place on the board, why it stands there, and what comes next.

The rank is days late plus a weight for money, and more for a broken promise, so the order of two invoices does not
change because a day passes. It is kept as `RANK_BASE - day number of due + weights`; only the day on which a promise
runs out (`wake_on`) can change it, and such cases are found by that date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules import promises
from arterm.rules.currencies import DIGITS
from arterm.rules.dates import in_words
from arterm.rules.text import ordinal

RANK_BASE = 800_000  # larger than any date's ordinal here, so that ranks are positive
_DOUBLING = 12  # twice the money weighs as much as this many days
_BROKEN = 30
_RUNNING = -400
STATUSES = ("handed_over", "plan", "hold", "disputed", "promised", "overdue", "open")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one open invoice when it is judged. Amounts in minor units; days are value dates."""

    due: date
    open: int
    currency: str
    step: int = 0
    last_contact: date | None = None
    last_notice: date | None = None
    follow_up: date | None = None
    promise: promises.Promise | None = None
    receipts: Sequence[tuple[date, int]] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a case comes to on a day. `wake_on` is the day on which it must be judged again, if nothing happens."""

    status: str
    rank: int
    why: tuple[str, ...]
    next_action: str
    next_on: date | None
    wake_on: date | None


def weight_of_money(minor: int, currency: str) -> int:
    """Days that an amount is worth on the board: 12 for every doubling above one whole unit."""
    whole = minor // int(10 ** DIGITS[currency])
    if whole < 1:
        return 0
    power = whole.bit_length() - 1
    eighths = ((whole << 3) >> power) - 8  # the fraction of a doubling, in eighths, by straight line
    return _DOUBLING * power + (_DOUBLING * eighths) // 8


def judge(case: Case, on: date) -> Judgement:
    """Status, rank, reasons, next act of an open invoice on that day. Pure: the same facts give the same answer."""
    promised = promises.state(case.promise, case.receipts, on) if case.promise else ""
    late = (on - case.due).days
    rank = RANK_BASE - case.due.toordinal() + weight_of_money(case.open, case.currency)
    wake_on: date | None = None
    if promised == "open" and case.promise:
        status, wake_on = "promised", date.fromordinal(case.promise.day.toordinal() + 1)
        rank += _RUNNING
    else:
        status = "overdue" if late > 0 else "open"
        if promised in ("broken", "partly kept"):
            rank += _BROKEN
    action, day = _next(case, status, on)
    return Judgement(status, rank, _why(case, promised, late, on), action, day, wake_on)


def priority(rank: int, on: date) -> int:
    """The score that a stored rank comes to on a day: days late plus weights."""
    return rank - RANK_BASE + on.toordinal()


def step_words(step: int) -> str:
    """`2nd reminder`; `-` when none was issued."""
    return f"{ordinal(step)} reminder" if step else "-"


def _next(case: Case, status: str, on: date) -> tuple[str, date | None]:
    if status == "promised" and case.promise:
        return "await promise", case.promise.day
    if case.follow_up and case.follow_up >= on:
        return "follow up", case.follow_up
    if case.follow_up:
        return "follow up", on
    if status == "open":
        return "wait", case.due
    if case.step == 0 and case.last_contact is None:
        return "1st reminder", on
    return "call", on


def _why(case: Case, promised: str, late: int, on: date) -> tuple[str, ...]:
    why: list[str] = []
    if case.promise and promised in ("broken", "partly kept"):
        ago = (on - case.promise.day).days
        kind = "promise broken" if promised == "broken" else "promise only partly kept"
        why.append(f"{kind} {ago} d ago")
    elif case.promise and promised == "open":
        why.append(f"promised for {in_words(case.promise.day, on)}")
    if case.follow_up and case.follow_up <= on:
        why.append("follow-up is due")
    if late > 90:
        why.append("over 90 days late")
    elif late > 60:
        why.append("over 60 days late")
    if late > 0:
        why.append(_silence(case, on))
    elif late <= 0:
        why.append("not yet due" if late < 0 else "due today")
    return tuple(word for word in why if word)


def _silence(case: Case, on: date) -> str:
    if case.last_contact is None:
        return "reminded, not yet spoken to" if case.step else "nobody has asked yet"
    days = (on - case.last_contact).days
    return f"last contact {days} d ago" if days > 0 else "contacted today"
