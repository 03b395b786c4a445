"""What an act leaves at a door."""

from __future__ import annotations

from dataclasses import dataclass

from arterm.rules.messages import Message


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done; the act in the journal (0: nothing was written); whose cases moved; `remarks` are said after."""

    message: Message
    act: int = 0
    customers: tuple[int, ...] = ()
    id: int = 0
    remarks: tuple[Message, ...] = ()

    @property
    def words(self) -> str:
        """What was done, in words."""
        return " ".join(str(one) for one in (self.message, *self.remarks))
