"""The list under `5`: the business and the owner's habits, one line each."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from arterm.desk.business.settings import change_settings
from arterm.rules.settings import SETTINGS
from arterm.tui.keys import bindings_of, checked_keymap
from arterm.tui.mail.account import ROWS as MAIL_ROWS
from arterm.tui.mail.account import open_row
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.widgets.fields import Field
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain


class SettingsScreen(ListScreen):
    """Enter changes the setting under the cursor."""

    SCREEN = "settings"
    BINDINGS: ClassVar[list[Any]] = bindings_of("settings")

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid((Column("Setting", 18, share=3), Column("Value", 14, share=2)))

    def compose(self) -> ComposeResult:
        """Title, settings, hints."""
        yield Plain("Settings - enter changes one", id="title", classes="page-title")
        yield self.grid
        yield self.hints()

    def load(self) -> None:
        """Ask the desk for the values."""
        held = self.desk.settings
        rows = {
            "*ladders": ["Ladders: the steps by which debts are chased", "enter shows them"],
            "*rates": ["Rates of interest", "enter shows them"],
            "*texts": ["Texts of letters", "enter shows them"],
            "*partners": ["Partners: agencies, attorneys, factors, mediators", "enter shows them"],
        }
        for key, value in held.items():
            if key == "mail_host":
                rows |= {row: list(words) for row, words in MAIL_ROWS.items()}
            rows[key] = [SETTINGS[key].words, value or "-"]
        shown = list(rows.values())
        self.grid.show(Rows(list(rows), lambda a, b: shown[a:b]))

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        key = str(event.key)
        if key in MAIL_ROWS:
            self.host.guarded(lambda: open_row(self.host, key))
            return
        if key.startswith("*"):
            self._open_list(key)
            return
        kind = SETTINGS[key]
        value = "" if key == "logo" else self.desk.setting(key)

        def submit(draft: dict[str, Any]) -> None:
            if key == "keymap":
                checked_keymap(draft[key])
            receipt = change_settings(self.desk, {key: draft[key]})
            self.host.apply_settings()
            self.host.done(receipt)

        self.host.push_screen(
            FormScreen(
                kind.words,
                [Field(key, "New value", value=value, hint=kind.hint)],
                self.host.habits,
                submit,
                kind.hint,
            )
        )

    def _open_list(self, key: str) -> None:
        from arterm.tui.dunning.ladders import LaddersSheet
        from arterm.tui.dunning.rates import RatesSheet
        from arterm.tui.letters.texts import LetterTextsSheet
        from arterm.tui.partners.sheet import PartnersSheet

        self.host.push_screen(
            {"*ladders": LaddersSheet, "*rates": RatesSheet, "*texts": LetterTextsSheet, "*partners": PartnersSheet}[
                key
            ]()
        )
