"""Several letters bound into one file, for one trip to the printer."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def bind(letters: Iterable[bytes]) -> bytes:
    """One PDF with the pages of all of them, in order.

    Each starts on a sheet of its own, also where the printer prints on both sides: an odd letter gets an empty back.
    """
    from pypdfium2 import PdfDocument

    bound = PdfDocument.new()
    for letter in letters:
        if len(bound) % 2:
            bound.new_page(*bound[len(bound) - 1].get_size())
        part = PdfDocument(letter)
        bound.import_pages(part)
        part.close()
    target = BytesIO()
    bound.save(target)
    bound.close()
    return target.getvalue()
