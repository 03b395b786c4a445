"""An intake written into the book within an act: customers, invoices, what was paid, credits, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from arterm.desk.desk import Desk
from arterm.desk.intake import Intake
from arterm.desk.known import good_mail, good_phone
from arterm.desk.money_in import first_day_with_room
from arterm.desk.settling import fulfil_offers
from arterm.formats.records import InvoiceRecord, Party, PaymentRecord
from arterm.rules.allocation import Debt, allocate
from arterm.rules.countries import find_country
from arterm.rules.text import fold, number_key
from arterm.store.journal import Deed
from arterm.store.models import Allocation, Contact, Credit, Customer, Invoice

_CUSTOMER_COLUMNS = (
    "name",
    "folded",
    "own_no",
    "kind",
    "country",
    "source_country",
    "street",
    "postcode",
    "city",
    "vat_no",
)
_INVOICE_COLUMNS = (
    "customer",
    "number",
    "number_key",
    "currency",
    "issued",
    "due",
    "original_due",
    "total",
    "open",
    "reference",
)
_CREDIT_COLUMNS = ("customer", "currency", "day", "total", "kind", "reference", "free")
_ALLOCATION_COLUMNS = ("credit", "invoice", "amount", "value_day")


def apply(desk: Desk, deed: Deed, intake: Intake) -> None:
    """Write an intake within an act: customers, invoices, what was paid, credits, corrections."""
    ids: dict[str, int] = {}
    new = list(intake.customers.items())
    made = deed.insert_many(Customer, _CUSTOMER_COLUMNS, [_customer_row(party) for _, party in new])
    ids.update(zip((key for key, _ in new), made, strict=True))

    def who(customer: int | str) -> int:
        return customer if isinstance(customer, int) else ids.get(customer) or _by_key(desk, customer)

    invoices = deed.insert_many(
        Invoice, _INVOICE_COLUMNS, [_invoice_row(who(customer), record) for customer, record in intake.invoices]
    )
    numbers = {
        (who(customer), record.number): row for (customer, record), row in zip(intake.invoices, invoices, strict=True)
    }
    for row, changes in intake.changes:
        deed.update(Invoice, row, **changes)
    paid = [
        (row or numbers[who(customer), record.number], who(customer), record, amount)
        for row, customer, record, amount in intake.reported
    ]
    days = [(record.settled or max(record.issued, desk.today)).isoformat() for _, _, record, _ in paid]
    made_credits = deed.insert_many(
        Credit, _CREDIT_COLUMNS,
        [(customer, record.currency, day, amount, "reported", record.number, amount) for (_, customer, record, amount), day in zip(paid, days, strict=True)],
    )  # fmt: skip
    settled = []
    for credit, (held, *_), (row, _, record, amount), day in zip(
        made_credits, intake.reported, paid, days, strict=True
    ):
        known = first_day_with_room(desk, row, amount, date.fromisoformat(day)) if held else day
        settled.append((credit, row, amount, max(known, record.issued.isoformat())))
    deed.insert_many(Allocation, _ALLOCATION_COLUMNS, settled)
    deed.insert_many(
        Credit, _CREDIT_COLUMNS, [_credit_row(who(customer), record) for customer, record in intake.credits]
    )
    for customer, facts in intake.facts:
        deed.update(Customer, customer, None, "This customer", **facts)
    for someone, party in intake.people:
        _add_person(deed, who(someone), party)
    _pay(desk, deed, intake.payments)
    touched: Iterable[int | str] = (
        [c for c, _ in intake.invoices] + [c for _, c, _, _ in intake.reported] + [c for c, _ in intake.credits]
    )
    deed.touch(*{who(customer) for customer in touched})
    fulfil_offers(
        desk, deed, {who(customer) for customer in touched} | {customer for customer, _, _ in intake.payments}
    )


def _by_key(desk: Desk, key: str) -> int:
    """A customer that an earlier file of the same import has just brought in."""
    row = desk.book.one(
        "SELECT id FROM customer WHERE void_act IS NULL AND (lower(own_no) = ?1 OR folded = ?1) ORDER BY id DESC",
        (key,),
    )
    return int(row[0])


def _customer_row(party: Party) -> tuple[str, ...]:
    country = find_country(party.country)
    return (
        party.name,
        fold(party.name),
        party.number,
        "unknown",
        country,
        party.country,
        party.street,
        party.postcode,
        party.city,
        party.vat_no,
    )


def _invoice_row(customer: int, record: InvoiceRecord) -> tuple[Any, ...]:
    due = record.due.isoformat()
    return (
        customer, record.number, number_key(record.number), record.currency, record.issued.isoformat(), due, due, record.total, record.total,
        record.reference,
    )  # fmt: skip


def _credit_row(customer: int, record: InvoiceRecord) -> tuple[Any, ...]:
    kind = "credit_note" if record.kind == "credit_note" else "reported"
    return (
        customer,
        record.currency,
        record.issued.isoformat(),
        record.total,
        kind,
        record.number or record.reference,
        record.total,
    )


def _add_person(deed: Deed, customer: int, party: Party) -> None:
    mail, phone = good_mail(party.mail), good_phone(party.phone)
    if mail or phone or party.contact:
        deed.insert(Contact, customer=customer, name=party.contact, mail=mail, phone=phone)


def _pay(desk: Desk, deed: Deed, payments: Sequence[tuple[int, int, PaymentRecord]]) -> None:
    for customer, invoice, payment in payments:
        day = payment.day.isoformat()
        credit = deed.insert(
            Credit, customer=customer, currency=payment.currency, day=day, total=payment.amount, kind="receipt", reference=payment.reference or payment.number,
            free=payment.amount,
        )  # fmt: skip
        row = desk.book.one("SELECT open, currency FROM invoice WHERE id = ?", (invoice,)) if invoice else None
        if row and row[1] == payment.currency:
            for target, part in allocate(payment.amount, [Debt(invoice, payment.day, row[0])]):
                room = first_day_with_room(desk, target, part, payment.day)
                deed.insert(Allocation, credit=credit, invoice=target, amount=part, value_day=room)
