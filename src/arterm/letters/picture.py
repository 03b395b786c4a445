"""Pictures for letterheads: only PNG and JPEG, opened once to see that they are what they say."""

from __future__ import annotations

from io import BytesIO

from arterm.rules.errors import ArtermError

_MOST_PIXELS = 20_000_000


def checked_picture(content: bytes, where: str) -> bytes:
    """The bytes, if they are a PNG or JPEG of sensible size; else refused (`bad_logo`)."""
    from PIL import Image

    refused = ArtermError(
        "bad_logo", "This is not a picture that letters can carry.", where, "Name a PNG or JPEG file."
    )
    if not content.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
        raise refused
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ArtermError("bad_logo", "This picture has too many points.", where, "Save it smaller.")
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refused from None
    return content
