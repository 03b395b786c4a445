"""Manners toward the terminal: asked to end, stopped and continued, too small, or tripped, it is left as it was
found.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal

from textual import events
from textual.app import App

from arterm.tui.shell.too_small import TooSmall
from arterm.tui.widgets.plain import ControlFilter

LEAST = (40, 10)


class SignalSafeApp(App[int]):
    """An app that heeds signals, fits no window below `LEAST`, and shows nobody's data when it ends badly."""

    def __init__(self) -> None:
        super().__init__()
        self._filters.append(ControlFilter())

    def heed_signals(self) -> None:
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

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size nothing fits, and Textual's own palette fails there: say so instead."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def _fatal_error(self) -> None:
        """The last net: one sentence. Local variables hold customers' data and are not shown."""
        if os.environ.get("ARTERM_DEBUG"):
            super()._fatal_error()
            return
        from rich.text import Text

        kind = type(self._exception).__name__ if self._exception else "fault"
        self._exit_renderables.append(Text(f"arterm: something went wrong inside ({kind}). What was saved is safe."))
        self._close_messages_no_wait()
