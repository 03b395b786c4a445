"""Who and what is meant: customers and invoices by id, name, number, or a part that fits only one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from arterm.desk.session import Desk
from arterm.rules.calendar import next_working_day
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Message, message
from arterm.rules.text import fold, number_key
from arterm.store import one_row
from arterm.store.merged import canonical_id
from arterm.store.reads import find as reads
from arterm.store.sold_claims import buyers, collectors


def customer(desk: Desk, text: str, where: str = "customer") -> int:
    """The customer's id. Refuses (`no_customer`, `ambiguous`) with the candidates."""
    wanted = text.strip()
    if found := re.fullmatch(r"#(\d{1,15})", wanted):
        return _canonical(desk, reads.customer_by_id(desk.book, int(found[1])), text, where)
    folded, number = fold(wanted), _id_of(wanted)
    for look, value in (
        (reads.customers_by_number, wanted),
        (reads.customers_by_name, folded),
    ):
        ids = look(desk.book, value) if value else []
        if ids:
            return _canonical(desk, ids, text, where)
    ids = reads.customer_by_id(desk.book, number) if number else []
    ids = ids or (reads.customers_by_number_in_any_case(desk.book, wanted) if wanted else [])
    if ids:
        return _canonical(desk, ids, text, where)
    if not folded:
        raise ArtermError("no_customer.unnamed", where)
    ids = reads.customers_with(desk.book, folded)
    return _canonical(desk, ids, text, where)


def invoice(desk: Desk, text: str, where: str = "invoice") -> int:
    """The invoice's id. Refuses (`no_invoice`, `ambiguous`) with the candidates."""
    wanted = text.strip()
    if found := re.fullmatch(r"#(\d{1,15})", wanted):
        return _one_invoice(desk, reads.invoice_by_id(desk.book, int(found[1])), text, where)
    for look, value in (
        (reads.invoices_by_number, wanted),
        (reads.invoices_by_key, number_key(wanted)),
        (reads.invoices_with, wanted.lower()),
    ):
        ids = look(desk.book, value) if wanted else []
        if ids:
            return _one_invoice(desk, ids, text, where)
    return _one_invoice(desk, [], text, where)


def either(desk: Desk, text: str) -> tuple[str, int]:
    """`customer` or `invoice` and its id, whichever the text names: exact numbers and names before parts of them."""
    wanted = text.strip()
    if reads.invoices_by_number(desk.book, wanted):
        return "invoice", invoice(desk, text)
    try:
        return "customer", customer(desk, text)
    except ArtermError as error:
        if error.code != "no_customer":
            raise
    try:
        return "invoice", invoice(desk, text)
    except ArtermError as error:
        if error.code != "no_invoice":
            raise
    raise ArtermError("not_found", "name", wanted=wanted[:60])


def customer_name(desk: Desk, row: int) -> str:
    """A customer's name."""
    return one_row.customer_name(desk.book, row)


def customer_country(desk: Desk, row: int) -> str:
    """Where a customer is: in the owner's country where nothing else is known."""
    return one_row.debtor(desk.book, row).country or desk.country


def working_day(desk: Desk, customer: int, days: int) -> date:
    """The day so many days from today, or the next one on which people work where the customer is."""
    return next_working_day(desk.today + timedelta(days=days), customer_country(desk, customer))


def _id_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _canonical(desk: Desk, ids: list[int], text: str, where: str) -> int:
    found = sorted({canonical_id(desk.book, row) for row in ids})
    if not found:
        raise ArtermError("no_customer.text", where, text=text.strip()[:60])
    if len(found) > 1:
        names = "; ".join(f"#{row} {customer_name(desk, row)}" for row in found[:8])
        raise ArtermError("ambiguous.customer", where, text=text.strip()[:60], names=names)
    return found[0]


def _one_invoice(desk: Desk, ids: list[int], text: str, where: str) -> int:
    if not ids:
        raise ArtermError("no_invoice.text", where, text=text.strip()[:60])
    if len(ids) > 1:
        names = "; ".join(f"#{one.id} {one.number} ({one.customer})" for one in reads.candidates(desk.book, ids[:8]))
        raise ArtermError("ambiguous.invoice", where, text=text.strip()[:60], names=names)
    return ids[0]


def refuse_sold(desk: Desk, invoices: Sequence[int]) -> None:
    """Refuse (`sold`) what only the owner of a claim can do, and say who that is."""
    owners = buyers(desk.book, desk.today) if invoices else {}
    for row in invoices:
        if row in owners:
            raise nothing_open(desk, row)


def nothing_open(desk: Desk, row: int, what: str = "on_invoice") -> ArtermError:
    """Why nothing can be done about an invoice on which nothing is open to us: it is settled, or (`sold`) somebody
    else's.
    """
    number = one_row.invoice_number(desk.book, row)
    owner = buyers(desk.book, desk.today).get(row)
    if owner:
        return ArtermError("sold", "invoice", owner=owner.name, number=number, owner2=owner.since)
    return ArtermError(f"nothing_open.{what}", "invoice", number=number)


def not_ours(desk: Desk, invoices: Sequence[int]) -> list[Message]:
    """What to do with money for claims that somebody else owns or collects: booked it is all the same."""
    owners = buyers(desk.book, desk.today)
    theirs = dict.fromkeys(owners[one].name for one in invoices if one in owners)
    told = dict.fromkeys(name for one in invoices for name in collectors(desk.book, desk.today).get(one, ()))
    return [
        *(message("receipts.payments.sold", name=name) for name in theirs),
        *(message("receipts.payments.collected", name=name) for name in told),
    ]
