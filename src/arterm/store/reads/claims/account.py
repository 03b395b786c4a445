"""What a debtor owes, as it was booked: every debt and every amount that settled some of it, up to a day.

Read whole, for a customer and those merged into them: two questions however many invoices there are. SQL: unions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class AccountDebt:
    """A debt (minor units): an invoice, or a charge beside it. `part` is principal, or the kind of charge; `notice` the
    letter that asked, 0 for none, and `law` what it rests on.
    """

    id: int
    invoice: int
    part: str
    number: str
    currency: str
    issued: date
    due: date
    total: int
    law: str
    notice: int


@dataclass(frozen=True, slots=True)
class SettledDebt:
    """What settled some of a debt (minor units; negative where it was taken back): the kind of credit, its reference
    and note.
    """

    debt: int
    day: date
    amount: int
    kind: str
    credit: int
    reference: str
    note: str


def debts(book: Book, customers: Sequence[int], until: date) -> list[AccountDebt]:
    """Every debt of some customers up to a day: invoices, then the charges beside them, the oldest first."""
    theirs = marks(customers)
    return book.records(
        AccountDebt,
        f"""
        SELECT * FROM (
            SELECT i.id AS id, i.id AS invoice, 'principal' AS part, i.number AS number, i.currency AS currency,
                i.issued AS issued, i.due AS due, i.total AS total, '' AS law, 0 AS notice
            FROM live_invoice i WHERE i.customer IN ({theirs}) AND i.kind <> 'charge' AND i.issued <= ?
            UNION ALL
            SELECT i.id, h.invoice, h.kind, i.number, i.currency, i.issued, i.due, i.total, h.law, h.notice
            FROM live_charge h JOIN live_invoice i ON i.id = h.debit
            WHERE i.customer IN ({theirs}) AND i.issued <= ?
            UNION ALL
            SELECT i.id, h.invoice, h.kind, i.number, i.currency, i.issued, i.due, i.total, h.law, 0
            FROM live_plan_charge h JOIN live_invoice i ON i.id = h.debit
            WHERE i.customer IN ({theirs}) AND i.issued <= ?
        ) AS debts ORDER BY issued, id""",
        (*customers, until.isoformat()) * 3,
    )


def settled(book: Book, customers: Sequence[int], until: date) -> list[SettledDebt]:
    """Everything that settled a debt of some customers by a day, in the order of its value days."""
    return book.records(
        SettledDebt,
        f"""
        SELECT a.invoice, a.value_day, a.amount, k.kind, k.id, k.reference, k.note
        FROM allocation a JOIN live_invoice i ON i.id = a.invoice JOIN credit k ON k.id = a.credit
        WHERE i.customer IN ({marks(customers)}) AND a.value_day <= ? AND i.issued <= ?
        ORDER BY a.value_day, a.id""",
        (*customers, until.isoformat(), until.isoformat()),
    )
