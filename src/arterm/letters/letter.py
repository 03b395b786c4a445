"""What a letter is made of: plain facts, no database rows and no layout. Amounts are minor units of the letter's
currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is, part by part, as payment slips ask for it."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """The owner's business as it stands on paper, with every way to pay it; `logo` is a PNG or JPEG, or empty.

    `account` says in words where to transfer to when there is no IBAN; `link` is an https address, finished; `ways` are
    others in the owner's words; `signer` is who signs.
    """

    name: str
    lines: tuple[str, ...]
    country: str
    iban: str = ""
    bic: str = ""
    vat_no: str = ""
    contact: str = ""
    logo: bytes = b""
    address: Address = Address("")
    mail: str = ""
    account: str = ""
    link: str = ""
    ways: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice on a letter: what was paid, what is asked, and what is disputed and so not asked."""

    number: str
    issued: date
    due: date
    days_late: int
    total: int
    paid: int
    open: int
    disputed: int = 0


@dataclass(frozen=True, slots=True)
class Charge:
    """Interest, a fixed sum or costs beside the principal, with the law; `earlier`: asked for before."""

    kind: str
    amount: int
    law: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Interest of an invoice from day to day (both included) at one rate (per cent a year, with a decimal point)."""

    number: str
    start: date
    end: date
    days: int
    principal: int
    rate: str
    interest: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went out before."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment of a plan, and what is left to pay after it."""

    n: int
    due: date
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of an account: `kind` names its words; what it adds (positive) or takes away; the balance after it."""

    day: date
    kind: str
    number: str
    amount: int
    balance: int
    due: date | None = None


TONES = ("friendly", "firm", "formal")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: of which kind, from whom, to whom, in which language, about what, until when.

    `step` counts the reminders, this one included; `recipient` are the address lines. `legal` is a paragraph that the
    law asks for, finished; `layout` one of `LAYOUTS`; `text` the owner's own text, or empty. `reference` is what the
    payer is to quote, `coded` the same without blanks for machines where it is a structured one. `asked` is what is to
    be paid now when that is not the total (0: nothing). `sums`, `days` and `said` are the further names its kind has.
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
    kind: str = "friendly"
    customer: Address = Address("")
    consumer: bool = False
    stretches: tuple[Stretch, ...] = ()
    history: tuple[Sent, ...] = ()
    schedule: tuple[Instalment, ...] = ()
    movements: tuple[Movement, ...] = ()
    coded: str = ""
    asked: int | None = None
    interest_law: str = ""
    costs_law: str = ""
    sums: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def principal(self) -> int:
        """What is open on the invoices."""
        return sum(line.open for line in self.lines)

    @property
    def total(self) -> int:
        """What is owed in all."""
        return self.principal + sum(charge.amount for charge in self.charges)

    @property
    def to_pay(self) -> int:
        """What the reader is asked to pay now."""
        return self.total if self.asked is None else self.asked
