"""Customers, invoices and the ages of what they owe, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from arterm.rules.money import Money
from arterm.rules.states import InvoiceStatus


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person or mailbox at a customer."""

    id: int
    name: str
    role: str
    rank: int
    mail: str
    mail_state: str
    phone: str
    phone_state: str
    version: int


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer's own facts."""

    id: int
    name: str
    own_no: str
    kind: str
    country: str
    language: str
    street: str
    postcode: str
    city: str
    vat_no: str
    note: str
    archived: date | None
    version: int


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """One invoice with what became of it; days late of a settled one count to the day it was settled."""

    id: int
    number: str
    customer: str
    customer_id: int
    currency: str
    issued: date
    due: date
    original_due: date
    total: Money
    paid: Money
    balance: Money
    settled: date | None
    days_late: int
    step: int
    stage: str
    charges: Money
    disputed: Money
    ladder: str
    status: InvoiceStatus
    kind: str
    reference: str
    note: str
    version: int
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """A customer's open debt by age, in one currency."""

    customer: str
    customer_id: int
    currency: str
    buckets: tuple[Money, ...]
    charges: Money
    unapplied: Money
    total: Money
    own_no: str = ""
    sold: Money | None = None


@dataclass(frozen=True, slots=True)
class Ageing:
    """Aged receivables on a day. `total` of a row is principal and charges, less what is unapplied; what is `sold` is
    in neither.
    """

    as_of: date
    currency: str
    rows: tuple[AgeingRow, ...]
    totals: tuple[AgeingRow, ...]
    bucket_names: tuple[str, ...] = field(default=())
