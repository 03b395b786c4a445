"""A text of several lines to write: what is refused stands below it, with its line, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import TextArea

from arterm.rules.errors import ArtermError
from arterm.tui.keys import bindings_of
from arterm.tui.shell.modal import Sheet
from arterm.tui.widgets.plain import Plain


class TextEditor(Sheet):
    """`keep` takes the text, or refuses it."""

    SCREEN = "editor"
    BINDINGS: ClassVar[list[Any]] = bindings_of("editor")

    def __init__(self, title: str, lead: str, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self.heading, self.lead, self.text, self.keep = title, lead, text, keep
        self.warned = ""

    def compose(self) -> ComposeResult:
        """Title, what may be written, the text, what is wrong with it."""
        yield Plain(self.heading, classes="page-title")
        yield Plain(self.lead, id="editor-lead")
        yield TextArea(self.text, id="editor", show_line_numbers=True)
        yield Plain("", id="notice-trouble", classes="trouble")
        yield Plain(self.face(), id="hints")

    def on_mount(self) -> None:
        """Begin to write."""
        self.entry.focus()

    @property
    def entry(self) -> TextArea:
        """Where the text is written."""
        return self.query_one(TextArea)

    def action_keep(self) -> None:
        """Hand the text over; where it is refused, go to the line that is wrong."""
        try:
            self.keep(self.entry.text)
        except ArtermError as error:
            self.put("#notice-trouble", str(error))
            line = re.search(r":(\d+)$", error.where)
            if line:
                self.entry.move_cursor((int(line[1]) - 1, 0))
            return
        self.dismiss()

    def action_leave(self) -> None:
        """Back. What was written is lost only when asked for twice."""
        if self.entry.text not in (self.text, self.warned):
            self.warned = self.entry.text
            self.put("#notice-trouble", "This is not saved. esc again throws it away, ctrl+s saves it.")
            return
        self.dismiss()
