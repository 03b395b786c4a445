"""Invoices by hand: add, correct, take out, and put files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from arterm.desk import acts, find
from arterm.desk.accounts.board import stage_of
from arterm.desk.accounts.views import InvoiceView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.rules.assessment import judge
from arterm.rules.dates import days_late
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.states import InvoiceStatus
from arterm.rules.text import clean, clean_note, number_key
from arterm.store import cases
from arterm.store.merged import merged_ids
from arterm.store.models.book import Invoice
from arterm.store.reads.accounts import records as reads
from arterm.store.sold_claims import sold_on

MOST_ATTACHED = 10 * 2**20


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """An invoice as the owner types it."""

    customer: int
    number: str
    total: Money
    issued: date
    due: date
    reference: str = ""
    note: str = ""


def add_invoice(desk: Desk, draft: InvoiceDraft) -> Receipt:
    """Add an invoice. Refuses a number the customer already has (`exists`), nothing or less (`bad_amount`), due before
    issued.
    """
    number = clean(draft.number, 60)
    if not number:
        raise ArtermError("missing.invoice_number", "number")
    if draft.total.minor <= 0:
        raise ArtermError("bad_amount.total", "total")
    _refuse_order(draft.issued, draft.due)
    refuse_future(draft.issued, desk.today, "issued")
    with desk.act(acts.INVOICE_ADD, "invoice", None) as work:
        _refuse_twin(desk, draft.customer, number)
        row = work.insert(
            Invoice,
            customer=draft.customer,
            number=number,
            number_key=number_key(number),
            currency=draft.total.currency,
            issued=draft.issued.isoformat(),
            due=draft.due.isoformat(),
            original_due=draft.due.isoformat(),
            total=draft.total.minor,
            open=draft.total.minor,
            reference=clean(draft.reference),
            note=clean_note(draft.note),
        )
        work.about_id = row
    return Receipt(
        message(
            "receipts.accounts.invoice_added",
            number=number,
            customer=find.customer_name(desk, draft.customer),
            total=draft.total,
        ),
        work.id,
        (draft.customer,),
        row,
    )


def edit_invoice(
    desk: Desk,
    invoice: int,
    due: date | None = None,
    total: Money | None = None,
    reference: str | None = None,
    note: str | None = None,
    version: int | None = None,
) -> Receipt:
    """Correct an invoice's due date, total, reference or note; what is not given stays.

    Refuses (`below_paid`) a total below what is settled, (`bad_date`) a due date before the invoice; Stale with
    `version`.
    """
    held = view(desk, invoice)
    values: dict[str, Any] = {}
    if due is not None and due != held.due:
        _refuse_order(held.issued, due)
        values["due"] = due.isoformat()
    if total is not None and total != held.total:
        if total.currency != held.currency:
            raise ArtermError("other_currency.credit", "total", currency=held.currency)
        settled = reads.settled_of(desk.book, invoice)
        if total.minor < max(1, settled):
            raise ArtermError("below_paid", "total", amount=Money(settled, held.currency))
        values["total"] = total.minor
    if reference is not None and clean(reference) != held.reference:
        values["reference"] = clean(reference)
    if note is not None and clean_note(note) != held.note:
        values["note"] = clean_note(note)
    if not values:
        return Receipt(message("receipts.accounts.nothing"), customers=(held.customer_id,))
    gives = (total is not None and total.minor < held.total.minor) or (due is not None and due > held.due)
    with desk.act(acts.INVOICE_LOWER if gives else acts.INVOICE_EDIT, "invoice", invoice) as work:
        work.update(
            Invoice, invoice, version=version, what=message("accounts.invoices.invoice", number=held.number), **values
        )
    return Receipt(
        message("receipts.accounts.invoice_changed", number=held.number), work.id, (held.customer_id,), invoice
    )


def take_out(desk: Desk, invoice: int) -> Receipt:
    """Take out an invoice that should not be there. Refuses (`has_payments`) while anything settles it."""
    held = view(desk, invoice)
    if reads.settled_of(desk.book, invoice):
        raise ArtermError("has_payments", "invoice", number=held.number)
    with desk.act(acts.INVOICE_VOID, "invoice", invoice) as work:
        work.void(Invoice, invoice)
    return Receipt(
        message("receipts.accounts.invoice_taken_out", number=held.number), work.id, (held.customer_id,), invoice
    )


def view(desk: Desk, invoice: int) -> InvoiceView:
    """One invoice as of today."""
    return _views(desk, [reads.invoice(desk.book, invoice, desk.today)])[0]


def views(desk: Desk, customers: Sequence[int] | None = None) -> tuple[InvoiceView, ...]:
    """Invoices as of today, by due date: all that the book has, or those of some customers that were issued by now."""
    if customers is None:
        return _views(desk, reads.invoices(desk.book, desk.today))
    return _views(desk, reads.invoices_of(desk.book, customers, desk.today))


def _views(desk: Desk, rows: Sequence[reads.InvoiceRow]) -> tuple[InvoiceView, ...]:
    ids = [row.id for row in rows]
    judged = (
        {
            found.id: (judge(found.case, desk.today), found.case)
            for found in cases.facts(desk.book, desk.today, invoices=ids)
        }
        if ids
        else {}
    )
    named: dict[int, list[str]] = {}
    for one in reads.files(desk.book, ids):
        named.setdefault(one.invoice, []).append(one.name)
    sold = sold_on(desk.book, desk.today)
    found = (_view(desk, row, judged, named) for row in rows)
    return tuple(replace(one, status="sold") if one.id in sold and one.balance else one for one in found)


def _view(desk: Desk, row: reads.InvoiceRow, judged: dict[int, Any], named: dict[int, list[str]]) -> InvoiceView:
    currency, total, due = row.currency, row.total, row.due
    settled = row.last if row.last and row.settled >= total else None
    judgement, case = judged.get(row.id, (None, None))
    status: InvoiceStatus = judgement.status if judgement else ("settled" if row.settled >= total else "not yet issued")
    return InvoiceView(
        id=row.id,
        number=row.number,
        customer=row.customer,
        customer_id=row.customer_id,
        currency=currency,
        issued=row.issued,
        due=due,
        original_due=row.original_due,
        total=Money(total, currency),
        paid=Money(row.paid, currency),
        balance=Money(total - row.settled, currency),
        settled=settled,
        days_late=days_late(due, settled or desk.today),
        step=case.step if case else 0,
        stage=stage_of(case) if case else "-",
        charges=Money(case.charges if case else 0, currency),
        disputed=Money(case.disputed if case else 0, currency),
        ladder=case.ladder.key if case else "",
        status=status,
        kind=row.kind,
        reference=row.reference,
        note=row.note,
        version=row.version,
        attachments=tuple(named.get(row.id, ())),
    )


def _refuse_twin(desk: Desk, customer: int, number: str) -> None:
    group = merged_ids(desk.book, [customer])
    twin = reads.invoice_like(desk.book, group, number_key(number))
    if twin:
        raise ArtermError("exists.invoice", "number", number=twin.number, total=Money(twin.total, twin.currency))


def _refuse_order(issued: date, due: date) -> None:
    if due < issued:
        raise ArtermError("bad_date.due_before_issued", "due", due=due, issued=issued)
