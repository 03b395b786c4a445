"""One process at a time: a lock beside the book, let go by the system when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arterm.rules.errors import ArtermError


@contextmanager
def held(book: Path, what: str, message: str) -> Iterator[None]:
    """Hold the lock `what` of a book. Refuses (`locked`) with the message while another process has it."""
    path = book.with_name(f"{book.name}.{what}")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ArtermError(
            "disk_error", f"The lock file cannot be made ({error.strerror}).", str(path), "Look at the folder's rights."
        ) from None
    try:
        try:
            _take(handle)
        except OSError:
            raise ArtermError("locked", message, str(book), "Wait until it has ended.") from None
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
