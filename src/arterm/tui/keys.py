"""What is made of the tables of acts: bindings, hints, names of keys, the owner's own keys; acts are done here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from textual.binding import Binding

from arterm.rules.errors import ArtermError
from arterm.tui.acts import ScreenAct
from arterm.tui.list_acts import LIST_ACTS
from arterm.tui.sheet_acts import FACES, SHEET_ACTS
from arterm.tui.widget_acts import WIDGET_ACTS

ACTS = (*LIST_ACTS, *SHEET_ACTS, *WIDGET_ACTS)
BY_ID = {act.id: act for act in ACTS}
CHANGEABLE = tuple(act for act in ACTS if act.run and not act.numbered)  # the others are not one key of ours
_NAMES = {"escape": "esc", "question_mark": "?", "left": "←", "right": "→", "up": "↑", "down": "↓"}


def acts_of(screen: str) -> tuple[ScreenAct, ...]:
    """The acts that work on a screen and have words, the most used first."""
    return tuple(sorted((act for act in ACTS if act.words and screen in act.screens), key=lambda act: -act.rank))


def bindings_of(screen: str) -> list[Binding]:
    """The bindings of a list or a sheet."""
    return [one for act in (*LIST_ACTS, *SHEET_ACTS) if screen in act.screens for one in act.bindings]


def widget_bindings(widget: str) -> list[Binding]:
    """The bindings of a widget, or of the app."""
    return [one for act in WIDGET_ACTS if act.id.startswith(f"{widget}.") for one in act.bindings]


def key_text(act: ScreenAct, changed: Mapping[str, str] | None = None) -> str:
    """The keys of an act as people call them; those that the owner `changed`."""
    own = (changed or {}).get(act.id)
    return own or act.shown or " or ".join(_NAMES.get(key, key) for key in act.key.split(","))


def first_key(act: ScreenAct, changed: Mapping[str, str]) -> str:
    """The key of an act in a hint, where there is room for one."""
    key = act.key.split(",")[0]
    return changed.get(act.id) or act.shown or _NAMES.get(key, key)


def face_text(name: str, changed: Mapping[str, str]) -> str:
    """The keys on the face of a sheet (`mail`) or of its other list (`mail.in`)."""
    sheet = name.split(".")[0]

    def told(found: re.Match[str]) -> str:
        act = next(act for act in ACTS if sheet in act.screens and act.id.endswith(f".{found[1]}"))
        return f"{first_key(act, changed)} {act.words if found[2] is None else found[2][1:]}".rstrip()

    return re.sub(r"\{(\w+)(\|[^}]*)?\}", told, FACES[name])


def function_of(act: ScreenAct) -> Callable[..., Any]:
    """The function that an act names in a room's `actions`: loaded when its key is pressed for the first time."""
    room, name = act.run.split(".")
    found: Callable[..., Any] = getattr(import_module(f"arterm.tui.{room}.actions"), name)
    return found


def why_not(act: ScreenAct, screen: Any) -> str:
    """Why an act is refused on a screen; empty where it is not."""
    if act.writes and screen.host.desk.looking_back:
        return "This is a past day, to look at only: f3 and today come back."
    return act.needs(screen)


def perform(act: ScreenAct, target: Any, *which: int) -> Any:
    """Do an act on what has its key: a room's function, or a method of its own."""
    if "." in act.run:
        return function_of(act)(target, *act.args, *which)
    return getattr(target, f"action_{act.run}")(*act.args, *which)


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
        if BY_ID.get(name) not in CHANGEABLE or not equals or not key:
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
