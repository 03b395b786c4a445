"""Figures: aged receivables by customer and currency, true for any day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from arterm.desk.accounts.views import Ageing, AgeingRow
from arterm.desk.find import customer_name
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS, bounds, bucket
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.store import cases
from arterm.store.files import new_file
from arterm.store.reads.accounts import board as reads
from arterm.store.sold_claims import sold_left


def ageing(desk: Desk, customer: int | None = None) -> Ageing:
    """What each customer (or one) owes by age, as of today; charges and unapplied money stand in columns of their
    own.
    """
    sums: dict[tuple[int, str], list[int]] = {}
    names: dict[int, str] = {}
    for row, name, currency, age, left, charges in _owed(desk):
        names[row] = name
        held = sums.setdefault((row, currency), [0] * (len(BUCKETS) + 3))
        held[age] += left
        held[-3] += charges
    for free in reads.unapplied_by_customer(desk.book, desk.today):
        names[free.customer] = free.name
        sums.setdefault((free.customer, free.currency), [0] * (len(BUCKETS) + 3))[-2] += free.free
    for sold in sold_left(desk.book, desk.today):
        names[sold.customer] = names.get(sold.customer) or customer_name(desk, sold.customer)
        sums.setdefault((sold.customer, sold.currency), [0] * (len(BUCKETS) + 3))[-1] += sold.left
    if customer is not None:
        sums = {key: held for key, held in sums.items() if key[0] == customer}
    own = reads.own_numbers(desk.book)
    rows = [_row(names[row], row, currency, held, own.get(row, "")) for (row, currency), held in sums.items()]
    rows.sort(key=lambda row: (row.currency != desk.currency, row.currency, -row.total.minor, row.customer_id))
    totals = []
    for currency in dict.fromkeys([desk.currency, *(row.currency for row in rows)]):
        mine = [held for (_, code), held in sums.items() if code == currency]
        added = [sum(column) for column in zip(*mine, strict=True)] or [0] * (len(BUCKETS) + 3)
        totals.append(_row(message("accounts.ageing.total"), 0, currency, added))
    return Ageing(desk.today, desk.currency, tuple(rows), tuple(totals), BUCKETS)


def _owed(desk: Desk) -> Iterator[tuple[int, str, str, int, int, int]]:
    """(customer, name, currency, age, principal, charges): from the kept cases, or for a past day from the tables."""
    if cases.horizon(desk.book) <= desk.today.isoformat():
        for kept in reads.ages_by_customer(desk.book, bounds(desk.today)):
            yield kept.customer, kept.name, kept.currency, kept.age, kept.open, kept.charges
        return
    for one in cases.facts(desk.book, desk.today):
        age = BUCKETS.index(bucket(one.case.due, desk.today))
        yield one.customer, one.name, one.case.currency, age, one.case.open, one.case.charges


def _row(name: str, customer: int, currency: str, held: list[int], own_no: str = "") -> AgeingRow:
    *ages, charges, free, sold = held
    return AgeingRow(
        name,
        customer,
        currency,
        tuple(Money(age, currency) for age in ages),
        Money(charges, currency),
        Money(free, currency),
        Money(sum(ages) + charges - free, currency),
        own_no,
        Money(sold, currency),
    )


def save(content: bytes, path: Path) -> Receipt:
    """Write a report to a file of that name, whole or not at all. Refuses (`exists`) to overwrite."""
    try:
        new_file(path, content)
    except OSError as error:
        raise ArtermError("disk_error.file", str(path), strerror=error.strerror or error) from None
    return Receipt(message("receipts.accounts.wrote", path=path))
