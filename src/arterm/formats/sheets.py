"""Spreadsheets (xlsx, xls, ods) as tables of text: the sheet that looks most like a list, hidden helpers left alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from arterm.formats.banks.bank_columns import columns_of
from arterm.formats.tables.headers import worth
from arterm.formats.tables.table import MOST_ROWS, FileTable
from arterm.rules.errors import ArtermError


def read_sheet(content: bytes, name: str) -> FileTable:
    """The rows of the best sheet, numbers and days as plain text. Refuses (`bad_table`, `too_large`)."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in shown[:20]]
    except Exception as error:  # the library has many errors of its own; none of them is the owner's business
        raise ArtermError("bad_table.spreadsheet", name, name=type(error).__name__) from None
    if any(len(rows) > MOST_ROWS for rows in sheets):
        raise ArtermError("too_large.rows", name, most_rows=MOST_ROWS)
    if not any(sheets):
        raise ArtermError("empty_file.spreadsheet", name)
    best = max(sheets, key=_worth)
    rows = [(n, [_text(cell) for cell in cells]) for n, cells in enumerate(best, 1)]
    return FileTable([(n, cells) for n, cells in rows if any(cells)], "spreadsheet", "")


def _worth(rows: list[list[Any]]) -> int:
    """How much a sheet looks like a list that arterm knows."""
    texts = [[_text(cell) for cell in row] for row in rows[:30]]
    return max((max(worth(cells), len(columns_of(cells))) for cells in texts), default=0) * 1000 + min(999, len(rows))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, int | str):
        return str(cell)
    exact = Decimal(repr(cell))
    whole = exact.is_finite() and exact == exact.to_integral_value()
    return str(int(exact)) if whole else format(exact, "f")
