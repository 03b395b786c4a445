"""A letter as plain lines, set as it is on paper: the same parts in the same order, for a terminal."""

from __future__ import annotations

import textwrap

from rich.cells import cell_len, set_cell_size

from arterm.letters.content import PaperTable, PaperText, Part, Signatures, Sums, Ways, content
from arterm.letters.letter import Letter
from arterm.letters.template import fill
from arterm.letters.words import day_words, texts

WIDE = 72
_PAPER = 165.0  # millimetres of a line on paper


def as_text(letter: Letter) -> tuple[str, ...]:
    """The whole letter in lines of at most 72 cells, from the address to the signature. Refuses (`bad_template`)."""
    said, words = content(letter), texts(letter.language)
    sender = letter.sender
    lines = [sender.name, " · ".join(part for part in (*sender.lines, sender.contact) if part), ""]
    lines += [*letter.recipient, ""]
    number = fill(words["your_number"], {"number": letter.customer_no}) if letter.customer_no else ""
    lines += [
        _ends(day_words(letter.day, letter.language), number),
        "",
        said.subject,
        "=" * min(WIDE, cell_len(said.subject)),
        "",
    ]
    for part in said.parts:
        lines += [*part_lines(part), ""]
    lines += [part for part in (sender.signer, sender.name) if part]
    if said.slip:
        lines += ["", f"[ {words['slip']['payment']} · {said.slip.reference or said.slip.message} ]"]
    return tuple(line.replace("\u00a0", " ").rstrip() for line in lines)


def part_lines(part: Part) -> list[str]:
    """A part of a letter in lines of at most 72 cells."""
    if isinstance(part, PaperText):
        return _wrapped(part.text)
    if isinstance(part, PaperTable):
        return _table(part)
    if isinstance(part, Sums):
        return _sums(part)
    if isinstance(part, Ways):
        lines = [part.title, *(piece for line in part.lines for piece in _wrapped(line))]
        return [*lines, "[ QR ]"] if part.code else lines
    return _signatures(part)


def _wrapped(text: str, room: int = WIDE) -> list[str]:
    return textwrap.wrap(text, room, break_on_hyphens=False) or [""]


def _table(table: PaperTable) -> list[str]:
    edges = [round(column.edge / _PAPER * WIDE) for column in table.columns]
    rows = [_row([column.name for column in table.columns], edges), "-" * WIDE]
    for row in table.rows:
        if len(row) == 1:
            rows += [f"  {line}" for line in _wrapped(row[0], WIDE - 2)]
            continue
        first = _wrapped(row[0], max(edges[0], 8))
        rows += [_row([first[0], *row[1:]], edges), *first[1:]]
    return [*rows, "-" * WIDE, _ends(*table.foot)] if table.foot else rows


def _row(cells: list[str], edges: list[int]) -> str:
    line = cells[0]
    for cell, edge in zip(cells[1:], edges[1:], strict=True):
        line = set_cell_size(line, max(cell_len(line) + 1, edge - cell_len(cell))) + cell
    return line


def _sums(sums: Sums) -> list[str]:
    lines = []
    for label, detail, money in sums.rows:
        inset = "" if money else "  "
        first, *rest = _wrapped(label, WIDE - 28)
        lines += [_ends(inset + first, f"{detail:>13}{money:>13}"), *(inset + line for line in rest)]
    return [*lines, "-" * WIDE, _ends(*sums.foot)]


def _ends(left: str, right: str) -> str:
    return set_cell_size(left, max(cell_len(left) + 1, WIDE - cell_len(right))) + right if right else left


def _signatures(part: Signatures) -> list[str]:
    half = WIDE // 2 - 2
    lines = [
        [*_wrapped(party, half)[:2], "", "_" * half, part.place, "", "_" * half, part.sign] for party in part.parties
    ]
    longest = max(map(len, lines))
    left, right = ([*column, *[""] * (longest - len(column))] for column in lines)
    return [f"{set_cell_size(a, half + 4)}{b}".rstrip() for a, b in zip(left, right, strict=True)]
