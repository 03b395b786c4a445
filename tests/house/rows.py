"""A row in every table of the book, made by hand: what no demo holds is here too. Each in an act of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import BlobField, ForeignKeyField, IntegerField, TextField

from arterm.desk.session import Desk
from arterm.rules.ladder import to_text
from arterm.rules.ladders import SHIPPED, STANDARD
from arterm.store.catalogue import JOURNALLED
from arterm.store.journal import UnitOfWork
from tests.conftest import TODAY

DAY = TODAY.isoformat()
# What a column must hold where the schema lets nothing else in; by table and column, or by column alone.
FITTING: dict[str, Any] = {
    "currency": "EUR",
    "instructed_currency": "GBP",
    "kind": "k",
    "channel": "call",
    "customer.kind": "business",
    "customer.country": "BE",
    "customer.merged_into": None,
    "contact.mail_state": "good",
    "contact.phone_state": "good",
    "invoice.kind": "invoice",
    "invoice.parent": None,
    "invoice.total": 5_000,
    "invoice.open": 5_000,
    "credit.kind": "receipt",
    "credit.total": 3_000,
    "credit.free": 3_000,
    "allocation.reverses": None,
    "allocation.restores": None,
    "allocation.amount": 700,
    "log.direction": "out",
    "log.outcome": "refuses",
    "log.corrects": None,
    "call_time.time": "10:30",
    "at": "2026-11-22T09:00:00+00:00",
    "attachment.owner": "customer",
    "notice.state": "issued",
    "charge.kind": "interest",
    "plan_charge.kind": "interest",
    "dispute.outcome": "upheld",
    "ladder.steps": to_text(SHIPPED[STANDARD].steps),
    "ladder_choice.invoice": None,
    "terms.costs_clause": 1,
    "plan.accepted": None,
    "plan.origin": "agreed",
    "plan.every": "month",
    "plan.surplus": "end",
    "plan.accelerate": 1,
    "plan.interest": 1,
    "plan.to_sign": 1,
    "offer.kind": "extend",
    "offer.interest": 1,
    "offer.work": 1,
    "statement_line.returned": 1,
    "statement_line.state": "booked",
    "outbox.state": "planned",
    "outbox_part.document": None,
    "inbox.kind": "reply",
    "inbox.state": "new",
    "mail_run.state": "done",
    "alert.kind": "ignored",
    "credit_check.result": "good",
    "partner.kind": "agency",
    "partner.model": "flat",
    "partner.undisputed": 1,
    "partner.recourse": 1,
    "partner_review.stars": 4,
    "handover.kind": "collection",
    "handover.recourse": 1,
    "handover.agreed": 1,
    "handover_report.by_customer": 1,
    "erasure.books_kept": 1,
}
NAMED = {"attachment.owner_id": "customer", "alert.row": "notice"}
DAYS = frozenset(
    """accepted again archived booked cancelled closed day deadline declined due ended expires follow_up issued
    lapses lifted looked made meets offered opened original_due proposed returned since start target until
    value_day began""".split()  # noqa: SIM905 - easier to read
)


@contextmanager
def bare_act(desk: Desk) -> Iterator[UnitOfWork]:
    """An act about nobody, that refreshes no cache: rows by hand need not make a sensible story."""
    with desk.book.writing():
        work = UnitOfWork(desk.book.connection, "import", desk.today, desk.book.now(), "els", None, None)
        yield work
        work.write()


@dataclass
class Rows:
    """The numbers of the rows by table, the acts that made them, and whose cases each act moved."""

    made: dict[str, int] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    touched: dict[str, set[int]] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)


def a_row_in_every_table(desk: Desk) -> Rows:
    """Make the rows in the order in which they name each other."""
    rows = Rows()
    for table in in_order():
        model = JOURNALLED[table]
        values = {"id": 100 + len(rows.made)} | {  # no two tables have the same number
            name: _value(rows, table, name, one)
            for name, one in model._meta.fields.items()
            if name not in ("id", "act", "version", "void_act")
        }
        with bare_act(desk) as work:
            rows.made[table] = work.insert(model, **values)
        rows.acts[table], rows.values[table] = work.id, values
        rows.touched[table] = work.touched
    return rows


def another(desk: Desk, rows: Rows, table: str, **other: Any) -> tuple[int, int]:
    """One more row of a table, that differs in some columns; its number, and the act that made it."""
    held = {name: value for name, value in rows.values[table].items() if name != "id"}
    with bare_act(desk) as work:
        return work.insert(JOURNALLED[table], **held | other), work.id


def _value(rows: Rows, table: str, name: str, one: Any) -> Any:
    if f"{table}.{name}" in NAMED:
        return rows.made[NAMED[f"{table}.{name}"]]
    if f"{table}.{name}" in FITTING:
        return FITTING[f"{table}.{name}"]
    if isinstance(one, ForeignKeyField):
        return rows.made[one.rel_model._meta.table_name]
    if name in FITTING:
        return FITTING[name]
    if isinstance(one, BlobField):
        return f"{table} {name}".encode()
    if isinstance(one, TextField):
        return DAY if name in DAYS else f"{table} {name}"
    assert isinstance(one, IntegerField)
    return 7


def in_order() -> list[str]:
    """The tables of the journal, each after those that its rows name."""
    done: list[str] = []
    left = dict(JOURNALLED)
    while left:
        for table, model in list(left.items()):
            named = {
                one.rel_model._meta.table_name
                for name, one in model._meta.fields.items()
                if isinstance(one, ForeignKeyField) and f"{table}.{name}" not in FITTING
            }
            named |= {NAMED[f"{table}.{name}"] for name in model._meta.fields if f"{table}.{name}" in NAMED}
            if not (named - {table, "act"}) & left.keys():
                done.append(table)
                del left[table]
    return done
