"""The ids of a board in order, asked for when they are needed: the first page at once, all of them only when somebody
goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

FIRST = 128


class PagedIds(Sequence[int]):
    """A list whose length is known; `load(limit)` gives its beginning, or all of it."""

    def __init__(self, count: int, load: Callable[[int | None], list[int]]) -> None:
        self._count = count
        self._load = load
        self._held = load(FIRST)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        last = (self._count if at.stop is None else at.stop) if isinstance(at, slice) else at + 1
        if not 0 <= last <= len(self._held) or (isinstance(at, slice) and (at.start or 0) < 0):
            self._all()
        return self._held[at]

    def __iter__(self) -> Iterator[int]:
        yield from self._held[:FIRST]
        if self._count > FIRST:
            self._all()
            yield from self._held[FIRST:]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # like a list

    def _all(self) -> None:
        if len(self._held) < self._count:
            self._held = self._load(None)
            self._count = len(self._held)
