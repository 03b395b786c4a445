"""Colours: dark, light, high contrast, and one that is told apart without red and green. Nothing is told by colour
alone.
"""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="arterm-dark",
        dark=True,
        primary="#3b6ea5",
        secondary="#7a8fa6",
        accent="#d9a441",
        warning="#e0a030",
        error="#e06c6c",
        success="#6fbf73",
        background="#14181d",
        surface="#1b2128",
        panel="#232b34",
        foreground="#e6e6e6",
    ),
    Theme(
        name="arterm-light",
        dark=False,
        primary="#2a5d95",
        secondary="#5d7083",
        accent="#8a5a00",
        warning="#8a5a00",
        error="#b3261e",
        success="#1e6b2a",
        background="#fbfaf7",
        surface="#f1efe9",
        panel="#e6e2d8",
        foreground="#1a1a1a",
    ),
    Theme(
        name="arterm-contrast",
        dark=True,
        primary="#ffff00",
        secondary="#ffffff",
        accent="#00ffff",
        warning="#ffff00",
        error="#ff8080",
        success="#80ff80",
        background="#000000",
        surface="#000000",
        panel="#101010",
        foreground="#ffffff",
    ),
    Theme(
        name="arterm-clear",
        dark=True,
        primary="#0072b2",
        secondary="#56b4e9",
        accent="#f0e442",
        warning="#e69f00",
        error="#ff9e4a",
        success="#56b4e9",
        background="#15171a",
        surface="#1c1f23",
        panel="#262a2f",
        foreground="#eeeeee",
    ),
)
