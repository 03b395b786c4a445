"""What every list screen has: a title row, a row of hints, its acts, and ears for changes in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.screen import Screen
from textual.widget import Widget

from arterm.tui.acts import Selection
from arterm.tui.host import Host
from arterm.tui.keys import BY_ID, acts_of, first_key, perform, why_not
from arterm.tui.widgets.plain import Plain, styled

if TYPE_CHECKING:
    from arterm.desk.session import Desk

HINTS = 6


class ListScreen(Screen[Any]):
    """A screen with rows. `SCREEN` names it in the table of acts."""

    SCREEN: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.stale = True
        self._hints = Plain("", id="hints")

    @property
    def host(self) -> Host:
        """The app, as far as a screen knows it."""
        return cast("Host", self.app)

    @property
    def desk(self) -> Desk:
        """The desk that this screen asks."""
        return self.host.desk

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may run: only while the list stands in front."""
        return self.is_mounted and self.is_current

    def selection(self) -> Selection | None:
        """What an act would be about; None when nothing is chosen."""
        return None

    def chosen(self) -> tuple[Selection, int]:
        """What is chosen and whose it is, for acts that need rows of one customer."""
        selection = self.selection()
        assert selection is not None
        assert selection.customer is not None
        return selection, selection.customer

    def load(self) -> None:
        """Ask the desk again and show what it says."""

    def step_back(self) -> bool:
        """Undo one layer of this screen (filter, marks); False when there is none left."""
        return False

    def on_mount(self) -> None:
        """Show the rows."""
        self.refresh_from_book()

    def on_screen_resume(self) -> None:
        """Back in front: what changed meanwhile is shown."""
        if self.stale:
            self.refresh_from_book()

    def book_changed(self) -> None:
        """The book changed: now if in front, else when it is."""
        self.stale = True
        if self.is_current:
            self.refresh_from_book()

    def refresh_from_book(self) -> None:
        """Load, in words when that is refused."""
        self.stale = False
        self.host.guarded(self.load)

    def action_do(self, name: str) -> None:
        """Do an act of the table, or say why not."""
        act = BY_ID[name]
        reason = why_not(act, self)
        if reason:
            self.host.tell(reason, "warning")
        else:
            self.host.guarded(lambda: perform(act, self))

    def action_back(self) -> None:
        """One layer back; never out."""
        self.step_back()

    def hints(self) -> Widget:
        """The row of keys at the bottom, filled as wide as the window is."""
        return self._hints

    def on_resize(self) -> None:
        """As many hints as fit, six at the most, `?` always the last."""
        keymap = self.host.changed_keys
        acts = [act for act in acts_of(self.SCREEN) if act.id != "app.help"][: HINTS - 1]
        room, parts = self.size.width - 9, list[str | tuple[str, str]]([" "])
        for act in acts:
            key = first_key(act, keymap)
            room -= len(key) + len(act.words) + 4
            if room >= 0:
                parts += [(key, "bold"), f" {act.words}   "]
        self._hints.say(styled([*parts, ("?", "bold"), " keys"]))
