"""Shown while the window is too small for anything; keys wait until it is larger."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from arterm.tui.widgets.plain import Plain


class TooSmall(ModalScreen[None]):
    """What was open stays open beneath it."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Plain("Make the window larger: at least 40 columns and 10 rows.")

    def on_key(self, event: events.Key) -> None:
        """Nothing acts on what cannot be seen; leaving still works."""
        if event.key != "ctrl+q":
            event.stop()
            event.prevent_default()
