"""A report as lines for a screen: figures over their formulas, tables with their pictures beside or below them."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len, set_cell_size

from arterm.desk.reports.model import Report, ReportTable
from arterm.desk.reports.text import as_text
from arterm.desk.session import Desk
from arterm.rules.charts import below, beside
from arterm.tui.widgets.grid import Cell

_LEAST, _MOST = 10, 40  # cells of a bar


def report_lines(desk: Desk, found: Report, room: int) -> list[Cell]:
    """Every line of the report, none wider than `room` cells."""
    lines: list[Cell] = []
    for one in found.figures:
        before = f"   (before: {one.before})" if one.before not in ("", "-") else ""
        lines += [
            (f"{one.words:<36}{one.value:>8} {one.unit}{before}", "strong"),
            *_quiet(f"= {one.formula}", room, "  "),
        ]
    for table in found.tables:
        lines += ["", *_table(desk, table, room)]
    return [*lines, "", *(line for note in found.notes for line in _quiet(note, room))]


def _quiet(text: str, room: int, inset: str = "") -> list[Cell]:
    """A remark on as many lines as it takes."""
    return [(line, "quiet") for line in wrap(text, room, initial_indent=inset, subsequent_indent=inset)]


def text_of(line: Cell) -> str:
    """The bare words of a line."""
    return line if isinstance(line, str) else line[0]


def _table(desk: Desk, table: ReportTable, room: int) -> list[Cell]:
    text, picture = as_text(desk, table), table.picture
    if not text.rows:
        return [(table.title, "strong"), ("  nothing", "quiet")]
    widths = [max(map(cell_len, column)) for column in zip(text.columns, *text.rows, strict=True)]
    drawn = picture is not None and picture.kind in ("bars", "fall")
    spare = room - sum(widths) - 2 * len(widths)
    if spare < (_LEAST if drawn else 0):  # the name gives way: sums never do
        widths[0] = max(8, widths[0] + spare - (_LEAST if drawn else 0))
        spare = room - sum(widths) - 2 * len(widths)
    ends = beside(picture, min(_MOST, spare)) if picture and drawn and spare > 0 else [""] * len(text.rows)

    def line(cells: tuple[str, ...]) -> str:
        parts = [
            " " * (width - cell_len(cell)) + cell if lean and cell_len(cell) <= width else set_cell_size(cell, width)
            for cell, width, lean in zip(cells, widths, text.right, strict=True)
        ]
        return "  ".join(parts)

    lines: list[Cell] = [(table.title, "strong"), *_quiet(table.note, room, "  "), (line(text.columns), "quiet")]
    lines += [f"{line(row)}  {end}".rstrip() for row, end in zip(text.rows, ends, strict=True)]
    chart = below(picture, room) if picture and picture.kind == "line" else []
    if chart:
        lines += [(text.columns[table.drawn or 0], "quiet"), *chart]
    return lines
