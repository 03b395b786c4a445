"""Published rates of interest: the newest of each law; a adds one that was published since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from arterm.desk.claims import terms
from arterm.tui.keys import bindings_of
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.widgets.fields import Field
from arterm.tui.widgets.grid import Cell, Column, Rows

_COLUMNS = (
    Column("Law", 4),
    Column("Kind", 10),
    Column("From", 10),
    Column("Until", 10),
    Column("Rate", 6, right=True),
    Column("Known", 9, yields=1),
    Column("Source", 20, share=1, yields=2),
)


class RatesSheet(ListSheet):
    """A rate that is not published is never guessed: the claim stops there until it is added."""

    SCREEN = "rates"
    BINDINGS: ClassVar[list[Any]] = bindings_of("rates")

    def __init__(self) -> None:
        super().__init__(_COLUMNS)

    def load(self) -> None:
        """The rates of this year and after."""
        self.put("#title", "Published rates, per cent a year")
        desk = self.host.desk
        found = terms.rates(desk, since=date(desk.today.year, 1, 1))
        rows: list[list[Cell]] = [
            [
                r.jurisdiction,
                r.kind,
                r.from_.isoformat(),
                r.until.isoformat() if r.until else "-",
                (r.rate, "strong"),
                r.confidence,
                (r.source, "quiet"),
            ]
            for r in found
        ]
        self.grid.show(Rows(range(len(rows)), lambda a, b: rows[a:b]))

    def action_add(self) -> None:
        """Ask for a rate."""
        desk = self.host.desk
        held = terms.rates(desk, since=date(desk.today.year, 1, 1))
        here = held[self.grid.cursor] if self.grid.cursor < len(held) else None
        same = [one for one in held if here and (one.jurisdiction, one.kind) == (here.jurisdiction, here.kind)]
        near = same[-1] if same else None

        def submit(draft: dict[str, Any]) -> None:
            self.host.done(
                terms.add_rate(
                    desk,
                    draft["jurisdiction"],
                    draft["kind"],
                    draft["rate"],
                    draft["start"],
                    draft["until"],
                    draft["source"],
                )
            )

        start = (near.until + timedelta(days=1)).isoformat() if near and near.until else ""
        kinds = [(one, one) for one in ("business", "consumer", "reference")]
        fields = [
            Field("jurisdiction", "Law", value=near.jurisdiction if near else desk.country, needed=True),
            Field("kind", "Kind", "choice", near.kind if near else "business", choices=kinds),
            Field("rate", "Per cent a year", needed=True),
            Field("start", "From", "day", start, needed=True),
            Field("until", "Until", "day", needed=True),
            Field("source", "Where it was published"),
        ]
        self.host.push_screen(
            FormScreen(
                "A published rate", fields, self.host.habits, submit, "It is marked as yours wherever it counts."
            )
        )
