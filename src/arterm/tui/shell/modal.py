"""What every sheet over a list keeps to: nothing acts on it before it stands, nor after it was left."""

from __future__ import annotations

import asyncio
import contextlib
from inspect import iscoroutine
from typing import ClassVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from arterm.rules.errors import ArtermError
from arterm.tui.host import Host
from arterm.tui.keys import BY_ID, face_text, perform, why_not
from arterm.tui.widgets.plain import Plain


class Sheet(Screen[None]):
    """A screen that a fast hand cannot trip: keys that come too early or too late do nothing.

    `SCREEN` names it in the table of acts.
    """

    SCREEN: ClassVar[str] = ""
    left = False

    @property
    def host(self) -> Host:
        """The app, as far as a screen knows it."""
        return cast("Host", self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may run: only while the sheet stands in front."""
        return self.stands

    async def action_do(self, name: str, *which: int) -> None:
        """Do an act of the table, or say why not."""
        act = BY_ID[name]
        reason = why_not(act, self)
        if reason:
            self.host.tell(reason, "warning")
            return
        try:
            done = perform(act, self, *which)
            if iscoroutine(done):
                await done
        except ArtermError as error:
            self.host.tell(str(error), "error")

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def face(self, name: str = "") -> str:
        """The keys that stand on the sheet, or on its other list, as the owner has them."""
        return face_text(name or self.SCREEN, self.host.changed_keys)

    @property
    def stands(self) -> bool:
        """Whether the sheet is built and in front: a second `enter` may arrive when it is gone already."""
        return self.is_mounted and self.is_current and not self.left

    async def typed(self) -> None:
        """Wait until the keys before this one have reached the entry that has the focus.

        A binding with priority is handled before the letters that the app has passed on: in a burst it would overtake
        them.
        """
        done = asyncio.Event()
        if self.focused is not None and self.focused.call_later(done.set):
            with contextlib.suppress(TimeoutError):  # an entry that is being taken away hears nothing any more
                await asyncio.wait_for(done.wait(), 1)

    def put(self, where: str, words: str) -> None:
        """Show words in a part of the sheet; nothing where the sheet is gone already, as a thread may find."""
        for part in self.query(where).results(Plain):
            part.say(words)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave the sheet, once: Textual may still call it current when the next key of a burst is handled."""
        if self.left or not self.is_current:
            return AwaitComplete()
        self.left = True
        return super().dismiss(result)


class Slip(Sheet, ModalScreen[None]):
    """A sheet that leaves the list behind it in sight, and takes no keys meant for that."""
