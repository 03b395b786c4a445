"""The places that digits lead to; all but the board are made when they are first visited."""

from __future__ import annotations

from collections.abc import Callable

from arterm.tui.place import Place
from arterm.tui.screens.board import BoardScreen


def places() -> dict[str, Callable[[], Place]]:
    """Each place by name, and how it is made."""

    def today() -> Place:
        from arterm.tui.screens.today import TodayScreen

        return TodayScreen()

    def log() -> Place:
        from arterm.tui.screens.log import LogScreen

        return LogScreen()

    def figures() -> Place:
        from arterm.tui.screens.figures import FiguresScreen

        return FiguresScreen()

    def settings() -> Place:
        from arterm.tui.screens.settings import SettingsScreen

        return SettingsScreen()

    return {"board": BoardScreen, "today": today, "log": log, "figures": figures, "settings": settings}
