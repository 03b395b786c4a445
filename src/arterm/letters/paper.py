"""A letter drawn on paper: letterhead, address in the window, the letter's parts, the foot of every page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any

from arterm.letters.content import DETAIL, Content, PaperTable, PaperText, Part, Signatures, Sums, Ways, content
from arterm.letters.fonts import REGULAR, faces, width
from arterm.letters.layout import LAYOUTS
from arterm.letters.letter import Letter
from arterm.letters.pen import BODY, MM, SMALL, Blind, Pen
from arterm.letters.setting import fit, wrap
from arterm.letters.slip_paper import SLIP_HIGH, draw_slip
from arterm.letters.template import fill
from arterm.letters.words import day_words, texts

LEFT, RIGHT, FOOT = 25 * MM, 190 * MM, 22 * MM
LEAD, TIGHT = 14.0, 12.6
CELL = 9.0  # size of tables
SCAN = 30 * MM  # side of the code to pay by
ONE_AT_A_TIME = (
    Lock()
)  # typefaces keep state for every document: a batch written aside and a preview must not draw at once
FACE: dict[str, Any] = {"initialFontName": REGULAR}  # else every file names a typeface it does not carry


def render(*letters: Letter) -> bytes:
    """One PDF of one letter or several; the same letters give the same bytes.

    Refuses (`no_glyph`) what cannot be printed.
    """
    with ONE_AT_A_TIME:
        return _rendered(letters)


def _rendered(letters: Sequence[Letter]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    faces()
    first = letters[0]
    target = BytesIO()
    canvas = Canvas(target, pagesize=_paper(first), invariant=1, pageCompression=1, **FACE, lang=first.language)
    said = [content(letter) for letter in letters]
    canvas.setTitle(said[0].subject)
    canvas.setAuthor(first.sender.name)
    canvas.setCreator("arterm")
    canvas.setProducer("arterm")
    for letter, words in zip(letters, said, strict=True):
        canvas.setPageSize(_paper(letter))
        pages, lead = _measured(letter, words)
        _Sheet(canvas, letter, words, pages, lead).draw()
    canvas.save()
    return target.getvalue()


def _measured(letter: Letter, words: Content) -> tuple[int, float]:
    """How many pages a letter takes, and the distance of its lines: closer where that saves a page."""
    found = []
    for lead in (LEAD, TIGHT):
        blind = _Sheet(Blind(), letter, words, 2, lead)
        blind.draw()
        found.append((blind.page, lead))
        if blind.page == 1:
            break
    return min(found, key=lambda one: one[0])


def _paper(letter: Letter) -> tuple[float, float]:
    across, down = LAYOUTS[letter.layout].page
    return across * MM, down * MM


class _Sheet(Pen):
    """The page being drawn: a pen that goes down the paper and turns it when it is full."""

    def __init__(self, canvas: Any, letter: Letter, said: Content, pages: int, lead: float) -> None:
        self.layout = LAYOUTS[letter.layout]
        super().__init__(canvas, *_paper(letter))
        self.of = letter
        self.said = said
        self.words = texts(letter.language)
        self.pages = pages
        self.page = 1
        self.has_slip = False
        self.lead = lead

    def draw(self) -> None:
        """The whole letter."""
        self.head()
        self.y = self.high - (self.layout.date + 14) * MM
        self.paragraph(self.said.subject, bold=True)
        *parts, last = self.said.parts
        for n, part in enumerate(parts):
            if n == len(parts) - 1 and isinstance(last, PaperText):
                self.room(7 * self.lead)  # the closing does not stand alone on a page
            elif isinstance(part, PaperText) and part.bold:
                self.room(4 * self.lead)  # nor a heading at a foot
            self.part(part)
        if isinstance(last, PaperText):
            self.room(4 * self.lead)
            self.paragraph(last.text, after=self.lead * 1.8)
            self.sign()
        else:
            self.part(last)
        if self.said.slip:
            self.slip()
        self.end_page()

    def part(self, part: Part) -> None:
        """One part of the letter."""
        if isinstance(part, PaperText):
            self.paragraph(part.text, part.bold)
        elif isinstance(part, PaperTable):
            self.table(part)
        elif isinstance(part, Sums):
            self.sums(part)
        elif isinstance(part, Ways):
            self.ways(part)
        else:
            self.signatures(part)

    def paragraph(
        self, text: str, bold: bool = False, after: float | None = None, wide: float = RIGHT - LEFT, link: str = ""
    ) -> None:
        """Draw wrapped text and move the pen below it."""
        lines = wrap(text, wide, BODY, bold)
        if len(lines) > 1:
            self.room(2 * self.lead)  # no first line alone at the foot
        for line in lines:
            self.room(self.lead)
            self.text(LEFT, line, bold=bold, link=link)
            self.y -= self.lead
        self.y -= self.lead * 0.6 if after is None else after

    def room(self, height: float) -> bool:
        """Turn the page when less than that is left; tells whether it did."""
        if self.y - height > FOOT:
            return False
        self.turn()
        return True

    def turn(self) -> None:
        """The next page, with its short head: who writes, to whom, when."""
        self.end_page()
        self.page += 1
        self.y = self.high - 18 * MM
        to = self.of.customer.name or (self.of.recipient or ("",))[0]
        said = " · ".join(part for part in (self.of.sender.name, to, day_words(self.of.day, self.of.language)) if part)
        self.text(LEFT, fit(said, RIGHT - LEFT, SMALL), SMALL)
        self.canvas.setLineWidth(0.3)
        self.canvas.line(LEFT, self.y - 4, RIGHT, self.y - 4)
        self.y = self.high - 30 * MM

    def end_page(self) -> None:
        """The foot of the page: who writes, and which page it is."""
        sender = self.of.sender
        vat = fill(self.words["vat"], {"number": sender.vat_no}) if sender.vat_no else ""
        said = " · ".join(p for p in (sender.name, *sender.lines, vat) if p)
        lines = wrap(said, RIGHT - LEFT - 25 * MM, SMALL)[:3]
        foot = 12 * MM + (SLIP_HIGH if self.has_slip else 0)
        self.y = foot + (len(lines) - 1) * 10
        for line in lines:
            self.text(LEFT, line, SMALL)
            self.y -= 10
        self.y = foot
        if self.pages > 1:
            count = fill(self.words["page"], {"page": str(self.page), "pages": str(self.pages)})
            self.text(RIGHT, count, SMALL, right=True)
        self.canvas.showPage()

    def head(self) -> None:
        """Letterhead, the address where a window shows it, place for date and numbers."""
        sender = self.of.sender
        self.y = self.high - 20 * MM
        edge = LEFT + self._logo(sender.logo)
        size = next((s for s in (15, 13, 11, 9) if width(sender.name, s, True) <= RIGHT - edge), 8)
        self.text(edge, fit(sender.name, RIGHT - edge, size, True), size, bold=True)
        self.y -= 6 * MM
        said = fit(" · ".join(p for p in (*sender.lines, sender.contact) if p), RIGHT - edge, SMALL)
        link = f"mailto:{sender.mail}" if sender.mail and said.endswith(sender.mail) else ""
        mail = sender.mail if link else ""
        self.text(edge, said.removesuffix(mail), SMALL)
        if mail:
            self.text(edge + width(said.removesuffix(mail), SMALL), mail, SMALL, link=link)
        self.window()
        self.y = self.high - self.layout.date * MM
        self.text(LEFT, day_words(self.of.day, self.of.language))
        if self.of.customer_no:
            self.text(RIGHT, fill(self.words["your_number"], {"number": self.of.customer_no}), right=True)

    def window(self) -> None:
        """The address where the envelope shows it, and the marks by which paper is folded and punched."""
        place = self.layout
        left, top = place.address[0] * MM, place.address[1] * MM
        *upper, last = [wrap(line, place.wide * MM, BODY) for line in self.of.recipient or ("",)]
        rest = [piece for line in upper[1:] for piece in line][-4:] + list(last[:2])
        lines = [*(upper[0] if upper else ())[: max(1, 7 - len(rest))], *rest]  # a long name never pushes the town out
        if place.back:
            self.y = self.high - place.back * MM
            back = " · ".join((self.of.sender.name, *self.of.sender.lines))
            self.text(left, fit(back, place.wide * MM, 7), 7)
        self.y = self.high - top
        for line in lines:
            self.text(left, line)
            self.y -= min(self.lead, (place.date * MM - top - self.lead) / len(lines))
        self.canvas.setLineWidth(0.3)
        for mark, across in (*((fold, 5) for fold in place.folds), *([(place.hole, 7)] if place.hole else [])):
            y = self.high - mark * MM
            self.canvas.line(4 * MM, y, (4 + across) * MM, y)

    def _logo(self, logo: bytes) -> float:
        if not logo or isinstance(self.canvas, Blind):
            return 0.0
        from arterm.letters.picture import draw

        return draw(self.canvas, logo, LEFT, self.high - 28 * MM, (40 * MM, 16 * MM)) + 5 * MM

    def sign(self) -> None:
        """The name under the closing: who signs, and for which business."""
        sender = self.of.sender
        if sender.signer:
            self.paragraph(sender.signer, after=0)
        self.paragraph(sender.name)

    def ways(self, part: Ways) -> None:
        """The ways to pay that the owner has; beside them, for a banking app, the transfer as a code."""
        if part.code:
            self.room(SCAN + self.lead)
        else:
            self.room(3 * self.lead)
        top, wide = self.y, RIGHT - LEFT - (SCAN + 8 * MM if part.code else 0)
        self.paragraph(part.title, bold=True, after=0, wide=wide)
        for line in part.lines:
            link = part.link if part.link and part.link in line else ""
            self.paragraph(line, after=None if line == part.lines[-1] else 0, wide=wide, link=link)
        if part.code:
            self.dots(part.code, RIGHT - SCAN, top + BODY, SCAN)  # rectangles: sharp on every printer
            self.y = min(self.y, top - SCAN - self.lead * 0.6)

    def table(self, table: PaperTable) -> None:
        """Rows, with the column names again on every page."""
        first = table.columns[0].edge * MM
        self.names(table)
        for row in table.rows:
            if len(row) == 1:
                self.remark(row[0])
                continue
            lines = wrap(row[0], first, CELL)
            if self.room(self.lead * len(lines)):
                self.names(table)
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                self.text(LEFT + column.edge * MM, cell, CELL, right=True)
            for piece in lines:  # a long number goes on below: it is what the customer looks for
                self.text(LEFT, piece, CELL)
                self.y -= self.lead
        if table.foot:
            self.rule(3 * self.lead)
            self.total(*table.foot)
        else:
            self.y -= self.lead * 0.6

    def remark(self, words: str) -> None:
        """Small words below a row, from its number to the end of the line."""
        for piece in wrap(words, RIGHT - LEFT - 4 * MM, DETAIL):
            self.room(self.lead)
            self.text(LEFT + 4 * MM, piece, DETAIL)
            self.y -= self.lead * 0.85

    def names(self, table: PaperTable) -> None:
        """The column names over a line."""
        self.room(3 * self.lead)
        self.text(LEFT, table.columns[0].name, SMALL, bold=True)
        for column in table.columns[1:]:
            self.text(LEFT + column.edge * MM, column.name, SMALL, bold=True, right=True)
        self.y -= 4
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)
        self.y -= self.lead

    def sums(self, sums: Sums) -> None:
        """What the total is made of: each part with its amount, and small below it how it comes about."""
        for label, detail, money in sums.rows:
            small = not money
            size, inset = (DETAIL, 4 * MM) if small else (CELL, 0)
            lines = wrap(label, RIGHT - LEFT - 48 * MM - inset, size)
            self.room(self.lead * len(lines))
            if detail:
                self.text(RIGHT - 26 * MM, detail, size, right=True)
            if money:
                self.text(RIGHT, money, size, right=True)
            for piece in lines:
                self.text(LEFT + inset, piece, size)
                self.y -= self.lead if not small else self.lead * 0.85
        self.rule(3 * self.lead)
        self.total(*sums.foot)

    def total(self, label: str, money: str) -> None:
        """A sum under the line."""
        self.text(LEFT, label, bold=True)
        self.text(RIGHT, money, bold=True, right=True)
        self.y -= self.lead * 2

    def rule(self, needs: float) -> None:
        """A line under rows."""
        self.room(needs)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y + self.lead - 4, RIGHT, self.y + self.lead - 4)
        self.y -= 3

    def signatures(self, part: Signatures) -> None:
        """Two places to sign, side by side."""
        self.room(9 * self.lead)
        half = (RIGHT - LEFT - 10 * MM) / 2
        top = self.y - self.lead
        for n, party in enumerate(part.parties):
            left = LEFT + n * (half + 10 * MM)
            self.y = top
            for line in wrap(party, half, BODY)[:2]:
                self.text(left, line)
                self.y -= self.lead
            for words in (part.place, part.sign):
                self.y = top - (4 if words == part.place else 7) * self.lead
                self.canvas.setLineWidth(0.6)
                self.canvas.line(left, self.y + SMALL + 3, left + half, self.y + SMALL + 3)
                self.text(left, words, SMALL)
        self.y = top - 8 * self.lead

    def slip(self) -> None:
        """The payment slip at the foot of the last page, or of one more where the letter reaches down there."""
        assert self.said.slip is not None
        if self.y < SLIP_HIGH + FOOT:
            self.turn()
        draw_slip(self, self.said.slip, self.words["slip"])
        self.has_slip = True
