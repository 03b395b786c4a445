"""Payments and credits as they are shown: what of each is spoken for, what is free."""

from __future__ import annotations

from collections.abc import Sequence

from arterm.desk.payments.views import CreditView
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.merged import merged_ids
from arterm.store.reads import payments as reads


def credits_of(desk: Desk, customer: int) -> tuple[CreditView, ...]:
    """A customer's payments and credits up to today, newest first."""
    return _views(desk, reads.credits_of(desk.book, merged_ids(desk.book, [customer]), desk.today))


def suggested(desk: Desk, invoices: Sequence[int]) -> Money | None:
    """The whole open sum of some invoices of one currency; None when they have several or nothing is open."""
    open_ = reads.open_sums(desk.book, invoices)
    return Money(open_[0].open, open_[0].currency) if len(open_) == 1 else None


def _views(desk: Desk, rows: Sequence[reads.CreditRow]) -> tuple[CreditView, ...]:
    numbers: dict[int, list[str]] = {}
    for one in reads.settled_by(desk.book, [row.id for row in rows]):
        numbers.setdefault(one.credit, []).append(one.number)
    return tuple(
        CreditView(
            row.id,
            row.kind,
            row.day,
            Money(row.total, row.currency),
            Money(row.free, row.currency),
            row.currency,
            row.reference,
            row.note,
            tuple(numbers.get(row.id, ())),
        )
        for row in rows
    )


def credit_view(desk: Desk, credit: int) -> CreditView:
    """One payment or credit. Refuses (`no_credit`) one that there is not."""
    found = reads.credit(desk.book, credit)
    if found is None:
        raise ArtermError("no_credit.row", "credit", credit=credit)
    return _views(desk, [found])[0]
