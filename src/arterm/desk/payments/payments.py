"""Money in and what counts as money: payments, credit notes, write-offs, refunds, bounced payments, moving one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from arterm.desk import acts, find
from arterm.desk.payments.credit_views import credit_view
from arterm.desk.payments.settlements import fulfil_offers, meant_for, revive_offers
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.law.countries import every as jurisdictions
from arterm.rules.allocation import Debt, allocate
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Labels, Message, message
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note
from arterm.store import one_row
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id, merged_ids
from arterm.store.models.book import Allocation, Credit, Invoice
from arterm.store.reads import payments as reads
from arterm.store.sold_claims import sold_on
from arterm.store.undo import live_allocations, reverse_allocation

KINDS = Labels("payments.kinds")


@dataclass(frozen=True, slots=True)
class CreditDraft:
    """A payment, credit note, write-off or discount as the owner enters it.

    `invoices` are settled in the order named; without any, the customer's oldest debts in that currency are, and for a
    payment or credit note what is left over stays with the customer.
    """

    customer: int
    amount: Money
    day: date
    invoices: tuple[int, ...] = ()
    kind: str = "receipt"
    reference: str = ""
    note: str = ""
    account: str = ""


def book_credit(desk: Desk, draft: CreditDraft) -> Receipt:
    """Book a credit and allocate it. Refuses more than is open on the invoices named (`over_balance`), a day to come,
    an invoice of another customer or currency, a write-off without an invoice."""
    _refuse_senseless(desk, draft)
    with desk.act(acts.CREDITS[draft.kind], "customer", draft.customer) as work:
        row, parts = book_in_act(desk, work, draft)
        said = fulfil_offers(desk, work, [draft.customer])
    said = (*said, *find.not_ours(desk, draft.invoices))
    return Receipt(_booked(desk, draft, parts), work.id, (draft.customer,), row, said)


def book_in_act(desk: Desk, work: UnitOfWork, draft: CreditDraft) -> tuple[int, list[tuple[int, int]]]:
    """Book a credit within an act that does more; returns its id and how it was allocated."""
    if draft.kind == "receipt" and not draft.invoices:
        draft = replace(draft, invoices=meant_for(desk, draft.customer, draft.amount, draft.day))
    debts = _debts(desk, draft)
    _refuse_too_much(desk, draft, sum(debt.open for debt in debts))
    row = work.insert(
        Credit,
        customer=draft.customer,
        currency=draft.amount.currency,
        day=draft.day.isoformat(),
        total=draft.amount.minor,
        kind=draft.kind,
        reference=clean(draft.reference),
        note=clean_note(draft.note),
        payer_account=clean(draft.account, 40),
        free=draft.amount.minor,
    )
    parts = allocate(draft.amount.minor, debts, in_order=bool(draft.invoices))
    _settle(desk, work, row, parts, draft.day)
    return row, parts


def refund(desk: Desk, customer: int, amount: Money, day: date, note: str = "") -> Receipt:
    """Book money given back out of what the customer has unallocated. Refuses (`nothing_to_refund`) more than that."""
    refuse_future(day, desk.today, "on")
    if amount.minor < 0:
        raise ArtermError("bad_amount.refund", "amount")
    if amount.minor == 0:
        raise ArtermError("nothing_to_refund.none", "amount")
    with desk.act(acts.MONEY_REFUND, "customer", customer) as work:
        free = _free_credits(desk, customer, amount.currency)
        held = sum(part for _, part in free)
        if amount.minor > held:
            raise ArtermError("nothing_to_refund.less", "amount", amount=Money(held, amount.currency))
        row = _give_back(work, customer, amount, day, free, note, "refund")
    return Receipt(
        message("receipts.payments.refunded", amount=amount, customer=find.customer_name(desk, customer)),
        work.id,
        (customer,),
        row,
    )


def bounce(desk: Desk, credit: int, day: date, note: str = "") -> Receipt:
    """A payment that the bank took back on that day: the invoices it settled are open again from then on."""
    refuse_future(day, desk.today, "on")
    customer = _customer_of(desk, credit)
    with desk.act(acts.MONEY_BOUNCE, "customer", customer) as work:
        bounced, said = bounce_within(desk, work, credit, day, note)
    return Receipt(bounced, work.id, (customer,), credit, said)


def bounce_within(
    desk: Desk, work: UnitOfWork, credit: int, day: date, note: str
) -> tuple[Message, tuple[Message, ...]]:
    """The same within an act that does more; tells what was done, and what follows."""
    customer, held = _customer_of(desk, credit), credit_view(desk, credit)
    if day < held.day:
        raise ArtermError("bad_date.bounced", "on", day=day, day2=held.day)
    if held.kind not in ("receipt", "reported"):
        raise ArtermError("not_money.credit", "credit", kinds=KINDS[held.kind])
    if _gone(desk, credit, "bounced"):
        raise ArtermError("exists.bounce", "credit")
    for one in live_allocations(work, credit):
        reverse_allocation(work, one.id, day.isoformat())
    _give_back(work, customer, held.total, day, [(credit, held.total.minor)], note, "bounced")
    said = revive_offers(desk, work, [customer], day)
    return message("receipts.payments.bounced", amount=held.total), said


def move(desk: Desk, credit: int, to: int) -> Receipt:
    """Give a payment booked for the wrong customer to the right one, with its day; there it settles the oldest debts.

    Refuses (`not_money`) what is no payment or credit note, and (`given_back`) money that went back already.
    """
    was = _customer_of(desk, credit)
    if was == to:
        raise ArtermError("same_customer.payment", "to")
    with desk.act(acts.MONEY_MOVE, "customer", to) as work:
        held = credit_view(desk, credit)
        if held.kind not in ("receipt", "reported", "credit_note"):
            raise ArtermError("not_money.of_invoice", "credit", kinds=KINDS[held.kind])
        if _gone(desk, credit):
            raise ArtermError("given_back.payment", "credit")
        for one in live_allocations(work, credit):
            reverse_allocation(work, one.id)
        work.void(Credit, credit)
        row = work.insert(
            Credit,
            customer=to,
            currency=held.currency,
            day=held.day.isoformat(),
            total=held.total.minor,
            kind=held.kind,
            reference=held.reference,
            note=held.note,
            free=held.total.minor,
        )
        parts = allocate(held.total.minor, _debts(desk, CreditDraft(to, held.total, held.day)))
        _settle(desk, work, row, parts, held.day)
        said = (*revive_offers(desk, work, [was], None), *fulfil_offers(desk, work, [to]))
        work.touch(was)
    names = {"from_": find.customer_name(desk, was), "to": find.customer_name(desk, to)}
    return Receipt(message("receipts.payments.moved", amount=held.total, **names), work.id, (was, to), row, said)


def settle_with(desk: Desk, credit: int, invoices: Sequence[int]) -> Receipt:
    """Use what is left of a credit for these invoices, in order; none named: the oldest."""
    customer = _customer_of(desk, credit)
    with desk.act(acts.MONEY_USE, "customer", customer) as work:
        held = credit_view(desk, credit)
        draft = CreditDraft(customer, held.free, held.day, tuple(invoices))
        parts = allocate(held.free.minor, _debts(desk, draft), in_order=bool(invoices))
        if not parts:
            raise ArtermError("nothing_open.use", "credit")
        _settle(desk, work, credit, parts, desk.today)
        said = fulfil_offers(desk, work, [customer])
    used = Money(sum(part for _, part in parts), held.currency)
    what = message("receipts.payments.used", amount=used, invoices=len(parts))
    return Receipt(what, work.id, (customer,), credit, said)


def _customer_of(desk: Desk, credit: int) -> int:
    credit_view(desk, credit)
    return canonical_id(desk.book, one_row.credit_customer(desk.book, credit))


def _gone(desk: Desk, credit: int, basis: str = "") -> bool:
    """Whether money of this credit went back: to the bank (`bounced`), or in any way."""
    return any(not basis or one == basis for one in reads.given_back(desk.book, credit))


def _settle(desk: Desk, work: UnitOfWork, credit: int, parts: Sequence[tuple[int, int]], day: date) -> None:
    """Allocate parts of a credit. Money that came before the invoice settles it from the day it was issued."""
    for invoice, part in parts:
        room = first_day_with_room(desk, invoice, part, day)
        work.insert(Allocation, credit=credit, invoice=invoice, amount=part, value_day=room)


def first_day_with_room(desk: Desk, invoice: int, part: int, day: date) -> str:
    """The first day from which an invoice has that much open for good, not before `day` nor before it was issued.

    Money may be entered late, with a day on which something else settled the invoice that has bounced since.
    """
    whole = reads.whole(desk.book, invoice)
    first = max(day, whole.issued)
    settled = 0
    moves = reads.moves(desk.book, invoice)
    for n, move in enumerate(moves):
        settled += move.amount
        until = moves[n + 1].day if n + 1 < len(moves) else None
        if whole.total - settled < part and until and until > first:
            first = until
    return first.isoformat()


def _refuse_too_much(desk: Desk, draft: CreditDraft, open_sum: int) -> None:
    """More than is open can wait for a customer, but not settle invoices that were named, nor be given away."""
    if draft.amount.minor <= open_sum or not (draft.invoices or draft.kind in ("write_off", "discount")):
        return
    currency = draft.amount.currency
    what = (
        message("payments.payments.invoice")
        if len(draft.invoices) == 1
        else message("payments.payments.these_invoices")
    )
    if not open_sum:
        raise ArtermError("over_balance.nothing", "amount", what=what)
    raise ArtermError("over_balance.open", "amount", amount=Money(open_sum, currency), what=what)


def _refuse_senseless(desk: Desk, draft: CreditDraft) -> None:
    if draft.amount.minor <= 0:
        raise ArtermError("bad_amount.nothing", "amount")
    refuse_future(draft.day, desk.today, "on")
    if draft.kind not in KINDS or draft.kind == "reported":
        raise ArtermError("bad_choice.credit_kind", "kind", kind=draft.kind)
    if draft.kind in ("write_off", "discount"):
        find.refuse_sold(desk, draft.invoices)
    if draft.kind in ("write_off", "discount") and not draft.invoices:
        raise ArtermError("missing.credit_invoice", "invoice", kinds=KINDS[draft.kind])


def _debts(desk: Desk, draft: CreditDraft) -> list[Debt]:
    """The debts a credit may settle; those named, checked one by one, else all of the customer in that currency."""
    group = merged_ids(desk.book, [draft.customer])
    if not draft.invoices:
        sold = sold_on(desk.book, desk.today)
        first = draft.kind == "receipt" and _charges_first(desk, draft.customer)
        return [
            Debt(one.id, one.due, one.open, (-1 if first else 1) if one.charge else 0)
            for one in reads.open_debts(desk.book, group, draft.amount.currency, desk.today)
            if one.owner not in sold
        ]
    debts = []
    for invoice in dict.fromkeys(draft.invoices):
        held = reads.named_debt(desk.book, invoice)
        if held is None:
            raise ArtermError("no_invoice.row", "invoice", invoice=invoice)
        if held.customer not in group:
            raise ArtermError("other_customer.invoice", "invoice", number=held.number)
        if held.currency != draft.amount.currency:
            raise ArtermError(
                "other_currency.payment",
                "amount",
                number=held.number,
                currency=held.currency,
                currency2=draft.amount.currency,
            )
        debts.append(Debt(invoice, held.due, held.open))
    return debts


def _charges_first(desk: Desk, customer: int) -> bool:
    """Whether a payment without a purpose goes to charges that were issued before the principal they belong to.

    Where the debtor's law says so (NL BW 6:44, DE BGB 367, FR Code civil 1343-1), unless the owner chose the principal.
    """
    if desk.setting("payment_order") == "principal":
        return False
    debtor = one_row.debtor(desk.book, customer)
    found = jurisdictions().get(debtor.country or desk.country)
    return bool(found and (found.business if debtor.kind == "business" else found.consumer).payment_order)


def _free_credits(desk: Desk, customer: int, currency: str) -> list[tuple[int, int]]:
    group = merged_ids(desk.book, [customer])
    return [(one.id, one.free) for one in reads.free_credits(desk.book, group, currency)]


def _give_back(
    work: UnitOfWork, customer: int, amount: Money, day: date, free: Sequence[tuple[int, int]], note: str, basis: str
) -> int:
    """A debit of its own that uses up credits: money that went back."""
    on = day.isoformat()
    row = work.insert(
        Invoice,
        customer=customer,
        number=f"{basis}-{work.id}",
        number_key=f"{basis}-{work.id}",
        currency=amount.currency,
        issued=on,
        due=on,
        original_due=on,
        total=amount.minor,
        open=amount.minor,
        kind="refund",
        basis=basis,
        note=clean_note(note),
    )
    left = amount.minor
    for credit, part in free:
        if left:
            used = min(left, part)
            work.insert(Allocation, credit=credit, invoice=row, amount=used, value_day=on)
            left -= used
    return row


def _booked(desk: Desk, draft: CreditDraft, parts: Sequence[tuple[int, int]]) -> Message:
    left = Money(draft.amount.minor - sum(part for _, part in parts), draft.amount.currency)
    values: dict[str, Any] = {
        "kind": KINDS[draft.kind],
        "amount": draft.amount,
        "customer": find.customer_name(desk, draft.customer),
    }
    if parts and left:
        return message("receipts.payments.booked_in_part", invoices=len(parts), left=left, **values)
    if parts:
        return message("receipts.payments.booked", invoices=len(parts), **values)
    return message("receipts.payments.unallocated", left=left, **values)
