"""What a report is made of: one shape for the screen and every file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from arterm.rules.money import Money

Cell = str | int | Decimal | Money | date | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: in words, its value (a dash where it cannot be reckoned), unit, formula, and what to mind."""

    key: str
    words: str
    value: str
    unit: str
    formula: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: names of its columns and rows of text, numbers, amounts and days; `bars`: the column that is drawn."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as of a day: figures, tables, remarks."""

    name: str
    title: str
    as_of: date
    currency: str
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for: the days of its period, one customer, and how long before its figures are compared with."""

    days: int = 90
    customer: int | None = None
    compared: str = "year"


EARLIER = {"month": 30, "quarter": 91, "year": 365}
