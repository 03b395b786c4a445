"""Setting text into lines: wrapped at words, cut where a word is wider than the line."""

from __future__ import annotations

from functools import lru_cache

from arterm.letters.fonts import width


@lru_cache(maxsize=5000)  # a letter is set twice, and a batch says the same paragraphs again and again
def wrap(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Cut text into lines no wider than `room` points; a word that is wider is cut anywhere."""
    lines, current, used = list[str](), "", 0.0
    blank = width(" ", size, bold)
    for word in text.split(" "):
        wide = width(word, size, bold)
        if used + wide + (blank if current else 0) <= room:
            current, used = (f"{current} {word}", used + blank + wide) if current else (word, wide)
            continue
        if current:
            lines.append(current)
        while width(word, size, bold) > room:
            cut = _longest(word, room, size, bold)
            lines.append(word[:cut])
            word = word[cut:]
        current, used = word, width(word, size, bold)
    return (*lines, current) if current else tuple(lines)


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is wider than `room` points."""
    if width(text, size, bold) <= room:
        return text
    return text[: _longest(text, room - width("…", size, bold), size, bold)] + "…"


def _longest(text: str, room: float, size: float, bold: bool) -> int:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return low
