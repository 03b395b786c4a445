"""Receipts matched to what is owed: suggested with points and reasons, booked when certain or when the owner says
so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from arterm.desk import acts, find
from arterm.desk.bank import lines
from arterm.desk.bank.booking import book_return, book_suggested, find_returned, free_reported, learn, replace_reported
from arterm.desk.bank.lines import LineView
from arterm.desk.compromise.plans import plans_of
from arterm.desk.payments.payments import CreditDraft, book_in_act
from arterm.desk.payments.settlements import fulfil_offers
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.match_index import IncomingPayment, Index
from arterm.rules.matching import Suggestion, suggest
from arterm.rules.messages import message
from arterm.rules.money import Money, read_amount
from arterm.rules.number_style import POINT
from arterm.store import one_row
from arterm.store.journal import UnitOfWork
from arterm.store.models.bank import Mismatch, PayerAccount, StatementLine
from arterm.store.models.book import Credit
from arterm.store.reads import bank as reads
from arterm.store.undo import live_allocations, reverse_allocation


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What a line could be for, in words: the customer, the invoices with their parts, points and reasons."""

    customer: str
    customer_id: int
    parts: tuple[tuple[str, Money], ...]
    points: int
    why: tuple[str, ...]
    certain: bool
    difference: str
    found: Suggestion


def index_of(desk: Desk) -> Index:
    """Everything that money may be for today, found by what it can be named by; asked once as long as nothing
    changes.
    """
    return desk.remember("matching", lambda: _index(desk))


def _index(desk: Desk) -> Index:
    debts = reads.debts(desk.book, desk.today - timedelta(days=180))
    quoted = [(one.reference, one.invoice) for one in reads.quoted(desk.book)]
    coming: dict[int, tuple[int, ...]] = {}
    for plan in plans_of(desk, states=("running",)):
        if plan.next:
            coming[plan.customer_id] = (*coming.get(plan.customer_id, ()), (plan.next.amount - plan.next.paid).minor)
    return Index.of(debts, reads.payers(desk.book), small_difference(desk), quoted, coming)


def small_difference(desk: Desk) -> int:
    """How much may lack (minor units of the owner's currency) for an invoice to be settled all the same."""
    return read_amount(desk.setting("match_limit"), desk.currency, POINT)


def suggestions(desk: Desk, row: int, index: Index | None = None) -> tuple[SuggestionView, ...]:
    """What a line could be for, the likeliest first."""
    held = lines.line(desk, row)
    return tuple(_view(desk, one) for one in _suggest(desk, held, index or index_of(desk)))


def _suggest(desk: Desk, held: LineView, index: Index) -> tuple[Suggestion, ...]:
    if held.amount.minor < 0:
        return ()
    sent = reads.sent(desk.book, held.id)
    came = IncomingPayment(
        held.amount.minor,
        held.currency,
        held.payer,
        held.account,
        held.reference,
        f"{held.text} {sent.end_to_end}".strip(),
        sent.charges,
        sent.instructed,
        sent.instructed_currency,
    )
    return suggest(came, index, reads.wrong_invoices(desk.book, held.id))


def _view(desk: Desk, one: Suggestion) -> SuggestionView:
    parts = tuple((one_row.invoice_number(desk.book, row), Money(part, one.currency)) for row, part in one.parts)
    name = find.customer_name(desk, one.customer)
    return SuggestionView(name, one.customer, parts, one.points, one.why, one.certain, one.difference, one)


def book(desk: Desk, row: int, chosen: Suggestion) -> Receipt:
    """Book a line as suggested; the payer's account is learned. Refuses (`settled`) one that is settled."""
    with desk.act(acts.MONEY_MATCH, "customer", chosen.customer) as work:
        booked, said = book_suggested(desk, work, _waiting(desk, row), chosen)
    return Receipt(booked, work.id, (chosen.customer,), row, said)


def book_for(desk: Desk, row: int, customer: int, invoices: Sequence[int] = ()) -> Receipt:
    """Book a line for a customer: for these invoices in order, else as money of theirs without a purpose goes."""
    with desk.act(acts.MONEY_MATCH, "customer", customer) as work:
        held = _waiting(desk, row)
        if held.amount.minor < 0:
            raise ArtermError("not_money.went_back", "line")
        draft = CreditDraft(
            customer, held.amount, held.day, tuple(invoices), reference=held.words[:190], account=held.account
        )
        if invoices:
            draft = replace(draft, invoices=_with_charges(desk, invoices))
            free_reported(desk, work, draft.invoices)
            rest = held.amount.minor - sum(one_row.invoice_open(desk.book, one) for one in draft.invoices)
            if rest > 0:  # more than they are open by: the rest stays with the customer
                draft = replace(draft, invoices=())
        replace_reported(desk, work, customer, held.amount, held.day)
        credit, _ = book_in_act(desk, work, draft)
        work.update(StatementLine, row, state="booked", credit=credit)
        learn(desk, work, held, customer)
        said = fulfil_offers(desk, work, [customer])
        work.touch(customer)
    values = {"amount": held.amount, "customer": find.customer_name(desk, customer)}
    booked = message("receipts.bank.of_nobody", **values)
    if held.payer:
        booked = message("receipts.bank.of_payer", payer=held.payer, **values)
    return Receipt(booked, work.id, (customer,), row, said)


def _with_charges(desk: Desk, invoices: Sequence[int]) -> tuple[int, ...]:
    found = list(dict.fromkeys(invoices))
    for row in invoices:
        found += [one for one in reads.open_charges_of(desk.book, row) if one not in found]
    return tuple(found)


def came_back(desk: Desk, row: int, credit: int) -> Receipt:
    """Say which payment a line of money that went back takes back: what it settled is open again from that day."""
    held = _waiting(desk, row)
    with desk.act(acts.MONEY_BOUNCE) as work:
        held = _waiting(desk, row)
        returned, said = book_return(desk, work, held, credit)
        customers = tuple(work.touched)
    return Receipt(returned, work.id, customers, row, said)


def wrong(desk: Desk, row: int, chosen: Suggestion) -> Receipt:
    """Say that a suggestion is wrong: it is remembered, and not made again for this line."""
    with desk.act(acts.BANK_WRONG) as work:
        _waiting(desk, row)
        for invoice, _ in chosen.parts:
            work.insert(Mismatch, line=row, invoice=invoice)
    return Receipt(
        message("receipts.bank.not_for", row=row, parts=tuple((number for number, _ in _view(desk, chosen).parts))),
        work.id,
        (),
        row,
    )


def unmatch(desk: Desk, row: int) -> Receipt:
    """Take a match back that turned out wrong: the line waits again, its invoices are open, and the match is not made
    again.
    """
    held = lines.line(desk, row)
    if held.state != "booked" or not held.credit or held.amount.minor < 0:
        raise ArtermError("not_matched", "line", row=row)
    with desk.act(acts.MONEY_UNMATCH) as work:
        customer = one_row.credit_customer(desk.book, held.credit)
        for one in live_allocations(work, held.credit):
            if one.invoice_kind == "refund":
                raise ArtermError("given_back.line", "line")
            reverse_allocation(work, one.id)
            work.insert(Mismatch, line=row, invoice=one.invoice)
        for other in reads.written_off_with(desk.book, held.credit, row):
            for one in live_allocations(work, other):
                reverse_allocation(work, one.id)
            work.void(Credit, other)
        work.void(Credit, held.credit)
        work.update(StatementLine, row, state="waiting", credit=None)
        learned = reads.learned_payer(desk.book, held.account, customer)
        if learned and not reads.is_booked_elsewhere(desk.book, held.account, row):
            work.void(PayerAccount, learned)
        work.touch(customer)
    return Receipt(message("receipts.bank.unmatched", row=row), work.id, (customer,), row)


def book_certain(desk: Desk) -> Receipt:
    """Book every waiting line that is certain, in one act."""
    rows = [one.id for one in lines.lines(desk)]
    if not rows:
        return Receipt(message("receipts.bank.none_waits"))
    with desk.act(acts.MONEY_MATCH) as work:
        done = book_certain_within(desk, work, rows)
        customers = tuple(sorted(work.touched))
    if not done:
        return Receipt(message("receipts.bank.none_certain"), work.id)
    return Receipt(message("receipts.bank.certain", receipts=done), work.id, customers)


def book_certain_within(desk: Desk, work: UnitOfWork, rows: Sequence[int]) -> int:
    """Within an act: book those of these lines that are certain, one after the other, each seeing what the one before
    left.
    """
    done, index = 0, _index(desk)
    for row in rows:
        held = lines.line(desk, row)
        if held.state != "waiting":
            continue
        if held.amount.minor < 0:
            credit = find_returned(desk, held, sure=True)
            if credit:
                book_return(desk, work, held, credit)
                done += 1
                index = _index(desk)
            continue
        found = _suggest(desk, held, index)
        if found and found[0].certain:
            book_suggested(desk, work, held, found[0])
            _lessen(index, found[0])
            done += 1
    return done


def _lessen(index: Index, chosen: Suggestion) -> None:
    """What was just booked is not open any more for the lines after it."""
    for row, part in chosen.parts:
        held = index.debts.get(row)
        if held is None:
            continue
        was = {held.left, held.whole}
        left = replace(
            held, open=max(0, held.open - max(0, part - held.reported)), reported=max(0, held.reported - part)
        )
        if chosen.short:
            left = replace(left, open=0)
        index.debts[row] = left
        for total in was:
            if row in index.amounts.get((held.currency, total), []):
                index.amounts[held.currency, total].remove(row)
        if left.left:
            index.amounts.setdefault((held.currency, left.left), []).append(row)
        elif row in index.customers[held.customer]:
            index.customers[held.customer].remove(row)


def _waiting(desk: Desk, row: int) -> LineView:
    held = lines.line(desk, row)
    if held.state != "waiting":
        raise ArtermError("settled.receipt", "line", row=row, state=held.state)
    return held


def returned_payment(desk: Desk, row: int) -> int:
    """The payment that a line of money back most likely takes back (its credit); 0 for none."""
    return find_returned(desk, lines.line(desk, row))
