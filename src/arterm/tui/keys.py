"""What is made from the table of acts: bindings, what a key is called, the owner's own keys; and acts are done here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.binding import Binding

from arterm.rules.errors import ArtermError
from arterm.tui.acts import Act
from arterm.tui.list_acts import LIST_ACTS

ACTS = LIST_ACTS
BY_ID = {act.id: act for act in ACTS}


def acts_of(screen: str) -> tuple[Act, ...]:
    """The acts that work on a screen, the most used first."""
    return tuple(sorted((act for act in ACTS if screen in act.screens), key=lambda act: -act.rank))


def bindings_of(screen: str) -> list[Binding]:
    """A screen's bindings."""
    return [act.binding for act in acts_of(screen)]


def key_text(act: Act) -> str:
    """The key of an act as people call it."""
    return act.shown or act.key.replace(",", " or ")


def function_of(act: Act) -> Callable[..., Any]:
    """The function that an act names in a room's `actions`: loaded when its key is pressed for the first time."""
    room, name = act.run.split(".")
    found: Callable[..., Any] = getattr(import_module(f"arterm.tui.{room}.actions"), name)
    return found


def perform(act: Act, screen: Any) -> Any:
    """Do an act on a screen: a room's function, or a method of its own."""
    if "." in act.run:
        return function_of(act)(screen, *act.args)
    return getattr(screen, f"action_{act.run}")(*act.args)


def checked_keymap(text: str) -> str:
    """The same, refused (`bad_keymap`) when anything in it is wrong."""
    _, wrong = read_keymap(text)
    if wrong:
        raise ArtermError("bad_keymap", "keymap", wrong=" ".join(wrong))
    return text


def read_keymap(text: str) -> tuple[dict[str, str], list[str]]:
    """The owner's keys (`row.call=x go.log=f9`) as a keymap, and what is wrong with it in words.

    A key that another act on the same screen has is refused: Textual would drop one of the two without a word.
    """
    keymap: dict[str, str] = {}
    wrong: list[str] = []
    for pair in text.split():
        name, equals, key = pair.partition("=")
        if name not in BY_ID or not equals or not key:
            wrong.append(f"'{pair}' is not act=key with an act that exists.")
            continue
        taken = [
            act.id
            for act in ACTS
            if act.id != name
            and set(act.screens) & set(BY_ID[name].screens)
            and key in keymap.get(act.id, act.key).split(",")
        ]
        if taken:
            wrong.append(f"{key} already stands for {taken[0]}.")
        else:
            keymap[name] = key
    return keymap, wrong
