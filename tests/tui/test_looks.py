"""Looks: every theme readable, without colour as well; a few screens as pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color

from arterm.tui.app import ArtermApp
from arterm.tui.shell.themes import THEMES
from tests.conftest import TODAY
from tests.tui.conftest import at


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_has_contrast_enough_in_every_theme(theme: Any) -> None:
    colours = theme.to_color_system().generate()
    background = Color.parse(colours["background"])
    for name in ("foreground", "text-error", "text-warning", "text-success"):
        colour = Color.parse(colours[name]) if not colours[name].startswith("auto") else background.get_contrast_text()
        assert contrast(background.blend(colour, colour.a).rgb, background.rgb) >= 4.5, name


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of the Web's accessibility guidelines."""

    def luminance(rgb: tuple[int, int, int]) -> float:
        parts = [part / 255 / 12.92 if part / 255 <= 0.03928 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


async def test_without_colour_the_cursor_is_seen_by_its_mark_and_everything_is_grey(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at(demo) as hand:
        assert hand.text.split("\n")[3].startswith("▸")
        for strip in hand.app.screen._compositor.render_strips():
            for segment in strip:
                colour = segment.style.color if segment.style else None
                if colour is not None and colour.triplet is not None:
                    assert len(set(colour.triplet)) == 1


@pytest.mark.parametrize(
    ("size", "keys"),
    [((80, 24), []), ((130, 36), []), ((80, 24), ["c", "1"]), ((80, 24), ["enter"]), ((80, 24), ["p"])],
    ids=["board", "wide", "call", "dossier", "payment"],
)
def test_screens_look_as_they_did(
    snap_compare: Callable[..., bool], demo: Path, size: tuple[int, int], keys: list[str]
) -> None:
    assert snap_compare(ArtermApp(demo, lambda: TODAY), press=keys, terminal_size=size)


@pytest.mark.parametrize("theme", ["arterm-light", "arterm-contrast", "arterm-clear"])
def test_the_board_in_other_colours(snap_compare: Callable[..., bool], demo: Path, theme: str) -> None:
    from arterm.desk.business.settings import change_settings
    from arterm.desk.session import Desk

    desk = Desk.open(demo, TODAY)
    change_settings(desk, {"theme": theme})
    desk.close()
    assert snap_compare(ArtermApp(demo, lambda: TODAY), terminal_size=(80, 24))
