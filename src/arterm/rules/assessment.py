"""One open invoice judged on a day: its status, its place on the board and the points for it, and what comes next.

The rank is days late plus a weight for money, and more or less for what happened, so the order of two invoices does not
change because a day passes. It is kept as `RANK_BASE - day number of due + weights`; only a day on which a promise or a
pause runs out (`wake_on`) can change it, and such cases are found by that date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.rules import plans
from arterm.rules.case import Case
from arterm.rules.currencies import DIGITS
from arterm.rules.day_words import in_words
from arterm.rules.decision import Decision, decide
from arterm.rules.money import plain
from arterm.rules.states import CaseStatus

RANK_BASE = 800_000  # larger than any date's ordinal here, so that ranks are positive
_DOUBLING = 12  # twice the money weighs as much as this many days
_BROKEN = 30
_WAITING = -400
STATUSES = ("handed_over", "plan", "hold", "disputed", "promised", "overdue", "open")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a case comes to on a day. `points` add up to the rank; `wake_on` is when it must be judged again."""

    status: CaseStatus
    rank: int
    why: tuple[str, ...]
    next_action: str
    next_on: date | None
    wake_on: date | None
    points: tuple[tuple[int, str], ...]
    decision: Decision


def weight_of_money(minor: int, currency: str) -> int:
    """Days that an amount is worth on the board: 12 for every doubling above one whole unit."""
    whole = minor // int(10 ** DIGITS[currency])
    if whole < 1:
        return 0
    power = whole.bit_length() - 1
    eighths = ((whole << 3) >> power) - 8  # the fraction of a doubling, in eighths, by straight line
    return _DOUBLING * power + (_DOUBLING * eighths) // 8


def status_of(case: Case, on: date) -> CaseStatus:
    """The first that holds: handed_over, plan, hold, disputed, promised, overdue, open."""
    if case.handed_over:
        return "handed_over"
    if case.plan_holds(on):
        return "plan"
    if case.paused_until is not None and case.paused_until >= on:
        return "hold"
    if case.disputed and case.open <= case.disputed:
        return "disputed"
    if case.promised(on) == "open":
        return "promised"
    return "overdue" if on > case.due else "open"


def rank_of(case: Case, on: date) -> int:
    """The place on the board as it is kept: the same for every day until something happens."""
    return RANK_BASE - case.due.toordinal() + sum(points for points, _ in _weights(case, on))


def judge(case: Case, on: date) -> Judgement:
    """Status, points, reasons, next act of an open invoice on that day. Pure: the same facts give the same answer."""
    status, decision, weights = status_of(case, on), decide(case, on), _weights(case, on)
    action, day = _next(case, status, decision, on)
    return Judgement(
        status,
        RANK_BASE - case.due.toordinal() + sum(points for points, _ in weights),
        _why(case, status, on),
        action,
        day,
        case.wakes_on(on),
        ((on.toordinal() - case.due.toordinal(), "one for every day late"), *weights),
        decision,
    )


def priority(rank: int, on: date) -> int:
    """The score that a stored rank comes to on a day: days late plus weights."""
    return rank - RANK_BASE + on.toordinal()


def _weights(case: Case, on: date) -> tuple[tuple[int, str], ...]:
    """The points beside the days: for the money, a broken promise; against it, what it waits for."""
    found = [(weight_of_money(case.open + case.charges, case.currency), "the amount, twelve for every doubling")]
    if case.promised(on) in ("broken", "partly kept"):
        found.append((_BROKEN, "a promise was broken"))
    if case.plan_state(on) == "broken":
        found.append((_BROKEN, "a plan was broken"))
    waits = {"promised": "a promise is running", "hold": "chasing is paused", "disputed": "all of it is disputed"}
    waits |= {"plan": "a plan is running", "handed_over": "others chase it"}
    status = status_of(case, on)
    if status in waits:
        found.append((_WAITING, waits[status]))
    return tuple(found)


def _next(case: Case, status: str, decision: Decision, on: date) -> tuple[str, date | None]:
    if status == "promised" and case.promise:
        return "await promise", case.promise.day
    if status == "hold":
        return "paused until", case.paused_until
    if status == "disputed":
        return "settle the dispute", on
    if status in ("plan", "handed_over"):
        coming = case.plan_next(on)
        return (
            (f"instalment {coming[0]}{' is late' if coming[1] < on else ''}", coming[1])
            if status == "plan" and coming
            else ("handed over", None)
        )
    if case.follow_up:
        return "follow up", max(case.follow_up, on)
    if status == "open":
        return "wait", case.due
    if case.letter_waiting:
        return "letter waits", on
    if case.reply_waiting:
        return "read the reply", on
    if decision.step is None:
        return "decide", on
    if decision.why_not and decision.on is not None and decision.on <= on:
        return "wait", None
    return decision.step.name, max(decision.on or on, on)


def _why(case: Case, status: str, on: date) -> tuple[str, ...]:
    why: list[str] = []
    late, promised = (on - case.due).days, case.promised(on)
    if case.promise and promised in ("broken", "partly kept"):
        kind = "promise broken" if promised == "broken" else "promise only partly kept"
        why.append(f"{kind} {(on - case.promise.day).days} d ago")
    elif case.promise and promised == "open":
        why.append(f"promised for {in_words(case.promise.day, on)}")
    if case.plan and case.plan_state(on) == "broken":
        why.append(f"plan broken {(on - plans.since(case.plan, case.plan_receipts, on)).days} d ago")
    elif case.plan and status == "plan":
        coming = case.plan_next(on)
        n = coming[0] - 1 if coming else 0
        why.append(f"plan running, {n} of {len(case.plan.instalments)} paid")
    if status == "hold" and case.paused_until:
        why.append(f"paused: {case.paused_why}")
    if case.disputed:
        why.append("disputed" if case.open <= case.disputed else f"{plain(case.disputed, case.currency)} disputed")
    if case.frozen:
        why.append("supply stopped")
    if case.follow_up and case.follow_up <= on:
        why.append("follow-up is due")
    if late > 90:
        why.append("over 90 days late")
    elif late > 60:
        why.append("over 60 days late")
    if late > 0:
        why.append(_silence(case, on))
    else:
        why.append("not yet due" if late < 0 else "due today")
    return tuple(why)


def _silence(case: Case, on: date) -> str:
    if case.last_contact is None:
        return "reminded, not yet spoken to" if case.reminders else "nobody has asked yet"
    days = (on - case.last_contact).days
    return f"last contact {days} d ago" if days > 0 else "contacted today"
