"""Payments and credits as they are shown: what of each is spoken for, what is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arterm.desk.payments.views import CreditView
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.merged import merged_ids


def credits_of(desk: Desk, customer: int) -> tuple[CreditView, ...]:
    """A customer's payments and credits up to today, newest first."""
    group = merged_ids(desk.book, [customer])
    return _views(
        desk, f"k.customer IN ({', '.join('?' * len(group))}) AND k.day <= ?", (*group, desk.today.isoformat())
    )


def suggested(desk: Desk, invoices: Sequence[int]) -> Money | None:
    """The whole open sum of some invoices of one currency; None when they have several or nothing is open."""
    marks = ", ".join("?" * len(invoices))
    rows = desk.book.rows(
        f"SELECT currency, sum(open) FROM invoice WHERE id IN ({marks}) GROUP BY 1 HAVING sum(open) > 0",
        tuple(invoices),
    )
    return Money(rows[0][1], rows[0][0]) if len(rows) == 1 else None


def _views(desk: Desk, condition: str, values: Sequence[object]) -> tuple[CreditView, ...]:
    rows = desk.book.rows(
        f"""
        SELECT k.id, k.kind, k.day, k.total, k.free, k.currency, k.reference, k.note,
          (SELECT group_concat(number, char(31)) FROM (SELECT i.number FROM allocation a
            JOIN invoice i ON i.id = a.invoice
            WHERE a.credit = k.id AND i.kind <> 'refund' GROUP BY i.id HAVING sum(a.amount) > 0 ORDER BY min(a.id)))
        FROM credit k WHERE k.void_act IS NULL AND {condition} ORDER BY k.day DESC, k.id DESC""",
        values,
    )
    return tuple(
        CreditView(
            r[0],
            r[1],
            date.fromisoformat(r[2]),
            Money(r[3], r[5]),
            Money(r[4], r[5]),
            r[5],
            r[6],
            r[7],
            tuple(r[8].split("\x1f")) if r[8] else (),
        )
        for r in rows
    )


def credit_view(desk: Desk, credit: int) -> CreditView:
    """One payment or credit. Refuses (`no_credit`) one that there is not."""
    found = _views(desk, "k.id = ?", (credit,))
    if not found:
        raise ArtermError(
            "no_credit", f"There is no payment or credit #{credit}.", "credit", "See them with: arterm show CUSTOMER"
        )
    return found[0]
