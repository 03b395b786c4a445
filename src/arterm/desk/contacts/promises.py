"""Promises: what is usually promised, how each was kept, and how many are kept at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk import find
from arterm.desk.contacts.views import KeptRate, PromiseView
from arterm.desk.session import Desk
from arterm.rules import promises
from arterm.rules.allocation import Debt
from arterm.rules.money import Money
from arterm.rules.states import PromiseState
from arterm.store.merged import merged_ids
from arterm.store.reads import contacts as reads
from arterm.store.sold_claims import sold_on


def suggested_promise(desk: Desk, customer: int, invoices: Sequence[int] = ()) -> tuple[Money, date] | None:
    """What a customer would usually promise: all that is overdue (else open) in the main currency, in a week's time.

    Who broke a promise lately is offered three days.
    """
    debts = open_debts(desk, customer, invoices)
    late = [debt for debt in debts if debt[1].due < desk.today] or debts
    if not late:
        return None
    sums: dict[str, int] = {}
    for currency, debt in late:
        sums[currency] = sums.get(currency, 0) + debt.open
    currency = desk.currency if desk.currency in sums else max(sums, key=lambda code: sums[code])
    broken = any(one.state in ("broken", "partly kept") for one in promises_of(desk, customer)[:1])
    return Money(sums[currency], currency), find.working_day(desk, customer, 3 if broken else 7)


def promises_of(desk: Desk, customer: int) -> tuple[PromiseView, ...]:
    """A customer's promises up to today, newest first, each judged by what came in."""
    judged = _judged(desk, merged_ids(desk.book, [customer]))
    numbers = grouped(reads.promise_invoices(desk.book, [one.row.id for one in judged]))
    return tuple(
        PromiseView(
            one.row.id,
            one.row.made,
            one.row.day,
            Money(one.row.amount, one.row.currency),
            Money(promises.received(one.promise, one.came, desk.today), one.row.currency),
            one.row.currency,
            one.state,
            numbers.get(one.row.id, ()),
        )
        for one in judged
    )


def grouped(rows: Iterable[reads.Beside]) -> dict[int, tuple[str, ...]]:
    """What stands beside each entry or promise, in its order."""
    found: dict[int, list[str]] = {}
    for one in rows:
        found.setdefault(one.row, []).append(one.text)
    return {row: tuple(some) for row, some in found.items()}


def kept_rates(desk: Desk, customer: int | None = None) -> tuple[KeptRate, ...]:
    """How promises were kept up to today, by number and by amount, of one customer or all; the owner's currency first.

    One that was replaced by a later promise for the same invoices counts as what it came to.
    """
    sums: dict[str, list[int]] = {}
    for (_, currency), kept in _kept(desk, merged_ids(desk.book, [customer]) if customer else None).items():
        held = sums.setdefault(currency, [0, 0, 0, 0])
        for n, part in enumerate(kept):
            held[n] += part
    codes = sorted(sums, key=lambda code: (code != desk.currency, code))
    return tuple(_rate(code, sums[code]) for code in codes)


def kept_by_customer(desk: Desk, currency: str) -> dict[int, KeptRate]:
    """The same of every customer who promised something in a currency, asked in two queries for all."""
    return {who: _rate(code, held) for (who, code), held in _kept(desk).items() if code == currency}


def broken_by_customer(desk: Desk, customers: Sequence[int] | None) -> dict[int, int]:
    """How many promises each customer has broken up to today, as now known; of some (with all that were merged into
    them) or all.
    """
    return Counter(one.row.customer for one in _judged(desk, customers) if one.state == "broken")


def _rate(currency: str, held: Sequence[int]) -> KeptRate:
    many, kept, promised, received = held
    return KeptRate(currency, many, kept, Money(promised, currency), Money(received, currency))


def _kept(desk: Desk, customers: Sequence[int] | None = None) -> dict[tuple[int, str], list[int]]:
    """Promises whose day is over, by customer (as now known) and currency: how many, how many kept, promised, come in
    time.
    """
    found: dict[tuple[int, str], list[int]] = {}
    for one in _judged(desk, customers):
        if one.state != "open":
            held = found.setdefault((one.row.customer, one.row.currency), [0, 0, 0, 0])
            got = min(one.row.amount, promises.in_time(one.promise, one.came, desk.today))
            for n, part in enumerate((1, int(one.state == "kept"), one.row.amount, got)):
                held[n] += part
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    """A promise, what came for it, and what became of it by today."""

    row: reads.PromiseRow
    promise: promises.Promise
    came: Sequence[tuple[date, int]]
    state: PromiseState


def _judged(desk: Desk, customers: Sequence[int] | None) -> list[_Judged]:
    """Promises up to today, the newest first, of some customers or all; asked in two queries."""
    grace, came = int(desk.setting("promise_days")), dict[int, list[tuple[date, int]]]()
    for receipt in reads.receipts(desk.book, desk.today, customers):
        came.setdefault(receipt.promise, []).append((receipt.day, receipt.amount))
    found = []
    for row in reads.promises(desk.book, desk.today, customers):
        promise, paid = promises.Promise(row.id, row.made, row.day, row.amount, grace), came.get(row.id, ())
        found.append(_Judged(row, promise, paid, promises.state(promise, paid, desk.today)))
    return found


def open_debts(desk: Desk, customer: int, invoices: Sequence[int]) -> list[tuple[str, Debt]]:
    """What a customer owes today (on these invoices, if any are named) by currency, less what is disputed, the oldest
    first.
    """
    debts = reads.open_debts(desk.book, merged_ids(desk.book, [customer]), desk.today, invoices)
    sold = sold_on(desk.book, desk.today)
    return [(one.currency, Debt(one.invoice, one.due, one.left)) for one in debts if one.invoice not in sold]
