"""The dossier of a customer, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from arterm.desk.accounts.views import ContactView, CustomerView, InvoiceView
from arterm.desk.contacts.views import KeptRate, LogView, PromiseView
from arterm.desk.letters.views import NoticeView
from arterm.desk.payments.views import CreditView
from arterm.rules.money import Money

if TYPE_CHECKING:
    from arterm.desk.compromise.offers import OfferView
    from arterm.desk.compromise.views import PlanView


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
