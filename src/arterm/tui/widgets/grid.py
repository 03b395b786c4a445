"""The one list: draws only the rows that are seen; keeps cursor and marks by key through refresh, sort and filter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from arterm.tui.keys import BY_ID, perform, widget_bindings

Cell = str | tuple[str, str]  # text, or text and the name of a tone
_WINDOW = 64


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, least width, whether it leans right, its share of spare room, and how soon it gives way."""

    title: str
    width: int
    right: bool = False
    share: int = 0
    yields: int = 0


@dataclass(slots=True)
class Rows:
    """What a grid shows: a key per row, and cells for a stretch of rows when they are needed."""

    keys: Sequence[Hashable] = ()
    cells: Callable[[int, int], Sequence[Sequence[Cell]]] = field(default=lambda start, stop: [])
    empty: str = "Nothing here."


class Grid(Widget, can_focus=True):
    """Rows under a header. Moving the cursor redraws two lines; a page draws what fits."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--cursor",
        "grid--marked",
        "grid--late",
        "grid--warn",
        "grid--good",
        "grid--quiet",
        "grid--strong",
    }
    DEFAULT_CSS = """
    Grid { height: 1fr; width: 1fr; }
    Grid > .grid--header { text-style: bold; color: $text-muted; }
    Grid > .grid--cursor { background: $primary 30%; text-style: bold; }
    Grid:focus > .grid--cursor { background: $primary; color: $text; text-style: bold; }
    Grid > .grid--marked { color: $text-accent; text-style: bold; }
    Grid > .grid--late { color: $text-error; }
    Grid > .grid--warn { color: $text-warning; }
    Grid > .grid--good { color: $text-success; }
    Grid > .grid--quiet { color: $text-muted; }
    Grid > .grid--strong { text-style: bold; }
    Grid:nocolor > .grid--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[Any]] = widget_bindings("grid")

    class Moved(Message):
        """The cursor stands on another row."""

    class Chosen(Message):
        """A row was opened."""

        def __init__(self, grid: Grid, key: Hashable) -> None:
            super().__init__()
            self.grid = grid
            self.key = key

        @property
        def control(self) -> Grid:
            """The grid it happened in."""
            return self.grid

    def __init__(self, columns: Sequence[Column], marks: bool = False, header: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.columns = tuple(columns)
        self.can_mark = marks
        self.header = 1 if header else 0
        self.content_rows = Rows()
        self.cursor = 0
        self.top = 0
        self.marked: set[Hashable] = set()
        self._held: dict[int, Sequence[Cell]] = {}
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._widths: tuple[int, ...] = ()
        self._tones: dict[str, Style] = {}

    # What is shown

    def show(self, rows: Rows, columns: Sequence[Column] | None = None) -> None:
        """Show other rows. The cursor stays on its row by key, else where it stood; marks of rows that are gone go."""
        key = self.key
        self.content_rows = rows
        if columns is not None and tuple(columns) != self.columns:
            self.columns = tuple(columns)
            self._widths = ()
        keys = rows.keys
        stood = self.cursor - self.top
        if key is not None and key in keys:
            self.cursor = keys.index(key)
        self.cursor = max(0, min(self.cursor, len(keys) - 1))
        self.top = max(0, self.cursor - stood)
        self.marked &= set(keys) if self.marked else set()
        self._forget()
        self._bring_in_view()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def key(self) -> Hashable | None:
        """The key of the row under the cursor."""
        keys = self.content_rows.keys
        return keys[self.cursor] if 0 <= self.cursor < len(keys) else None

    @property
    def chosen(self) -> list[Hashable]:
        """The marked rows in their order, else the one under the cursor."""
        if self.marked:
            return [key for key in self.content_rows.keys if key in self.marked]
        return [self.key] if self.key is not None else []

    @property
    def room(self) -> int:
        """How many rows fit."""
        return max(1, self.size.height - self.header)

    # Moving

    def action_do(self, name: str) -> None:
        """Do an act of the table."""
        perform(BY_ID[name], self)

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.go(self.cursor + by)

    def action_page(self, way: int) -> None:
        """Move the cursor and the view by a page."""
        self.top += way * self.room
        self.refresh()
        self.go(self.cursor + way * self.room)

    def action_end(self, last: int) -> None:
        """Move to the first or the last row."""
        self.go(len(self.content_rows.keys) - 1 if last else 0)

    def go(self, row: int) -> None:
        """Put the cursor on a row."""
        before, top = self.cursor, self.top
        self.cursor = max(0, min(row, len(self.content_rows.keys) - 1))
        self._bring_in_view()
        if self.top != top:
            self.refresh()
        else:
            for line in {before, self.cursor}:
                self._refresh_row(line)
        if self.cursor != before:
            self.post_message(self.Moved())

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a row by its key; where there is none, it stays."""
        if key in self.content_rows.keys:
            self.go(self.content_rows.keys.index(key))

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go to the next."""
        if self.can_mark and self.key is not None:
            self.marked ^= {self.key}
            self.go(self.cursor + 1)
            self.refresh()
            self.post_message(self.Moved())

    def unmark(self) -> bool:
        """Take all marks away; tells whether there were any."""
        had = bool(self.marked)
        self.marked.clear()
        self._strips.clear()
        self.refresh()
        return had

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; a click on the row under the cursor opens it."""
        row = self.top + event.y - self.header
        if event.y >= self.header and 0 <= row < len(self.content_rows.keys):
            if row == self.cursor and event.chain > 1:
                self.action_choose()
            self.go(row)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the view."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the view."""
        self.action_move(-3)

    def on_resize(self) -> None:
        """Another width means other columns; the cursor stays in view."""
        self._strips.clear()
        self._widths = ()
        self._bring_in_view()

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before is true."""
        super().notify_style_update()
        self._tones.clear()
        self._strips.clear()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the grid: the header, a row, or nothing."""
        width = self.size.width
        if not self._widths:
            self._widths = self._share_out(width)
        if y < self.header:
            return self._draw([column.title for column in self.columns], self._tone("header"), "  ")
        row = self.top + y - self.header
        keys = self.content_rows.keys
        if row >= len(keys):
            text = self.content_rows.empty if not keys and y == self.header else ""
            return Strip([Segment(set_cell_size(f"  {text}", width), self.rich_style)], width)
        at_cursor, marked = row == self.cursor, keys[row] in self.marked
        held = self._strips.get((row, at_cursor, marked))
        if held is None:
            lead = "▸" if at_cursor else " "
            style = self._tone("cursor") if at_cursor else self._tone("marked") if marked else self.rich_style
            held = self._draw(self._cells(row), style, lead + ("●" if marked else " "), plain=at_cursor)
            self._strips[row, at_cursor, marked] = held
        return held

    def _cells(self, row: int) -> Sequence[Cell]:
        if row not in self._held:
            start = max(0, row - row % _WINDOW)
            if len(self._held) > 8 * _WINDOW:
                self._forget()
            for n, cells in enumerate(
                self.content_rows.cells(start, min(start + _WINDOW, len(self.content_rows.keys)))
            ):
                self._held[start + n] = cells
        return self._held.get(row, ["…"] + [""] * (len(self.columns) - 1))

    def _draw(self, cells: Sequence[Cell], style: Style, lead: str, plain: bool = False) -> Strip:
        segments = [Segment(lead, style)]
        gap = ""
        for column, width, cell in zip(self.columns, self._widths, cells, strict=False):
            if not width:
                continue
            text, tone = cell if isinstance(cell, tuple) else (cell, "")
            fitted = _fit(text, width, column.right)
            drawn = style + self._tone(tone) if tone and not plain else style
            segments.append(Segment(gap + fitted, drawn))
            gap = " "
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _share_out(self, room: int) -> tuple[int, ...]:
        """Widths that fit: columns that yield go first, what is spare is shared."""
        shown = list(range(len(self.columns)))
        left = room - 2

        def needed() -> int:
            return sum(self.columns[n].width + 1 for n in shown) - 1

        for n in sorted(shown, key=lambda n: -self.columns[n].yields):
            if needed() <= left or not self.columns[n].yields:
                break
            shown.remove(n)
        spare = max(0, left - needed())
        shares = sum(self.columns[n].share for n in shown) or 1
        widths = [0] * len(self.columns)
        for n in shown:
            widths[n] = self.columns[n].width + spare * self.columns[n].share // shares
        return tuple(widths)

    def _tone(self, name: str) -> Style:
        if name not in self._tones:
            self._tones[name] = self.get_component_rich_style(f"grid--{name}", partial=name not in ("header", "cursor"))
            if name == "marked":
                self._tones[name] = self.rich_style + self._tones[name]
        return self._tones[name]

    def _forget(self) -> None:
        self._held.clear()
        self._strips.clear()

    def _bring_in_view(self) -> None:
        last = max(0, len(self.content_rows.keys) - self.room)
        self.top = max(0, min(self.top, last))
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + self.room:
            self.top = self.cursor - self.room + 1

    def _refresh_row(self, row: int) -> None:
        y = row - self.top + self.header
        if self.header <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))


def _fit(text: str, width: int, right: bool) -> str:
    """Text in exactly that many cells, an ellipsis where it was longer."""
    text = text.replace("\n", " ").replace("\t", " ")
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 1 else set_cell_size(text, width)
    return " " * (width - length) + text if right else text + " " * (width - length)
