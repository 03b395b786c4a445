"""One process at a time: a lock beside the book, let go by the system when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arterm.rules.errors import ArtermError


@contextmanager
def held(book: Path, what: str) -> Iterator[None]:
    """Hold the lock `what` of a book. Refuses (`locked`) while another process has it."""
    path = book.with_name(f"{book.name}.{what}")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ArtermError("disk_error.lock", str(path), strerror=error.strerror) from None
    try:
        try:
            _take(handle)
        except OSError:
            raise ArtermError(f"locked.{what}", str(book)) from None
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
