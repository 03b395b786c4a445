"""Where the fonts, letter texts and demo business are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def root() -> Traversable:
    """The folder of assets; FileNotFoundError when this installation has none."""
    inside = files("arterm") / "assets"
    if inside.is_dir():
        return inside
    top = Path(__file__).resolve().parents[2]
    if (top / "pyproject.toml").is_file() and (top / "assets").is_dir():
        return top / "assets"
    raise FileNotFoundError("arterm's fonts and texts are missing from this installation")
