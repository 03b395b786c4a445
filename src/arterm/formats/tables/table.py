"""A table out of bytes: encoding, separator, header row; rows keep the line they stood on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arterm.rules.errors import ArtermError

MOST_BYTES = 100 * 2**20
MOST_ROWS = 200_000
_MOST_CELL = 32_000
_PICTURES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or sound",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a spreadsheet or ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\x1f\x8b": "a packed file",
}


_CZECH = re.compile(rb"Datum (za\xfa\xe8tov|proveden)|\xc8\xe1stka|proti\xfa\xe8tu")


@dataclass(frozen=True, slots=True)
class FileTable:
    """Rows of cells with the line each began on; `encoding` and `separator` as they were found."""

    rows: list[tuple[int, list[str]]]
    encoding: str
    separator: str


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its encoding: a byte order mark, else UTF-8, else the Western code page.

    Refuses (`empty_file`, `not_a_table`) what is empty or is no text.
    """
    if not content.strip():
        raise ArtermError("empty_file.file", name)
    for start, what in _PICTURES.items():
        if content.startswith(start):
            raise ArtermError("not_a_table.other", name, what=what)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                raise ArtermError("bad_encoding.unicode", name) from None
    if b"\x00" in content[:4096]:
        raise ArtermError("not_a_table.bytes", name)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _CZECH.search(content):
        return content.decode("cp1250", "replace"), "cp1250"
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ArtermError("bad_encoding.unknown", f"{name}, line {line}") from None


def read_table(content: bytes, name: str) -> FileTable:
    """Cut a file into rows. Refuses (ArtermError) what is no table, too large, or has an unclosed quotation mark."""
    if len(content) > MOST_BYTES:
        raise ArtermError("too_large.file", name)
    text, encoding = decode(content, name)
    separator = _separator(text)
    text = text.replace("\x00", "")
    rows = _rows(text, separator, name)
    return FileTable(rows, encoding, separator)


def read_loose(content: bytes, name: str) -> FileTable:
    """The same for files whose quotation marks do not add up: each line is a row of its own, so none can swallow
    another.
    """
    text, encoding = decode(content, name)
    separator = _separator(text)
    rows = []
    for line, raw in enumerate(text.replace("\x00", "").splitlines(), 1):
        try:
            cells = next(csv.reader([raw], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            raise ArtermError("bad_table.cell", f"{name}, line {line}") from None
        if any(cells):
            rows.append((line, cells))
    return FileTable(rows[:MOST_ROWS], encoding, separator)


def _rows(text: str, separator: str, name: str) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_MOST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in lines:
            line, before = before + 1, lines.line_num
            if any(cells):
                rows.append((line, cells))
            if len(rows) > MOST_ROWS:
                raise ArtermError("too_large.rows", name, most_rows=MOST_ROWS)
    except csv.Error as error:
        where = f"{name}, line {before + 1}"
        if "field larger" in str(error):
            raise ArtermError("bad_table.cell", where) from None
        raise ArtermError("bad_table.quote", where) from None
    return rows


def _separator(text: str) -> str:
    """The separator that cuts most lines into the same number of cells, more than one."""
    sample = [line for line in text[:65536].splitlines() if line.strip()][:60]
    best, score = ",", 0
    for candidate in ",;\t|":
        counts: dict[int, int] = {}
        for line in sample:
            cells = _cells(line, candidate)
            if cells > 1:
                counts[cells] = counts.get(cells, 0) + 1
        found = max((n * min(cells, 6) for cells, n in counts.items()), default=0)
        if found > score:
            best, score = candidate, found
    return best


def _cells(line: str, separator: str) -> int:
    count, quoted = 1, False
    for char in line:
        if char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            count += 1
    return count


def find_header(rows: Sequence[tuple[int, list[str]]], worth: Callable[[list[str]], int]) -> int:
    """The index of the row that looks most like a header among the first thirty; -1 when none does."""
    best, score = -1, 1
    for index, (_, cells) in enumerate(rows[:30]):
        found = worth(cells)
        if found > score:
            best, score = index, found
    return best
