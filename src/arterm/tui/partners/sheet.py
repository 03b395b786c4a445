"""Partners with their terms and results, and what was handed over to them."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.partners.handover_views import HandoverView, handovers
from arterm.desk.partners.partners import PartnerView, partners, remove_partner
from arterm.rules.money import show
from arterm.rules.text import count
from arterm.tui.keys import bindings_of
from arterm.tui.partners.forms import handover_choices, partner_form, review_form
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_COLUMNS = (
    Column("Partner", 16, share=2),
    Column("Kind", 9),
    Column("Terms / customer", 18, share=2),
    Column("Face", 11, right=True),
    Column("Came", 11, right=True),
    Column("Cost", 9, right=True, yields=1),
    Column("", 8),
)


class PartnersSheet(ListSheet):
    """Two lists: who helps, and what they were given."""

    SCREEN = "partners"
    BINDINGS: ClassVar[list[Any]] = bindings_of("partners")

    def __init__(self, given: bool = False) -> None:
        super().__init__(_COLUMNS)
        self.given = given
        self.rows: list[PartnerView | HandoverView] = []

    @property
    def list_name(self) -> str:
        """What they were given, or who they are."""
        return "partners.given" if self.given else "partners"

    def load(self) -> None:
        """Ask the desk."""
        desk = self.host.desk
        self.rows = [*(handovers(desk) if self.given else partners(desk))]
        cells = [self._cells(row) for row in self.rows]
        self.put("#title", count(len(self.rows), "hand-over") if self.given else count(len(self.rows), "partner"))
        empty = "Nothing was handed over." if self.given else "No partner yet: a adds one."
        self.grid.show(Rows(range(len(cells)), lambda a, b: cells[a:b], empty))
        self.put("#hints", self.face(self.list_name))

    def _cells(self, row: PartnerView | HandoverView) -> list[Cell]:
        style = self.host.desk.style

        def money(value: Any) -> str:
            return show(value.minor, value.currency, style)

        if isinstance(row, HandoverView):
            return [
                row.partner,
                row.kind,
                f"{row.customer} {', '.join(row.invoices)}",
                money(row.face),
                money(row.received),
                money(row.cut),
                row.state,
            ]
        terms = " ".join(
            part
            for part in (
                row.model.replace("_", " "),
                f"{row.rates} %" if row.rates else "",
                money(row.flat) if row.flat else "",
            )
            if part
        )
        told = row.results
        return [
            row.name,
            row.kind,
            terms,
            money(told.face),
            money(told.recovered),
            money(told.cost),
            ("*" * (told.stars or 0), "strong"),
        ]

    @property
    def here(self) -> PartnerView | HandoverView | None:
        """The row under the cursor."""
        return self.rows[self.grid.cursor] if self.grid.cursor < len(self.rows) else None

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        event.stop()
        row = self.here
        if not self.stands or row is None:
            return
        if isinstance(row, PartnerView):
            self.host.push_screen(partner_form(self.host, row))
        elif row.state != "ended":
            handover_choices(self.host, row)
        else:
            self.host.tell(f"It ended: {row.outcome}")

    def action_turn(self) -> None:
        """The other list."""
        self.given = not self.given
        self.load()

    def action_add(self) -> None:
        """A new partner."""
        self.host.push_screen(partner_form(self.host))

    def action_review(self) -> None:
        """Stars for the partner of the row."""
        row = self.here
        if isinstance(row, PartnerView):
            self.host.push_screen(review_form(self.host, row))

    def action_remove(self) -> None:
        """Take the partner of the row off the list; `u` on the board brings them back."""
        row = self.here
        if isinstance(row, PartnerView):
            self.host.guarded(lambda: self.host.done(remove_partner(self.host.desk, row.id)))
            self.load()
