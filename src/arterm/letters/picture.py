"""Pictures for letterheads: PNG and JPEG, opened once to see that they are what they say; SVG, turned into points
once.
"""

from __future__ import annotations

import re
import subprocess
import sys
from copy import copy
from functools import lru_cache
from io import BytesIO
from typing import Any

from arterm.rules.errors import ArtermError

_MOST_PIXELS = 20_000_000
_ACROSS = 1000  # points of an SVG across: 600 to the inch at the size of a letterhead
_SECONDS = 20
# Whatever would have a drawing ask for something outside itself.
_OUTSIDE = re.compile(
    rb"<!ENTITY|@import|<script|href\s*=\s*[\"'](?!#|data:image/(?:png|jpeg))|url\(\s*[\"']?(?!#|[\"']?#)", re.I
)
# Drawn by another process: a drawing can be made to take for ever, and then only that process is stopped.
_DRAW = """
import sys, resvg_py
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
except (ImportError, ValueError, OSError):
    pass
said = sys.stdin.buffer.read().decode("utf-8-sig")
sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=said, width=int(sys.argv[1]))))
"""


def checked_picture(content: bytes, where: str) -> bytes:
    """A PNG or JPEG as it is, an SVG as the PNG drawn of it; all else, broken or too large, is refused (`bad_logo`)."""
    if content.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
        return _points(content, where)
    if re.match(rb"\s*(<\?xml|<!--|<!DOCTYPE svg|<svg)", content.removeprefix(b"\xef\xbb\xbf")) and b"<svg" in content:
        return _points(_drawn(content, where), where)
    raise ArtermError("bad_logo.kind", where)


def _points(content: bytes, where: str) -> bytes:
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ArtermError("bad_logo.size", where)
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ArtermError("bad_logo.picture", where) from None
    return content


def _drawn(content: bytes, where: str) -> bytes:
    outside = _OUTSIDE.search(content)
    if outside:
        said = outside[0].decode("ascii", "replace").strip()
        raise ArtermError("bad_logo.outside", where, said=said)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _DRAW, str(_ACROSS)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ArtermError("bad_logo.slow", where) from None
    if done.returncode or not done.stdout:
        raise ArtermError("bad_logo.drawing", where)
    return done.stdout


def draw(canvas: Any, content: bytes, left: float, foot: float, most: tuple[float, float]) -> float:
    """Draw a logo with its lower left corner there, no larger than `most`; returns how wide it came out (points)."""
    name, across, down, parts = _ready(content)
    scale = min(most[0] / across, most[1] / down)
    for held, part in parts:
        if held not in canvas._doc.idToObject:
            canvas._doc.Reference(copy(part), held)
    canvas.saveState()
    canvas.transform(across * scale, 0, 0, down * scale, left, foot)
    canvas.doForm(name)
    canvas.restoreState()
    return across * scale


@lru_cache(maxsize=4)
def _ready(content: bytes) -> tuple[str, int, int, tuple[tuple[str, Any], ...]]:
    """A logo decoded and compressed once for a whole batch: ReportLab would do both again for every letter."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.pdfdoc import PDFImageXObject, xObjectName
    from reportlab.pdfgen.canvas import Canvas

    reader, trial = ImageReader(BytesIO(content)), Canvas(BytesIO())
    trial.drawImage(reader, 0, 0, mask="auto")
    held = trial._doc.idToObject  # type: ignore[attr-defined]
    parts = tuple((name, part) for name, part in held.items() if isinstance(part, PDFImageXObject))
    for _, part in parts:
        vars(part).pop("__InternalName__", None)  # it is nobody's yet
    name = next(name for name, part in parts if not hasattr(part, "_decode"))  # the other one is how much of it shows
    across, down = reader.getSize()
    return name.removeprefix(xObjectName("")), across, down, parts
