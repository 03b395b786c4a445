"""Fields of a form: text, money, days, choices; what was understood or refused stands beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from arterm.rules.dates import read_past, read_typed
from arterm.rules.day_words import long_words
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money, plain, read_amount, show
from arterm.rules.number_style import NumberStyle
from arterm.tui.keys import BY_ID, perform, widget_bindings
from arterm.tui.widgets.plain import Plain


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for. `kind` is text, money, day, past (a day that has been), choice, or secret (not shown
    while it is typed); `choices` are (value, words).
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class InputHabits:
    """How the owner writes numbers and days, and which day is today."""

    today: date
    style: NumberStyle
    month_first: bool = False
    currency: str = "EUR"
    currencies: dict[str, str] = field(default_factory=dict)


class Choice(Widget, can_focus=True):
    """One of a few values; left and right go through them."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    Choice:focus { background: $primary; color: $text; text-style: bold; }
    Choice:nocolor:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[Any]] = widget_bindings("choice")

    def __init__(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self.choices = list(choices)
        values = [one for one, _ in self.choices]
        self.at = values.index(value) if value in values else 0

    @property
    def value(self) -> str:
        """The chosen value."""
        return self.choices[self.at][0]

    def action_do(self, name: str) -> None:
        """Do an act of the table."""
        perform(BY_ID[name], self)

    def action_turn(self, by: int) -> None:
        """Go to the next or the one before."""
        self.at = (self.at + by) % len(self.choices)
        self.refresh()
        self.post_message(FieldLine.Edited())

    def render(self) -> str:
        """The words of the choice between arrows."""
        from textual.content import Content

        return Content(f"‹ {self.choices[self.at][1]} ›")  # type: ignore[return-value] # any visual will do


class FieldLine(Horizontal):
    """A label, an entry, and beside it what was understood, or what is wrong."""

    DEFAULT_CSS = """
    FieldLine { height: auto; margin-bottom: 0; }
    FieldLine > .field--label { width: 30; color: $text-muted; }
    FieldLine > Input { width: 1fr; min-width: 16; }
    FieldLine > .field--beside { width: 1fr; height: auto; padding-left: 1; color: $text-muted; }
    FieldLine.-wrong > .field--beside { color: $text-error; text-style: bold; }
    """

    class Edited(Message):
        """Something was typed or chosen."""

    def __init__(self, spec: Field, habits: InputHabits) -> None:
        super().__init__()
        self.spec = spec
        self.habits = habits
        self.entry: Input | Choice
        self.beside = Plain("", classes="field--beside")
        if spec.kind == "choice":
            self.entry = Choice(spec.choices, spec.value)
        else:
            self.entry = Input(
                value=spec.value,
                compact=True,
                select_on_focus=True,
                placeholder=spec.hint,
                password=spec.kind == "secret",
            )

    def compose(self) -> ComposeResult:
        """Label, entry, words beside."""
        yield Plain(self.spec.label, classes="field--label")
        yield self.entry
        yield self.beside

    def on_mount(self) -> None:
        """Show at once how a prefilled value is understood."""
        self._tell()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Edited())

    @property
    def text(self) -> str:
        """What stands in the entry."""
        return self.entry.value

    def read(self) -> Any:
        """The value as its kind: text, Money, a day, a choice; None for an empty one. Raises ArtermError."""
        text = self.text.strip()
        if not text:
            if self.spec.needed:
                raise ArtermError("missing.field", self.spec.name)
            return None if self.spec.kind in ("money", "day", "past") else ""
        if self.spec.kind == "money":
            return Money(read_amount(text, self.habits.currency, None, self.spec.name), self.habits.currency)
        if self.spec.kind in ("day", "past"):
            read = read_typed if self.spec.kind == "day" else read_past
            return read(text, self.habits.today, self.habits.month_first, self.spec.name)
        return self.text

    def refuse(self, words: str) -> None:
        """Say beside the entry what is wrong with it."""
        self.add_class("-wrong")
        self.beside.say(words)

    def _tell(self) -> None:
        self.remove_class("-wrong")
        try:
            self.beside.say(_understood(self.read(), self.habits.style))
        except ArtermError as error:
            self.beside.say("" if error.code == "missing" else f"{error.message} {error.hint}")


def _understood(value: Any, style: NumberStyle) -> str:
    if isinstance(value, Money):
        return f"{value.currency} {show(value.minor, value.currency, style)}"
    return long_words(value) if isinstance(value, date) else ""


def money_text(money: Money | None) -> str:
    """An amount as a field is prefilled with it: it reads back as itself in every country."""
    return plain(money.minor, money.currency) if money else ""


Submit = Callable[[dict[str, Any]], None]
