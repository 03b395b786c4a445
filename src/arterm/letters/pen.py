"""A pen over a page: it draws lines of text and codes at its height, for real or only to see how much room they
take.
"""

from __future__ import annotations

from typing import Any

from arterm.letters.fonts import runs, width
from arterm.letters.scan import dots

MM = 72 / 25.4
BODY, SMALL = 10.0, 8.0


class Blind:
    """A canvas on which nothing is drawn: it tells how many pages a letter takes."""

    def __getattr__(self, name: str) -> Any:
        return self._nothing

    def _nothing(self, *given: Any, **named: Any) -> float:
        return 0.0


class Pen:
    """What draws on a canvas; `y` is where the next line stands (points from the foot of the page)."""

    def __init__(self, canvas: Any, wide: float, high: float) -> None:
        self.canvas = canvas
        self.wide = wide
        self.high = self.y = high

    def text(
        self, x: float, text: str, size: float = BODY, bold: bool = False, right: bool = False, link: str = ""
    ) -> None:
        """Draw one line at the pen's height; `link` makes it one that a viewer opens."""
        wide = width(text, size, bold) if right or link else 0
        at = x - wide if right else x
        if link:
            self.canvas.linkURL(link, (at, self.y - 2, at + wide, self.y + size), relative=0, thickness=0)
        pieces = runs(text, bold)
        for face, piece in pieces:
            self.canvas.setFont(face, size)
            self.canvas.drawString(at, self.y, piece)
            at += self.canvas.stringWidth(piece, face, size) if len(pieces) > 1 else 0

    def dots(self, said: str, left: float, top: float, wide: float) -> None:
        """A code with its upper left corner there."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        side, path = dots(said)
        self.canvas.saveState()
        self.canvas.transform(wide / side, 0, 0, -wide / side, left, top)
        self.canvas.drawPath(PDFPathObject([path]), stroke=0, fill=1)
        self.canvas.restoreState()
