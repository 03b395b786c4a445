"""A payment or credit as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from arterm.rules.money import Money

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class CreditView:
    """Money or a note received; `free` settles nothing yet."""

    id: int
    kind: str
    day: date
    total: Money
    free: Money
    currency: str
    reference: str
    note: str
    invoices: tuple[str, ...]
