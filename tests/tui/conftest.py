"""Screens driven by keys: the app over a demo book, its screen as text, toasts on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from arterm.tui.app import ArtermApp
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def _steady(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)


def screen_text(app: ArtermApp) -> str:
    """What a person sees, line by line."""
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()
    )


class Hand:
    """Presses keys and reads the screen."""

    def __init__(self, app: ArtermApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and let the app settle."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        field = self.app.focused
        assert isinstance(field, Input)
        field.value = text
        await self.pilot.pause()

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something that a thread brings."""
        for _ in range(200):
            if seen():
                return
            await asyncio.sleep(0.05)
            await self.pilot.pause()
        raise AssertionError("it never came:\n" + self.text)

    @property
    def text(self) -> str:
        """The screen."""
        return screen_text(self.app)

    @property
    def refused(self) -> str:
        """What stands beside the fields that were refused."""
        return " ".join(
            str(words.content) for words in self.app.screen.query(".-wrong > .field--beside").results(Static)
        )

    @property
    def toasts(self) -> str:
        """Every toast so far."""
        return "\n".join(note.message for note in self.app._notifications)

    @property
    def screen(self) -> Any:
        """The screen object in front."""
        return self.app.screen


@asynccontextmanager
async def at(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
    """The app over a book, as a person has it."""
    app = ArtermApp(path, lambda: TODAY)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Hand(app, pilot)
