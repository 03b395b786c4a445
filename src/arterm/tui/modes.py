"""The lists that digits lead to; all but the board are made when they are first visited."""

from __future__ import annotations

from collections.abc import Callable

from arterm.tui.board.screen import BoardScreen
from arterm.tui.shell.list_screen import ListScreen


def screens() -> dict[str, Callable[[], ListScreen]]:
    """Each list by name, and how it is made."""

    def today() -> ListScreen:
        from arterm.tui.worklist.screen import TodayScreen

        return TodayScreen()

    def log() -> ListScreen:
        from arterm.tui.calls.log import LogScreen

        return LogScreen()

    def figures() -> ListScreen:
        from arterm.tui.reports.screen import FiguresScreen

        return FiguresScreen()

    def settings() -> ListScreen:
        from arterm.tui.settings.screen import SettingsScreen

        return SettingsScreen()

    return {"board": BoardScreen, "today": today, "log": log, "figures": figures, "settings": settings}
