"""What the next step is for an open invoice, on which day, and why; or why nothing is to be done. One pure function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from arterm.rules.case import Case
from arterm.rules.day_words import in_words
from arterm.rules.ladder import Step
from arterm.rules.messages import message

INSTEAD_OF_MAIL = ("decisions.channel.no_address", "decisions.channel.no_mail")  # why a letter goes on paper
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """The next step and the first day it may be taken; `why_not` is empty when that day has come.

    `channel` is how it would go out here (an e-mail without an address becomes a letter, and `why` says so).
    `old_enough` is the step that the age alone would allow.
    """

    step: Step | None
    on: date | None
    channel: str
    why: tuple[str, ...]
    why_not: tuple[str, ...]
    old_enough: int

    @property
    def is_due(self) -> bool:
        """Whether the step may be taken now."""
        return self.step is not None and not self.why_not


def decide(case: Case, on: date, by_hand: bool = False) -> Decision:
    """The decision for one invoice on a day. `by_hand`: the owner asks for a letter now, so calls and gaps do not hold
    it.

    A step that was missed is caught up, one at a time and never two on a day; what was never issued is not skipped;
    what the customer promised, disputes or was granted stops it.
    """
    late = (on - case.chased_from).days
    old = case.ladder.old_enough_for(late)
    step = case.ladder.next_letter_after(case.step) if by_hand else case.ladder.next_after(case.step)
    stops = stopped(case, on)
    if step is None:
        return Decision(None, None, "", (), (*stops, "every step of its ladder was taken: decide what follows"), old)
    first, why = _first_day(case, step)
    channel, fallback = _channel(case, step)
    why_not = list(stops)
    if by_hand:
        if case.last_step == on or (case.last_notice is not None and case.last_notice >= on):
            why_not.append("it was reminded of today")
        if late <= 0:
            why_not.append("it is not overdue yet")
        ready = on
    else:
        ready, held = _ready(case, step, first, on)
        why_not += [] if on >= ready else held
    if case.avoids and step.channel != "call":
        why.append(f"{case.avoids}: the next step comes at once")
    if old > step.n and not stops:
        why.append(f"old enough for step {old}, next is step {step.n}")
    if step.charges and case.reminders < 2:
        why.append("no costs yet: they come from the third reminder on")
    return Decision(step, ready, channel, (*why, *fallback), tuple(why_not), old)


def stopped(case: Case, on: date) -> tuple[str, ...]:
    """What stops all chasing of this invoice, whatever the ladder says."""
    why: list[str] = []
    if case.handed_over:
        why.append(f"it was handed over: {case.handed_to or 'others chase it'} now")
    if case.plan_holds(on):
        why.append(_plan_words(case, on))
    if case.paused_until is not None and case.paused_until >= on:
        why.append(f"paused until {in_words(case.paused_until, on)}: {case.paused_why}")
    if case.disputed and case.open <= case.disputed:
        why.append("all of it is disputed")
    elif case.not_yet and case.chased == 0 and not case.plan_holds(on):
        why.append("what is left of its plan is not due yet")
    if case.promise is not None and case.promised(on) == "open":
        why.append(f"a promise is running until {in_words(case.promise.day, on)}")
    if case.waits and case.follow_up is not None and case.follow_up > on:
        why.append(f"{case.waits}: looked at again {in_words(case.follow_up, on)}")
    if case.reply_waiting is not None:
        why.append(f"a reply of {in_words(case.reply_waiting, on)} waits to be read")
    if case.letter_waiting:
        why.append("a letter is written and waits: did it go out?")
    if case.unmatched and case.unmatched >= case.chased:
        why.append("money received or credited and not yet matched would cover it")
    if max(case.open, case.owed) < case.limits.floor:
        why.append("it is too small to chase")
    return tuple(why)


def _plan_words(case: Case, on: date) -> str:
    coming = case.plan_next(on)
    assert case.plan
    assert coming
    n, due, _ = coming
    if due < on:
        grace = due + timedelta(days=case.plan.grace)
        return (
            f"a plan is running: instalment {n} of {len(case.plan.instalments)} is late, and may be until"
            f" {in_words(grace, on)}"
        )
    return f"a plan is running: instalment {n} of {len(case.plan.instalments)} comes on {in_words(due, on)}"


def _first_day(case: Case, step: Step) -> tuple[date, list[str]]:
    """The day the ladder itself has for a step. A step after the due day never comes before the one before it."""
    before = case.last_step or case.chased_from
    if step.after == "due" or case.last_step is None:
        days = step.days if step.after == "due" else case.ladder.earliest(step.n)
        day = case.chased_from + timedelta(days=days)
        return day, [f"{step.name}: {days} days after it was due"]
    return before + timedelta(days=step.days), [f"{step.name}: {step.days} days after the step before"]


def _ready(case: Case, step: Step, first: date, on: date) -> tuple[date, list[str]]:
    """The first day on which nothing holds the step back any more, and what holds it until then."""
    held: list[str] = []
    if case.avoids and step.channel != "call":
        first = min(first, max(on, case.last_step + _DAY if case.last_step else on))
    day = first
    if day > on:
        held.append(f"{step.name} comes on {in_words(day, on)}")
    if case.last_step is not None and day <= case.last_step:
        day = case.last_step + _DAY
        held.append("a step was taken today")
    if case.last_contact is not None and step.channel != "act" and not (case.avoids and step.channel != "call"):
        after = case.last_contact + timedelta(days=step.gap)
        if after > max(day, on - _DAY) and after > on:
            held.append(f"too soon after the last contact on {in_words(case.last_contact, on)}")
        day = max(day, after)
    if step.channel != "act":
        day, more = _within_caps(case, day, on)
        held += more
    return day, held


def _within_caps(case: Case, day: date, on: date) -> tuple[date, list[str]]:
    held: list[str] = []
    most, lately = case.limits.contacts_week, sorted(case.contacts)
    if most and len(lately) >= most:
        free = lately[-most] + timedelta(days=7)
        if free > max(day, on):
            held.append(f"contacted {most} times within a week already")
        day = max(day, free)
    quiet = case.limits.quiet_days
    if len(quiet) < 7 and max(day, on).weekday() in quiet:
        day = max(day, on)
        while day.weekday() in quiet:
            day += _DAY
        held.append("nobody is chased on this day of the week")
    return day, held


def _channel(case: Case, step: Step) -> tuple[str, tuple[str, ...]]:
    wished = step.channel == "letter" and case.limits.mail_ready and step.tone in case.limits.by_mail
    if step.channel == "email" or wished:
        if case.no_mail:
            return "letter", (message("decisions.channel.no_address"),)
        if not case.limits.mail_ready:
            return "letter", (message("decisions.channel.no_mail"),)
        return "email", ()
    if step.channel == "call" and case.no_phone:
        return "call", ("no good telephone number is known",)
    return step.channel, ()
