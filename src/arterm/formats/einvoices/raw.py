"""An e-invoice as its elements say it, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass

from arterm.formats.records import Party


@dataclass(frozen=True, slots=True)
class Raw:
    """An e-invoice as its elements say it, before anything is decided. Amounts as texts."""

    number: str
    code: str
    issued: str
    due: str
    currency: str
    total: str
    to_pay: str
    prepaid: str
    seller: Party
    seller_ids: tuple[str, ...]
    buyer: Party
    reference: str
    terms: str
    original: str
