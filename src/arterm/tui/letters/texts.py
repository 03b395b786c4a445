"""Letter texts: all kinds in one language; enter shows a made-up letter, e writes one's own, r gives it up."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.letters import texts
from arterm.rules.countries import LETTER_LANGUAGES
from arterm.tui.keys import bindings_of
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.shell.text import TextScreen
from arterm.tui.shell.text_editor import TextEditor
from arterm.tui.widgets.grid import Column, Grid, Rows

_COLUMNS = (Column("Kind", 15), Column("Letter", 24, share=2), Column("", 8))


class LetterTextsSheet(ListSheet):
    """The texts in the owner's language, or another one."""

    SCREEN = "letter_texts"
    BINDINGS: ClassVar[list[Any]] = bindings_of("letter_texts")

    def __init__(self) -> None:
        super().__init__(_COLUMNS)
        self.language = ""
        self.kinds: list[str] = []

    def load(self) -> None:
        """Ask the desk."""
        found = texts.letter_texts(self.host.desk, self.language)
        self.language = found[0].language
        self.put("#title", f"Letter texts in {LETTER_LANGUAGES[self.language]} - not reviewed by a lawyer")
        rows = [[one.kind, one.words, "yours" if one.yours else ""] for one in found]
        self.kinds = [one.kind for one in found]
        self.grid.show(Rows(self.kinds, lambda a, b: rows[a:b]))

    @on(Grid.Chosen)
    def _shown(self, event: Grid.Chosen) -> None:
        event.stop()
        if self.stands and event.key in self.kinds:
            kind = str(event.key)
            self.host.push_screen(
                TextScreen(f"{kind}: an example", texts.sample_text(self.host.desk, kind, self.language))
            )

    def action_edit(self) -> None:
        """Write one's own text for the kind under the cursor."""
        if self.grid.key not in self.kinds:
            return
        kind, desk = str(self.grid.key), self.host.desk

        def keep(text: str) -> None:
            self.host.done(texts.use_text(desk, kind, self.language, text, "line"))

        places = next(one.places for one in texts.letter_texts(desk, self.language) if one.kind == kind)
        lead = "Places: " + " ".join(f"{{{name}}}" for name in places)
        self.host.push_screen(
            TextEditor(
                f"{kind} in {LETTER_LANGUAGES[self.language]}",
                lead,
                texts.text_of(desk, kind, self.language),
                keep,
            )
        )

    def action_reset(self) -> None:
        """The text that came with arterm again."""
        if self.grid.key in self.kinds:
            self.host.done(texts.reset_text(self.host.desk, str(self.grid.key), self.language))
            self.load()

    def action_language(self) -> None:
        """The next language."""
        known = list(LETTER_LANGUAGES)
        self.language = known[(known.index(self.language) + 1) % len(known)]
        self.load()
