"""Everything as plain CSV and JSON, readable without arterm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arterm.desk.accounts import invoices
from arterm.desk.compromise.plans import plans_of
from arterm.desk.contacts.log import log_entries
from arterm.desk.contacts.views import LogView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.formats.csv_out import csv_bytes
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.store.files import replace_file
from arterm.store.reads.housekeeping import export as reads

_FOLDERS = {"document": ("letters", "pdf"), "attachment": ("attached", "bin")}  # and the ending of what is no PDF


def export(desk: Desk, folder: Path) -> Receipt:
    """Write every table as CSV and everything together as book.json, the letters and attached files beside them.

    Refuses (`not_empty`) a folder that holds anything else.
    """
    tables = {"invoices": list(_invoices(desk))}
    for one in reads.exported_tables():
        if one.name not in tables:
            tables[one.name] = reads.exported(desk.book, one.table)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / "book.json").is_file():
            raise ArtermError("not_empty", str(folder))
        for name, rows in tables.items():
            header = list(rows[0]) if rows else ["id"]
            body = [[_text(row[column]) for column in header] for row in rows]
            replace_file(folder / f"{name}.csv", csv_bytes([header, *body]))
        whole = {"as_of": desk.today.isoformat(), "currency": desk.currency, **tables}
        replace_file(folder / "book.json", json.dumps(whole, ensure_ascii=False, indent=1).encode())
        replace_file(folder / "follow-ups.ics", calendar(desk))
        files = _papers(desk, folder)
    except OSError as error:
        raise ArtermError("disk_error.export", str(folder), strerror=error.strerror or error) from None
    return Receipt(message("receipts.housekeeping.exported", tables=len(tables), files=files, folder=folder))


def calendar(desk: Desk) -> bytes:
    """Every follow-up, promised day and instalment still to come, as a calendar that other programs read."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//arterm//follow-ups//EN")
    made.add("version", "2.0")
    days = [
        (
            entry.id,
            "follow-up",
            entry.follow_up,
            message("housekeeping.export.look_again", customer=entry.customer),
            entry.note,
        )
        for entry in _newest_entries(desk)
    ]
    days += [
        (
            entry.id,
            "promise",
            entry.promised_for,
            message("housekeeping.export.promised", promised=str(entry.promised), customer=entry.customer),
            "",
        )
        for entry in log_entries(desk, limit=5000)
        if entry.promised
    ]
    days += [
        (
            plan.plan * 1000 + one.n,
            "instalment",
            one.due,
            message("housekeeping.export.instalment", n=one.n, amount=str(one.amount), customer=plan.customer),
            "",
        )
        for plan in plans_of(desk, states=("running",))
        for one in plan.instalments
        if one.state != "paid"
    ]
    for row, kind, day, words, note in days:
        if day and day >= desk.today:
            event = Event()
            event.add("uid", f"{kind}-{row}@arterm")
            event.add("dtstamp", desk.book.now())
            event.add("dtstart", day)
            event.add("summary", words)
            if note:
                event.add("description", note)
            made.add_component(event)
    return bytes(made.to_ical())


def _newest_entries(desk: Desk) -> list[LogView]:
    """The newest entry of each customer: only its follow-up still stands."""
    newest: dict[int, LogView] = {}
    for entry in log_entries(desk, limit=100_000):
        newest.setdefault(entry.customer_id, entry)
    return list(newest.values())


def _invoices(desk: Desk) -> Iterator[dict[str, Any]]:
    """Invoices as the desk sees them today; what is no question of the day follows from the row."""
    rows = {row["id"]: row for row in reads.exported(desk.book, "invoice")}
    for view in invoices.views(desk):
        yield {
            "id": view.id,
            "number": view.number,
            "kind": view.kind,
            "customer_id": view.customer_id,
            "customer": view.customer,
            "currency": view.currency,
            "issued": view.issued.isoformat(),
            "due": view.due.isoformat(),
            "original_due": view.original_due.isoformat(),
            "total": view.total.plain(),
            "paid": view.paid.plain(),
            "balance": view.balance.plain(),
            "settled": view.settled.isoformat() if view.settled else None,
            "days_late": view.days_late,
            "status": view.status,
            "step": view.step,
            "reference": view.reference,
            "note": view.note,
            "attachments": list(view.attachments),
            "parent_id": rows[view.id]["parent_id"],
            "basis": rows[view.id]["basis"],
        }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list) else str(value)


def _papers(desk: Desk, folder: Path) -> int:
    """Letters and attached files under names of our own: theirs could be anything."""
    written = 0
    for table in reads.paper_tables():
        name, ending = _FOLDERS[table]
        rows = reads.paper_rows(desk.book, table)
        if rows:
            (folder / name).mkdir(exist_ok=True)
        for row in rows:
            content = reads.paper(desk.book, table, row)
            suffix = "pdf" if content[:5] == b"%PDF-" else ending
            replace_file(folder / name / f"{table}-{row:06d}.{suffix}", content)
            written += 1
    return written
