"""Key figures of receivables, each with its formula and with what it is where it cannot be reckoned. Whole fractions,
rounded once.

Definitions as credit controllers use them: days sales outstanding (period and countback), best possible DSO, average
days delinquent, collection effectiveness index, roll rates, at-risk share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FORMULAS = {
    "dso": "receivables / sales of the period x days of the period",
    "countback": "sales taken off the receivables month by month, newest first: the days they reach back",
    "best_dso": "receivables that are not due yet / sales of the period x days of the period",
    "add": "DSO less best possible DSO: the days that lateness costs",
    "cei": "(opening + sales - closing) / (opening + sales - closing that is not due yet) x 100",
    "at_risk": "open more than 90 days after the due day / all that is open x 100",
    "roll": "of what was open in an age, the share that was in an older one 30 days later; of the oldest what stayed",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """A period in one currency (minor units): open at its beginning and end, of that not due yet, invoiced less
    credited within it.
    """

    opening: int
    closing: int
    current: int
    sales: int
    days: int
    over_90: int = 0


def dso(of: Flow) -> Fraction | None:
    """Days sales outstanding; None where nothing was sold in the period (it is undefined then, not nothing)."""
    return Fraction(of.closing * of.days, of.sales) if of.sales > 0 else None


def best_dso(of: Flow) -> Fraction | None:
    """What DSO would be if nobody paid late; None where nothing was sold."""
    return Fraction(of.current * of.days, of.sales) if of.sales > 0 else None


def add(of: Flow) -> Fraction | None:
    """Average days delinquent; None where nothing was sold."""
    all_of_it, best = dso(of), best_dso(of)
    return None if all_of_it is None or best is None else all_of_it - best


def cei(of: Flow) -> Fraction | None:
    """Collection effectiveness index in per cent; None where nothing could have been collected."""
    could = of.opening + of.sales - of.current
    return Fraction(100 * (of.opening + of.sales - of.closing), could) if could > 0 else None


def at_risk(of: Flow) -> Fraction | None:
    """Per cent of what is open that is more than 90 days late; None where nothing is open."""
    return Fraction(100 * of.over_90, of.closing) if of.closing > 0 else None


def countback(receivables: int, months: Sequence[tuple[int, int]]) -> Fraction | None:
    """Countback DSO: `months` are (sales, days), the newest first, the running one with the days it has had.

    None where the sales that are known do not reach that far back, or nothing was ever sold.
    """
    left, days = receivables, Fraction(0)
    if left <= 0:
        return Fraction(0) if any(sales > 0 for sales, _ in months) else None
    for sales, length in months:
        if sales <= 0:
            days += length
        elif left >= sales:
            left -= sales
            days += length
        else:
            return days + Fraction(left * length, sales)
        if not left:
            return days
    return None


def shown(value: Fraction | None, places: int = 1) -> str:
    """A figure as text, rounded half up once; a dash where it cannot be reckoned."""
    if value is None:
        return "-"
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    return ("-" if value < 0 and scaled else "") + (f"{whole}.{part:0{places}d}" if places else str(whole))
