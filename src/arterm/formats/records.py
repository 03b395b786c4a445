"""What a file comes to: records of invoices, customers and payments, and complaints about what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arterm.formats.bank_records import Statement


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing about a file that the owner should know: where (line, field), what stood there, and why it matters."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as a file tells of one; empty where it says nothing. `country` is what the file said, word for
    word.
    """

    name: str
    number: str = ""
    country: str = ""
    mail: str = ""
    phone: str = ""
    contact: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    vat_no: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """An invoice, credit note or receipt read from a file. Amounts in minor units of `currency`.

    `paid` is what the file says was paid and `balance` what it says is open, None when it says nothing; `settled` is
    the day of payment, if known. An e-invoice names its `seller`, and a credit note the invoice it is for (`original`).
    """

    line: int
    kind: str
    number: str
    party: Party
    currency: str
    issued: date
    due: date
    total: int
    paid: int | None = None
    settled: date | None = None
    reference: str = ""
    due_from: str = ""
    balance: int | None = None
    original: str = ""
    seller: Party | None = None
    seller_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """A payment read from a table: for an invoice by number, or from a customer."""

    line: int
    number: str
    party: Party
    currency: str
    day: date
    amount: int
    reference: str = ""


@dataclass(slots=True)
class Reading:
    """Everything read from one file, and how it was understood."""

    kind: str = ""
    profile: str = ""
    read: int = 0
    invoices: list[InvoiceRecord] = field(default_factory=list)
    customers: list[tuple[int, Party]] = field(default_factory=list)
    payments: list[PaymentRecord] = field(default_factory=list)
    rejected: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    columns: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    header: tuple[str, ...] = ()
    shape: str = ""
    statements: list[Statement] = field(default_factory=list)
    open_items: bool = False
    mapping: dict[str, str] = field(default_factory=dict)
