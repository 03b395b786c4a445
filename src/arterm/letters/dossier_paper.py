"""A document of sections: a title, paragraphs and plain tables on as many pages as it takes, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from arterm.letters import charts
from arterm.letters.fonts import faces, width
from arterm.letters.paper import FACE, ONE_AT_A_TIME
from arterm.letters.pen import MM, Blind, Pen
from arterm.letters.setting import fit, wrap
from arterm.rules.charts import Picture

_LEFT, _RIGHT, _TOP, _FOOT = 20 * MM, 190 * MM, 277 * MM, 20 * MM
_PAGE = (210 * MM, 297 * MM)
_LEAD, _SIZE, _CELL = 13.0, 9.5, 8.5


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, lines of text, and a table: names of columns with their share of the width, rows; `right` columns are
    set right; `picture` shows one of them (`drawn`).
    """

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    right: frozenset[int] = frozenset()
    picture: Picture | None = None
    drawn: int = 0


def document(title: str, lead: Sequence[str], sections: Sequence[Section], language: str = "en") -> bytes:
    """The document as PDF; the same words give the same bytes. Refuses (`no_glyph`) what cannot be printed."""
    from reportlab.pdfgen.canvas import Canvas

    with ONE_AT_A_TIME:
        faces()
        blind = _Sheet(Blind(), 0)
        blind.draw(title, lead, sections)
        target = BytesIO()
        canvas = Canvas(target, pagesize=_PAGE, invariant=1, pageCompression=1, **FACE, lang=language)
        canvas.setTitle(title)
        canvas.setCreator("arterm")
        canvas.setProducer("arterm")
        _Sheet(canvas, blind.page).draw(title, lead, sections)
        canvas.save()
        return target.getvalue()


class _Sheet(Pen):
    """The page being drawn."""

    def __init__(self, canvas: Any, pages: int) -> None:
        super().__init__(canvas, *_PAGE)
        self.pages, self.page, self.y, self.title = pages, 1, _TOP, ""

    def draw(self, title: str, lead: Sequence[str], sections: Sequence[Section]) -> None:
        """Everything, from top to bottom."""
        self.title = title
        for line in wrap(title, _RIGHT - _LEFT, 16, True):
            self.line(line, 16, True, 20)
        for line in lead:
            self.words(line)
        for section in sections:
            self.room(4 * _LEAD)
            self.y -= _LEAD
            self.line(section.title, 12, True, 17)
            for line in section.lines:
                self.words(line)
            if section.columns:
                self.table(section)
            if section.picture:
                self.drawn(section, section.picture)
        self.end()

    def words(self, text: str) -> None:
        """A paragraph; an empty one is a gap."""
        for line in wrap(text, _RIGHT - _LEFT, _SIZE) or [""]:
            self.line(line, _SIZE, False, _LEAD)

    def line(self, text: str, size: float, bold: bool, lead: float) -> None:
        """One line."""
        self.room(lead)
        self.y -= lead
        self.text(_LEFT, text, size, bold)

    def table(self, section: Section) -> None:
        """Names, a rule, rows; a cell too wide for its column is wrapped."""
        total = sum(share for _, share in section.columns)
        edges, at = [], _LEFT
        for _, share in section.columns:
            edges.append((at, (_RIGHT - _LEFT) * share / total - 4))
            at += (_RIGHT - _LEFT) * share / total
        self.row([name for name, _ in section.columns], edges, section.right, True)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(_LEFT, self.y - 3, _RIGHT, self.y - 3)
        self.y -= 3
        for n, row in enumerate(section.rows):
            if section.picture and section.picture.kind == "calendar":
                self.room(13)
                self.tint(section.picture, n, edges)
            self.row(row, edges, section.right, False)

    def drawn(self, section: Section, picture: Picture) -> None:
        """The picture under its table, as lines of the page and not of points; a calendar is drawn within its table."""
        if picture.kind == "calendar":
            return
        shown = tuple(row[section.drawn] for row in section.rows)
        self.room(18 + (charts.COURSE if picture.kind == "line" else 24))
        self.y -= 6
        self.line(section.columns[section.drawn][0], _CELL, False, 12)
        if picture.kind == "line":
            self.y -= charts.COURSE
            charts.course(self, picture, shown, _LEFT, _RIGHT)
            return
        for n, value in enumerate(shown):
            self.room(12)
            self.y -= 12
            charts.bar(self, picture, n, value, _LEFT, _RIGHT - 18 * MM)

    def tint(self, picture: Picture, week: int, edges: Sequence[tuple[float, float]]) -> None:
        """The days of a calendar's week behind their amounts: the more there is, the darker."""
        most = max((amount for _, days in picture.weeks for amount in days), default=0) or 1
        for amount, (at, wide) in zip(picture.weeks[week][1], edges[1:], strict=False):
            if amount > 0:
                self.canvas.setFillGray(0.95 - 0.35 * amount / most)
                self.canvas.rect(at + 2, self.y - 13.5, wide + 4, 12.5, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def row(
        self, cells: Sequence[str], edges: Sequence[tuple[float, float]], right: frozenset[int], bold: bool
    ) -> None:
        """One row, as high as its highest cell."""
        parts = [
            [fit(text, wide, _CELL)] if n in right and not bold else wrap(text, wide, _CELL, bold) or [""]
            for n, (text, (_, wide)) in enumerate(zip(cells, edges, strict=True))
        ]
        high = max(map(len, parts))
        self.room(min(high, 40) * 11.0 + 2)
        for n in range(high):
            self.room(11)
            self.y -= 11
            for k, (lines, (at, wide)) in enumerate(zip(parts, edges, strict=True)):
                if n < len(lines):
                    shift = wide - width(lines[n], _CELL, bold) if k in right else 0
                    self.text(at + shift, lines[n], _CELL, bold)
        self.y -= 2

    def room(self, needed: float) -> None:
        """A new page where this one is full."""
        if self.y - needed < _FOOT:
            self.end()
            self.canvas.showPage()
            self.page += 1
            self.y = _TOP

    def end(self) -> None:
        """The foot of a page: what it is, and its number."""
        kept = self.y
        self.y = 12 * MM
        self.text(_LEFT, fit(self.title, 130 * MM, 8), 8)
        if self.pages:
            self.text(_RIGHT, f"{self.page} / {self.pages}", 8, right=True)
        self.y = kept
