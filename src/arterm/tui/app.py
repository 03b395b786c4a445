"""The app: themes, the four places, toasts, undo, and one door through which errors become sentences."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal

from textual import events
from textual.app import App
from textual.binding import Binding

from arterm.desk.desk import Desk
from arterm.desk.views import Receipt
from arterm.rules.dates import month_first
from arterm.rules.errors import ArtermError
from arterm.tui.acts import read_keymap
from arterm.tui.looks import THEMES
from arterm.tui.place import Place
from arterm.tui.places import places
from arterm.tui.screens.small import TooSmall
from arterm.tui.widgets.fields import Habits
from arterm.tui.widgets.plain import ControlFilter

LEAST = (40, 10)
LOOK_EVERY = 1.0  # seconds between looks whether another program wrote to the book


class ArtermApp(App[int]):
    """The screens over one book."""

    TITLE = "arterm"
    CSS_PATH = ["styles/base.tcss", "styles/forms.tcss", "styles/board.tcss"]  # noqa: RUF012 - Textual's own way
    ENABLE_COMMAND_PALETTE = False  # ours is a screen like the others
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, system=True),
        Binding("ctrl+p", "palette", "Find", show=False),
    ]

    def __init__(self, path: Path, today: date, anywhere: bool = False) -> None:
        super().__init__()
        self._filters.append(ControlFilter())
        self.path = path
        self.today = today
        self.anywhere = anywhere
        self.held: Desk | None = None
        self.refusal: ArtermError | None = None
        self.keymap_words: dict[str, str] = {}
        self._stamp = 0
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "arterm-dark"

    @property
    def desk(self) -> Desk:
        """The desk; there is one from the moment a book is open."""
        assert self.held is not None
        return self.held

    @property
    def habits(self) -> Habits:
        """How forms read and show numbers and days."""
        return Habits(self.desk.today, self.desk.style, month_first(self.desk.country), self.desk.currency)

    def action_palette(self) -> None:
        """Find an act or a customer, from a place."""
        if isinstance(self.screen, Place):
            from arterm.tui.screens.palette import Palette

            self.push_screen(Palette(self.screen))

    def _heed_signals(self) -> None:
        """Asked to end, or the window is closed: leave in order, so that the terminal is as it was."""
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit, 0)
        if hasattr(signal, "SIGCONT"):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, self._take_terminal_again)

    def _take_terminal_again(self) -> None:
        """Stopped from outside and continued: the shell may have set the terminal its own way meanwhile.

        Textual starts a second reader beside the first when it was stopped without being asked, and never ends.
        """
        driver = self._driver
        if driver is not None and not self.is_headless:
            if not getattr(driver, "_must_signal_resume", False):
                driver.suspend_application_mode()
            driver.resume_application_mode()
            self.screen.refresh()

    def on_mount(self) -> None:
        """Open the book and show the board; where there is none, say welcome."""
        self._heed_signals()
        if self.path.exists():
            self.guarded(self.open_book, fatal=True)
        else:
            from arterm.tui.screens.welcome import Welcome

            self.push_screen(Welcome())

    def open_book(self, desk: Desk | None = None) -> None:
        """Sit down at the book (or at a desk just made) and show the board."""
        self.held = desk or Desk.open(self.path, self.today, anywhere=self.anywhere)
        self.path = self.held.book.path
        self.apply_settings()
        self._stamp = self.held.book.stamp()
        for name, place in places().items():
            self.add_mode(name, place)
        self.switch_mode("board")
        for warning in self.held.warnings():
            self.tell(warning, "warning")
        self.set_interval(LOOK_EVERY, self._look)
        self.set_timer(2, lambda: self.run_worker(self._daily_backup, thread=True, exit_on_error=False, name="backup"))

    def _daily_backup(self) -> None:
        """Aside, when the board stands: today's copy, if there is none yet. A refusal is told."""
        from arterm.desk.keeping import back_up_daily

        try:
            with self.desk.aside():
                back_up_daily(self.desk)
        except ArtermError as error:
            self.call_from_thread(self.tell, f"Today's backup was not made: {error}", "warning")

    def apply_settings(self) -> None:
        """Colours and keys as the owner set them."""
        self.theme = self.desk.setting("theme", "arterm-dark")
        keymap, wrong = read_keymap(self.desk.setting("keymap"))
        self.keymap_words = keymap
        self.set_keymap(keymap)
        for words in wrong:
            self.tell(f"Keys in the settings: {words}", "warning")

    def tell(self, words: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A toast: the only way words get into one."""
        self.notify(words, severity=severity, markup=False, timeout=4)

    def guarded(self, do: Callable[[], Any], fatal: bool = False) -> bool:
        """Do something; a refusal becomes a toast (or the end, when there is nothing to go back to)."""
        try:
            do()
        except ArtermError as error:
            if fatal:
                self.refusal = error
                self.exit(1)
            else:
                self.tell(str(error), "error")
            return False
        return True

    def done(self, receipt: Receipt) -> None:
        """Something was done: say so, and let every screen look again."""
        self.tell(receipt.words)
        self.changed()

    def changed(self) -> None:
        """The book changed: every screen of every place is told."""
        self._stamp = self.desk.book.stamp()
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Place):
                    screen.book_changed()

    def _look(self) -> None:
        """See whether another program wrote to the book."""
        if self.held is not None and self.desk.book.stamp() != self._stamp:
            self.changed()
            self.tell("Somebody else changed the book; the rows are fresh.")

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size nothing fits, and Textual's own palette fails there: say so instead."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def on_unmount(self) -> None:
        """Close the book."""
        if self.held is not None:
            self.held.close()

    def _fatal_error(self) -> None:
        """The last net: one sentence. Local variables hold customers' data and are not shown."""
        if os.environ.get("ARTERM_DEBUG"):
            super()._fatal_error()
            return
        from rich.text import Text

        kind = type(self._exception).__name__ if self._exception else "fault"
        self._exit_renderables.append(Text(f"arterm: something went wrong inside ({kind}). What was saved is safe."))
        self._close_messages_no_wait()


def open_app(path: Path, today: date, anywhere: bool = False) -> int:
    """Run the screens until the owner leaves; returns the exit code. Raises ArtermError when the book cannot be used."""
    app = ArtermApp(path, today, anywhere)
    code = app.run()
    if app.refusal:
        raise app.refusal
    return code or app.return_code or 0
