"""Pages compared with how they looked: one letter of each layout, so that a moved address block or a lost line fails.

A page may differ by 0.2 % of its brightness in all and no point of its blurred picture by more than a fifth; other
versions of the renderer draw edges a little otherwise. `ARTERM_NEW_PAGES=1` writes the pictures anew: look at them
then.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pypdfium2 import PdfDocument

from arterm.letters.layout import LAYOUTS
from arterm.letters.paper import render
from tests.letters.test_paper import sample_of

PICTURES = Path(__file__).parent / "pages"
_OF_LAYOUT = {
    "din-a": ("mahnung", "de"),
    "din-b": ("demand", "de"),
    "left": ("before-action", "en"),
    "right": ("be-first", "nl"),
    "fr": ("settlement", "fr"),
    "ch": ("costs", "it"),
    "us": ("friendly", "en-US"),
}


def page(layout: str) -> Image.Image:
    kind, language = _OF_LAYOUT[layout]
    document = PdfDocument(render(sample_of(kind, language, layout=layout)))
    drawn: Image.Image = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    return drawn.filter(ImageFilter.BoxBlur(2))


def difference(one: Image.Image, other: Image.Image) -> tuple[float, int]:
    """Mean difference in per cent of full brightness, and the largest (0 to 255)."""
    apart = ImageChops.difference(one, other)
    return ImageStat.Stat(apart).mean[0] / 2.55, apart.getextrema()[1]  # type: ignore[return-value]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_looks_as_it_did(layout: str) -> None:
    drawn, held = page(layout), PICTURES / f"{layout}.png"
    if os.environ.get("ARTERM_NEW_PAGES"):
        PICTURES.mkdir(exist_ok=True)
        drawn.save(held, optimize=True)
    with Image.open(held) as before:
        assert before.size == drawn.size
        mean, most = difference(before.convert("L"), drawn)
    assert mean < 0.2, mean
    assert most < 52, most


def test_an_address_that_moved_by_three_millimetres_would_be_seen() -> None:
    for layout in LAYOUTS:
        drawn = page(layout)
        left, top, right, bottom = (int(side * 72 / 25.4) for side in (20, 40, 205, 90))
        block = drawn.crop((left, top, right, bottom))
        moved = drawn.copy()
        moved.paste(block, (left, top + 8))
        _, most = difference(drawn, moved)
        assert most >= 52, layout
