"""A reminder drawn on paper: letterhead, address in the window, table of invoices, what to pay and how."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from arterm.letters.fonts import REGULAR, faces, runs, width
from arterm.letters.layout import LAYOUTS
from arterm.letters.letter import TONES, Letter, Line
from arterm.letters.scan import dots, transfer_code
from arterm.letters.words import amount, day_figures, day_words, fill, texts, with_currency
from arterm.rules.addresses import grouped_iban

MM = 72 / 25.4
LEFT, RIGHT, FOOT = 25 * MM, 190 * MM, 22 * MM
BODY, SMALL, LEAD = 10.0, 8.0, 14.0
SCAN = 30 * MM  # side of the code to pay by
_FACE: dict[str, Any] = {"initialFontName": REGULAR}  # else every file names a typeface it does not carry
# Right edges of the table's columns, after the number at the left.
_EDGES = {"issued": 70 * MM, "due": 91 * MM, "late": 114 * MM, "total": 139 * MM, "paid": 164 * MM, "open": RIGHT}


def render(*letters: Letter) -> bytes:
    """One PDF of one letter or several; the same letters give the same bytes.

    Refuses (`no_glyph`) what cannot be printed.
    """
    from reportlab.pdfgen.canvas import Canvas

    faces()
    first = letters[0]
    target = BytesIO()
    canvas = Canvas(target, pagesize=_paper(first), invariant=1, pageCompression=1, **_FACE, lang=first.language)
    canvas.setTitle(_Sheet(canvas, first, 1).subject)
    canvas.setAuthor(first.sender.name)
    canvas.setCreator("arterm")
    canvas.setProducer("arterm")
    for letter in letters:
        canvas.setPageSize(_paper(letter))
        _Sheet(canvas, letter, _pages(letter)).draw()
    canvas.save()
    return target.getvalue()


def _paper(letter: Letter) -> tuple[float, float]:
    across, down = LAYOUTS[letter.layout].page
    return across * MM, down * MM


def _pages(letter: Letter) -> int:
    """How many pages a letter takes: one where its table is short, else by drawing it on paper nobody sees."""
    rows = sum(len(_number_lines(line)) for line in letter.lines[:3]) + 2 * len(letter.charges)
    if rows <= 2 and not letter.legal:
        return 1
    from reportlab.pdfgen.canvas import Canvas

    sheet = _Sheet(Canvas(BytesIO(), pagesize=_paper(letter), **_FACE), letter, 2)
    sheet.draw()
    return sheet.page


class _Sheet:
    """The page being drawn: a pen that goes down the paper and turns it when it is full."""

    def __init__(self, canvas: Any, letter: Letter, pages: int) -> None:
        self.canvas = canvas
        self.of = letter
        self.words = texts(letter.language)
        self.pages = pages
        self.page = 1
        self.layout = LAYOUTS[letter.layout]
        self.high = self.y = self.layout.page[1] * MM
        self.values = {
            "total": with_currency(letter.total, letter.currency, letter.language, letter.sender.country),
            "deadline": day_words(letter.deadline, letter.language),
            "step": str(letter.step),
        }

    @property
    def subject(self) -> str:
        """The line that says what the letter is."""
        return fill(self.step_text("subject"), self.values)

    def draw(self) -> None:
        """The whole letter."""
        self.head()
        self.letter(self.subject)
        self.end_page()

    def step_text(self, name: str) -> str:
        """A text in the tone of the letter's step."""
        return str(self.words[f"step{TONES.index(self.of.tone) + 1}"][name])

    def text(self, x: float, text: str, size: float = BODY, bold: bool = False, right: bool = False) -> None:
        """Draw one line at the pen's height."""
        at = x - width(text, size, bold) if right else x
        pieces = runs(text, bold)
        for face, piece in pieces:
            self.canvas.setFont(face, size)
            self.canvas.drawString(at, self.y, piece)
            at += self.canvas.stringWidth(piece, face, size) if len(pieces) > 1 else 0

    def paragraph(self, text: str, bold: bool = False, after: float = LEAD * 0.6, wide: float = RIGHT - LEFT) -> None:
        """Draw wrapped text and move the pen below it."""
        for line in wrap(text, wide, BODY, bold):
            self.room(LEAD)
            self.text(LEFT, line, bold=bold)
            self.y -= LEAD
        self.y -= after

    def room(self, height: float) -> bool:
        """Turn the page when less than that is left; tells whether it did."""
        if self.y - height > FOOT:
            return False
        self.end_page()
        self.page += 1
        self.y = self.high - 25 * MM
        return True

    def end_page(self) -> None:
        """The foot of the page: who writes, and which page it is."""
        sender = self.of.sender
        vat = fill(self.words["vat"], {"number": sender.vat_no}) if sender.vat_no else ""
        said = " · ".join(p for p in (sender.name, *sender.lines, vat) if p)
        lines = wrap(said, RIGHT - LEFT - 25 * MM, SMALL)[:3]
        self.y = 12 * MM + (len(lines) - 1) * 10
        for line in lines:
            self.text(LEFT, line, SMALL)
            self.y -= 10
        self.y = 12 * MM
        if self.pages > 1:
            self.text(
                RIGHT, fill(self.words["page"], {"page": str(self.page), "pages": str(self.pages)}), SMALL, right=True
            )
        self.canvas.showPage()

    def head(self) -> None:
        """Letterhead, the address where a window shows it, place for date and numbers."""
        sender = self.of.sender
        self.y = self.high - 20 * MM
        edge = LEFT + self._logo(sender.logo)
        size = next((s for s in (15, 13, 11, 9) if width(sender.name, s, True) <= RIGHT - edge), 8)
        self.text(edge, fit(sender.name, RIGHT - edge, size, True), size, bold=True)
        self.y -= 6 * MM
        self.text(edge, fit(" · ".join(p for p in (*sender.lines, sender.contact) if p), RIGHT - edge, SMALL), SMALL)
        self.window()
        self.y = self.high - self.layout.date * MM
        self.text(LEFT, day_words(self.of.day, self.of.language))
        if self.of.customer_no:
            self.text(RIGHT, fill(self.words["your_number"], {"number": self.of.customer_no}), right=True)

    def window(self) -> None:
        """The address where the envelope shows it, and the marks by which paper is folded and punched."""
        place = self.layout
        left, top = place.address[0] * MM, place.address[1] * MM
        lines = [piece for line in self.of.recipient for piece in wrap(line, place.wide * MM, BODY)][:7]
        if place.back:
            self.y = self.high - place.back * MM
            back = " · ".join((self.of.sender.name, *self.of.sender.lines))
            self.text(left, fit(back, place.wide * MM, 7), 7)
        self.y = self.high - top
        for line in lines:
            self.text(left, line)
            self.y -= min(LEAD, (place.date * MM - top - LEAD) / len(lines))
        self.canvas.setLineWidth(0.3)
        for mark, across in (*((fold, 5) for fold in place.folds), *([(place.hole, 7)] if place.hole else [])):
            y = self.high - mark * MM
            self.canvas.line(4 * MM, y, (4 + across) * MM, y)

    def _logo(self, logo: bytes) -> float:
        if not logo:
            return 0.0
        from reportlab.lib.utils import ImageReader

        picture = ImageReader(BytesIO(logo))
        across, down = picture.getSize()
        high = 16 * MM
        wide = min(40 * MM, high * across / max(1, down))
        self.canvas.drawImage(
            picture, LEFT, self.high - 28 * MM, wide, high, preserveAspectRatio=True, anchor="sw", mask="auto"
        )
        return wide + 5 * MM

    def letter(self, subject: str) -> None:
        """Everything from the subject to the signature."""
        words, of = self.words, self.of
        self.y = self.high - (self.layout.date + 14) * MM
        self.paragraph(subject, bold=True)
        self.paragraph(words["greeting"])
        self.paragraph(self.step_text("opening"))
        self.table()
        self.paragraph(fill(self.step_text("request"), self.values), bold=True)
        if of.legal:
            self.paragraph(of.legal)
        self.ways()
        self.paragraph(words["crossed"])
        if of.sender.contact:
            self.paragraph(fill(words["contact"], {"contact": of.sender.contact}))
        self.room(4 * LEAD)
        self.paragraph(words["closing"], after=LEAD * 1.8)
        self.paragraph(of.sender.name)

    def ways(self) -> None:
        """The ways to pay that the owner has; beside them, for a banking app, the transfer as a code."""
        of, sender, words = self.of, self.of.sender, self.words
        said = transfer_code(sender.name, sender.iban, sender.bic, of.total, of.currency, of.reference)
        if said:
            self.room(SCAN + LEAD)
        top, wide = self.y, RIGHT - LEFT - (SCAN + 8 * MM if said else 0)
        self.paragraph(words["ways"], bold=True, after=0, wide=wide)
        if sender.iban:
            transfer = fill(words["iban"], {"holder": sender.name, "iban": grouped_iban(sender.iban)})
            self.paragraph(transfer, after=0, wide=wide)
        if sender.bic:
            self.paragraph(fill(words["bic"], {"bic": sender.bic}), after=0, wide=wide)
        self.paragraph(fill(words["quote"], {"reference": of.reference}), wide=wide)
        if said:
            self.paragraph(words["scan"], wide=wide)
            self.code(said, top + BODY)
            self.y = min(self.y, top - SCAN - LEAD * 0.6)

    def code(self, said: str, top: float) -> None:
        """The code at the right edge, its dots as rectangles: sharp on every printer."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        side, path = dots(said)
        self.canvas.saveState()
        self.canvas.transform(SCAN / side, 0, 0, -SCAN / side, RIGHT - SCAN, top)
        self.canvas.drawPath(PDFPathObject([path]), stroke=0, fill=1)
        self.canvas.restoreState()

    def table(self) -> None:
        """All overdue invoices, with the heading again on every page."""
        self.table_head()
        for line in self.of.lines:
            if self.room(LEAD * len(_number_lines(line))):
                self.table_head()
            self.row(line)
        self.rule()
        if self.of.charges:
            self.charges()
        self.text(LEFT, str(self.words["open_sum"]), bold=True)
        self.text(RIGHT, self.values["total"], bold=True, right=True)
        self.y -= LEAD * 2

    def charges(self) -> None:
        """What is asked beside the principal, each with its law, line by line."""
        of, words = self.of, self.words["charges"]
        said = [(str(words["principal"]), of.principal)]
        for charge in of.charges:
            values = {"law": charge.law, "day": day_figures(charge.until or of.day, of.language)}
            said.append((fill(words[charge.kind], values), charge.amount))
        for label, money in said:
            for n, piece in enumerate(wrap(label, RIGHT - LEFT - 30 * MM, 9)):
                self.room(LEAD)
                self.text(LEFT, piece, 9)
                if n == 0:
                    self.text(RIGHT, amount(money, of.currency, of.language, of.sender.country), 9, right=True)
                self.y -= LEAD
        self.rule()

    def table_head(self) -> None:
        """The column names over a line."""
        self.room(3 * LEAD)
        names = self.words["columns"]
        self.text(LEFT, names["number"], SMALL, bold=True)
        for name, edge in _EDGES.items():
            self.text(edge, names[name], SMALL, bold=True, right=True)
        self.y -= 4
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)
        self.y -= LEAD

    def row(self, line: Line) -> None:
        """One invoice."""
        of = self.of
        money = {
            name: amount(getattr(line, name), of.currency, of.language, of.sender.country)
            for name in ("total", "paid", "open")
        }
        cells = {
            "issued": day_figures(line.issued, of.language),
            "due": day_figures(line.due, of.language),
            "late": str(line.days_late),
            **money,
        }
        for name, edge in _EDGES.items():
            self.text(edge, cells[name], 9, right=True)
        for piece in _number_lines(line):  # a long number goes on below: it is what the customer looks for
            self.text(LEFT, piece, 9)
            self.y -= LEAD

    def rule(self) -> None:
        """A line under the table."""
        self.room(3 * LEAD)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y + LEAD - 4, RIGHT, self.y + LEAD - 4)
        self.y -= 3


def _number_lines(line: Line) -> list[str]:
    return wrap(line.number, 26 * MM, 9)


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Cut text into lines no wider than `room` points; a word that is wider is cut anywhere."""
    lines, current, used = list[str](), "", 0.0
    blank = width(" ", size, bold)
    for word in text.split(" "):
        wide = width(word, size, bold)
        if used + wide + (blank if current else 0) <= room:
            current, used = (f"{current} {word}", used + blank + wide) if current else (word, wide)
            continue
        if current:
            lines.append(current)
        while width(word, size, bold) > room:
            cut = _longest(word, room, size, bold)
            lines.append(word[:cut])
            word = word[cut:]
        current, used = word, width(word, size, bold)
    return [*lines, current] if current else lines


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is wider than `room` points."""
    if width(text, size, bold) <= room:
        return text
    return text[: _longest(text, room - width("…", size, bold), size, bold)] + "…"


def _longest(text: str, room: float, size: float, bold: bool) -> int:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def joined(numbers: Sequence[str], limit: int = 80) -> str:
    """Invoice numbers as a payment reference, shortened by count where there are too many."""
    shown: list[str] = []
    for number in numbers:
        if len(", ".join([*shown, number])) > limit and shown:
            return f"{', '.join(shown)} (+{len(numbers) - len(shown)})"
        shown.append(number)
    return ", ".join(shown)
