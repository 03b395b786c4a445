"""A letter of the book as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from arterm.rules.money import Money
from arterm.rules.states import NoticeState

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A letter. `kind` is one of the kinds there are; `step` and `tone` are those of a reminder (else 0 and empty)."""

    id: int
    customer: str
    customer_id: int
    step: int
    tone: str
    state: NoticeState
    day: date
    deadline: date
    channel: str
    total: Money
    charges: Money
    currency: str
    invoices: tuple[str, ...]
    document: int
    sha256: str
    kind: str
    reference: str
    language: str
    file: str = ""
