"""Statements brought in: every line once, whatever file it comes in; pending and provisional ones never."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from arterm.desk.session import Desk
from arterm.formats.bank_records import Entry, Statement
from arterm.formats.records import Complaint
from arterm.rules.messages import message
from arterm.store.journal import UnitOfWork
from arterm.store.models.bank import Statement as StatementRow
from arterm.store.models.bank import StatementLine
from arterm.store.reads import bank as reads

_COLUMNS = (
    "statement",
    "day",
    "booked",
    "amount",
    "currency",
    "payer",
    "account",
    "reference",
    "text",
    "end_to_end",
    "bank_ref",
    "returned",
    "charges",
    "instructed",
    "instructed_currency",
    "hash",
    "occurrence",
    "state",
)


@dataclass(slots=True)
class BankIntake:
    """What statements add: their lines that are new; how many were known, and how many are money out."""

    new: list[tuple[Statement, list[tuple[Entry, str, int]]]] = field(default_factory=list)
    created: int = 0
    unchanged: int = 0
    outgoing: int = 0
    warnings: list[Complaint] = field(default_factory=list)


def compare(desk: Desk, statements: Sequence[Statement], seen: Counter[Any] | None = None) -> BankIntake:
    """Statements beside what the book has. Two equal payments of one day are two; the same file again is nothing new.

    A line that came in before in another format (same account, day and sum) is not taken twice. `seen` counts what
    earlier files of the same import bring.
    """
    found, counted = BankIntake(), Counter[str]()
    for statement in statements:
        if statement.interim:
            continue
        fresh: list[tuple[Entry, str, int]] = []
        others = _of_other_forms(desk, statement)
        for entry in statement.entries:
            if entry.amount < 0 and not entry.returned:
                found.outgoing += 1
                continue
            key = hash_of(statement, entry)
            counted[key] += 1
            if reads.is_taken(desk.book, key, counted[key]):
                found.unchanged += 1
                continue
            if seen is not None and seen[key] >= counted[key]:
                found.unchanged += 1
                continue
            twin = next(
                (one for one in ((entry.booked, entry.amount), (entry.day, entry.amount)) if others[one] > 0), None
            )
            if twin:
                others[twin] -= 1
                found.unchanged += 1
                found.warnings.append(
                    Complaint(
                        entry.line,
                        "entry",
                        entry.payer or entry.text[:40],
                        message("bank.statement_import.came_in_before"),
                    )
                )
                continue
            fresh.append((entry, key, counted[key]))
        found.created += len(fresh)
        if fresh or not _is_known(desk, statement):
            found.new.append((statement, fresh))
    if seen is not None:
        for key, n in counted.items():
            seen[key] = max(seen[key], n)
    return found


def _is_known(desk: Desk, statement: Statement) -> bool:
    """Whether the book has this very statement: how fresh the bank is follows from statements, also from those without
    money in.
    """
    return reads.has_statement(
        desk.book,
        statement.form,
        statement.account,
        statement.currency,
        statement.number,
        _until(statement),
        statement.closing,
    )


def hash_of(statement: Statement, entry: Entry) -> str:
    """What makes an entry the same one when it comes again in a file of its kind."""
    parts = (
        statement.form,
        statement.account,
        entry.booked.isoformat(),
        entry.day.isoformat(),
        str(entry.amount),
        entry.currency,
        entry.payer,
        entry.account,
        entry.reference,
        entry.text,
        entry.end_to_end,
        entry.bank_ref,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _of_other_forms(desk: Desk, statement: Statement) -> Counter[Any]:
    """(day, sum) of lines that came in for this account in other formats."""
    if not statement.entries:
        return Counter()
    first = min(min(one.booked, one.day) for one in statement.entries)
    last = max(max(one.booked, one.day) for one in statement.entries)
    told = reads.told_otherwise(desk.book, statement.form, statement.account, statement.currency, first, last)
    return Counter((one.booked, one.amount) for one in told)


def apply(work: UnitOfWork, intake: BankIntake) -> list[int]:
    """Write the new lines within an act; returns their ids."""
    made: list[int] = []
    for statement, fresh in intake.new:
        row = work.insert(
            StatementRow,
            form=statement.form,
            account=statement.account,
            currency=statement.currency,
            number=statement.number,
            opening=statement.opening,
            closing=statement.closing,
            until=_until(statement),
        )
        made += work.insert_many(
            StatementLine,
            _COLUMNS,
            [
                (
                    row,
                    one.day.isoformat(),
                    one.booked.isoformat(),
                    one.amount,
                    one.currency,
                    one.payer,
                    one.account,
                    one.reference,
                    one.text,
                    one.end_to_end,
                    one.bank_ref,
                    int(one.returned),
                    one.charges,
                    one.instructed,
                    one.instructed_currency,
                    key,
                    n,
                    "waiting",
                )
                for one, key, n in fresh
            ],
        )
    return made


def _until(statement: Statement) -> str | None:
    days = [entry.booked for entry in statement.entries] + ([statement.closing_day] if statement.closing_day else [])
    return max(days).isoformat() if days else None
