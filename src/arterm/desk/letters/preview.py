"""Letters seen before they are printed: set as lines, or as the page itself, with the claim and what it may not ask
yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from arterm.desk.claims.claims import ClaimView, claim_of
from arterm.desk.dunning.run import DueNotice
from arterm.desk.letters.notices import document, letter_for
from arterm.desk.letters.reminder import enclosures
from arterm.desk.letters.views import NoticeView
from arterm.desk.session import Desk
from arterm.letters.letter import Letter


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter before it goes out: its kind and its lines, what may be claimed on it, invoice by invoice, and what
    belongs into the envelope beside it."""

    kind: str
    language: str
    lines: tuple[str, ...]
    claims: tuple[ClaimView, ...] = ()
    enclose: tuple[str, ...] = ()


def preview_due(desk: Desk, due: DueNotice) -> Preview:
    """A reminder as it would be written. Refuses as writing it would."""
    letter, _ = letter_for(desk, due)
    claims = tuple(claim_of(desk, line.found.id) for line in due.lines)
    return Preview(letter.kind, letter.language, _lines(letter), claims, enclosures(letter))


def preview_letter(letter: Letter) -> Preview:
    """Any other letter as it would be written."""
    return Preview(letter.kind, letter.language, _lines(letter), (), enclosures(letter))


def preview_written(desk: Desk, notice: NoticeView) -> Preview:
    """A letter that is in the book, read back from its page."""
    from arterm.letters.reading import page_lines

    return Preview(notice.kind, notice.language, page_lines(document(desk, notice.document)))


def due_page(desk: Desk, due: DueNotice) -> bytes:
    """A reminder as it would be written, as PDF. Nothing is kept."""
    from arterm.letters.paper import render

    return render(letter_for(desk, due)[0])


def letter_page(letter: Letter) -> bytes:
    """Any other letter as PDF. Nothing is kept."""
    from arterm.letters.paper import render

    return render(letter)


def picture(pdf: bytes, page: int, across: int) -> tuple[int, int, bytes]:
    """A page as points: its width, its height (both in points, `across` wide) and a byte of brightness for each."""
    from arterm.letters.reading import page_picture

    return page_picture(pdf, page, across)


def page_count(pdf: bytes) -> int:
    """How many pages a letter has."""
    from arterm.letters.reading import pages

    return pages(pdf)


def _lines(letter: Letter) -> tuple[str, ...]:
    from arterm.letters.plain import as_text

    return as_text(letter)
