"""The overdue board: what is open on a day, in order, with totals; rows are made only when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from arterm.desk.accounts.paged_ids import PagedIds
from arterm.desk.accounts.warnings import flags
from arterm.desk.session import Desk
from arterm.rules.ageing import BUCKETS, bounds, bucket
from arterm.rules.assessment import judge, priority, rank_of
from arterm.rules.case import Case
from arterm.rules.dates import days_late
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.states import CaseStatus
from arterm.rules.text import fold
from arterm.store import cases
from arterm.store.reads.accounts import board as reads

SORTS = tuple(reads.ORDERS)
_FIRST_DAY = {"current": None, "1-30": 30, "31-60": 60, "61-90": 90, "90+": None}
_LAST_DAY = {"current": 0, "1-30": 1, "31-60": 31, "61-90": 61, "90+": 91}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open invoice as the board shows it on a day."""

    invoice: str
    invoice_id: int
    customer: str
    customer_id: int
    issued: date
    due: date
    days_overdue: int
    bucket: str
    total: Money
    paid: Money
    balance: Money
    charges: Money
    currency: str
    step: int
    stage: str
    status: CaseStatus
    next_action: str
    next_on: date | None
    priority: int
    why: tuple[str, ...]
    reference: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer (and currency) as the board shows it."""

    customer: str
    customer_id: int
    invoices: int
    balance: Money
    currency: str
    oldest_due: date
    days_overdue: int
    bucket: str


@dataclass(frozen=True, slots=True)
class BucketSum:
    """What stands in one ageing bucket."""

    bucket: str
    amount: Money
    invoices: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything open in one currency on a day: principal, and apart from it `charges`; `unapplied` settles nothing
    yet.
    """

    currency: str
    open: Money
    overdue: Money
    overdue_invoices: int
    unapplied: Money
    charges: Money
    buckets: tuple[BucketSum, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the board. `everything` also shows what is not yet due; `bucket` shows only that age."""

    everything: bool = False
    bucket: str = ""
    customer: int | None = None
    text: str = ""
    sort: str = "priority"
    reverse: bool = False


class Board:
    """The answer to a query as of today: ids in order at once, rows when asked for."""

    def __init__(self, desk: Desk, query: Query = Query()) -> None:
        if query.sort not in SORTS:
            raise ArtermError("bad_choice.sort", "sort", sort=query.sort[:20], sorts=tuple(SORTS))
        if query.bucket and query.bucket not in BUCKETS:
            raise ArtermError("bad_choice.bucket", "bucket", bucket=query.bucket[:20], buckets=tuple(BUCKETS))
        self.desk = desk
        self.query = query
        # From the newest value day on, the kept cases are the truth; for an earlier day everything is asked anew.
        self.kept = cases.horizon(desk.book) <= desk.today.isoformat()
        self._past = (
            {}
            if self.kept
            else desk.remember("past", lambda: {found.id: found for found in cases.facts(desk.book, desk.today)})
        )
        self.totals = _totals(desk, self._past if not self.kept else None)
        self.ids = self._matching(self._ordered())

    def rows(self, start: int = 0, stop: int | None = None) -> list[BoardRow]:
        """The rows from `start` up to `stop` of the order."""
        return self.rows_of(self.ids[start:stop])

    def rows_of(self, ids: Sequence[int]) -> list[BoardRow]:
        """Rows for some invoices, in the order given; what is no longer open is left out."""
        found: dict[int, cases.OpenInvoice] = {}
        if self.kept:
            for n in range(0, len(ids), 500):
                found.update(
                    {one.id: one for one in cases.facts(self.desk.book, self.desk.today, invoices=ids[n : n + 500])}
                )
        else:
            found = self._past
        overdue = {total.currency: total.overdue.minor for total in self.totals}
        known = flags(self.desk)
        return [
            _row(found[row], self.desk.today, overdue, known.get(found[row].customer, ()))
            for row in ids
            if row in found
        ]

    def customers(self) -> list[CustomerRow]:
        """The same, one row a customer and currency, most pressing first."""
        today = self.desk.today
        if self.kept and not self.query.text and self.query.customer is None:
            grouped = reads.by_customer(self.desk.book, self._due_range())
        else:
            grouped = _grouped(self.rows())
        return [
            CustomerRow(
                one.name,
                one.customer,
                one.invoices,
                Money(one.open, one.currency),
                one.currency,
                one.oldest,
                days_late(one.oldest, today),
                bucket(one.oldest, today),
            )
            for one in grouped
        ]

    def _due_range(self) -> tuple[date | None, date | None]:
        """The due days that the query lets through: from, and before."""
        today, wanted = self.desk.today, self.query.bucket
        if not wanted:
            return None, None if self.query.everything else today
        first, last = _FIRST_DAY[wanted], _LAST_DAY[wanted]
        if wanted == "current":
            return today, None
        return (today - timedelta(days=first) if first else None), today - timedelta(days=last - 1)

    def _ordered(self) -> Sequence[int]:
        if self.kept and not (self.query.text or self.query.reverse) and self.query.customer is None:
            book, sort, due = self.desk.book, self.query.sort, self._due_range()
            return PagedIds(reads.how_many(book, due), lambda limit: reads.ids_in_order(book, sort, due, limit=limit))
        if self.kept:
            ids = reads.ids_in_order(self.desk.book, self.query.sort, self._due_range(), self.query.customer)
        else:
            ids = [
                row.id
                for row in sorted(self._past.values(), key=_past_key(self.query.sort, self.desk.today))
                if self._lets_through(row)
            ]
        return ids[::-1] if self.query.reverse else ids

    def _lets_through(self, row: cases.OpenInvoice) -> bool:
        first, before = self._due_range()
        return (
            (first is None or row.case.due >= first)
            and (before is None or row.case.due < before)
            and (self.query.customer is None or row.customer == self.query.customer)
        )

    def _matching(self, ids: Sequence[int]) -> Sequence[int]:
        """The ids whose words hold every word of the filter."""
        words = fold(self.query.text).split()
        if not words:
            return ids
        hay: dict[int, str] = self.desk.remember(
            "words", lambda: {one.invoice: fold(one.text) for one in reads.words(self.desk.book)}
        )
        if not self.kept:
            hay = {row.id: fold(f"{row.name} {row.number} {row.reference}") for row in self._past.values()}
        return [row for row in ids if all(word in hay.get(row, "") for word in words)]


def stage_of(case: Case) -> str:
    """The name of the last step taken; `-` before the first."""
    return next(
        (step.name for step in case.ladder.steps if step.n == case.step),
        message("accounts.board.step", step=case.step) if case.step else "-",
    )


def _row(found: cases.OpenInvoice, today: date, overdue: dict[str, int], beware: tuple[str, ...]) -> BoardRow:
    case = found.case
    judged = judge(case, today)
    currency = case.currency
    why = [*judged.why, *(flag for flag in beware if flag not in judged.why)]
    share = case.open * 100 // overdue[currency] if overdue.get(currency) else 0
    if case.due < today and share >= 5:
        why.insert(1, message("accounts.board.all_overdue", share=share))
    return BoardRow(
        invoice=found.number,
        invoice_id=found.id,
        customer=found.name,
        customer_id=found.customer,
        issued=found.issued,
        due=case.due,
        days_overdue=days_late(case.due, today),
        bucket=bucket(case.due, today),
        total=Money(found.total, currency),
        paid=Money(found.total - case.open, currency),
        balance=Money(case.open, currency),
        charges=Money(case.charges, currency),
        currency=currency,
        step=case.step,
        stage=stage_of(case),
        status=judged.status,
        next_action=judged.next_action,
        next_on=judged.next_on,
        priority=priority(judged.rank, today),
        why=tuple(why),
        reference=found.reference,
        flags=beware,
    )


def _totals(desk: Desk, past: dict[int, cases.OpenInvoice] | None) -> tuple[Totals, ...]:
    """Everything open per currency and age, the owner's currency first."""
    ages: dict[str, list[tuple[int, int]]] = {}
    charges: dict[str, int] = {}
    if past is None:
        for kept in reads.sums_by_age(desk.book, bounds(desk.today)):
            ages.setdefault(kept.currency, [(0, 0)] * len(BUCKETS))[kept.age] = (kept.open, kept.invoices)
            charges[kept.currency] = charges.get(kept.currency, 0) + kept.charges
        free = reads.unapplied_now(desk.book)
    else:
        for row in past.values():
            held = ages.setdefault(row.case.currency, [(0, 0)] * len(BUCKETS))
            at = BUCKETS.index(bucket(row.case.due, desk.today))
            held[at] = (held[at][0] + row.case.open, held[at][1] + 1)
            charges[row.case.currency] = charges.get(row.case.currency, 0) + row.case.charges
        free = reads.unapplied(desk.book, desk.today)
    codes = sorted({*ages, *free, desk.currency}, key=lambda code: (code != desk.currency, code))
    return tuple(
        _currency_totals(code, ages.get(code, [(0, 0)] * len(BUCKETS)), free.get(code, 0), charges.get(code, 0))
        for code in codes
    )


def _currency_totals(code: str, ages: list[tuple[int, int]], free: int, charges: int) -> Totals:
    late = ages[1:]
    return Totals(
        currency=code,
        open=Money(sum(amount for amount, _ in ages), code),
        overdue=Money(sum(amount for amount, _ in late), code),
        overdue_invoices=sum(n for _, n in late),
        unapplied=Money(free, code),
        charges=Money(charges, code),
        buckets=tuple(BucketSum(name, Money(amount, code), n) for name, (amount, n) in zip(BUCKETS, ages, strict=True)),
    )


def _past_key(sort: str, today: date) -> Callable[[cases.OpenInvoice], Any]:
    keys: dict[str, Callable[[cases.OpenInvoice], Any]] = {
        "priority": lambda row: (-rank_of(row.case, today), row.id),
        "late": lambda row: (row.case.due, row.id),
        "amount": lambda row: (-row.case.open - row.case.charges, row.id),
        "customer": lambda row: (fold(row.name), row.case.due, row.id),
        "step": lambda row: (-row.case.step, -rank_of(row.case, today)),
        "number": lambda row: (row.number, row.id),
    }
    return keys[sort]


def _grouped(rows: list[BoardRow]) -> list[reads.CustomerSum]:
    found: dict[tuple[int, str], reads.CustomerSum] = {}
    for row in rows:
        key, left = (row.customer_id, row.currency), row.balance.minor + row.charges.minor
        held = found.get(key)
        found[key] = reads.CustomerSum(
            row.customer_id,
            row.customer,
            row.currency,
            (held.invoices if held else 0) + 1,
            (held.open if held else 0) + left,
            min(held.oldest, row.due) if held else row.due,
            max(held.best, row.priority) if held else row.priority,
        )
    return sorted(found.values(), key=lambda group: (-group.best, group.customer))
