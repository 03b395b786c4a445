"""An intake written into the book within an act: customers, invoices, what was paid, credits, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from arterm.desk.importing.diff import Intake
from arterm.desk.importing.lookup import good_mail, good_phone
from arterm.desk.payments.payments import first_day_with_room
from arterm.desk.payments.settlements import fulfil_offers
from arterm.desk.session import Desk
from arterm.formats.records import InvoiceRecord, Party, PaymentRecord
from arterm.rules.allocation import Debt, allocate
from arterm.rules.countries import find_country
from arterm.rules.messages import message
from arterm.rules.text import fold, number_key
from arterm.store import one_row
from arterm.store.journal import UnitOfWork
from arterm.store.models.book import Allocation, Contact, Credit, Customer, Invoice
from arterm.store.reads import importing as reads
from arterm.store.undo import live_allocations, reverse_allocation

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


def apply(desk: Desk, work: UnitOfWork, intake: Intake) -> None:
    """Write an intake within an act: customers, invoices, what was paid, credits, corrections."""
    ids: dict[str, int] = {}
    new = list(intake.customers.items())
    made = work.insert_many(Customer, _CUSTOMER_COLUMNS, [_customer_row(party) for _, party in new])
    ids.update(zip((key for key, _ in new), made, strict=True))

    def who(customer: int | str) -> int:
        return customer if isinstance(customer, int) else ids.get(customer) or _by_key(desk, customer)

    invoices = work.insert_many(
        Invoice, _INVOICE_COLUMNS, [_invoice_row(who(customer), record) for customer, record in intake.invoices]
    )
    numbers = {
        (who(customer), record.number): row for (customer, record), row in zip(intake.invoices, invoices, strict=True)
    }
    for row, changes in intake.changes:
        work.update(Invoice, row, **changes)
    paid = [
        (row or numbers[who(customer), record.number], who(customer), record, amount)
        for row, customer, record, amount in intake.reported
    ]
    days = [(record.settled or max(record.issued, desk.today)).isoformat() for _, _, record, _ in paid]
    made_credits = work.insert_many(
        Credit,
        _CREDIT_COLUMNS,
        [
            (customer, record.currency, day, amount, "reported", record.number, amount)
            for (_, customer, record, amount), day in zip(paid, days, strict=True)
        ],
    )
    settled = []
    for credit, (held, *_), (row, _, record, amount), day in zip(
        made_credits, intake.reported, paid, days, strict=True
    ):
        known = first_day_with_room(desk, row, amount, date.fromisoformat(day)) if held else day
        settled.append((credit, row, amount, max(known, record.issued.isoformat())))
    work.insert_many(Allocation, _ALLOCATION_COLUMNS, settled)
    noted = work.insert_many(
        Credit, _CREDIT_COLUMNS, [_credit_row(who(customer), record) for customer, record in intake.credits]
    )
    for row, (customer, record) in zip(noted, intake.credits, strict=True):
        _to_original(desk, work, row, who(customer), record)
    for customer, facts in intake.facts:
        work.update(Customer, customer, None, message("importing.apply.customer"), **facts)
    for someone, party in intake.people:
        _add_person(work, who(someone), party)
    paying = [(who(customer), invoice, payment) for customer, invoice, payment in intake.payments]
    _pay(desk, work, paying)
    touched: Iterable[int | str] = (
        [c for c, _ in intake.invoices] + [c for _, c, _, _ in intake.reported] + [c for c, _ in intake.credits]
    )
    work.touch(*{who(customer) for customer in touched})
    whose = {who(customer) for customer in touched} | {one[0] for one in paying}
    fulfil_offers(desk, work, whose)


def _by_key(desk: Desk, key: str) -> int:
    """A customer that an earlier file of the same import has just brought in."""
    return reads.newest_by_key(desk.book, key)


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
        customer,
        record.number,
        number_key(record.number),
        record.currency,
        record.issued.isoformat(),
        due,
        due,
        record.total,
        record.total,
        record.reference,
    )


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


def _add_person(work: UnitOfWork, customer: int, party: Party) -> None:
    mail, phone = good_mail(party.mail), good_phone(party.phone)
    if mail or phone or party.contact:
        work.insert(Contact, customer=customer, name=party.contact, mail=mail, phone=phone)


def _to_original(desk: Desk, work: UnitOfWork, credit: int, customer: int, record: InvoiceRecord) -> None:
    """A credit note that names its invoice settles that one, as far as it is open."""
    if not record.original:
        return
    held = reads.open_invoice(desk.book, customer, number_key(record.original), record.currency)
    if held:
        part = min(held.open, record.total)
        work.insert(
            Allocation,
            credit=credit,
            invoice=held.id,
            amount=part,
            value_day=first_day_with_room(desk, held.id, part, record.issued),
        )


def _pay(desk: Desk, work: UnitOfWork, payments: Sequence[tuple[int, int | str, PaymentRecord]]) -> None:
    """Payments that an export tells of: reported, until the bank shows the money itself. What a column of the invoices
    had told already of the same money gives way to them.
    """
    for customer, named, payment in payments:
        invoice = named if isinstance(named, int) else reads.invoice_of_number(desk.book, customer, number_key(named))
        settles = bool(invoice) and one_row.invoice_currency(desk.book, invoice) == payment.currency
        if settles:
            _make_room(desk, work, invoice, payment)
        credit = work.insert(
            Credit,
            customer=customer,
            currency=payment.currency,
            day=payment.day.isoformat(),
            total=payment.amount,
            kind="reported",
            reference=payment.reference or payment.number,
            free=payment.amount,
        )
        if settles:
            left = one_row.invoice_open(desk.book, invoice)
            for target, part in allocate(payment.amount, [Debt(invoice, payment.day, left)]):
                work.insert(
                    Allocation,
                    credit=credit,
                    invoice=target,
                    amount=part,
                    value_day=first_day_with_room(desk, target, part, payment.day),
                )


def _make_room(desk: Desk, work: UnitOfWork, invoice: int, payment: PaymentRecord) -> None:
    """What was only told as paid in a column gives way to a payment with its day, as far as that reaches."""
    number = one_row.invoice_number(desk.book, invoice)
    need = payment.amount
    for told in reads.told_paid(desk.book, invoice, number, work.id):
        if need <= 0:
            return
        for one in live_allocations(work, told.credit):
            reverse_allocation(work, one.id)
        work.void(Credit, told.credit)
        rest = told.total - min(need, told.total)
        need -= told.total
        if rest:
            made = work.insert(
                Credit,
                customer=told.customer,
                currency=told.currency,
                day=told.day,
                total=rest,
                kind="reported",
                reference=number,
                free=rest,
            )
            work.insert(
                Allocation,
                credit=made,
                invoice=invoice,
                amount=rest,
                value_day=first_day_with_room(desk, invoice, rest, date.fromisoformat(told.day)),
            )
