"""The bank as the book knows it: how fresh the newest statement is, what waits to be matched, what became of each
line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arterm.desk import acts
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.states import ReceiptState
from arterm.rules.text import clean_note
from arterm.store.models.bank import StatementLine
from arterm.store.reads import bank as reads

STALE = 7  # days after which a statement is old news


@dataclass(frozen=True, slots=True)
class BankState:
    """How old the newest statement is, and what waits. `newest` is None where none was ever brought in."""

    newest: date | None
    days: int | None
    waiting: int
    amounts: tuple[Money, ...]

    @property
    def words(self) -> str:
        """In one line; empty where there is nothing to say."""
        parts = []
        if self.newest is not None and self.days is not None:
            parts.append(
                message("bank.lines.bank_today") if self.days <= 0 else message("bank.lines.bank_old", days=self.days)
            )
        if self.waiting:
            parts.append(message("bank.lines.match", receipts=self.waiting))
        return ", ".join(parts)

    @property
    def short(self) -> str:
        """The most pressing of it in some ten columns; empty where nothing presses."""
        if self.waiting:
            return message("bank.lines.waiting", waiting=self.waiting)
        return message("bank.lines.bank_d", days=self.days) if self.warning else ""

    @property
    def warning(self) -> str:
        """What to see to before anybody is chased; empty where all is fresh."""
        if self.newest is None:
            return ""
        said = []
        if self.days is not None and self.days > STALE:
            said.append(message("bank.lines.statement_old", newest=in_words(self.newest), days=self.days))
        if self.waiting:
            said.append(
                message(
                    "bank.lines.to_be_matched",
                    receipts=self.waiting,
                    amounts=", ".join(str(one) for one in self.amounts),
                    wait="waits" if self.waiting == 1 else "wait",
                )
            )
        return message("bank.lines.before_you_chase", said=" and ".join(said)) if said else ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a statement: money in (or back, negative), what the bank says of it, and what became of it."""

    id: int
    day: date
    booked: date
    amount: Money
    currency: str
    payer: str
    account: str
    reference: str
    text: str
    returned: bool
    state: ReceiptState
    credit: int
    note: str

    @property
    def words(self) -> str:
        """Everything in words that a person reads."""
        return " ".join(part for part in (self.reference, self.text) if part)


def bank_state(desk: Desk) -> BankState:
    """How fresh the bank is as of today."""

    def ask() -> BankState:
        newest, waits = reads.newest_day(desk.book, desk.today), reads.waiting(desk.book, desk.today)
        return BankState(
            newest,
            (desk.today - newest).days if newest else None,
            sum(one.lines for one in waits),
            tuple(Money(one.total, one.currency) for one in waits),
        )

    return desk.remember("bank", ask)


def lines(desk: Desk, states: Sequence[str] = ("waiting",), limit: int = 500) -> tuple[LineView, ...]:
    """Lines in these states, the oldest first."""
    return tuple(_view(one) for one in reads.lines(desk.book, states, desk.today, limit))


def line(desk: Desk, row: int) -> LineView:
    """One line. Refuses (`no_line`) one that there is not."""
    found = reads.line(desk.book, row)
    if found is None:
        raise ArtermError("no_line", "line", row=row)
    return _view(found)


def _view(one: reads.BankLine) -> LineView:
    return LineView(
        id=one.id,
        day=one.day,
        booked=one.booked,
        amount=Money(one.amount, one.currency),
        currency=one.currency,
        payer=one.payer,
        account=one.account,
        reference=one.reference,
        text=one.text,
        returned=one.returned,
        state=one.state,
        credit=one.credit or 0,
        note=one.note,
    )


def ignore(desk: Desk, row: int, note: str = "") -> Receipt:
    """Say that a line is no customer's money (a loan, a transfer of one's own). Refuses (`settled`) one that is
    settled.
    """
    held = line(desk, row)
    with desk.act(acts.BANK_IGNORE) as work:
        if line(desk, row).state != "waiting":
            raise ArtermError("settled.line_already", "line", row=row, state=held.state)
        work.update(StatementLine, row, state="ignored", note=clean_note(note, 400))
    return Receipt(
        message("receipts.bank.left_alone", amount=held.amount, booked=held.booked),
        work.id,
        (),
        row,
    )


def take_up(desk: Desk, row: int) -> Receipt:
    """Let a line wait again that was left alone."""
    held = line(desk, row)
    with desk.act(acts.BANK_IGNORE) as work:
        if line(desk, row).state != "ignored":
            raise ArtermError("settled.line", "line", row=row, state=held.state)
        work.update(StatementLine, row, state="waiting")
    return Receipt(message("receipts.bank.waits_again", row=row), work.id, (), row)
