"""Published rates: which holds on a day, how surely it is known, and the last day for which any was published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from arterm.law.question import OwnRate
from arterm.rules.errors import ArtermError

FOREVER = date(9999, 12, 31)
MEMORY = "memory"  # known from memory alone: nothing is charged on it
OWNERS = "owner"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate per cent a year, from a day until a day (both included), its confidence and source."""

    jurisdiction: str
    kind: str
    start: date
    until: date
    rate: Fraction
    confidence: str
    source: str


@cache
def published() -> tuple[Rate, ...]:
    """Every rate that comes with arterm."""
    with (Path(__file__).parent / "rates.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Rate(
                row["jurisdiction"],
                row["kind"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]) if row["until"] else FOREVER,
                Fraction(row["rate"]),
                row["confidence"],
                row["source"],
            )
            for row in csv.DictReader(file)
        )


@cache
def _shipped(jurisdiction: str, kind: str) -> tuple[Rate, ...]:
    return tuple(rate for rate in published() if (rate.jurisdiction, rate.kind) == (jurisdiction, kind))


@cache
def steps(jurisdiction: str, kind: str, owned: tuple[OwnRate, ...] = ()) -> tuple[Rate, ...]:
    """The rates of a jurisdiction and kind in order of their days, the owner's among them."""
    mine = [
        Rate(one.jurisdiction, one.kind, one.start, one.until, one.rate, OWNERS, one.source)
        for one in owned
        if (one.jurisdiction, one.kind) == (jurisdiction, kind)
    ]
    return tuple(sorted((*_shipped(jurisdiction, kind), *mine), key=lambda rate: rate.start))


def rate_on(rates: Sequence[Rate], day: date) -> Rate | None:
    """The rate of that day; None where none was published for it."""
    return next((rate for rate in reversed(rates) if rate.start <= day <= rate.until), None)


def kinds() -> dict[str, tuple[str, ...]]:
    """The jurisdictions that have rates, and of which kinds."""
    found: dict[str, set[str]] = {}
    for rate in published():
        found.setdefault(rate.jurisdiction, set()).add(rate.kind)
    return {code: tuple(sorted(of)) for code, of in sorted(found.items())}


def refuse_overlap(new: OwnRate, owned: Iterable[OwnRate]) -> None:
    """Refuse (`rate_overlap`) a rate for days that have one already, (`bad_rate`) one that ends before it begins."""
    if new.until < new.start:
        raise ArtermError("bad_rate.until", "until")
    if not 0 <= new.rate <= 100:
        raise ArtermError("bad_rate.rate", "rate")
    if new.kind not in kinds().get(new.jurisdiction, ()):
        known = "; ".join(f"{code} {', '.join(of)}" for code, of in kinds().items())
        raise ArtermError(
            "unknown_jurisdiction.rate", "jurisdiction", jurisdiction=new.jurisdiction, kind=new.kind, known=known
        )
    for held in steps(new.jurisdiction, new.kind, tuple(owned)):
        if held.start <= new.until and new.start <= held.until:
            raise ArtermError("rate_overlap", "from", start=held.start, until=held.until)
