"""What a letter is made of: plain facts, no database rows and no layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sender:
    """The owner's business as it stands on paper; `logo` is a PNG or JPEG, or empty."""

    name: str
    lines: tuple[str, ...]
    country: str
    iban: str = ""
    bic: str = ""
    vat_no: str = ""
    contact: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice on a letter. Amounts in minor units of the letter's currency."""

    number: str
    issued: date
    due: date
    days_late: int
    total: int
    paid: int
    open: int


@dataclass(frozen=True, slots=True)
class Charge:
    """Interest, a fixed sum or costs beside the principal (minor units), with the law; `earlier`: asked for before."""

    kind: str
    amount: int
    law: str = ""
    until: date | None = None


TONES = ("friendly", "firm", "formal")


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder: from whom, to whom, in which language, about what, until when.

    `step` counts the reminders, this one included; `tone` is friendly, firm or formal. `recipient` are the address lines.
    `legal` is a paragraph that the law asks for, finished; `layout` one of `LAYOUTS`.
    """

    language: str
    step: int
    day: date
    deadline: date
    sender: Sender
    recipient: tuple[str, ...]
    customer_no: str
    reference: str
    currency: str
    lines: tuple[Line, ...]
    tone: str = "friendly"
    charges: tuple[Charge, ...] = ()
    legal: str = ""
    layout: str = "left"

    @property
    def principal(self) -> int:
        """What is open on the invoices, in minor units."""
        return sum(line.open for line in self.lines)

    @property
    def total(self) -> int:
        """What is asked for, in minor units."""
        return self.principal + sum(charge.amount for charge in self.charges)
