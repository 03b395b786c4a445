"""What chasing brought: money after each letter, step of the ladder and outcome of a call; costs charged and recovered;
plans.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from arterm.desk.compromise.plans import plans_of
from arterm.desk.reports.model import Cell, Report, ReportOptions, ReportTable, number
from arterm.desk.session import Desk
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.store.case_facts import CaseFacts
from arterm.store.reads import reports as reads

WITHIN = 30  # days after a letter or a talk in which what comes is told beside it


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was done about one invoice: what was open then, what came (minor units), after how many days (None: nothing
    yet).
    """

    done: reads.Deed
    asked: int
    came: int
    wait: int | None


@dataclass(slots=True)
class _Brought:
    """Outcomes of one kind added up (minor units)."""

    times: int = 0
    asked: int = 0
    came: int = 0
    waits: int = 0
    answered: int = 0

    def add(self, one: _Outcome) -> None:
        """One more."""
        self.times += 1
        self.asked += one.asked
        self.came += one.came
        if one.wait is not None:
            self.waits += one.wait
            self.answered += 1

    def cells(self, code: str) -> tuple[Cell, ...]:
        """As the columns of a table."""
        share = number(Fraction(100 * self.came, self.asked) if self.asked else None, 0)
        wait: Cell = (2 * self.waits + self.answered) // (2 * self.answered) if self.answered else "-"
        return self.times, Money(self.asked, code), Money(self.came, code), share, wait


def effectiveness_report(desk: Desk, asked: ReportOptions) -> Report:
    """What came after letters, steps and talks of the period, costs charged and recovered in it, plans as they
    stand.
    """
    code, ladders = asked.code(desk), CaseFacts(desk.book, desk.today, "", (), set())
    letters, steps, talks = _Sums(), _Sums(), _Sums()
    period = (code, desk.today - timedelta(days=asked.days), desk.today)
    for one in _outcomes(desk, reads.letters(desk.book, *period), timedelta(days=1)):
        letters.add((one.done.kind, one.done.by), one)
    for one in _outcomes(desk, reads.steps(desk.book, *period), timedelta(days=1)):
        ladder = ladders.ladder(one.done.invoice, one.done.customer, one.done.debtor)
        name = next(
            (step.name for step in ladder.steps if step.n == one.done.step),
            message("reports.effectiveness.step", step=one.done.step),
        )
        steps.add((ladder.words, f"{one.done.step}. {name}"), one)
    for one in _outcomes(desk, reads.talks(desk.book, *period), timedelta()):
        words = OUTCOMES[one.done.kind].words if one.done.kind in OUTCOMES else one.done.kind
        talks.add((words, one.done.by), one)
    tables = (
        letters.table(message("reports.effectiveness.letters", days=WITHIN), ("kind", "by"), code),
        steps.table(message("reports.effectiveness.steps", days=WITHIN), ("ladder", "step"), code),
        talks.table(message("reports.effectiveness.talks", days=WITHIN), ("outcome", "by"), code),
        _costs(desk, asked),
        _plans(desk, code),
    )
    note = message("reports.effectiveness.how_counted", days=asked.days)
    return Report("effectiveness", message("reports.effectiveness.title"), desk.today, code, (), tables, (note,))


class _Sums:
    """Outcomes added up under two names."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], _Brought] = {}

    def add(self, names: tuple[str, str], one: _Outcome) -> None:
        """One more under these names."""
        self.held.setdefault(names, _Brought()).add(one)

    def table(self, title: str, names: tuple[str, str], code: str) -> ReportTable:
        """What brought the most first."""
        ordered = sorted(self.held.items(), key=lambda one: (-one[1].came, one[0]))
        return ReportTable(
            title,
            (*names, "invoices", "asked", "came", "%", message("reports.effectiveness.wait")),
            tuple((*key, *brought.cells(code)) for key, brought in ordered),
        )


def _outcomes(desk: Desk, deeds: Sequence[reads.Deed], later: timedelta) -> Iterator[_Outcome]:
    """What came after each of what was done in the period.

    What came `later` than its day counts: money of the day itself does so after a talk, and not after a letter, which
    nobody has read by then.
    """
    if not deeds:
        return
    came: dict[int, list[reads.Came]] = {}
    rows = sorted({one.invoice for one in deeds})
    for part in reads.came_since(desk.book, rows, min(one.day for one in deeds)):
        came.setdefault(part.invoice, []).append(part)
    for one in deeds:
        after = [part for part in came.get(one.invoice, ()) if part.day >= one.day + later]
        until = min(one.day + timedelta(days=WITHIN), desk.today)
        money = [part for part in after if part.is_money and part.day <= until]
        answered = next((part.day for part in money if part.amount > 0), None)
        yield _Outcome(
            one,
            one.open + sum(part.amount for part in after),
            sum(part.amount for part in money),
            (answered - one.day).days if answered else None,
        )


def _costs(desk: Desk, asked: ReportOptions) -> ReportTable:
    """Costs and interest charged in the period, and what became of them by today."""
    code = asked.code(desk)
    found = reads.costs(desk.book, code, desk.today - timedelta(days=asked.days), desk.today)
    sums = (("charged", found.charged), ("waived", found.waived), ("recovered", found.recovered))
    rows = tuple((what, Money(amount, code)) for what, amount in sums)
    return ReportTable(message("reports.effectiveness.costs_interest"), ("what", "amount"), rows, drawn=1)


def _plans(desk: Desk, code: str) -> ReportTable:
    plans = [one for one in plans_of(desk) if one.origin == "agreed"]
    rows = []
    for state in ("running", "kept", "broken"):
        mine = [one for one in plans if one.state == state and one.currency == code]
        agreed, paid = (Money(sum(getattr(one, name).minor for one in mine), code) for name in ("total", "paid"))
        rows.append((state, len(mine), agreed, paid))
    return ReportTable(message("reports.effectiveness.plans"), ("state", "plans", "agreed", "paid"), tuple(rows))
