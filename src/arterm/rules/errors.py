"""The one family of errors an owner ever sees: what is wrong, where, and what to do about it."""

from __future__ import annotations

from typing import Any


class ArtermError(Exception):
    """A refusal: a key of the catalogue with values.

    `key` is the code, or the code and which of its sentences (`missing.reason`); `code` is stable and short (for
    scripts); `where` a file, line, column or field (may be empty). `message` is one sentence for the owner, `hint` what
    to do (may be empty).
    """

    def __init__(self, key: str, where: str = "", /, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.code = key.partition(".")[0]
        self.where = where
        self.values = values

    @property
    def message(self) -> str:
        """What is wrong, in words."""
        return self._text(0)

    @property
    def hint(self) -> str:
        """What to do, in words; empty where nothing can be said."""
        return self._text(1)

    def _text(self, part: int) -> str:
        from arterm.rules import (
            messages,
        )  # loaded where words are wanted: the catalogue's rules raise errors themselves

        return messages.filled(messages.entry(f"errors.{self.key}")[part], self.values)

    def at(self, where: str) -> ArtermError:
        """The same refusal, said of another place."""
        return type(self)(self.key, where, **self.values)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return " ".join(part for part in (place + self.message, self.hint) if part)


class Stale(ArtermError):
    """Somebody else changed the same thing since it was read; nothing was written. `by`: who that was, and when."""

    def __init__(self, what: str, by: str = "") -> None:
        super().__init__("stale.changed" if not by else "stale.changed_by", what=what, by=by)
