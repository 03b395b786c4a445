"""Letters read back from their pages: as lines of text, or as points for a picture."""

from __future__ import annotations

from threading import Lock

_ONE = Lock()  # PDFium draws for one thread at a time


def page_lines(pdf: bytes) -> tuple[str, ...]:
    """The text of every page, line by line, in reading order."""
    from pypdfium2 import PdfDocument

    with _ONE:
        document = PdfDocument(pdf)
        said = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    return tuple(line.replace("\u00a0", " ") for page in said for line in [*page.replace("\r\n", "\n").split("\n"), ""])


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    from pypdfium2 import PdfDocument

    with _ONE:
        document = PdfDocument(pdf)
        found = len(document)
        document.close()
    return found


def page_picture(pdf: bytes, page: int, across: int) -> tuple[int, int, bytes]:
    """A page `across` points wide: width, height, and one byte of brightness a point, row by row."""
    from pypdfium2 import PdfDocument

    with _ONE:
        document = PdfDocument(pdf)
        held = document[min(page, len(document) - 1)]
        drawn = held.render(scale=across / held.get_width(), grayscale=True).to_pil().convert("L")
        document.close()
    return drawn.width, drawn.height, drawn.tobytes()
