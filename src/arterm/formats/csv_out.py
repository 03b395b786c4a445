"""CSV for other programs: text that a spreadsheet would take for a formula is defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Text with an apostrophe before it where a spreadsheet would run it; numbers stay numbers."""
    lead = text.lstrip(" \u00a0")
    if lead.startswith(_FORMULA) and not _is_number(lead):
        return "'" + text
    return text


def csv_bytes(rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, so that spreadsheets see the letters."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _is_number(text: str) -> bool:
    bare = text[1:] if text[0] == "-" else text
    return bare.replace(".", "", 1).replace(",", "", 1).isdigit() and bare.isascii()
