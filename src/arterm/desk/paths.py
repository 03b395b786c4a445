"""Files as people name them: `~` is their home, patterns and quotation marks are understood, nothing raises."""

from __future__ import annotations

import shlex
from pathlib import Path


def path_of(text: str) -> Path:
    """The path somebody typed; `~` of a user that there is not stays as it stands."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def files_named(text: str) -> list[Path]:
    """The files somebody typed: one path, blanks and all; every file of a folder; else several, with patterns and
    quotation marks.
    """
    whole = path_of(text)
    if _is(whole):
        return (
            sorted(one for one in whole.iterdir() if one.is_file() and not one.name.startswith("."))
            if whole.is_dir()
            else [whole]
        )
    try:
        words = shlex.split(text)
    except ValueError:
        words = [text]
    found: list[Path] = []
    for word in words:
        path = path_of(word)
        found += (_like(path) if any(mark in path.name for mark in "*?[") else []) or [path]
    return found


def _is(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name longer than any file's
        return False


def _like(pattern: Path) -> list[Path]:
    try:
        return sorted(pattern.parent.glob(pattern.name))
    except (OSError, ValueError):
        return []
