"""The Swiss QR-bill drawn: receipt and payment part, 105 mm high, at the foot of the page (Style Guide QR-bill)."""

from __future__ import annotations

from collections.abc import Mapping

from arterm.letters.letter import Address
from arterm.letters.pen import MM, Pen
from arterm.letters.setting import wrap
from arterm.letters.slip import PaymentSlip
from arterm.rules.addresses import grouped_iban
from arterm.rules.money import show
from arterm.rules.number_style import NumberStyle

SLIP_HIGH = 105 * MM
_RECEIPT = 62 * MM
_CODE = 46 * MM
_STYLE = NumberStyle(".", " ")  # as the slip has it in every language


def draw_slip(sheet: Pen, slip: PaymentSlip, words: Mapping[str, str]) -> None:
    """Both halves, the lines to cut along, and the code with the Swiss cross in its middle."""
    canvas = sheet.canvas
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2)
    canvas.line(0, SLIP_HIGH, sheet.wide, SLIP_HIGH)
    canvas.line(_RECEIPT, 0, _RECEIPT, SLIP_HIGH)
    canvas.setDash()
    _receipt(sheet, slip, words)
    _payment(sheet, slip, words)


def _receipt(sheet: Pen, slip: PaymentSlip, words: Mapping[str, str]) -> None:
    pen = _Column(sheet, 5 * MM, 52 * MM, 6, 8)
    pen.heading(words["receipt"])
    pen.block(words["account"], (grouped_iban(slip.iban), *_address(slip.creditor)))
    pen.block(words["reference"], (slip.reference,) if slip.reference else ())
    _debtor(pen, slip, words, 52 * MM, 20 * MM)
    _amount(sheet, slip, words, 5 * MM, 6, 8)
    sheet.y = 20 * MM
    sheet.text(57 * MM, words["point"], 6, bold=True, right=True)


def _payment(sheet: Pen, slip: PaymentSlip, words: Mapping[str, str]) -> None:
    left = _RECEIPT + 5 * MM
    _Column(sheet, left, 51 * MM, 8, 10).heading(words["payment"])
    top = SLIP_HIGH - 17 * MM
    sheet.dots(slip.said, left, top, _CODE)
    _cross(sheet, left + _CODE / 2, top - _CODE / 2)
    _amount(sheet, slip, words, left, 8, 10)
    pen = _Column(sheet, _RECEIPT + 56 * MM, sheet.wide - _RECEIPT - 61 * MM, 8, 10)
    pen.y = SLIP_HIGH - 5 * MM - 8
    pen.block(words["account"], (grouped_iban(slip.iban), *_address(slip.creditor)))
    pen.block(words["reference"], (slip.reference,) if slip.reference else ())
    pen.block(words["more"], (slip.message,) if slip.message else ())
    _debtor(pen, slip, words, 65 * MM, 25 * MM)


def _address(address: Address) -> tuple[str, ...]:
    town = f"{address.postcode} {address.city}"
    return tuple(part for part in (address.name, address.street, town) if part)


def _debtor(pen: _Column, slip: PaymentSlip, words: Mapping[str, str], wide: float, high: float) -> None:
    """Who pays; where that is not known in full, a place to write it, between its corners."""
    if slip.debtor:
        pen.block(words["debtor"], _address(slip.debtor))
        return
    pen.block(words["blank"], (), blank=True)
    canvas, top = pen.sheet.canvas, pen.y + pen.size
    canvas.setLineWidth(0.75)
    for x, along in ((pen.left, 1), (pen.left + wide, -1)):
        for y, down in ((top, -1), (top - high, 1)):
            canvas.line(x, y, x + along * 3 * MM, y)
            canvas.line(x, y, x, y + down * 2 * MM)


def _amount(sheet: Pen, slip: PaymentSlip, words: Mapping[str, str], left: float, small: float, size: float) -> None:
    money = show(slip.amount, slip.currency, _STYLE)
    for at, name, said in ((left, "currency", slip.currency), (left + 15 * MM, "amount", money)):
        sheet.y = 37 * MM - small
        sheet.text(at, words[name], small, bold=True)
        sheet.y -= size + 3
        sheet.text(at, said, size)


def _cross(sheet: Pen, x: float, y: float) -> None:
    """The Swiss cross, 7 mm wide, white on black with a white edge."""
    canvas = sheet.canvas
    canvas.saveState()
    for shade, half in ((1, 3.5 * MM), (0, 3.05 * MM)):
        canvas.setFillGray(shade)
        canvas.rect(x - half, y - half, 2 * half, 2 * half, stroke=0, fill=1)
    canvas.setFillGray(1)
    long, thick = 1.95 * MM, 0.58 * MM
    canvas.rect(x - long, y - thick, 2 * long, 2 * thick, stroke=0, fill=1)
    canvas.rect(x - thick, y - long, 2 * thick, 2 * long, stroke=0, fill=1)
    canvas.restoreState()


class _Column:
    """A column of small headings with their lines."""

    def __init__(self, sheet: Pen, left: float, wide: float, small: float, size: float) -> None:
        self.sheet, self.left, self.wide, self.small, self.size = sheet, left, wide, small, size
        self.y = SLIP_HIGH - 5 * MM - 11

    def heading(self, words: str) -> None:
        """The name of this half of the slip."""
        self.sheet.y = self.y
        self.sheet.text(self.left, words, 11, bold=True)
        self.y -= 7 * MM

    def block(self, words: str, lines: tuple[str, ...], blank: bool = False) -> None:
        """A heading and its lines; nothing for no lines, unless they are to be written by hand."""
        if not lines and not blank:
            return
        self._line(words, self.small, True)
        self.y -= self.size - self.small
        for line in lines:
            for piece in wrap(line, self.wide, self.size)[:2]:
                self._line(piece, self.size, False)
        self.y -= self.size * 0.7 if lines else 0

    def _line(self, words: str, size: float, bold: bool) -> None:
        self.sheet.y = self.y
        self.sheet.text(self.left, words, size, bold)
        self.y -= size + 2
