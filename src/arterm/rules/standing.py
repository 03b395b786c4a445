"""A customer's standing: their own record graded with its working, and whether to supply them. Pure; suggestions decide
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules.text import count, fold

GRADES = ((85, "A"), (70, "B"), (50, "C"), (30, "D"), (0, "E"))
ENOUGH = 3  # settled invoices from which a record says anything


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger tells of a customer. `late` are average days late weighted by amount, `trend` by how many days
    the newer half of the invoices was later than the older; None where there are too few.
    """

    settled: int
    late: int | None
    trend: int | None
    promises: int
    kept: int
    disputes: int
    bounces: int
    silent: int
    oldest_overdue: int


@dataclass(frozen=True, slots=True)
class Grade:
    """From A (pays as agreed) to E, or `-` where too little is known; the points it comes from, each with its
    reason.
    """

    letter: str
    points: int
    working: tuple[tuple[int, str], ...]

    @property
    def suggests(self) -> str:
        """What the owner may want to ask for; never applied by itself."""
        return {"D": "ask for a deposit, or shorter days to pay", "E": "ask for prepayment"}.get(self.letter, "")


def grade(record: Record) -> Grade:
    """The grade of a record: a hundred points, less what speaks against the customer."""
    working: list[tuple[int, str]] = [(100, "to begin with")]

    def less(points: int, words: str) -> None:
        if points:
            working.append((-points, words))

    if record.late is not None:
        less(min(50, record.late), f"{count(record.late, 'day')} late on average, weighted by amount")
    if record.trend is not None and record.trend >= 10:
        less(min(15, record.trend // 2), f"lately {count(record.trend, 'day')} later than before")
    broken = record.promises - record.kept
    less(min(24, 8 * broken), f"{broken} of {count(record.promises, 'promise')} not kept")
    less(min(20, 10 * record.bounces), f"{count(record.bounces, 'payment')} that bounced")
    less(min(10, 2 * record.disputes), count(record.disputes, "dispute"))
    less(10 if record.silent >= 3 else 0, f"{count(record.silent, 'call')} in a row that reached nobody")
    less(min(30, record.oldest_overdue // 4), f"something is {count(record.oldest_overdue, 'day')} overdue")
    total = max(0, sum(points for points, _ in working))
    known = record.settled >= ENOUGH or record.oldest_overdue > 30 or broken or record.bounces
    letter = next(letter for least, letter in GRADES if total >= least) if known else "-"
    return Grade(letter, total, tuple(working))


def weighing(checks: Sequence[tuple[str, bool]]) -> tuple[str, bool]:
    """Which of some credit checks counts: (result, whether it has expired), given newest first.

    The newest that says something and still holds; where none does, the newest of all. One that knows nothing, or has
    run out, takes nothing back of one that holds.
    """
    holding = [one for one in checks if not one[1] and one[0] != "unknown"]
    return next(iter((*holding, *checks)), ("", False))


@dataclass(frozen=True, slots=True)
class Position:
    """What is asked at the counter (minor units of one currency): open, overdue, what more is wanted, and the limit if
    there is one.

    `prepay` is the per cent agreed to be paid beforehand; `checked` the last credit check's result, `expired` whether
    its time is over; `stopped` why supply is stopped, with `carve_outs`.
    """

    open: int
    overdue: int
    oldest: int
    wanted: int = 0
    limit: int | None = None
    prepay: int = 0
    checked: str = ""
    expired: bool = False
    stopped: str = ""
    carve_outs: str = ""
    broken_promises: int = 0
    blocks: Sequence[str] = ()
    again: date | None = None


@dataclass(frozen=True, slots=True)
class SupplyAdvice:
    """Whether to supply: yes, or not; `condition` is `prepayment` or `deposit` where that would do; the reasons."""

    may_supply: bool
    condition: str
    why: tuple[str, ...]


_PREPAID = (
    "prepaid",
    "prepayment",
    "paid in advance",
    "vooruitbetaald",
    "vooruitbetaling",
    "vorkasse",
    "vorauskasse",
    "prepaye",
    "paiement d'avance",
    "pago anticipado",
    "prepagado",
    "prepagato",
    "pagamento anticipato",
)


def leaves_out_prepaid(carve_outs: str) -> bool:
    """Whether a stop leaves out what is paid beforehand: one of the things that it leaves out, between commas, begins
    so.
    """
    return any(fold(one).startswith(_PREPAID) for one in carve_outs.replace(";", ",").split(","))


def may_supply(of: Position, told: str) -> SupplyAdvice:
    """The answer at the counter, with the reasons that weigh; `told` says the room left in words.

    A stop is a no (but for what it leaves out); a limit, a bad check or agreed prepayment ask for money first.
    """
    why: list[str] = []
    if of.stopped:
        why.append(f"supply is stopped: {of.stopped}")
        if of.carve_outs:
            why.append(f"but for: {of.carve_outs}")
        return SupplyAdvice(False, "prepayment" if leaves_out_prepaid(of.carve_outs) else "", tuple(why))
    if of.blocks:
        return SupplyAdvice(False, "prepayment", tuple(of.blocks))
    condition = ""
    if of.prepay == 100:
        condition = "prepayment"
        why.append("prepayment is agreed")
    elif of.prepay:
        condition = "deposit"
        why.append(f"{of.prepay} % beforehand is agreed")
    if of.limit is not None and of.open + of.wanted > of.limit:
        condition = "prepayment"
        why.append(f"over the credit limit: {told}")
    if of.checked == "bad" and not of.expired:
        condition = "prepayment"
        why.append("the last credit check was bad")
    may = not condition
    if of.overdue:
        why.append(f"something is overdue, the oldest by {count(of.oldest, 'day')}")
    if of.broken_promises:
        why.append(count(of.broken_promises, "broken promise"))
    if of.expired:
        why.append("the last credit check has expired")
    if of.checked == "caution" and not of.expired:
        why.append("the last credit check asks for caution")
    if of.limit is not None and may:
        why.append(f"within the credit limit: {told}")
    return SupplyAdvice(may, condition, tuple(why) or ("nothing speaks against it",))
