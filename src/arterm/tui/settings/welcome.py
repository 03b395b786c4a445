"""The first minute: try the demo, bring in a file, or tell arterm about the business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from arterm.desk.business.settings import set_up
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.countries import LETTER_LANGUAGES
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import POINT
from arterm.rules.settings import SETTINGS
from arterm.tui.keys import bindings_of
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.modal import Sheet
from arterm.tui.widgets.fields import Field, InputHabits
from arterm.tui.widgets.grid import Column, Grid, Rows
from arterm.tui.widgets.plain import Plain

_CHOICES = ("Try it with a demo business", "Bring in my invoices", "Tell arterm about my business")
_ASKED = ("name", "country", "street", "postcode", "city", "language", "iban", "bic", "vat", "phone", "mail", "logo")


class Welcome(Sheet):
    """Shown when there is no book yet."""

    SCREEN = "welcome"
    BINDINGS: ClassVar[list[Any]] = bindings_of("welcome")

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid([Column("", 2), Column("", 40, share=1)], header=False)

    def compose(self) -> ComposeResult:
        """A greeting and three ways to begin."""
        with Container(id="welcome"), Vertical(id="welcome-box"):
            yield Plain("Welcome to arterm", classes="page-title")
            yield Plain(
                "\nA desk at which you get your unpaid invoices paid.\nEverything stays on this machine.\n",
                classes="words",
            )
            yield self.grid
            yield Plain(f"\n{self.face()}", classes="words", id="welcome-note")

    def on_mount(self) -> None:
        """Show the three."""
        rows = [[str(n), words] for n, words in enumerate(_CHOICES, 1)]
        self.grid.styles.height = 3
        self.grid.show(Rows(range(3), lambda a, b: rows[a:b]))
        self.grid.focus()

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        if self.stands:
            self.action_take(int(str(event.key)))

    def action_take(self, n: int) -> None:
        """Begin in the chosen way."""
        self.host.guarded((self._demo, self._bring_in, self._wizard)[n])

    def action_quit_app(self) -> None:
        """Out: nothing was made."""
        self.host.exit(0)

    def _demo(self) -> None:
        self.put("#welcome-note", "\nMaking the demo business: a moment…")
        self.call_after_refresh(self.host.guarded, self._make_demo)

    def _make_demo(self) -> None:
        from arterm.desk.housekeeping.demo import make_demo

        folder = self.host.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.host.open_book(make_demo(folder / "demo.arterm", self.host.today))

    def _bring_in(self) -> None:
        from arterm.tui.importing.screen import ImportSheet

        self._wizard(lambda: self.host.push_screen(ImportSheet()))

    def _wizard(self, then: Callable[[], Any] | None = None) -> None:
        def submit(draft: dict[str, Any]) -> None:
            desk, receipt = self._begin(draft)
            self.host.call_later(self._open, desk, receipt, then)

        fields = [self._field(key) for key in _ASKED]
        habits = InputHabits(self.host.today, POINT)
        lead = "First your business, then the file. " if then else ""
        lead += "Only name and country are needed; the rest stands on your letters and can be filled in later."
        self.host.push_screen(FormScreen("Your business", fields, habits, submit, lead))

    @staticmethod
    def _field(key: str) -> Field:
        kind = SETTINGS[key]
        if key == "language":
            choices = [("", "as in the country"), *LETTER_LANGUAGES.items()]
            return Field(key, "Language", "choice", choices=choices)
        return Field(key, kind.words, hint=kind.hint, needed=key in ("name", "country"))

    def _begin(self, draft: dict[str, Any]) -> tuple[Desk, Receipt]:
        """Make the book and set it up; when a fact is refused, there is no book."""
        host = self.host
        desk = Desk.create(host.path, host.today, anywhere=host.anywhere)
        try:
            return desk, set_up(desk, {key: value or "" for key, value in draft.items()})
        except ArtermError:
            desk.close()
            desk.discard()
            raise

    def _open(self, desk: Desk, receipt: Receipt, then: Callable[[], Any] | None) -> None:
        """The form is closed by now: show the board, and what comes after it."""
        self.host.open_book(desk)
        self.host.tell(receipt.words)
        if then:
            self.host.call_later(then)
