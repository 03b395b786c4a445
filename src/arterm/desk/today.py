"""Today's worklist: who to call, what to send, what came due or broke, ranked, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk.board import Board, Query
from arterm.desk.desk import Desk
from arterm.desk.due import DueNotice, decide_run
from arterm.desk.notices import waiting
from arterm.desk.views import BoardRow
from arterm.rules.money import Money
from arterm.rules.text import count
from arterm.store import cases

GROUPS = ("call-backs", "calls", "letters", "promises", "decisions", "letters waiting")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do today about a customer and currency: what, about which invoices, how pressing, and why."""

    group: str
    customer: str
    customer_id: int
    action: str
    on: date
    amount: Money
    currency: str
    invoices: tuple[str, ...]
    priority: int
    why: tuple[str, ...]


def today(desk: Desk) -> tuple[Task, ...]:
    """Everything to do today, group after group, the most pressing first.

    What waits (a promise, a pause, a dispute) is not on it; the same decisions make it as the run of letters.
    """
    run = decide_run(desk)
    on_letters = {line.found.id for letter in run.letters for line in letter.lines}
    board = Board(desk, Query(everything=True))
    rows = [row for row in board.rows() if row.status in ("overdue", "open", "disputed")]
    steps = _next_channels(desk, [row.invoice_id for row in rows])
    tasks = [_letter(letter, rows) for letter in run.letters]
    tasks += _grouped(desk, [row for row in rows if _is_call_back(row, desk.today)], "call-backs", "follow up")
    called = {task.customer_id for task in tasks if task.group == "call-backs"}
    calls = [
        row
        for row in rows
        if steps.get(row.invoice_id) == "call" and row.customer_id not in called and row.invoice_id not in on_letters
    ]
    tasks += _grouped(desk, calls, "calls", "call")
    broken = [row for row in rows if any("promise" in why and "broken" in why for why in row.why)]
    tasks += _grouped(
        desk, [row for row in broken if row.customer_id not in called], "promises", "the promise was broken: call"
    )
    tasks += _grouped(desk, [row for row in rows if steps.get(row.invoice_id) == "act"], "decisions", "decide")
    tasks += _grouped(desk, [row for row in rows if row.status == "disputed"], "decisions", "settle the dispute")
    tasks += [
        Task(
            "letters waiting",
            one.customer,
            one.customer_id,
            "say whether it went out",
            one.day,
            one.total,
            one.currency,
            one.invoices,
            0,
            (one.kind,),
        )
        for one in waiting(desk)
    ]
    return tuple(sorted(tasks, key=lambda task: (GROUPS.index(task.group), -task.priority, task.customer_id)))


def _is_call_back(row: BoardRow, on: date) -> bool:
    return row.next_action == "follow up" and row.next_on is not None and row.next_on <= on


def _next_channels(desk: Desk, ids: Sequence[int]) -> dict[int, str]:
    """By invoice, the channel of the step that is due now; `act` also where the ladder has come to its end."""
    from arterm.rules.decision import decide

    found = {}
    for n in range(0, len(ids), 500):
        for one in cases.facts(desk.book, desk.today, invoices=ids[n : n + 500]):
            decision = decide(one.case, desk.today)
            if decision.is_due and decision.step:
                found[one.id] = decision.channel
            elif decision.step is None and len(decision.why_not) == 1 and one.case.due < desk.today:
                found[one.id] = "act"
    return found


def _letter(letter: DueNotice, rows: Sequence[BoardRow]) -> Task:
    ids = {line.found.id for line in letter.lines}
    best = max((row.priority for row in rows if row.invoice_id in ids), default=0)
    action = f"{letter.tone} letter" + (", asks for your approval" if letter.approval else "")
    return Task(
        "letters", letter.name, letter.customer, action, _today(letter), letter.total,
        letter.currency, tuple(line.found.number for line in letter.lines), best, letter.why,
    )  # fmt: skip


def _today(letter: DueNotice) -> date:
    return max(line.decision.on for line in letter.lines if line.moves and line.decision.on)


def _grouped(desk: Desk, rows: Sequence[BoardRow], group: str, action: str) -> list[Task]:
    """One task a customer and currency out of the rows of their invoices."""
    found: dict[tuple[int, str], list[BoardRow]] = {}
    for row in rows:
        found.setdefault((row.customer_id, row.currency), []).append(row)
    tasks = []
    for members in found.values():
        best = max(members, key=lambda row: row.priority)
        owed = sum(row.balance.minor + row.charges.minor for row in members)
        words = f"{action}: {best.next_action}" if action == "decide" else action
        tasks.append(
            Task(
                group, best.customer, best.customer_id, words, desk.today, Money(owed, best.currency), best.currency,
                tuple(row.invoice for row in members), best.priority, (*best.why, *((count(len(members), "invoice"),) if len(members) > 1 else ())),
            )
        )  # fmt: skip
    return tasks
