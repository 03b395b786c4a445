"""A document of sections: a title, paragraphs and plain tables on as many pages as it takes, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from arterm.letters.fonts import faces, width
from arterm.letters.paper import FACE, ONE_AT_A_TIME
from arterm.letters.pen import MM, Blind, Pen
from arterm.letters.setting import fit, wrap

_LEFT, _RIGHT, _TOP, _FOOT = 20 * MM, 190 * MM, 277 * MM, 20 * MM
_PAGE = (210 * MM, 297 * MM)
_LEAD, _SIZE, _CELL = 13.0, 9.5, 8.5


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, lines of text, and a table: names of columns with their share of the width, rows; `right` columns are set right;
    `bars` a picture of one of them.
    """

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    right: frozenset[int] = frozenset()
    bars: tuple[int, ...] = ()  # drawn beside the first column, to scale


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
            if any(section.bars):
                self.drawn(section)
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
        for row in section.rows:
            self.row(row, edges, section.right, False)

    def drawn(self, section: Section) -> None:
        """Bars to scale, one a row, with the row's name beside it: lines of the page, no picture of points."""
        most = max(section.bars)
        self.y -= 6
        for row, value in zip(section.rows, section.bars, strict=True):
            self.room(12)
            self.y -= 12
            self.text(_LEFT, fit(row[0], 40 * MM, _CELL), _CELL)
            self.canvas.setFillGray(0.35)
            self.canvas.rect(_LEFT + 42 * MM, self.y - 1, 110 * MM * value / most, 8, stroke=0, fill=1)
            self.canvas.setFillGray(0)

    def row(
        self, cells: Sequence[str], edges: Sequence[tuple[float, float]], right: frozenset[int], bold: bool
    ) -> None:
        """One row, as high as its highest cell."""
        parts = [
            [fit(text, wide, _CELL)] if n in right else wrap(text, wide, _CELL, bold) or [""] for n, (text, (_, wide)) in enumerate(zip(cells, edges, strict=True))
        ]  # fmt: skip
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
