"""A report as lines for a screen: figures over their formulas, tables with a bar at the end of each row that is drawn."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from arterm.desk.desk import Desk
from arterm.desk.report_files import words
from arterm.desk.report_shapes import Report, Table
from arterm.rules.money import Money
from arterm.tui.board_words import bar
from arterm.tui.widgets.grid import Cell

_BAR = 12


def report_lines(desk: Desk, found: Report, room: int) -> list[Cell]:
    """Every line of the report, none wider than `room` cells."""
    lines: list[Cell] = []
    for one in found.figures:
        before = f"   (before: {one.before})" if one.before not in ("", "-") else ""
        lines += [(f"{one.words:<36}{one.value:>8} {one.unit}{before}", "strong"), (f"  = {one.formula}", "quiet")]
    for table in found.tables:
        lines += ["", *_table(desk, table, room)]
    return [*lines, "", *((note, "quiet") for note in found.notes)]


def words_of(line: Cell) -> str:
    """The bare words of a line."""
    return line if isinstance(line, str) else line[0]


def _table(desk: Desk, table: Table, room: int) -> list[Cell]:
    rows = [[words(desk, cell) for cell in row] for row in table.rows]
    many = range(len(table.columns))
    right = [bool(rows) and all(isinstance(row[n], int | Money) for row in table.rows) for n in many]
    widths = [max(cell_len(one[n]) for one in (table.columns, *rows)) for n in many]
    drawn = _BAR + 2 if table.bars is not None else 0
    over = sum(widths) + 2 * len(widths) + drawn - room
    if over > 0:  # the name gives way: sums never do
        widths[0] = max(8, widths[0] - over)

    def line(cells: list[str]) -> str:
        parts = [
            " " * (width - cell_len(text)) + text if lean and cell_len(text) <= width else set_cell_size(text, width)
            for text, width, lean in zip(cells, widths, right, strict=True)
        ]
        return "  ".join(parts)

    lines: list[Cell] = [(table.title, "strong"), (line(list(table.columns)), "quiet")]
    sizes = [_size(row[table.bars]) if table.bars is not None else 0 for row in table.rows]
    most = max(sizes, default=0) or 1
    lines += [f"{line(row)}  {bar(size, most, _BAR)}".rstrip() for row, size in zip(rows, sizes, strict=True)]
    return lines if rows else [(table.title, "strong"), ("  nothing", "quiet")]


def _size(value: object) -> int:
    return abs(value.minor) if isinstance(value, Money) else 0
