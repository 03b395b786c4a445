"""What a report is made of: one shape for the screen and every file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from arterm.desk.session import Desk
from arterm.rules.charts import Kind, Picture
from arterm.rules.dates import months_before
from arterm.rules.figures import shown
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
class ReportTable:
    """A table of a report: names of its columns and rows of text, numbers, amounts and days; `drawn`: the column that
    is a picture too, of which `kind`. A calendar has the day in its first column. `note` says how it is reckoned;
    `again`: it says in short what another table says.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawn: int | None = None
    kind: Kind = "bars"
    note: str = ""
    again: bool = False

    @property
    def picture(self) -> Picture | None:
        """What is drawn of it; None where nothing is, or there are no rows."""
        column = self.drawn
        if column is None or not self.rows:
            return None
        labels = tuple(str(row[0]) for row in self.rows)
        days = tuple(row[0] for row in self.rows if isinstance(row[0], date)) if self.kind == "calendar" else ()
        return Picture(self.kind, labels, tuple(_size(row[column]) for row in self.rows), days)


def number(value: Fraction | None, places: int = 1) -> Cell:
    """A figure as a cell: rounded once; a dash where it cannot be reckoned."""
    return "-" if value is None else Decimal(shown(value, places))


def _size(value: Cell) -> int | None:
    """How much of a picture a cell is: minor units, tenths of a figure."""
    if isinstance(value, Money):
        return value.minor
    return int(value * 10) if isinstance(value, Decimal | int) else None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as of a day: figures, tables, remarks."""

    name: str
    title: str
    as_of: date
    currency: str
    figures: tuple[Figure, ...]
    tables: tuple[ReportTable, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a report is asked for: the days of its period, one customer, how long before its figures are compared with,
    whether what is disputed counts as open, and a currency (empty: the owner's).
    """

    days: int = 90
    customer: int | None = None
    compared: str = "year"
    disputed: bool = True
    currency: str = ""

    def code(self, desk: Desk) -> str:
        """The currency of the report."""
        return self.currency or desk.currency

    def before(self, day: date) -> date:
        """The day that one is compared with."""
        return months_before(day, EARLIER[self.compared])


EARLIER = {"month": 1, "quarter": 3, "year": 12}  # months
