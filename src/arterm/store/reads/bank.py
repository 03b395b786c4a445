"""What the bank told: lines of statements, payments they may be, debts they may be for.

Matching asks for every open debt and for every receipt of a statement, so its questions are SQL text; so are those that
go over four tables. What is asked once at a key press is a Peewee query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.rules.match_index import DebtToMatch
from arterm.rules.states import ReceiptState
from arterm.store.book import Book
from arterm.store.models.bank import PayerAccount, StatementLine
from arterm.store.models.book import Credit, Invoice
from arterm.store.sql import marks


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a statement; `amount` in minor units, negative for money out; `credit` the payment it was booked as."""

    id: int
    day: date
    booked: date
    amount: int
    currency: str
    payer: str
    account: str
    reference: str
    text: str
    returned: bool
    state: ReceiptState
    credit: int | None
    note: str


@dataclass(frozen=True, slots=True)
class PayerBankFacts:
    """What the payer's bank said of a line: charges kept on the way, what was sent in which currency, its reference."""

    charges: int
    instructed: int
    instructed_currency: str
    end_to_end: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many lines wait in a currency, and what they come to (minor units)."""

    currency: str
    lines: int
    total: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A structured reference that a letter asked for, and an invoice that it stands for."""

    reference: str
    invoice: int


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose account it is; the customer as it was when that was learned."""

    id: int
    customer: int


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A booked line that money going back may take back."""

    credit: int
    end_to_end: str
    account: str


@dataclass(frozen=True, slots=True)
class Told:
    """Day and sum of a line that came in before (minor units)."""

    booked: date
    amount: int


_LINE = """
    SELECT id, day, booked, amount, currency, payer, account, reference, text, returned, state, credit, note
    FROM live_statement_line"""


def newest_day(book: Book, until: date) -> date | None:
    """The newest day that a statement tells of, up to that one; None where none was brought in."""
    found = book.value(
        """
        SELECT max(d) FROM (
            SELECT max(booked) AS d FROM live_statement_line WHERE booked <= :day
            UNION ALL
            SELECT max(until) FROM live_statement WHERE until <= :day
        ) AS days""",
        {"day": until.isoformat()},
    )
    return date.fromisoformat(found) if found else None


def waiting(book: Book, until: date) -> list[Waiting]:
    """What waits to be matched, by currency."""
    return book.records(
        Waiting,
        """
        SELECT currency, count(*), sum(amount) FROM live_statement_line
        WHERE state = 'waiting' AND booked <= ?
        GROUP BY currency ORDER BY currency""",
        (until.isoformat(),),
    )


def lines(book: Book, states: Sequence[str], until: date, limit: int) -> list[BankLine]:
    """Lines in these states, the oldest first."""
    return book.records(
        BankLine,
        f"{_LINE} WHERE state IN ({marks(states)}) AND booked <= ? ORDER BY booked, id LIMIT ?",
        (*states, until.isoformat(), limit),
    )


def line(book: Book, row: int) -> BankLine | None:
    """One line; None where there is none of that number."""
    return book.record(BankLine, f"{_LINE} WHERE id = ?", (row,))


def sent(book: Book, line: int) -> PayerBankFacts:
    """What the payer's bank said of a line."""
    found = book.record(
        PayerBankFacts,
        "SELECT charges, instructed, instructed_currency, end_to_end FROM statement_line WHERE id = ?",
        (line,),
    )
    assert found is not None
    return found


def is_taken(book: Book, digest: str, occurrence: int) -> bool:
    """Whether the book has this very line."""
    query = "SELECT 1 FROM live_statement_line WHERE hash = ? AND occurrence = ?"
    return book.value(query, (digest, occurrence)) is not None


def has_statement(
    book: Book, form: str, account: str, currency: str, number: str, until: str | None, closing: int | None
) -> bool:
    """Whether the book has this very statement; `closing` in minor units."""
    query = """
        SELECT 1 FROM live_statement WHERE form = ? AND account = ? AND currency = ? AND number = ?
        AND coalesce(until, '') = ? AND (closing = ? OR (closing IS NULL AND CAST(? AS BIGINT) IS NULL))"""
    return book.value(query, (form, account, currency, number, until or "", closing, closing)) is not None


def told_otherwise(book: Book, form: str, account: str, currency: str, first: date, last: date) -> list[Told]:
    """Lines that came in for this account in other formats, between two days."""
    return book.records(
        Told,
        """
        SELECT l.booked, l.amount FROM live_statement_line l JOIN statement s ON s.id = l.statement
        WHERE s.form <> ? AND l.currency = ? AND (s.account = ? OR s.account = '' OR ? = '')
        AND l.booked BETWEEN ? AND ?""",
        (form, currency, account, account, first.isoformat(), last.isoformat()),
    )


def debts(book: Book, reported_since: date) -> list[DebtToMatch]:
    """Every invoice that money may be for: open, or told as paid by an export since that day; its open charges beside
    it, the oldest first. The customer is the one now known (minor units).

    An index asks for all of them at every import of a statement: each row becomes what the index holds, once.
    """
    charges: dict[int, list[tuple[int, int]]] = {}
    for invoice, charge, left in book.rows(
        "SELECT parent, id, open FROM live_invoice WHERE kind = 'charge' AND open > 0 ORDER BY id"
    ):
        charges.setdefault(invoice, []).append((charge, left))
    rows = book.rows(
        """
        SELECT i.id, i.number, c.customer, c.folded, i.open, i.currency, i.due, i.reference,
            coalesce((SELECT sum(a.amount) FROM allocation a JOIN live_credit k ON k.id = a.credit
                WHERE a.invoice = i.id AND k.kind = 'reported'), 0)
        FROM live_invoice i JOIN customer_now c ON c.id = i.customer
        WHERE i.kind IN ('invoice', 'carried') AND (i.open > 0 OR EXISTS (
            SELECT 1 FROM allocation a JOIN live_credit k ON k.id = a.credit
            WHERE a.invoice = i.id AND k.kind = 'reported' AND k.day >= ?))""",
        (reported_since.isoformat(),),
    )
    day = date.fromisoformat
    return [
        DebtToMatch(row, number, customer, name, left, currency, day(due), reference, told, tuple(charges.get(row, ())))
        for row, number, customer, name, left, currency, due, reference, told in rows
    ]


def open_charges_of(book: Book, invoice: int) -> list[int]:
    """The open charges of one invoice."""
    return book.column(
        Invoice.select(Invoice.id)
        .where(Invoice.parent == invoice, Invoice.kind == "charge", Invoice.open > 0, Invoice.void_act.is_null())
        .order_by(Invoice.id)
    )


def quoted(book: Book) -> list[Quoted]:
    """Structured references of letters that were not withdrawn, with the invoices each stands for."""
    return book.records(
        Quoted,
        """
        SELECT t.coded, l.invoice FROM letter t
        JOIN notice n ON n.id = t.notice JOIN notice_line l ON l.notice = n.id
        WHERE t.coded <> '' AND n.state <> 'withdrawn'
        UNION
        SELECT t.coded, l.invoice FROM letter t
        JOIN notice n ON n.id = t.notice JOIN letter_line l ON l.notice = n.id
        WHERE t.coded <> '' AND n.state <> 'withdrawn'""",
    )


def payers(book: Book) -> dict[str, int]:
    """Accounts that payments came from, and whose each is, as now known."""
    return dict(
        book.rows("SELECT p.account, c.customer FROM live_payer_account p JOIN customer_now c ON c.id = p.customer")
    )


def payer(book: Book, account: str) -> Payer | None:
    """Whose account it is."""
    return book.record(Payer, "SELECT id, customer FROM live_payer_account WHERE account = ?", (account,))


def wrong_invoices(book: Book, line: int) -> frozenset[int]:
    """Invoices of which somebody said that this line is not for them."""
    return frozenset(book.column("SELECT invoice FROM live_mismatch WHERE line = ?", (line,)))


def written_off_with(book: Book, credit: int, line: int) -> list[int]:
    """What was written off as a small difference by the act that booked this line as a credit."""
    act = Credit.select(Credit.act).where(Credit.id == credit)
    return book.column(
        Credit.select(Credit.id).where(
            Credit.act == act,
            Credit.kind == "write_off",
            Credit.reference == f"receipt {line}",
            Credit.void_act.is_null(),
        )
    )


def learned_payer(book: Book, account: str, customer: int) -> int | None:
    """The note that this account is this customer's."""
    found: int | None = book.value(
        PayerAccount.select(PayerAccount.id).where(
            PayerAccount.account == account, PayerAccount.customer == customer, PayerAccount.void_act.is_null()
        )
    )
    return found


def is_booked_elsewhere(book: Book, account: str, line: int) -> bool:
    """Whether another line of this account is booked."""
    query = StatementLine.select(StatementLine.id).where(
        StatementLine.account == account,
        StatementLine.state == "booked",
        StatementLine.id != line,
        StatementLine.void_act.is_null(),
    )
    return book.value(query.limit(1)) is not None


def reported_credits(book: Book, invoice: int) -> list[int]:
    """Credits that an export told of and that settle something of an invoice."""
    return book.column(
        """
        SELECT DISTINCT k.id FROM allocation a JOIN live_credit k ON k.id = a.credit
        WHERE a.invoice = ? AND k.kind = 'reported'""",
        (invoice,),
    )


def reported_twin(book: Book, customer: int, currency: str, total: int, first: date, last: date) -> int | None:
    """A payment without an invoice that an export told of: same sum (minor units), between two days, all of it free."""
    found: int | None = book.value(
        """
        SELECT id FROM live_credit WHERE customer = ? AND currency = ? AND total = ? AND free = total
        AND kind = 'reported' AND day BETWEEN ? AND ? ORDER BY id""",
        (customer, currency, total, first.isoformat(), last.isoformat()),
    )
    return found


def returnable(book: Book, amount: int, currency: str, first: date, last: date) -> list[BookedLine]:
    """Booked lines of that sum (minor units) between two days that were not given back, the newest first."""
    return book.records(
        BookedLine,
        """
        SELECT l.credit, l.end_to_end, l.account FROM live_statement_line l JOIN live_credit k ON k.id = l.credit
        WHERE l.state = 'booked' AND l.amount = ? AND l.currency = ? AND l.booked BETWEEN ? AND ?
        AND NOT EXISTS (SELECT 1 FROM allocation a JOIN live_invoice i ON i.id = a.invoice
            WHERE a.credit = l.credit AND i.kind = 'refund')
        ORDER BY l.booked DESC, l.id DESC""",
        (amount, currency, first.isoformat(), last.isoformat()),
    )
