"""Typefaces for paper: which face draws which letters, and what no face here can draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from arterm.bundled import root
from arterm.rules.errors import ArtermError

REGULAR, BOLD = "ArtermSans", "ArtermSans-Bold"
FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    "ArtermEastAsian": "DroidSansFallback.ttf",
    "ArtermEmoji": "NotoEmoji-Regular.ttf",
}
_OTHERS = ("ArtermEastAsian", "ArtermEmoji")
_UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d\ufe0e\ufe0f"))


@cache
def faces() -> dict[str, Any]:
    """Register the faces with ReportLab, once; face name -> its characters."""
    from io import BytesIO

    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    rl_config.useA85 = 0  # streams as they are: a fifth smaller, and not spelt twice
    _name_astral_letters(ttfonts)
    covered = {}
    for face, file in FILES.items():
        font = ttfonts.TTFont(face, BytesIO((root() / "fonts" / file).read_bytes()))
        pdfmetrics.registerFont(font)
        covered[face] = font.face.charToGlyph
    return covered


@lru_cache(maxsize=50_000)  # a batch says the same words again and again
def runs(text: str, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """The text cut into (face, piece): one piece where the body face has every letter.

    Refuses (`no_glyph`) a character that no face draws: a letter is never printed with a hole in it.
    """
    covered = faces()
    body = BOLD if bold else REGULAR
    shown = text.translate(_UNSEEN)
    if all(ord(char) in covered[body] for char in shown):
        return ((body, shown),) if shown else ()
    return tuple(_pieces(shown, body, text))


def _pieces(shown: str, body: str, text: str) -> Iterator[tuple[str, str]]:
    covered = faces()
    face, piece = body, ""
    for char in shown:
        wanted = next((f for f in (body, *_OTHERS) if ord(char) in covered[f]), "")
        if not wanted:
            raise ArtermError("no_glyph", "letter", char=char, ord=ord(char), text=text[:60])
        if wanted != face and piece:
            yield face, piece
            piece = ""
        face, piece = wanted, piece + char
    yield face, piece


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line in points."""
    return _thousandths(text, bold) * size / 1000


@lru_cache(maxsize=50_000)
def _thousandths(text: str, bold: bool) -> float:
    """The width at a size of a thousand points: widths grow with the size, and these faces know no kerning."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return sum((stringWidth(piece, face, 1000) for face, piece in runs(text, bold)), start=0.0)


def _name_astral_letters(ttfonts: Any) -> None:
    """Let text be copied out of a letter right beyond U+FFFF: ReportLab names such letters by a number PDF cannot
    hold.
    """
    made = ttfonts.makeToUnicodeCMap

    def surrogates(found: re.Match[str]) -> str:
        return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"

    ttfonts.makeToUnicodeCMap = lambda name, subset: re.sub(r"<([0-9A-F]{5,6})>", surrogates, made(name, subset))
