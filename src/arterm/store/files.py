"""Files written so that they are whole or absent: temporary name, flushed to disk, renamed, folder flushed."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from arterm.rules.errors import ArtermError

Write = Callable[[BinaryIO], object]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step, over an older one of that name."""
    temporary = _written_aside(path, content)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def new_file(path: Path, content: bytes | Write) -> None:
    """Write a file in one step; an existing one (or a link of that name) is refused (`exists`).

    What is too large for memory is handed over as a function that writes it.
    """
    temporary = _written_aside(path, content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise ArtermError("exists.named_target", str(path)) from None
    except OSError:  # a file system without links
        if path.exists() or path.is_symlink():
            raise ArtermError("exists.named_target", str(path)) from None
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system allows it."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _written_aside(path: Path, content: bytes | Write) -> Path:
    temporary = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                content(file)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, ArtermError):
        temporary.unlink(missing_ok=True)
        raise
    return temporary
