"""Taking an act back: facts get their earlier image, made rows are voided, allocations get a negative row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arterm.rules.errors import ArtermError, Stale
from arterm.store.catalogue import JOURNALLED, TABLES
from arterm.store.journal import UnitOfWork
from arterm.store.models.book import Allocation
from arterm.store.models.letters import Notice
from arterm.store.records import load


@dataclass(frozen=True, slots=True)
class LiveAllocation:
    """An allocation that stands, and the invoice it is on."""

    id: int
    invoice: int
    invoice_kind: str


def undo_act(work: UnitOfWork, act: int) -> None:
    """Within an undoing act, reverse every change of `act`, last change first.

    Raises ArtermError `erased` when the act's payload has been erased, Stale when a row has moved on since.
    """
    work.undoes = act
    query = "SELECT kind, rows, row, before, after, salt FROM change WHERE act = ? ORDER BY n DESC"
    for kind, table, row, before, after, salt in work.connection.execute(query, (act,)).fetchall():
        if salt is None:
            raise ArtermError("erased.act")
        if kind == "bulk":
            _take_back_bulk(work, table, act)
        elif kind == "insert":
            _take_back_insert(work, table, row, json.loads(after))
        else:
            _restore(work, table, row, json.loads(before), json.loads(after))


def _take_back_insert(work: UnitOfWork, table: str, row: int, image: dict[str, Any]) -> None:
    if table == "allocation":
        _take_back_allocation(work, row)
    elif table == "notice" and _was_issued(work, row):
        work.update(Notice, row, state="withdrawn")
    elif _taken_back(table):
        work.void(JOURNALLED[table], row)


def _taken_back(table: str) -> bool:
    """Whether rows of a table are marked void; others go with the row that they hang on, or stand."""
    return not TABLES[table].goes_with and not TABLES[table].stands


def _restore(work: UnitOfWork, table: str, row: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Give a fact its earlier image; what an undone act did in between has been given back already."""
    changed = [name for name in before if name not in ("id", "version") and before[name] != after[name]]
    now = work.image(table, row)
    issued = table == "notice" and after["state"] == "issued"
    if any(now[name] != after[name] for name in changed):
        raise Stale(f"This {table}")
    values = {name: before[name] for name in changed}
    work.update(JOURNALLED[table], row, **(values | {"state": "withdrawn"} if issued else values))


def _was_issued(work: UnitOfWork, notice: int) -> bool:
    found = work.connection.execute("SELECT after FROM change WHERE rows = 'notice' AND row = ?", (notice,)).fetchall()
    return any(json.loads(after)["state"] == "issued" for (after,) in found)


def _take_back_bulk(work: UnitOfWork, table: str, act: int) -> None:
    if table == "allocation":
        alone = (
            "SELECT row FROM change WHERE act = :act AND kind = 'insert' AND rows = 'allocation'"  # with own changes
        )
        query = f"FROM allocation WHERE act = :act AND id NOT IN ({alone}) ORDER BY id"
        made = work.connection.execute(f"SELECT id {query}", {"act": act}).fetchall()
        standing = {row for (row,) in made} - _reversed(work, act)
        columns = ("credit", "invoice", "amount", "value_day", "reverses")
        rows = work.connection.execute(
            f"SELECT credit, invoice, -amount, value_day, id {query}", {"act": act}
        ).fetchall()
        work.insert_many(Allocation, columns, [row for row in rows if row[4] in standing])
        for (row,) in made:
            if row not in standing:
                _take_back_allocation(work, row)
    elif _taken_back(table):
        work.void_made_by(JOURNALLED[table], act)


def _reversed(work: UnitOfWork, act: int) -> set[int]:
    query = "SELECT o.id FROM allocation o JOIN allocation r ON r.reverses = o.id WHERE o.act = ?"
    return {row for (row,) in work.connection.execute(query, (act,))}


def _take_back_allocation(work: UnitOfWork, row: int) -> None:
    """Take one allocation back, or a reversal: then the allocation stands again as a fresh row that restores the first.

    Where an allocation was reversed and stands again, the row that stands is the one taken back.
    """
    query = "SELECT credit, invoice, amount, value_day, reverses, restores FROM allocation WHERE id = ?"
    credit, invoice, amount, day, reverses, restores = work.connection.execute(query, (row,)).fetchone()
    if amount < 0:
        *_, earlier = work.connection.execute(query, (reverses,)).fetchone()
        work.insert(
            Allocation, credit=credit, invoice=invoice, amount=-amount, value_day=day, restores=earlier or reverses
        )
        return
    live = work.connection.execute(
        "SELECT id FROM allocation WHERE (id = :first OR restores = :first)"
        " AND id NOT IN (SELECT reverses FROM allocation WHERE reverses IS NOT NULL) ORDER BY id DESC",
        {"first": restores or row},
    ).fetchone()
    if live is None:
        raise Stale("This payment")
    work.insert(Allocation, credit=credit, invoice=invoice, amount=-amount, value_day=day, reverses=live[0])


def reverse_allocation(work: UnitOfWork, allocation: int, value_day: str = "") -> None:
    """Add the negative row that takes an allocation back: on that day, but never before it was first made."""
    credit, invoice, amount, first = work.connection.execute(
        "SELECT a.credit, a.invoice, a.amount, coalesce(r.value_day, a.value_day) FROM allocation a"
        " LEFT JOIN allocation r ON r.id = a.restores WHERE a.id = ?",
        (allocation,),
    ).fetchone()
    day = max(first, value_day)
    work.insert(Allocation, credit=credit, invoice=invoice, amount=-amount, value_day=day, reverses=allocation)


def live_allocations(work: UnitOfWork, credit: int) -> list[LiveAllocation]:
    """A credit's allocations that have not been taken back."""
    rows = work.connection.execute(
        "SELECT a.id, a.invoice, i.kind FROM allocation a JOIN invoice i ON i.id = a.invoice WHERE a.credit = ? AND"
        " a.amount > 0 AND a.id NOT IN (SELECT reverses FROM allocation WHERE reverses IS NOT NULL) ORDER BY a.id",
        (credit,),
    )
    return load(LiveAllocation, rows)
