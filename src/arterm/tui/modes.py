"""The places that digits lead to; all but the board are made when they are first visited."""

from __future__ import annotations

from collections.abc import Callable

from arterm.tui.board.screen import BoardScreen
from arterm.tui.shell.list_screen import Place


def places() -> dict[str, Callable[[], Place]]:
    """Each place by name, and how it is made."""

    def today() -> Place:
        from arterm.tui.worklist.screen import TodayScreen

        return TodayScreen()

    def log() -> Place:
        from arterm.tui.calls.log import LogScreen

        return LogScreen()

    def figures() -> Place:
        from arterm.tui.reports.screen import FiguresScreen

        return FiguresScreen()

    def settings() -> Place:
        from arterm.tui.settings.screen import SettingsScreen

        return SettingsScreen()

    return {"board": BoardScreen, "today": today, "log": log, "figures": figures, "settings": settings}
