"""Receipts that wait, one by one: what the bank says, what each could be for with points and reasons; one key settles
it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from arterm.desk import find
from arterm.desk.bank import lines, matching
from arterm.desk.bank.lines import LineView
from arterm.desk.bank.matching import SuggestionView
from arterm.desk.receipt import Receipt
from arterm.rules.day_words import long_words
from arterm.rules.money import show
from arterm.tui.keys import bindings_of
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.widgets.fields import Field
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

_COLUMNS = (
    Column("", 2, right=True),
    Column("Customer", 16, share=1),
    Column("Invoices", 16, share=1, yields=1),
    Column("Points", 6, right=True),
    Column("Why", 24, share=3),
)


class MatchSheet(ListSheet):
    """Nothing is booked without a key; `u` on the board takes the last one back."""

    SCREEN = "match"
    BINDINGS: ClassVar[list[Any]] = bindings_of("match")

    def __init__(self) -> None:
        super().__init__(_COLUMNS)
        self.lines: tuple[LineView, ...] = ()
        self.offered: tuple[SuggestionView, ...] = ()
        self.at = 0

    @property
    def here(self) -> LineView | None:
        """The receipt in sight."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def compose(self) -> ComposeResult:
        """The receipt, what it could be for, keys."""
        yield Plain("", id="title", classes="page-title")
        yield Plain("", id="match-words", classes="words")
        yield self.grid
        yield Plain("", id="match-why")
        yield Plain(self.face(), id="hints")

    def load(self) -> None:
        """Ask what waits, and what the one in sight could be for."""
        desk = self.host.desk
        self.lines = lines.lines(desk)
        self.at = min(self.at, max(0, len(self.lines) - 1))
        held = self.here
        if held is None:
            self.put("#title", "Receipts to match")
            self.put(
                "#match-words",
                (
                    "Every receipt is settled."
                    if lines.bank_state(desk).newest
                    else "No bank statement was brought in yet: f2 on the board does that."
                ),
            )
            self.grid.show(Rows())
            return
        self.put(
            "#title",
            f"Receipt {self.at + 1} of {len(self.lines)}: {desk.format_money(held.amount)} on"
            f" {long_words(held.booked)}",
        )
        back = "\nMoney that went back: enter takes the likeliest payment back." if held.amount.minor < 0 else ""
        self.put(
            "#match-words",
            f"From {held.payer or 'nobody named'}  {held.account}\n{held.words or 'without words'}{back}",
        )
        self.offered = matching.suggestions(desk, held.id)
        rows: list[list[Cell]] = [
            [
                str(n),
                one.customer,
                ", ".join(f"{number} {show(part.minor, part.currency, desk.style)}" for number, part in one.parts),
                (str(one.points), "strong"),
                ("; ".join((*one.why, *((f"the rest is {one.difference}",) if one.difference else ()))), "quiet"),
            ]
            for n, one in enumerate(self.offered, 1)
        ]
        self.grid.show(
            Rows(
                range(len(rows)),
                lambda a, b: rows[a:b],
                "Nothing that is owed is like it: c says whose it is, i that it is no customer's.",
            )
        )

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        held = self.here
        if not self.stands or held is None:
            return
        if held.amount.minor < 0:
            self._do(
                lambda row: matching.came_back(self.host.desk, row, matching.returned_payment(self.host.desk, row))
            )
        elif event.key is not None:
            self.action_take(int(str(event.key)))

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Under the list stands all that speaks for the suggestion under the cursor."""
        event.stop()
        n = self.grid.cursor
        self.put("#match-why", "; ".join(self.offered[n].why) if n < len(self.offered) else "")

    def action_take(self, n: int) -> None:
        """Book it as suggested."""
        if n < len(self.offered):
            chosen = self.offered[n].found
            self._do(lambda row: matching.book(self.host.desk, row, chosen))

    def action_wrong(self) -> None:
        """The suggestion under the cursor is wrong, and is not made again."""
        if self.grid.cursor < len(self.offered):
            chosen = self.offered[self.grid.cursor].found
            self._do(lambda row: matching.wrong(self.host.desk, row, chosen))

    def action_ignore(self) -> None:
        """No customer's money."""
        self._do(lambda row: lines.ignore(self.host.desk, row))

    def action_certain(self) -> None:
        """Book all that is certain."""
        self._do(lambda row: matching.book_certain(self.host.desk))

    def action_turn(self, by: int) -> None:
        """Another receipt."""
        if self.lines:
            self.at = (self.at + by) % len(self.lines)
            self.load()

    def action_customer(self) -> None:
        """Whose it is: for their oldest debts, or for an invoice that is named."""
        held, desk = self.here, self.host.desk
        if held is None:
            return

        def submit(said: dict[str, Any]) -> None:
            customer = find.customer(desk, said["customer"], "customer")
            invoices = [find.invoice(desk, number, "invoices") for number in said["invoices"].replace(",", " ").split()]
            self.host.done(matching.book_for(desk, held.id, customer, invoices))

        fields = [
            Field("customer", "Whose is it?", hint="name or #number", needed=True),
            Field("invoices", "For invoices", hint="numbers; else the oldest"),
        ]
        self.host.push_screen(
            FormScreen(
                f"{desk.format_money(held.amount)} from {held.payer or 'nobody named'}",
                fields,
                self.host.habits,
                submit,
            )
        )

    def _do(self, act: Any) -> None:
        """Settle the receipt in sight and show the next."""
        held = self.here
        if held is None:
            return

        def run() -> None:
            receipt: Receipt = act(held.id)
            self.host.done(receipt)

        self.host.guarded(run)
        self.load()
