"""An invoice explained: the points for its place, what comes next and why or why not, and what may be claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.desk import find
from arterm.desk.accounts.board import stage_of
from arterm.desk.claims.claims import ClaimView, claim_of
from arterm.desk.session import Desk
from arterm.rules.assessment import judge, priority
from arterm.rules.money import Money
from arterm.rules.states import CaseStatus
from arterm.store import cases


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an invoice stands where it stands and what is to be done about it, on a day."""

    invoice: str
    customer: str
    balance: Money
    charges: Money
    due: date
    days_overdue: int
    status: CaseStatus
    priority: int
    points: tuple[tuple[int, str], ...]
    ladder: str
    stage: str
    old_enough: str
    next: str
    next_on: date | None
    channel: str
    why: tuple[str, ...]
    why_not: tuple[str, ...]
    claim: ClaimView


def explain(desk: Desk, invoice: int) -> Explanation:
    """Explain an open invoice as of today. Refuses (`nothing_open`) one that is settled."""
    found = cases.facts(desk.book, desk.today, invoices=[invoice])
    if not found:
        raise find.nothing_open(desk, invoice, "see")
    one, case = found[0], found[0].case
    judged = judge(case, desk.today)
    decision = judged.decision
    steps = {step.n: step.name for step in case.ladder.steps}
    return Explanation(
        invoice=one.number,
        customer=one.name,
        balance=Money(case.open, case.currency),
        charges=Money(case.charges, case.currency),
        due=case.due,
        days_overdue=max(0, (desk.today - case.due).days),
        status=judged.status,
        priority=priority(judged.rank, desk.today),
        points=judged.points,
        ladder=case.ladder.words,
        stage=stage_of(case),
        old_enough=steps.get(decision.old_enough, "-"),
        next=decision.step.name if decision.step else "",
        next_on=decision.on,
        channel=decision.channel,
        why=(*judged.why, *decision.why),
        why_not=decision.why_not,
        claim=claim_of(desk, invoice),
    )
