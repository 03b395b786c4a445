"""Which letters are due today and which invoices are not chased, each with its reasons: the real decision, asked by all
doors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from arterm.desk.claims.charges import Planned, open_charges, plan
from arterm.desk.claims.claims import question_of
from arterm.desk.session import Desk
from arterm.law.countries import every, nl
from arterm.law.question import CONSUMER, Claim
from arterm.rules.decision import Decision, decide, stopped
from arterm.rules.ladder import TONES
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store import cases


@dataclass(frozen=True, slots=True)
class DueLine:
    """One invoice on a letter: what is asked of it (net, minor units), whether its own step is due, its charges, the
    claim they follow from, and what was received for it and not matched yet.
    """

    found: cases.OpenInvoice
    decision: Decision
    moves: bool
    open: int
    charges: tuple[Planned, ...] = ()
    earlier: int = 0
    claim: Claim | None = None
    received: int = 0

    @property
    def step(self) -> int:
        """The step the invoice stands at once the letter has gone out: its own, whatever the letter's tone."""
        return self.decision.step.n if self.moves and self.decision.step else self.found.case.step


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A letter that could be written today: for whom, in which tone, about what, and why."""

    customer: int
    name: str
    currency: str
    tone: str
    reminder: int
    channel: str
    approval: bool
    lines: tuple[DueLine, ...]
    unmatched: Money
    why: tuple[str, ...]

    @property
    def step(self) -> int:
        """The highest step on the letter."""
        return max(line.step for line in self.lines)

    @property
    def total(self) -> Money:
        """What the letter asks for, charges and all."""
        asked = sum(line.open + line.earlier + sum(one.amount for one in line.charges) for line in self.lines)
        return Money(asked, self.currency)

    @property
    def invoices(self) -> tuple[cases.OpenInvoice, ...]:
        """The invoices on it."""
        return tuple(line.found for line in self.lines)


@dataclass(frozen=True, slots=True)
class Held:
    """An overdue invoice that no letter goes out for today, and why; its next step and day, if one is known."""

    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    next: str
    on: date | None
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DunningRun:
    """Everything that was decided: the letters, and what is held."""

    letters: tuple[DueNotice, ...]
    held: tuple[Held, ...]


def plan_run(
    desk: Desk, customer: int | None = None, invoices: Sequence[int] = (), by_hand: bool = False
) -> DunningRun:
    """The decision for every overdue invoice (of one customer, or some of them); the same facts give the same answer.

    All overdue invoices of a customer and currency that may be chased go on one letter as soon as one of them is due
    for a step; each keeps its own step, and charges follow the line. What was received and not matched is netted first.
    `by_hand`: the owner asks for letters now, so calls and gaps do not hold them back.
    """
    groups: dict[tuple[int, str], list[cases.OpenInvoice]] = {}
    for found in cases.facts(desk.book, desk.today, [customer] if customer else None):
        if found.case.chased_from < desk.today and (not invoices or found.id in invoices) and found.case.open:
            groups.setdefault((found.customer, found.case.currency), []).append(found)
    letters, held = list[DueNotice](), list[Held]()
    for (_, currency), members in groups.items():
        members.sort(key=lambda one: (one.case.due, one.id))
        decided = [(one, decide(one.case, desk.today, by_hand)) for one in members]
        waits = any(one.case.letter_waiting for one in members)
        letter = None if waits else _letter(desk, currency, decided)
        if letter is not None:
            letters.append(letter)
        on_letter = {line.found.id for line in letter.lines} if letter else set[int]()
        held += [_held(one, decision) for one, decision in decided if one.id not in on_letter]
    letters.sort(key=lambda letter: (-letter.total.minor, letter.customer))
    return DunningRun(tuple(letters), tuple(held))


def due_notices(desk: Desk, customer: int | None = None, invoices: Sequence[int] = ()) -> list[DueNotice]:
    """The letters that are due; for a customer who is named, those that may go out now because the owner wants them."""
    return list(plan_run(desk, customer, invoices, by_hand=customer is not None).letters)


def _letter(desk: Desk, currency: str, decided: Sequence[tuple[cases.OpenInvoice, Decision]]) -> DueNotice | None:
    moving = [(one, d) for one, d in decided if d.is_due and d.channel in ("letter", "email")]
    if not moving:
        return None
    chased = [(one, d) for one, d in decided if not stopped(one.case, desk.today)]
    unmatched = chased[0][0].case.unmatched
    lines = []
    for (one, decision), (net, received) in zip(chased, netted([one for one, _ in chased]), strict=True):
        if net:
            lines.append(_line(desk, one, decision, (one, decision) in moving, net, received))
    first_ones = [replace(line, charges=(), claim=None) for line in lines if line.moves and first_letter(desk, line)]
    lines = first_ones or _within_announced(lines)
    if not any(line.moves for line in lines):
        return None
    steps = [line.decision.step for line in lines if line.moves and line.decision.step]
    first = lines[0].found
    return DueNotice(
        first.customer,
        first.name,
        currency,
        _tone(lines),
        1 + max(line.found.case.reminders for line in lines if line.moves),
        "email" if all(line.decision.channel == "email" for line in lines if line.moves) else "letter",
        any(step.approval for step in steps),
        tuple(lines),
        Money(unmatched, currency),
        tuple(dict.fromkeys(why for line in lines if line.moves for why in line.decision.why)),
    )


def netted(members: Sequence[cases.OpenInvoice], whole: bool = False) -> list[tuple[int, int]]:
    """What may be asked of each invoice of a customer and currency (minor units), and what was received for it so far.

    Disputed parts are not asked for, nor what a plan puts off, but with `whole`; money that settles nothing yet is
    taken off the invoices in the order given.
    """
    left, found = members[0].case.unmatched if members else 0, []
    for one in members:
        asked = max(0, one.case.open - one.case.disputed) if whole else one.case.chased
        received = min(left, asked)
        left -= received
        found.append((asked - received, received))
    return found


def first_letter(desk: Desk, line: DueLine) -> str:
    """The letter that the law wants before anything is charged to a consumer, where this invoice has not had it yet.

    It goes out for such invoices alone: beside charges on others it would not be what it says it is. The Dutch one
    comes second: the friendly first reminder stays friendly.
    """
    question, _ = question_of(desk, line.found.id)
    if question.debtor != CONSUMER or question.jurisdiction not in every() or question.reminders:
        return ""
    regime = every()[question.jurisdiction].consumer
    return "" if line.found.case.reminders < regime.letter_after else regime.letter


def _within_announced(lines: list[DueLine]) -> list[DueLine]:
    """Dutch costs of a consumer, held to what the fourteen-day letter named: the scale on all invoices together (BW
    6:96(6)).
    """
    asking = [line for line in lines if any(_is_dutch(one) for one in line.charges)]
    left = nl.collection_costs(sum(line.open for line in asking)) if asking else 0
    found = []
    for line in lines:
        kept = []
        for one in line.charges:
            if _is_dutch(one):
                one = replace(one, amount=min(one.amount, left))
                left -= one.amount
            kept += [one] if one.amount else []
        found.append(replace(line, charges=tuple(kept)))
    return found


def _is_dutch(one: Planned) -> bool:
    return one.kind == "costs" and one.law.startswith("BW 6:96(6)")


def _line(desk: Desk, one: cases.OpenInvoice, decision: Decision, moves: bool, net: int, received: int) -> DueLine:
    wanted = moves and decision.step is not None and decision.step.charges and one.case.reminders >= 2
    charges, claim = plan(desk, one.id, one.case.disputed + received) if wanted else ((), None)
    earlier = sum(charge.open for charge in open_charges(desk, one.id)) if one.case.charges else 0
    return DueLine(one, decision, moves, net, charges, earlier, claim, received)


def _tone(lines: Sequence[DueLine]) -> str:
    """The highest step's tone within a ladder; of several ladders the most careful one's."""
    by_care: dict[int, int] = {}
    for line in lines:
        if line.moves and line.decision.step:
            care = line.found.case.ladder.care
            by_care[care] = max(by_care.get(care, 0), TONES.index(line.decision.step.tone))
    return TONES[by_care[min(by_care)]]


def _held(one: cases.OpenInvoice, decision: Decision) -> Held:
    step = decision.step
    why_not = decision.why_not
    if not why_not and step is not None and step.channel == "call":
        why_not = (message("dunning.run.next_is_call"),)
    elif not why_not and step is not None and step.channel == "act":
        why_not = (message("dunning.run.next_is_decision", name=step.name),)
    elif not why_not and one.case.unmatched < one.case.chased:
        why_not = (message("dunning.run.first_letter_alone"),)
    return Held(
        one.number,
        one.id,
        one.name,
        one.customer,
        step.name if step else "",
        decision.on,
        why_not or (message("dunning.run.covered"),),
    )
