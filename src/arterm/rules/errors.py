"""The one family of errors an owner ever sees: what is wrong, where, and what to do about it."""

from __future__ import annotations


class ArtermError(Exception):
    """A refusal in words for the owner.

    `code` is stable and short (for scripts), `message` one sentence, `where` a file, line, column or field
    (may be empty), `hint` what to do (may be empty).
    """

    def __init__(self, code: str, message: str, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return " ".join(part for part in (place + self.message, self.hint) if part)


class Stale(ArtermError):
    """Somebody else changed the same thing since it was read; nothing was written. `by`: who that was, and when."""

    def __init__(self, what: str, by: str = "") -> None:
        super().__init__(
            "stale",
            f"{what} was changed elsewhere while you had it open{f', by {by}' if by else ''}.",
            hint="Nothing was saved; look at what it says now and try again.",
        )
