"""What the program has to say: a key with values, put into words from the catalogue, in this one place.

The desk says which message, with which values; a screen or a command shows it, and a test asks for the key. The
catalogue is a folder of plain files in `assets/messages`: one for errors, one for what was done, one for each room.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol, runtime_checkable

from arterm.bundled import root
from arterm.rules.day_words import in_words, long_words
from arterm.rules.number_style import POINT, NumberStyle


class Message(str):
    """One thing to say: `key` names its text in the catalogue (`receipts.payments.booked`), `values` fill it.

    It is text wherever text is shown, in the words of whoever the process speaks for when it is made; who wants to know
    what was meant asks for the key and the values, never for the words.
    """

    key: str
    values: Mapping[str, Any]

    def __new__(cls, key: str, values: Mapping[str, Any] | None = None) -> Message:
        """Put it into words. A key that the catalogue does not have is a mistake of ours (KeyError)."""
        text = entry(key)
        if not isinstance(text, str):
            raise KeyError(key)
        made = super().__new__(cls, filled(text, values or {}))
        made.key, made.values = key, values or {}
        return made

    def __reduce__(self) -> tuple[type[Message], tuple[str, Mapping[str, Any]]]:
        """As it is made anew."""
        return Message, (self.key, self.values)

    def __deepcopy__(self, _: Any) -> Message:
        """It never changes, so that a copy is itself."""
        return self


@dataclass(frozen=True, slots=True)
class Speech:
    """How it is said: the owner's number style, and the day from which days of the same year go without it."""

    style: NumberStyle = POINT
    today: date | None = None


@runtime_checkable
class _Amount(Protocol):
    """Money, which knows how to be shown."""

    def shown(self, style: NumberStyle) -> str:
        """The amount with its currency."""


class _Speaker:
    """For whom this process puts messages into words; a door says it when a book is opened."""

    speech: Callable[[], Speech] = Speech


def speak(speech: Callable[[], Speech]) -> None:
    """From now on messages are put into words for whoever this tells of."""
    _Speaker.speech = staticmethod(speech)


def message(key: str, /, **values: Any) -> Message:
    """A message of the catalogue with its values: text, numbers, days, money, other messages, or several of these."""
    return Message(key, values)


def key_of(said: str) -> str:
    """The key of what is said; empty for text that is not of the catalogue."""
    return said.key if isinstance(said, Message) else ""


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text of the catalogue with its values in their places."""
    return _FORMATTER.vformat(text, (), values) if "{" in text or "}" in text else text


def entry(key: str) -> Any:
    """What the catalogue has under a key: `file.section.name`. Raises KeyError."""
    name, *path = key.split(".")
    held: Any = catalogue(name)
    for part in path:
        held = held[part]
    return held


@cache
def catalogue(name: str) -> dict[str, Any]:
    """One file of the catalogue."""
    return tomllib.loads((root() / "messages" / "en" / f"{name}.toml").read_text(encoding="utf-8"))


class Labels(Mapping[str, Message]):
    """The words of things that have a code, from one section of the catalogue (`claims.charge_kinds`), in its order."""

    def __init__(self, section: str) -> None:
        self._section = section

    def __getitem__(self, code: str) -> Message:
        return message(f"{self._section}.{code}")

    def __iter__(self) -> Iterator[str]:
        return iter(entry(self._section))

    def __len__(self) -> int:
        return len(entry(self._section))


class _Formatter(string.Formatter):
    """Values in their places: `{until:words}` a day in words, `{letters:letter}` a number with its noun, `{name:40}`
    a text cut at that length; money as the owner writes it. What stands in a value is never read as a place.
    """

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        """A place is the name of a value, nothing else: no attributes, no items."""
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value as it is shown."""
        if isinstance(value, date):
            return _day(value, format_spec)
        if format_spec and isinstance(value, int) and not isinstance(value, bool) and format_spec[0].isalpha():
            one, many = catalogue("counted")[format_spec]
            return f"{value:,} {one if value == 1 else many}"
        if isinstance(value, str) and format_spec.isdigit():
            return value[: int(format_spec)]
        if format_spec:
            return format(value, format_spec)
        return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, _Amount):
        return value.shown(_Speaker.speech().style)
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _day(day: date, form: str) -> str:
    if form == "words":
        return in_words(day, _Speaker.speech().today or day)
    if form == "day":
        return in_words(day)
    return long_words(day) if form == "weekday" else day.isoformat()


_FORMATTER = _Formatter()
