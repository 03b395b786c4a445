"""The keys of widgets: of rows, of choices in a field, of the filter; and the one of the app itself."""

from __future__ import annotations

from arterm.tui.acts import ScreenAct
from arterm.tui.list_acts import LISTS
from arterm.tui.sheet_acts import ROW_SHEETS

_WITH_ROWS = (*LISTS, *ROW_SHEETS)

GRID_ACTS: tuple[ScreenAct, ...] = (
    ScreenAct(
        "grid.down",
        "down,j",
        "move",
        "Up and down; page keys, g and G for first and last",
        _WITH_ROWS,
        "move",
        rank=-1,
        args=(1,),
        writes=False,
        shown="↑ ↓ j k",
    ),
    ScreenAct("grid.up", "up,k", "", "A row up", _WITH_ROWS, "move", args=(-1,), writes=False),
    ScreenAct("grid.page_down", "pagedown,ctrl+d", "", "A page down", _WITH_ROWS, "page", args=(1,), writes=False),
    ScreenAct("grid.page_up", "pageup,ctrl+u", "", "A page up", _WITH_ROWS, "page", args=(-1,), writes=False),
    ScreenAct("grid.first", "home,g", "", "The first row", _WITH_ROWS, "end", args=(0,), writes=False),
    ScreenAct("grid.last", "end,G", "", "The last row", _WITH_ROWS, "end", args=(1,), writes=False),
    ScreenAct("grid.mark", "space", "", "Mark the row", _WITH_ROWS, "mark", writes=False),
    ScreenAct("grid.choose", "enter", "", "Open the row", _WITH_ROWS, "choose", writes=False),
)
CHOICE_ACTS: tuple[ScreenAct, ...] = (
    ScreenAct(
        "choice.next", "right,space,l", "", "The next choice of a field", ("choice",), "turn", args=(1,), writes=False
    ),
    ScreenAct("choice.before", "left,h", "", "The choice before", ("choice",), "turn", args=(-1,), writes=False),
)
FILTER_ACTS: tuple[ScreenAct, ...] = (
    ScreenAct("filter.clear", "escape", "", "Show every row again", ("filter",), "clear_filter", writes=False),
    ScreenAct("filter.rows", "down", "", "From the filter to the rows", ("filter",), "to_rows", writes=False),
)
APP_ACTS: tuple[ScreenAct, ...] = (
    ScreenAct(
        "app.close", "ctrl+q", "leave", "Close arterm; everything is saved", LISTS, "quit", rank=-6, writes=False
    ),
)
WIDGET_ACTS = (*GRID_ACTS, *CHOICE_ACTS, *FILTER_ACTS, *APP_ACTS)
