"""A table of a report in words, as a terminal or a page shows it: the same cells for both doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from arterm.desk.reports.model import Cell, ReportTable
from arterm.desk.session import Desk
from arterm.rules.charts import shade
from arterm.rules.day_words import MONTHS, WEEKDAYS, in_words
from arterm.rules.messages import message
from arterm.rules.money import Money, show, whole

_UNITS = ((1, ""), (1000, "k"), (10**6, "M"))
_WIDE = 6  # cells of an amount in a calendar, so that a week fits a narrow window


@dataclass(frozen=True, slots=True)
class TextTable:
    """Names of columns, rows of words, and which columns lean right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def words(desk: Desk, value: Cell) -> str:
    """A cell in words: amounts as the owner writes them, days as every program reads them."""
    if isinstance(value, Money):
        return show(value.minor, value.currency, desk.style)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _said(desk: Desk, value: Cell) -> str:
    """The same with days in words, for who reads it."""
    return in_words(value, desk.today) if isinstance(value, date) else words(desk, value)


def as_text(desk: Desk, table: ReportTable, shades: bool = True) -> TextTable:
    """The table in words; a calendar with a week a row in whole units, with `shades` each day as dark as it has
    much.
    """
    if table.kind == "calendar":
        return _calendar(desk, table, shades)
    rows = tuple(tuple(_said(desk, value) for value in row) for row in table.rows)
    right = tuple(
        bool(table.rows)
        and all(row[n] is None or isinstance(row[n], int | Decimal | Money) or row[n] == "-" for row in table.rows)
        for n in range(len(table.columns))
    )
    return TextTable(table.title, table.columns, rows, right)


def _calendar(desk: Desk, table: ReportTable, shades: bool) -> TextTable:
    picture = table.picture
    weeks = picture.weeks if picture else ()
    most = max((amount for _, days in weeks for amount in days), default=0)
    unit = next((unit for unit in _UNITS if len(_in(unit, most, desk)) <= _WIDE), _UNITS[-1])

    def cell(amount: int) -> str:
        return (_in(unit, amount, desk) if amount else "") + (shade(amount, most) if shades else "")

    rows = tuple(
        (f"{monday:%d} {MONTHS[monday.month - 1]}", *(cell(amount) for amount in days), _in(unit, sum(days), desk))
        for monday, days in weeks
    )
    return TextTable(
        table.title, (message("reports.text.week"), *WEEKDAYS, message("reports.text.all")), rows, (False, *(True,) * 8)
    )


def _in(unit: tuple[int, str], minor: int, desk: Desk) -> str:
    """An amount in whole units, thousands or millions."""
    by, sign = unit
    return whole(minor // by, desk.currency, desk.style) + sign
