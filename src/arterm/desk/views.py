"""What crosses the doors: frozen views named after what a person sees. JSON prints exactly these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from arterm.rules.money import Money

if TYPE_CHECKING:
    from arterm.desk.offers import OfferView
    from arterm.desk.plans import PlanView


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, in words; the act in the journal (0: nothing was written); whose cases moved."""

    words: str
    act: int = 0
    customers: tuple[int, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open invoice as the board shows it on a day."""

    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    issued: date
    due: date
    days_overdue: int
    bucket: str
    total: Money
    paid: Money
    balance: Money
    charges: Money
    currency: str
    step: int
    stage: str
    status: str
    next_action: str
    next_on: date | None
    priority: int
    why: tuple[str, ...]
    reference: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer (and currency) as the board shows it."""

    customer: str
    customer_id: int
    invoices: int
    balance: Money
    currency: str
    oldest_due: date
    days_overdue: int
    bucket: str


@dataclass(frozen=True, slots=True)
class BucketSum:
    """What stands in one ageing bucket."""

    bucket: str
    amount: Money
    invoices: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything open in one currency on a day: principal, and apart from it `charges`; `unapplied` settles nothing
    yet.
    """

    currency: str
    open: Money
    overdue: Money
    overdue_invoices: int
    unapplied: Money
    charges: Money
    buckets: tuple[BucketSum, ...]


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
    status: str
    kind: str
    reference: str
    note: str
    version: int
    attachments: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class LogView:
    """One contact with a customer."""

    id: int
    at: str
    day: date
    customer: str
    customer_id: int
    direction: str
    channel: str
    outcome: str
    reason: str
    note: str
    follow_up: date | None
    promised: Money | None
    promised_for: date | None
    invoices: tuple[str, ...]
    who: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise to pay and what became of it by the day asked about."""

    id: int
    made: date
    day: date
    amount: Money
    received: Money
    currency: str
    state: str
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRate:
    """Of the promises whose day is over in one currency, how many were kept, and of what was promised, how much came in
    time.
    """

    currency: str
    promises: int
    kept: int
    promised: Money
    received: Money


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A letter. `kind` is one of the kinds there are; `step` and `tone` are those of a reminder (else 0 and empty)."""

    id: int
    customer: str
    customer_id: int
    step: int
    tone: str
    state: str
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


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """What a customer owes and has owed in one currency."""

    currency: str
    open: Money
    overdue: Money
    unapplied: Money
    invoiced: Money


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one customer on a day, on one page."""

    as_of: date
    customer: CustomerView
    sums: tuple[CurrencySum, ...]
    invoices: tuple[InvoiceView, ...]
    credits: tuple[CreditView, ...]
    contacts: tuple[ContactView, ...]
    promises: tuple[PromiseView, ...]
    notices: tuple[NoticeView, ...]
    log: tuple[LogView, ...]
    usual_days_late: int | None
    merged: tuple[str, ...] = ()
    kept: tuple[KeptRate, ...] = ()
    plans: tuple[PlanView, ...] = ()
    offers: tuple[OfferView, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActView:
    """A line of the journal."""

    id: int
    at: str
    day: date
    who: str
    name: str
    words: str
    undone_by: int | None
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looked at: `state` is ok, note or bad."""

    name: str
    state: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row of a file: rejected, or to be looked at."""

    line: int
    field: str
    value: str
    reason: str

    @property
    def words(self) -> str:
        """What stood there and why it matters, the value told once."""
        return self.reason if not self.value or self.value in self.reason else f"'{self.value}' {self.reason}"


@dataclass(frozen=True, slots=True)
class Vanished:
    """An invoice that an earlier list of open items had and this one has not: paid, perhaps."""

    invoice: str
    invoice_id: int
    customer: str
    balance: Money
    currency: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file came to, or would come to. Of a statement, `matched` receipts were booked and `waiting` ones wait."""

    file: str
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    customers_created: int = 0
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    rejected_file: str = ""
    kind: str = ""
    profile: str = ""
    matched: int = 0
    waiting: int = 0
    vanished: tuple[Vanished, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    kind: str
    profile: str
    files: tuple[FileReport, ...]
    dry_run: bool
    committed: bool
    act: int = 0

    @property
    def rejected(self) -> int:
        """How many rows were left out for a reason."""
        return sum(len(file.rejected) for file in self.files)


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
