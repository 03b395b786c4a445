"""What chasing brought: money after each letter, step of the ladder and outcome of a call; costs charged and recovered;
plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from arterm.desk.compromise.plans import plans_of
from arterm.desk.reports.model import Asked, Cell, Report, Table, number
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.store.case_facts import CaseFacts
from arterm.store.promise_facts import STANDING_LOG

WITHIN = 30  # days after a letter or a talk in which what comes is told beside it
_LETTERS = """
  SELECT coalesce(t.kind, 'reminder') AS a, n.channel AS b, n.issued AS day, l.invoice FROM notice n
  LEFT JOIN letter t ON t.notice = n.id JOIN {0} l ON l.notice = n.id WHERE n.state = 'issued' AND n.void_act IS NULL"""
_STEPS = """
  SELECT l.step AS a, '' AS b, n.issued AS day, l.invoice FROM notice n JOIN notice_line l ON l.notice = n.id
  WHERE n.state = 'issued' AND n.void_act IS NULL AND l.step > 0
  UNION ALL SELECT step, '', day, invoice FROM step_done WHERE void_act IS NULL"""
_TALKS = f"""
  SELECT l.outcome AS a, l.channel || CASE l.direction WHEN 'in' THEN ' in' ELSE '' END AS b, l.day, x.invoice
  FROM log l JOIN log_line x ON x.log = l.id WHERE l.void_act IS NULL AND l.channel <> 'note' AND {STANDING_LOG}"""
# What was open on that day, what came in the days after it, and the first day on which anything came. Money of the day
# itself
# counts after a talk and not after a letter, which nobody has read by then.
_RECEIPTS = """
  FROM allocation m JOIN credit k ON k.id = m.credit WHERE m.invoice = i.id AND k.kind IN ('receipt', 'reported')
  AND m.value_day {1} x.day AND m.value_day <= min(date(x.day, '+{2} days'), ?1)"""
_AFTER = f"""
  SELECT x.a, x.b, x.day, x.invoice, i.customer, c.kind,
    i.open + coalesce((SELECT sum(m.amount) FROM allocation m WHERE m.invoice = i.id AND m.value_day {{1}} x.day), 0),
    coalesce((SELECT sum(m.amount) {_RECEIPTS}), 0), (SELECT min(m.value_day) {_RECEIPTS} AND m.amount > 0)
  FROM ({{0}}) x JOIN invoice i ON i.id = x.invoice JOIN customer c ON c.id = i.customer
  WHERE i.currency = ?2 AND x.day BETWEEN ?3 AND ?1"""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One invoice that was written or spoken about: what was open, what came, after how many days (None: nothing
    yet).
    """

    invoice: int
    customer: int
    debtor: str
    asked: int
    came: int
    wait: int | None


@dataclass(slots=True)
class _Brought:
    """Deeds of one kind added up (minor units)."""

    times: int = 0
    asked: int = 0
    came: int = 0
    waits: int = 0
    answered: int = 0

    def add(self, work: _Deed) -> None:
        """One more."""
        self.times += 1
        self.asked += work.asked
        self.came += work.came
        if work.wait is not None:
            self.waits += work.wait
            self.answered += 1

    def cells(self, code: str) -> tuple[Cell, ...]:
        """As the columns of a table."""
        share = number(Fraction(100 * self.came, self.asked) if self.asked else None, 0)
        wait: Cell = (2 * self.waits + self.answered) // (2 * self.answered) if self.answered else "-"
        return self.times, Money(self.asked, code), Money(self.came, code), share, wait


_COLUMNS = ("invoices", "asked", "came", "%", "days until it came")


def effectiveness_report(desk: Desk, asked: Asked) -> Report:
    """What came after letters, steps and talks of the period, costs charged and recovered in it, plans as they
    stand.
    """
    code, ladders = asked.code(desk), CaseFacts(desk.book, desk.today, "", (), set())
    letters, steps, talks = _Sums(), _Sums(), _Sums()
    for lines in ("notice_line", "letter_line"):
        for kind, channel, work in _deeds(desk, asked, _LETTERS.format(lines), ">"):
            letters.add((kind, channel), work)
    for n, _, work in _deeds(desk, asked, _STEPS, ">"):
        ladder = ladders.ladder(work.invoice, work.customer, work.debtor)
        name = next((step.name for step in ladder.steps if step.n == n), f"step {n}")
        steps.add((ladder.words, f"{n}. {name}"), work)
    for outcome, channel, work in _deeds(desk, asked, _TALKS, ">="):
        talks.add((OUTCOMES[outcome].words if outcome in OUTCOMES else outcome, channel), work)
    tables = (
        letters.table(f"Letters and e-mails: what came within {WITHIN} days", ("kind", "by"), code),
        steps.table(f"Steps of the ladders: what came within {WITHIN} days", ("ladder", "step"), code),
        talks.table(f"Calls and talks: what came within {WITHIN} days", ("outcome", "by"), code),
        _costs(desk, asked),
        _plans(desk, code),
    )
    note = (
        "An invoice that had several counts with each: what came after a step came not always because of it. The last"
        f" {asked.days} days."
    )
    return Report("effectiveness", "What chasing brought", desk.today, code, (), tables, (note,))


class _Sums:
    """Deeds added up under two names."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], _Brought] = {}

    def add(self, names: tuple[str, str], work: _Deed) -> None:
        """One more under these names."""
        self.held.setdefault(names, _Brought()).add(work)

    def table(self, title: str, names: tuple[str, str], code: str) -> Table:
        """What brought the most first."""
        ordered = sorted(self.held.items(), key=lambda one: (-one[1].came, one[0]))
        return Table(title, (*names, *_COLUMNS), tuple((*key, *brought.cells(code)) for key, brought in ordered))


def _deeds(desk: Desk, asked: Asked, what: str, after: str) -> Iterable[tuple[Any, str, _Deed]]:
    """What was done in the period, with what came after each; two names that say what it was in front."""
    since = desk.today - timedelta(days=asked.days)
    rows = desk.book.rows(
        _AFTER.format(what, after, WITHIN), (desk.today.isoformat(), asked.code(desk), since.isoformat())
    )
    for first, second, day, invoice, customer, debtor, open_, came, answered in rows:
        wait = (date.fromisoformat(answered) - date.fromisoformat(day)).days if answered else None
        yield first, second, _Deed(invoice, customer, debtor, open_, came, wait)


def _costs(desk: Desk, asked: Asked) -> Table:
    """Costs and interest charged in the period, and what became of them by today."""
    code, since, today = asked.code(desk), (desk.today - timedelta(days=asked.days)).isoformat(), desk.today.isoformat()
    settled = (
        "SELECT coalesce(sum(a.amount), 0) FROM invoice i JOIN allocation a ON a.invoice = i.id JOIN credit k ON k.id ="
        " a.credit WHERE i.kind = 'charge' AND i.void_act IS NULL AND i.currency = ?1 AND i.issued BETWEEN ?2 AND ?3"
        " AND a.value_day <= ?3 AND k.kind {0} IN ('receipt', 'reported')"
    )
    queries = {
        "charged": (
            "SELECT coalesce(sum(i.total), 0) FROM invoice i WHERE i.kind = 'charge' AND i.void_act IS NULL AND"
            " i.currency = ?1 AND i.issued BETWEEN ?2 AND ?3"
        ),
        "waived": settled.format("NOT"),
        "recovered": settled.format(""),
    }
    rows = [(what, Money(desk.book.one(query, (code, since, today))[0], code)) for what, query in queries.items()]
    return Table("Costs and interest", ("what", "amount"), tuple(rows), drawn=1)


def _plans(desk: Desk, code: str) -> Table:
    plans = [one for one in plans_of(desk) if one.origin == "agreed"]
    rows = []
    for state in ("running", "kept", "broken"):
        mine = [one for one in plans if one.state == state and one.currency == code]
        agreed, paid = (Money(sum(getattr(one, name).minor for one in mine), code) for name in ("total", "paid"))
        rows.append((state, len(mine), agreed, paid))
    return Table("Plans", ("state", "plans", "agreed", "paid"), tuple(rows))
