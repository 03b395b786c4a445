"""A letter as the body of an e-mail: the same words as on paper, as plain text and as simple HTML without pictures or
links but the owner's own way to pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from arterm.letters.content import Content, PaperTable, PaperText, Part, Signatures, Sums, Ways, content
from arterm.letters.letter import Letter
from arterm.letters.plain import part_lines

_CELL = "padding:2px 12px 2px 0"
_RIGHT = f"{_CELL};text-align:right"


@dataclass(frozen=True, slots=True)
class Body:
    """An e-mail's words: subject, text in lines of at most 72 cells, and HTML."""

    subject: str
    text: str
    html: str


def as_body(letter: Letter) -> Body:
    """The words of a letter for an e-mail. Refuses (`bad_template`) as drawing it would."""
    said = content(letter)
    business = letter.sender.name
    foot = [part for part in (letter.sender.signer, business, *letter.sender.lines, letter.sender.contact) if part]
    lines: list[str] = []
    for part in said.parts:
        lines += [line.rstrip() for line in part_lines(part) if line != "[ QR ]"] + [""]
    text = "\n".join([*lines, *foot]).replace("\u00a0", " ")
    return Body(
        f"{said.subject} ({business})" if business not in said.subject else said.subject,
        text,
        _page(said, foot, letter.language),
    )


def plain_body(subject: str, text: str, language: str) -> Body:
    """Words that are no letter: paragraphs parted by empty lines."""
    paragraphs = "".join(
        f"<p>{'<br>'.join(escape(line) for line in block.splitlines())}</p>" for block in text.split("\n\n")
    )
    return Body(subject, text, _framed(paragraphs, language))


def _page(said: Content, foot: list[str], language: str) -> str:
    body = "".join(_html(part) for part in said.parts)
    return _framed(body + f"<p>{'<br>'.join(escape(line) for line in foot)}</p>", language)


def _framed(body: str, language: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{escape(language, quote=True)}"><head><meta charset="utf-8"></head>'
        f'<body style="font-family:sans-serif;font-size:14px;line-height:1.4;color:#111">{body}</body></html>\n'
    )


def _html(part: Part) -> str:
    if isinstance(part, PaperText):
        words = escape(part.text).replace("\n", "<br>")
        return f"<p><b>{words}</b></p>" if part.bold else f"<p>{words}</p>"
    if isinstance(part, PaperTable):
        head = _row([column.name for column in part.columns], "th")
        rows = "".join(_row(row, "td", len(part.columns)) for row in part.rows)
        foot = _row([part.foot[0], *[""] * (len(part.columns) - 2), part.foot[1]], "th") if part.foot else ""
        return f'<table style="border-collapse:collapse">{head}{rows}{foot}</table>'
    if isinstance(part, Sums):
        rows = "".join(_row(row, "td") for row in part.rows) + _row([part.foot[0], "", part.foot[1]], "th")
        return f'<table style="border-collapse:collapse">{rows}</table>'
    if isinstance(part, Ways):
        lines = "<br>".join(_linked(line, part.link) for line in part.lines)
        return f"<p><b>{escape(part.title)}</b><br>{lines}</p>"
    return _signatures(part)


def _row(cells: tuple[str, ...] | list[str], tag: str, width: int = 0) -> str:
    if len(cells) == 1 and width > 1:
        return f'<tr><td colspan="{width}" style="{_CELL}">{escape(cells[0])}</td></tr>'
    first, *others = (escape(cell) for cell in cells)
    return (
        f"<tr><{tag}"
        f' style="{_CELL};text-align:left">{first}</{tag}>'
        f"{''.join(f'<{tag} style={chr(34)}{_RIGHT}{chr(34)}>{cell}</{tag}>' for cell in others)}</tr>"
    )


def _linked(line: str, link: str) -> str:
    """The owner's own link to pay by can be followed; nothing else is made into one."""
    words = escape(line)
    return (
        words.replace(escape(link), f'<a href="{escape(link, quote=True)}">{escape(link)}</a>')
        if link and link in line
        else words
    )


def _signatures(part: Signatures) -> str:
    return "".join(
        f"<p>{escape(party)}<br>{escape(part.place)}: ______________<br>{escape(part.sign)}: ______________</p>"
        for party in part.parties
    )
