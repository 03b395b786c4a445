"""A lock beside a book, for what only one process at a time may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arterm.rules.errors import ArtermError


@contextmanager
def held(book: Path, what: str) -> Iterator[None]:
    """Hold the lock `what` of a book. Refuses (`locked`) while another process has it; one that dies lets go of it."""
    from filelock import FileLock, Timeout  # only sending needs it

    path = book.with_name(f"{book.name}.{what}")
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise ArtermError(f"locked.{what}", str(book)) from None
    except OSError as error:
        raise ArtermError("disk_error.lock", str(path), strerror=error.strerror) from None
    try:
        yield
    finally:
        lock.release()
