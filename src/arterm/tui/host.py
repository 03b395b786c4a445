"""What a screen may ask of the app that shows it. Screens know this and no app: only the entry does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from arterm.desk.receipt import Receipt
    from arterm.desk.session import Desk
    from arterm.tui.widgets.fields import InputHabits

Severity = Literal["information", "warning", "error"]


class Host(Protocol):
    """The desk, the day, the owner's habits, and the few ways in which a screen says something or leads elsewhere."""

    path: Path
    today: date
    anywhere: bool
    changed_keys: dict[str, str]

    @property
    def desk(self) -> Desk:
        """The open book and the day that is shown."""

    @property
    def habits(self) -> InputHabits:
        """How forms read and show numbers and days."""

    def done(self, receipt: Receipt) -> None:
        """Something was done: say so, and let every screen look again."""

    def tell(self, words: str, severity: Severity = "information") -> None:
        """A toast."""

    def guarded(self, do: Callable[[], Any], fatal: bool = False) -> bool:
        """Do something; a refusal becomes a toast. Tells whether it was done."""

    def changed(self) -> None:
        """The book changed: every list is told."""

    def apply_settings(self) -> None:
        """Colours and keys as the owner set them."""

    def open_book(self, desk: Desk | None = None) -> None:
        """Sit down at a book and show the board."""

    # What Textual's app does for a screen

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens of the mode that is shown, the one in front last."""

    def push_screen(self, screen: Screen[Any]) -> Any:
        """Show a screen over the one that stands in front."""

    def pop_screen(self) -> Any:
        """Leave the screen in front."""

    def switch_mode(self, mode: str) -> Any:
        """Go to the list that a digit leads to."""

    def exit(self, result: int | None = None) -> None:
        """Out."""

    def post_message(self, message: Message) -> bool:
        """Ask for what the app opens: see `OpenDossier`."""

    def call_later(self, callback: Callable[..., Any], *args: Any) -> bool:
        """Do it when what is under way is through."""

    def call_from_thread(self, callback: Callable[..., Any], *args: Any) -> Any:
        """Do it in the app's own thread, and wait for it."""

    def run_worker(self, work: Any, name: str | None = "", *, exit_on_error: bool = True, thread: bool = False) -> Any:
        """Do slow work aside."""


class OpenDossier(Message):
    """A customer's dossier is wanted: lists, sheets and the palette ask, the app opens it."""

    def __init__(self, customer: int) -> None:
        super().__init__()
        self.customer = customer
