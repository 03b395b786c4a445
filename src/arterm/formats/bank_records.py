"""Entries and statements of a bank as plain records, whatever format they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a statement. `amount` in minor units, negative for money out; `day` is the value date.

    `reference` is a structured one, `end_to_end` the payer's own, `bank_ref` the bank's. `returned`: it takes an
    earlier entry back. `charges` were kept by a bank on the way; `instructed` is what the payer sent, in their
    currency.
    """

    line: int
    day: date
    booked: date
    amount: int
    currency: str
    payer: str = ""
    account: str = ""
    reference: str = ""
    text: str = ""
    end_to_end: str = ""
    bank_ref: str = ""
    returned: bool = False
    charges: int = 0
    instructed: int = 0
    instructed_currency: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of one account: its entries, its balances where it has them (minor units).

    `interim`: it shows what a later statement will show again (an intraday report, details of a batch): nothing is
    booked.
    """

    form: str
    account: str
    currency: str
    entries: tuple[Entry, ...]
    number: str = ""
    opening: int | None = None
    closing: int | None = None
    closing_day: date | None = None
    interim: str = ""
