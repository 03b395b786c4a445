"""The one door for words: text is shown as text, never read as markup, and control characters never get out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Static

_CONTROL = dict.fromkeys([*range(32), *range(127, 160), 8203, *range(8234, 8239), *range(8294, 8298)], "�")


class Plain(Static):
    """Words on the screen. What is handed in is shown letter by letter."""

    def __init__(self, text: str | Content = "", **options: Any) -> None:
        super().__init__(as_content(text), markup=False, **options)

    def say(self, text: str | Content) -> None:
        """Show other words."""
        self.update(as_content(text))


def as_content(text: str | Content) -> Content:
    """Text that no widget will parse."""
    return text if isinstance(text, Content) else Content(text)


def styled(parts: Iterable[str | tuple[str, str]]) -> Content:
    """Pieces of text, some with a style of ours, as one: `("late", "bold $text-error")`."""
    return Content.assemble(*parts)


class ControlFilter(LineFilter):
    """The last net before the terminal: a control character in a cell becomes a replacement mark."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace control characters in the text of segments; control segments are Textual's own and pass."""
        return [
            segment
            if segment.control or (segment.text.isprintable() and segment.text.isascii())
            else Segment(segment.text.translate(_CONTROL), segment.style)
            for segment in segments
        ]
