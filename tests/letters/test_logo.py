"""Logos: PNG, JPEG and SVG are taken and seen on the page; what is broken, too large, of another kind or reaches
outside is refused.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from arterm.letters.paper import render
from arterm.letters.pen import MM
from arterm.letters.picture import checked_picture
from arterm.rules.errors import ArtermError
from tests.letters.test_paper import SENDER, sample_of

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#c00000"/><circle'
    b' cx="20" cy="10" r="5" fill="white"/></svg>'
)


def picture(kind: str, size: tuple[int, int] = (400, 200)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (192, 0, 0)).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        picture("PNG"),
        picture("JPEG"),
        SVG,
        b'<?xml version="1.0"?>\n' + SVG,
        b"\xef\xbb\xbf" + SVG,
        b"<!-- made by hand -->" + SVG,
    ],
)
def test_a_logo_stands_in_the_letterhead_in_its_colours(content: bytes) -> None:
    logo = checked_picture(content, "logo")
    document = PdfDocument(render(replace(sample_of("friendly"), sender=replace(SENDER, logo=logo))))
    page = document[0].render(scale=4 / MM).to_pil().convert("RGB")
    document.close()
    red, green, blue = page.getpixel((4 * 27, 4 * 14))
    assert red > 150
    assert green < 60 > blue


def test_a_letter_with_a_logo_is_the_same_bytes_again_and_carries_the_logo_once() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (300, 150), (192, 0, 0, 128)).save(target, "PNG")
    letter = replace(sample_of("agreement"), sender=replace(SENDER, logo=checked_picture(target.getvalue(), "logo")))
    first = render(letter)
    assert render(letter) == first
    assert first.count(b"/Subtype /Image") == 2  # the picture and how much of it shows
    assert render(letter, letter).count(b"/Subtype /Image") == 2


def test_a_drawing_is_drawn_sharply_and_once() -> None:
    with Image.open(io.BytesIO(checked_picture(SVG, "logo"))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (1000, 500)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a picture"),
        (b"GIF89a....", "not a picture"),
        (b"%PDF-1.4", "not a picture"),
        (b"<html><svg></svg></html>", "not a picture"),
        (picture("BMP"), "not a picture"),
        (picture("PNG")[:60], "broken"),
        (picture("JPEG")[:200], "broken"),
        (picture("PNG", (6000, 4000)), "too many points"),
        (b"<svg><unclosed", "broken"),
        (SVG.replace(b"<circle", b'<image href="file:///etc/passwd"/><circle'), "outside itself"),
        (SVG.replace(b"<circle", b'<image xlink:href="https://x.example/a.png"/><circle'), "outside itself"),
        (SVG.replace(b"<circle", b'<image href="data:image/svg+xml;base64,AAAA"/><circle'), "outside itself"),
        (SVG.replace(b"#c00000", b"url(https://x.example)"), "outside itself"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "outside itself"),
        (SVG.replace(b"<circle", b"<style>@import 'a.css'</style><circle"), "outside itself"),
        (SVG.replace(b"<circle", b"<script>1</script><circle"), "outside itself"),
    ],
)
def test_what_no_letter_can_carry_is_refused_with_the_reason(content: bytes, words: str) -> None:
    with pytest.raises(ArtermError, match=words) as refused:
        checked_picture(content, "logo.svg")
    assert refused.value.code == "bad_logo"
    assert refused.value.where == "logo.svg"
    assert refused.value.hint


def test_a_drawing_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arterm.letters.picture._SECONDS", 2)
    uses = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 12 + "</g>" for n in range(1, 12))
    bomb = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a0"><rect width="1"'
        f' height="1"/></g>{uses}<use href="#a11"/></svg>'
    )
    with pytest.raises(ArtermError, match=r"too long to draw|cannot be drawn"):
        checked_picture(bomb.encode(), "logo.svg")
