"""The app: themes, the five lists, toasts, undo, and one door through which errors become sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath
from typing import Any, ClassVar, Literal

from textual import on

from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.desk.supply.holds import settled_but_stopped
from arterm.rules.dates import month_first
from arterm.rules.day_words import long_words
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Speech, speak
from arterm.tui.host import OpenDossier
from arterm.tui.keys import BY_ID, perform, read_keymap, widget_bindings
from arterm.tui.modes import screens
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.terminal import SignalSafeApp
from arterm.tui.shell.themes import THEMES
from arterm.tui.widgets.fields import InputHabits

_STYLED = ("shell", "board", "calls", "compromise", "importing", "letters", "reports", "settings")
STYLES: list[str | PurePath] = [f"{room}/{room}.tcss" for room in _STYLED]  # of each room beside its screens
LOOK_EVERY = 1.0  # seconds between looks whether another program wrote to the book


class ArtermApp(SignalSafeApp):
    """The screens over one book."""

    TITLE = "arterm"
    CSS_PATH = STYLES
    ENABLE_COMMAND_PALETTE = False  # ours is a screen like the others
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[Any]] = widget_bindings("app")

    def __init__(self, path: Path, clock: Callable[[], date], anywhere: bool = False) -> None:
        super().__init__()
        self.path = path
        self.clock = clock
        self.today = clock()
        self.anywhere = anywhere
        self.held: Desk | None = None
        self.refusal: ArtermError | None = None
        self.changed_keys: dict[str, str] = {}
        self._stamp = 0
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "arterm-dark"

    @property
    def desk(self) -> Desk:
        """The desk; there is one from the moment a book is open."""
        assert self.held is not None
        return self.held

    @property
    def habits(self) -> InputHabits:
        """How forms read and show numbers and days."""
        return InputHabits(self.desk.today, self.desk.style, month_first(self.desk.country), self.desk.currency)

    async def action_do(self, name: str) -> None:
        """Do an act of the table."""
        await perform(BY_ID[name], self)

    def on_mount(self) -> None:
        """Open the book and show the board; where there is none, say welcome."""
        self.heed_signals()
        if self.path.exists():
            self.guarded(self.open_book, fatal=True)
        else:
            from arterm.tui.settings.welcome import Welcome

            self.push_screen(Welcome())

    def open_book(self, desk: Desk | None = None) -> None:
        """Sit down at the book (or at a desk just made) and show the board."""
        self.held = desk or Desk.open(self.path, self.today, anywhere=self.anywhere)
        speak(lambda: Speech(self.desk.style, self.desk.today))
        self.path = self.held.book.path
        self.apply_settings()
        self._stamp = self.held.book.stamp()
        for name, screen in screens().items():
            self.add_mode(name, screen)
        self.switch_mode("board")
        for warning in self.held.warnings():
            self.tell(warning, "warning")
        self.set_interval(LOOK_EVERY, self._look)
        self.set_timer(2, lambda: self.run_worker(self._daily_backup, thread=True, exit_on_error=False, name="backup"))

    def _daily_backup(self) -> None:
        """Aside, when the board stands: today's copy, if there is none yet. A refusal is told."""
        from arterm.desk.housekeeping.backup import back_up_daily

        try:
            with self.desk.in_thread():
                back_up_daily(self.desk)
        except ArtermError as error:
            self.call_from_thread(self.tell, f"Today's backup was not made: {error}", "warning")

    def apply_settings(self) -> None:
        """Colours and keys as the owner set them."""
        self.theme = self.desk.setting("theme")
        keymap, wrong = read_keymap(self.desk.setting("keymap"))
        self.changed_keys = keymap
        self.set_keymap(keymap)
        for words in wrong:
            self.tell(f"Keys in the settings: {words}", "warning")

    def tell(self, words: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A toast: the only way words get into one."""
        self.notify(words, severity=severity, markup=False, timeout=4)

    def guarded(self, do: Callable[[], Any], fatal: bool = False) -> bool:
        """Do something; a refusal becomes a toast (or the end, when there is nothing to go back to)."""
        try:
            do()
        except ArtermError as error:
            if fatal:
                self.refusal = error
                self.exit(1)
            else:
                self.tell(str(error), "error")
            return False
        return True

    def done(self, receipt: Receipt) -> None:
        """Something was done: say so, and let every screen look again."""
        self.tell(receipt.words)
        self.changed()
        for one in settled_but_stopped(self.desk, receipt.customers):
            from arterm.tui.supply.forms import offer_release

            self.call_later(offer_release, self, one)

    @on(OpenDossier)
    def _open_dossier(self, message: OpenDossier) -> None:
        from arterm.tui.board.dossier import DossierScreen

        self.push_screen(DossierScreen(message.customer))

    def changed(self) -> None:
        """The book changed: every list is told."""
        self._stamp = self.desk.book.stamp()
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, ListScreen):
                    screen.book_changed()

    def _look(self) -> None:
        """See whether another program wrote to the book, or midnight has passed."""
        if self.held is None:
            return
        if self.desk.book.stamp() != self._stamp:
            self.changed()
            self.tell("Somebody else changed the book; the rows are fresh.")
        if self.clock() != self.today:
            self._turn_the_page()

    def _turn_the_page(self) -> None:
        """Another day: what is late is a day later. Who looks at a past day goes on doing so."""
        shown, self.today = self.today, self.clock()
        if self.desk.today == shown:
            self.guarded(lambda: self.desk.set_today(self.today))
            self.changed()
            self.tell(f"It is {long_words(self.today)} now.")

    def on_unmount(self) -> None:
        """Close the book."""
        if self.held is not None:
            self.held.close()


def open_app(path: Path, clock: Callable[[], date], anywhere: bool = False) -> int:
    """Run the screens until the owner leaves; returns the exit code. Raises ArtermError when the book cannot be used.

    `clock` says which day it is; it is asked again while the screens stand open.
    """
    app = ArtermApp(path, clock, anywhere)
    code = app.run()
    if app.refusal:
        raise app.refusal
    return code or app.return_code or 0
