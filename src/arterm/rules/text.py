"""Foreign text made safe to keep and show: no control, direction or invisible characters; folded for comparing."""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 200
NOTE_LIMIT = 4000

_JOINERS = frozenset("\u200c\u200d")  # needed by Indic scripts and emoji families
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})
_MAX_MARKS = 4
_PLAIN = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


def clean(text: str, limit: int = NAME_LIMIT) -> str:
    """One line of foreign text without anything a terminal, a letter or an eye could be tricked by.

    Normalised (NFC), white space folded to single blanks, at most four combining marks in a row, at most
    `limit` characters. Idempotent.
    """
    if not text or (len(text) <= limit and _PLAIN.fullmatch(text)):
        return text
    return _clean_line(text[: limit * 4], limit)


def clean_note(text: str, limit: int = NOTE_LIMIT) -> str:
    """Foreign text of several lines, each cleaned like `clean`; line breaks stay."""
    lines = [_clean_line(line, limit) for line in text[: limit * 4].replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip("\n")[:limit]


def _clean_line(text: str, limit: int) -> str:
    kept: list[str] = []
    marks = 0
    normal = unicodedata.normalize("NFC", text)
    for n, char in enumerate(normal):
        if char.isspace():
            kept.append(" ")
            marks = 0
            continue
        category = unicodedata.category(char)
        if (category in _BAD_CATEGORIES and not _joins(normal, n)) or char in _INVISIBLE:
            continue
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _MAX_MARKS:
                continue
        else:
            marks = 0
        kept.append(char)
    line = " ".join("".join(kept).split())[:limit].strip()
    # Removing a character can bring two others together that compose: only a fixed point is clean.
    again = unicodedata.normalize("NFC", line)
    return line if again == line else _clean_line(again, limit)


def _joins(text: str, n: int) -> bool:
    """Whether a joiner stands where scripts need it: between letters of India or the parts of an emoji."""
    if text[n] not in _JOINERS or not 0 < n < len(text) - 1:
        return False
    return all(unicodedata.category(c) in _JOINED and c >= "\u0900" for c in (text[n - 1], text[n + 1]))


_SPECIAL = str.maketrans({"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def fold(text: str) -> str:
    """The form in which names are compared and searched: caseless, without accents, single blanks."""
    if text.isascii():
        return " ".join(text.lower().split())
    lowered = text.casefold().translate(_SPECIAL)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(bare.split())


def number_key(number: str) -> str:
    """An invoice number as it is compared when spreadsheets have eaten its leading zeros."""
    return fold(number).lstrip("0") or "0"


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th … as the field names its reminders."""
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def count(n: int, one: str, many: str = "") -> str:
    """`1 invoice`, `3 invoices`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
