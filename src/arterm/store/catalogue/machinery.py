"""What is said of the journal's own tables, of the caches, and of the list of currencies."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import Export, Nobody, Table
from arterm.store.models.base import Act
from arterm.store.models.book import Change

_JOURNAL = Nobody("an act leads to whom it was about, and through its changes to every row that it touched")
_KEPT = "written once, the last thing in an act"
_CACHE = "made anew at any time from the rows that it follows from"
_ISO = "a list by ISO, the same in every book"


def _unsaid(name: str, why: str) -> Table:
    return Table(name, Nobody(why), Nobody(why), export=why, erase=why, stands=why, unjournalled=why)


TABLES: Final = (
    Table(
        Act,
        customer=_JOURNAL,
        invoice=_JOURNAL,
        stands=_KEPT,
        unjournalled=_KEPT,
        export=Export(
            "journal",
            "id at day who name about about_id undoes hash",
            left_out={"prev": "the hash of the act before"},
        ),
        erase="that something was done stays; what it changed is blanked in its changes",
    ),
    Table(
        Change,
        customer=_JOURNAL,
        invoice=_JOURNAL,
        stands=_KEPT,
        unjournalled=_KEPT,
        export="images of rows, for undo and for the chain; the rows themselves are exported",
        erase="blanked together with the row that it is of",
    ),
    _unsaid("board_case", _CACHE),
    _unsaid("open_day", _CACHE),
    _unsaid("cache_state", _CACHE),
    _unsaid("currency", _ISO),
)
