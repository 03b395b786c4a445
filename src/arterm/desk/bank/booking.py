"""Receipts on their way into the ledger, within an act: the credit and its parts, what gives way to it, what is
learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from arterm.desk import find
from arterm.desk.bank.lines import LineView
from arterm.desk.payments.payments import bounce_within, first_day_with_room
from arterm.desk.payments.settlements import fulfil_offers
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.matching import Suggestion
from arterm.rules.messages import Message, message
from arterm.rules.money import Money
from arterm.store import one_row
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id
from arterm.store.models.bank import PayerAccount, StatementLine
from arterm.store.models.book import Allocation, Credit
from arterm.store.reads import bank as reads
from arterm.store.undo import live_allocations, reverse_allocation

_RETURN_WITHIN = timedelta(days=75)


def book_suggested(
    desk: Desk, work: UnitOfWork, held: LineView, chosen: Suggestion
) -> tuple[Message, tuple[Message, ...]]:
    """The credit and its parts exactly as suggested; what lacks is written off under its name; what is left stays with
    them.
    """
    amount = Money(chosen.amount, chosen.currency)
    rows = tuple(row for row, _ in chosen.parts)
    free_reported(desk, work, rows)
    exchanged = amount.currency != held.currency
    note = str(message("notes.exchanged", amount=held.amount)) if exchanged else ""
    credit = work.insert(
        Credit,
        customer=chosen.customer,
        currency=amount.currency,
        day=held.day.isoformat(),
        total=amount.minor,
        kind="receipt",
        reference=held.words[:190],
        note=note,
        payer_account=held.account,
        free=amount.minor,
    )
    for row, part in chosen.parts:
        left = one_row.invoice_open(desk.book, row)
        if min(part, left):
            work.insert(
                Allocation,
                credit=credit,
                invoice=row,
                amount=min(part, left),
                value_day=first_day_with_room(desk, row, min(part, left), held.day),
            )
    if chosen.short:
        last = rows[-1]
        lacks = one_row.invoice_open(desk.book, last)
        off = work.insert(
            Credit,
            customer=chosen.customer,
            currency=amount.currency,
            day=desk.today.isoformat(),
            total=lacks,
            kind="write_off",
            reference=message("bank.booking.receipt", id=held.id),
            note=chosen.difference,
            free=lacks,
        )
        work.insert(Allocation, credit=off, invoice=last, amount=lacks, value_day=desk.today.isoformat())
    work.update(StatementLine, held.id, state="booked", credit=credit)
    learn(desk, work, held, chosen.customer)
    said = fulfil_offers(desk, work, [chosen.customer])
    work.touch(chosen.customer)
    customer = find.customer_name(desk, chosen.customer)
    return message("receipts.bank.booked", amount=amount, customer=customer, invoices=len(rows)), said


def free_reported(desk: Desk, work: UnitOfWork, invoices: Sequence[int]) -> None:
    """What an export told as paid gives way to the money itself: the bank is the better witness."""
    for invoice in invoices:
        for credit in reads.reported_credits(desk.book, invoice):
            live = live_allocations(work, credit)
            if live and all(one.invoice == invoice for one in live):
                for one in live:
                    reverse_allocation(work, one.id)
                work.void(Credit, credit)


def replace_reported(desk: Desk, work: UnitOfWork, customer: int, amount: Money, day: date) -> None:
    """A payment without an invoice that an export told of, of the same sum and about that day, is this money."""
    near = timedelta(days=10)
    twin = reads.reported_twin(desk.book, customer, amount.currency, amount.minor, day - near, day + near)
    if twin:
        work.void(Credit, twin)


def learn(desk: Desk, work: UnitOfWork, held: LineView, customer: int) -> None:
    """Whose the payer's account is."""
    if len(held.account) < 5:
        return
    known = reads.payer(desk.book, held.account)
    if known is None:
        work.insert(PayerAccount, account=held.account, customer=customer)
    elif canonical_id(desk.book, known.customer) != customer:
        work.update(PayerAccount, known.id, customer=customer)


def find_returned(desk: Desk, held: LineView, sure: bool = False) -> int:
    """The payment that a line of money back takes back: the newest of the same sum, by reference or account; 0 for
    none.
    """
    e2e = reads.sent(desk.book, held.id).end_to_end
    first = held.booked - _RETURN_WITHIN
    booked = reads.returnable(desk.book, -held.amount.minor, held.currency, first, held.booked)
    by_reference = [one.credit for one in booked if e2e and one.end_to_end == e2e]
    by_account = [one.credit for one in booked if held.account and one.account == held.account]
    for some in (by_reference, by_account):
        if len(some) == 1 or (some and not sure):
            return some[0]
    if not sure and booked:
        return booked[0].credit
    return 0


def book_return(desk: Desk, work: UnitOfWork, held: LineView, credit: int) -> tuple[Message, tuple[Message, ...]]:
    """Money that the bank took back: the payment it takes back bounces on that day. Tells what was done."""
    if held.amount.minor >= 0:
        raise ArtermError("not_money.came_in", "line")
    note = str(message("notes.returned", words=held.words))[:300]
    told = bounce_within(desk, work, credit, held.day, note)
    work.update(StatementLine, held.id, state="booked", credit=credit)
    return told
