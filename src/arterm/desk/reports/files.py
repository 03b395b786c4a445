"""Reports as files for others: CSV that a spreadsheet opens right, real cells in xlsx, JSON for programs, PDF to lay on
the table.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from arterm.desk.reports.model import Cell, Report, ReportTable
from arterm.desk.reports.text import as_text, words
from arterm.desk.session import Desk
from arterm.formats.csv_out import csv_bytes
from arterm.rules.currencies import DIGITS
from arterm.rules.messages import message
from arterm.rules.money import Money

FORMATS = ("table", "csv", "xlsx", "json", "pdf")


def as_file(desk: Desk, found: Report, form: str) -> bytes:
    """A report in one of FORMATS but `table`."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json, "pdf": _pdf}[form](desk, found)


def _csv(desk: Desk, found: Report) -> bytes:
    """Every table under its title, or the one alone where there is no other; with the owner's decimal sign where it is
    a comma, separated by semicolons then. Foreign text is no formula.
    """
    tables = [one for one in _tables(found) if not one.again]
    comma = desk.style.decimal == ","

    def plain(value: Cell) -> str:
        if isinstance(value, Money):
            value = Decimal(value.plain())
        if isinstance(value, int | Decimal):
            return str(value).replace(".", "," if comma else ".")
        return "" if value == "-" else words(desk, value)

    rows = list[list[str]]()
    for table in tables:
        rows += [] if len(tables) == 1 else [*([[]] if rows else []), [table.title]]
        rows += [list(table.columns), *([plain(value) for value in row] for row in table.rows)]
    return csv_bytes(rows, ";") if comma else csv_bytes(rows)


def _tables(found: Report) -> list[ReportTable]:
    """The key figures as a table where there are any, then the others."""

    def number(text: str) -> Decimal | str:
        return Decimal(text) if text not in ("", "-") else text

    rows = tuple((one.words, number(one.value), one.unit, number(one.before), one.formula) for one in found.figures)
    figures = (
        [ReportTable(message("reports.files.figures"), ("figure", "value", "unit", "before", "formula"), rows)]
        if rows
        else []
    )
    return [*figures, *found.tables]


def _json(desk: Desk, found: Report) -> bytes:
    def plain(value: Any) -> Any:
        if isinstance(value, Money):
            return value.plain()
        return value.isoformat() if isinstance(value, date) else str(value)

    body = {
        "report": found.name,
        "title": found.title,
        "as_of": found.as_of,
        "currency": found.currency,
        "figures": [
            {
                "key": one.key,
                "words": one.words,
                "value": None if one.value == "-" else one.value,
                "unit": one.unit,
                "formula": one.formula,
                "before": None if one.before in ("", "-") else one.before,
            }
            for one in found.figures
        ],
        "tables": [
            {
                "title": one.title,
                "note": one.note,
                "columns": one.columns,
                "rows": [dict(zip(one.columns, row, strict=True)) for row in one.rows],
            }
            for one in found.tables
        ],
        "notes": found.notes,
    }
    return json.dumps(body, default=plain, ensure_ascii=False, indent=2).encode() + b"\n"


def _xlsx(desk: Desk, found: Report) -> bytes:
    """One sheet a table: real numbers and days, a frozen header, no formula whatever a name begins with."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    formats = {n: book.add_format({"num_format": "#,##0" + ("." + "0" * n if n else "")}) for n in set(DIGITS.values())}
    used: set[str] = set()
    for n, table in enumerate(_tables(found)):
        name = "".join(char for char in table.title if char.isalnum() or char in " -")[:28].strip() or message(
            "reports.files.table", n=n + 1
        )
        sheet = book.add_worksheet(name if name.lower() not in used else f"{name[:26]} {n}")
        used.add(name.lower())
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(table.columns):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, max(10, min(40, len(title) + 4)))
        for line, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, Money):
                    sheet.write_number(line, column, Decimal(value.plain()), formats[DIGITS[value.currency]])
                elif isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif isinstance(value, int | Decimal):
                    sheet.write_number(line, column, value)
                elif value and value != "-":
                    sheet.write_string(line, column, value)
    book.close()
    return target.getvalue()


def _pdf(desk: Desk, found: Report) -> bytes:
    from arterm.letters.dossier_paper import Section, document

    sections = (
        [
            Section(
                message("reports.files.figures"),
                tuple(f"{one.words}: {one.formula}." for one in found.figures),
                (
                    (message("reports.files.figure"), 6),
                    (message("reports.files.value"), 2),
                    ("", 1),
                    (message("reports.files.before"), 2),
                ),
                tuple((one.words, one.value, one.unit, one.before) for one in found.figures),
                frozenset({1, 3}),
            )
        ]
        if found.figures
        else []
    )
    for table in found.tables:
        text = as_text(desk, table, shades=False)
        widest = (max(len(name), *(len(row[n]) for row in text.rows), 4) for n, name in enumerate(text.columns))
        columns = tuple((name, min(wide, 30) + 2) for name, wide in zip(text.columns, widest, strict=True))
        right = frozenset(n for n, lean in enumerate(text.right) if lean)
        sections.append(
            Section(
                table.title,
                (table.note,) if table.note else (),
                columns,
                text.rows,
                right,
                table.picture,
                table.drawn or 0,
            )
        )
    lead = (
        message(
            "reports.files.as_of",
            setting=desk.setting("name"),
            day=found.as_of,
            currency=found.currency,
        ),
        *found.notes,
    )
    return document(found.title, lead, sections)
