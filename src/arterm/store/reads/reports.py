"""Sums over the whole book that reports are made of: sales, what took money off invoices, what followed on chasing.

They are grouped and go over every invoice of a currency: SQL text, but for names and the like. Amounts are in minor
units throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.store.book import Book
from arterm.store.models.book import Customer
from arterm.store.sql import marks

_AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class Account:
    """An account that was ever used: a customer, as now known, and a currency."""

    customer: int
    name: str
    currency: str


@dataclass(frozen=True, slots=True)
class DisputeReason:
    """How many disputes there were for a reason, what they came to, how many are settled."""

    reason: str
    count: int
    amount: int
    settled: int


@dataclass(frozen=True, slots=True)
class Deed:
    """An invoice that was written or spoken about on a day, what is open on it now, and whose it is, as now known.

    `kind` is that of the letter or how the talk came out, `by` the channel; `step` that of the ladder, or 0.
    """

    kind: str
    by: str
    step: int
    day: date
    invoice: int
    customer: int
    debtor: str
    open: int


@dataclass(frozen=True, slots=True)
class Came:
    """What took something off an invoice on a day; `is_money`: it was paid. What was taken back is negative."""

    invoice: int
    day: date
    amount: int
    is_money: bool


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs and interest that were charged, and what was let go and paid of them."""

    charged: int
    waived: int
    recovered: int


def names(book: Book) -> dict[int, str]:
    """What every customer is called who was not merged into another."""
    query = Customer.select(Customer.id, Customer.name).where(
        Customer.merged_into.is_null(), Customer.void_act.is_null()
    )
    return dict(book.rows(*query.sql()))


def accounts(book: Book) -> list[Account]:
    """Every account that was ever used, by customer and currency."""
    return book.records(
        Account,
        """
        SELECT DISTINCT c.customer, c.name, used.currency FROM (
            SELECT customer, currency FROM live_invoice UNION SELECT customer, currency FROM live_credit
        ) AS used JOIN customer_now c ON c.id = used.customer JOIN live_customer l ON l.id = c.customer
        ORDER BY c.customer, used.currency""",
    )


def other_currencies(book: Book, currency: str) -> list[str]:
    """The other currencies in which something is open."""
    return book.column("SELECT DISTINCT currency FROM board_case WHERE currency <> ? ORDER BY currency", (currency,))


def disputes(
    book: Book, currency: str, first: date, last: date, customers: Sequence[int] | None = None
) -> list[DisputeReason]:
    """Disputes that were opened from day to day by reason, the largest sum first; of some customers or all."""
    whose = f"AND i.customer IN ({marks(customers)})" if customers is not None else ""
    return book.records(
        DisputeReason,
        f"""
        SELECT d.reason, count(*), sum(d.amount) AS amount,
            sum(CASE WHEN d.closed IS NOT NULL AND d.closed <= ? THEN 1 ELSE 0 END)
        FROM live_dispute d JOIN invoice i ON i.id = d.invoice
        WHERE i.currency = ? AND d.opened BETWEEN ? AND ? {whose} GROUP BY d.reason ORDER BY amount DESC""",
        (last.isoformat(), currency, first.isoformat(), last.isoformat(), *(customers or ())),
    )


def sales(book: Book, currency: str, first: date, last: date) -> int:
    """Invoiced less credited from day to day, both included."""
    values = {"currency": currency, "first": first.isoformat(), "last": last.isoformat()}
    return int(
        book.value(
            """
            SELECT (
                SELECT coalesce(sum(total), 0) FROM live_invoice
                WHERE kind = 'invoice' AND currency = :currency AND issued BETWEEN :first AND :last
            ) - (
                SELECT coalesce(sum(total), 0) FROM live_credit
                WHERE kind = 'credit_note' AND currency = :currency AND day BETWEEN :first AND :last)""",
            values,
        )
    )


_DEBTS = "i.total > 0 AND i.kind NOT IN ('charge', 'refund')"
# A payment of before an invoice counts on the invoice's day.
_COUNTED_ON = "CASE WHEN a.value_day > i.issued THEN a.value_day ELSE i.issued END"


def invoiced(book: Book, currency: str, after: date, last: date) -> int:
    """What was invoiced after a day up to another."""
    return int(
        book.value(
            f"""
            SELECT coalesce(sum(i.total), 0) FROM live_invoice i
            WHERE {_DEBTS} AND i.currency = ? AND i.issued > ? AND i.issued <= ?""",
            (currency, after.isoformat(), last.isoformat()),
        )
    )


def taken_off(book: Book, currency: str, after: date, last: date) -> dict[str, int]:
    """What took money off invoices after a day up to another, by kind of credit."""
    return dict(
        book.rows(
            f"""
            SELECT k.kind, sum(a.amount)
            FROM allocation a JOIN credit k ON k.id = a.credit JOIN live_invoice i ON i.id = a.invoice
            WHERE {_DEBTS} AND i.currency = ? AND i.issued <= ? AND {_COUNTED_ON} > ? AND a.value_day <= ?
            GROUP BY k.kind""",
            (currency, last.isoformat(), after.isoformat(), last.isoformat()),
        )
    )


def invoiced_by_month(book: Book, currency: str, last: date) -> dict[str, int]:
    """What was invoiced up to a day, by month (YYYY-MM)."""
    return dict(
        book.rows(
            f"""
            SELECT substr(i.issued, 1, 7), sum(i.total) FROM live_invoice i
            WHERE {_DEBTS} AND i.currency = ? AND i.issued <= ? GROUP BY 1""",
            (currency, last.isoformat()),
        )
    )


def settled_by_month(book: Book, currency: str, last: date) -> dict[str, int]:
    """What was taken off invoices up to a day, by month (YYYY-MM)."""
    return dict(
        book.rows(
            f"""
            SELECT substr({_COUNTED_ON}, 1, 7), sum(a.amount) FROM allocation a JOIN live_invoice i ON i.id = a.invoice
            WHERE {_DEBTS} AND i.currency = ? AND i.issued <= ? AND a.value_day <= ? GROUP BY 1""",
            (currency, last.isoformat(), last.isoformat()),
        )
    )


def credited_by_month(book: Book, currency: str, last: date) -> dict[str, int]:
    """Credit notes up to a day, by month (YYYY-MM)."""
    return dict(
        book.rows(
            """
            SELECT substr(day, 1, 7), sum(total) FROM live_credit
            WHERE kind = 'credit_note' AND currency = ? AND day <= ? GROUP BY 1""",
            (currency, last.isoformat()),
        )
    )


def is_anything_sold(book: Book) -> bool:
    """Whether a claim was ever sold."""
    return book.value("SELECT 1 FROM live_handover WHERE kind = 'sale' LIMIT 1") is not None


def letters(book: Book, currency: str, first: date, last: date) -> list[Deed]:
    """Invoices that letters which went out from day to day were about."""
    lines = "SELECT notice, invoice FROM notice_line UNION ALL SELECT notice, invoice FROM letter_line"
    what = f"""
        SELECT coalesce(t.kind, 'reminder') AS kind, n.channel AS channel, 0 AS step, n.issued AS day,
            l.invoice AS invoice
        FROM live_notice n JOIN ({lines}) AS l ON l.notice = n.id LEFT JOIN letter t ON t.notice = n.id
        WHERE n.state = 'issued'"""
    return _deeds(book, what, currency, first, last)


def steps(book: Book, currency: str, first: date, last: date) -> list[Deed]:
    """Invoices whose ladder took a step from day to day, by a letter or otherwise."""
    what = """
        SELECT '' AS kind, '' AS channel, l.step AS step, n.issued AS day, l.invoice AS invoice
        FROM live_notice n JOIN notice_line l ON l.notice = n.id WHERE n.state = 'issued' AND l.step > 0
        UNION ALL
        SELECT '', '', step, day, invoice FROM live_step_done"""
    return _deeds(book, what, currency, first, last)


def talks(book: Book, currency: str, first: date, last: date) -> list[Deed]:
    """Invoices that contacts from day to day were about."""
    what = """
        SELECT l.outcome AS kind, l.channel || CASE l.direction WHEN 'in' THEN ' in' ELSE '' END AS channel, 0 AS step,
            l.day AS day, x.invoice AS invoice
        FROM standing_log l JOIN log_line x ON x.log = l.id WHERE l.channel <> 'note'"""
    return _deeds(book, what, currency, first, last)


def _deeds(book: Book, what: str, currency: str, first: date, last: date) -> list[Deed]:
    # CROSS JOIN makes SQLite begin with what was done, of which there is less than of invoices.
    return book.records(
        Deed,
        f"""
        SELECT done.kind, done.channel, done.step, done.day, done.invoice, c.customer, c.kind, i.open
        FROM ({what}) AS done CROSS JOIN invoice i JOIN customer_now c ON c.id = i.customer
        WHERE i.id = done.invoice AND i.currency = ? AND done.day BETWEEN ? AND ?""",
        (currency, first.isoformat(), last.isoformat()),
    )


def came_since(book: Book, invoices: Sequence[int], first: date) -> list[Came]:
    """What was taken off some invoices from a day on, the oldest first."""
    found: list[Came] = []
    for n in range(0, len(invoices), _AT_ONCE):
        some = invoices[n : n + _AT_ONCE]
        found += book.records(
            Came,
            f"""
            SELECT a.invoice, a.value_day, a.amount, CASE WHEN k.kind IN ('receipt', 'reported') THEN 1 ELSE 0 END
            FROM allocation a JOIN credit k ON k.id = a.credit
            WHERE a.invoice IN ({marks(some)}) AND a.value_day >= ? ORDER BY a.invoice, a.value_day""",
            (*some, first.isoformat()),
        )
    return found


def costs(book: Book, currency: str, first: date, last: date) -> Costs:
    """What was charged from day to day, and what became of that by the last one."""
    found = book.record(
        Costs,
        """
        SELECT
            (SELECT coalesce(sum(i.total), 0) FROM live_invoice i
                WHERE i.kind = 'charge' AND i.currency = :currency AND i.issued BETWEEN :first AND :last),
            coalesce(sum(CASE WHEN k.kind IN ('receipt', 'reported') THEN 0 ELSE a.amount END), 0),
            coalesce(sum(CASE WHEN k.kind IN ('receipt', 'reported') THEN a.amount ELSE 0 END), 0)
        FROM live_invoice i JOIN allocation a ON a.invoice = i.id JOIN credit k ON k.id = a.credit
        WHERE i.kind = 'charge' AND i.currency = :currency AND i.issued BETWEEN :first AND :last
        AND a.value_day <= :last""",
        {"currency": currency, "first": first.isoformat(), "last": last.isoformat()},
    )
    assert found is not None
    return found
