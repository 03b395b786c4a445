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
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import plain
from arterm.rules.text import count
from arterm.store.files import replace_file

# File -> query; a column called `x:money` holds minor units of the row's `currency`.
_TABLES = {
    "customers": (
        "SELECT id, name, own_no, kind, country, language, street, postcode, city, vat_no, note, merged_into, archived"
        " FROM customer WHERE void_act IS NULL ORDER BY id"
    ),
    "contacts": (
        "SELECT t.id, t.customer AS customer_id, c.name AS customer, t.role, t.rank, t.name, t.mail, t.mail_state,"
        " t.phone, t.phone_state FROM contact t JOIN customer c ON c.id = t.customer WHERE t.void_act IS NULL ORDER BY"
        " t.id"
    ),
    "payments": (
        "SELECT k.id, k.customer AS customer_id, c.name AS customer, k.kind, k.day, k.currency, k.total AS"
        " 'total:money', k.free AS 'unallocated:money', k.reference, k.note FROM credit k JOIN customer c ON c.id ="
        " k.customer WHERE k.void_act IS NULL ORDER BY k.id"
    ),
    "allocations": (
        "SELECT a.id, a.credit AS payment_id, a.invoice AS invoice_id, i.number AS invoice, i.currency, a.amount AS"
        " 'amount:money', a.value_day, a.reverses FROM allocation a JOIN invoice i ON i.id = a.invoice ORDER BY a.id"
    ),
    "log": (
        "SELECT l.id, l.at, l.day, l.customer AS customer_id, c.name AS customer, l.direction, l.channel, l.outcome,"
        " l.reason, l.note, l.follow_up, l.corrects FROM log l JOIN customer c ON c.id = l.customer WHERE l.void_act IS"
        " NULL ORDER BY l.id"
    ),
    "promises": (
        "SELECT p.id, p.customer AS customer_id, c.name AS customer, p.made, p.day, p.currency, p.amount AS"
        " 'amount:money' FROM promise p JOIN customer c ON c.id = p.customer WHERE p.void_act IS NULL ORDER BY p.id"
    ),
    "notices": (
        "SELECT n.id, n.customer AS customer_id, c.name AS customer, n.state, n.step, n.channel, n.day, n.deadline,"
        " n.currency, d.name AS document, d.sha256 FROM notice n JOIN customer c ON c.id = n.customer LEFT JOIN"
        " document d ON d.id = n.document WHERE n.void_act IS NULL ORDER BY n.id"
    ),
    "plans": (
        "SELECT p.id, p.customer AS customer_id, c.name AS customer, p.currency, p.total AS 'total:money', p.origin,"
        " p.proposed, p.lapses, p.accepted, p.cancelled, p.why, p.every, p.grace, p.accelerate, p.surplus FROM plan p"
        " JOIN customer c ON c.id = p.customer WHERE p.void_act IS NULL ORDER BY p.id"
    ),
    "instalments": (
        "SELECT t.plan AS plan_id, t.n, t.due, p.currency, t.amount AS 'amount:money' FROM instalment t JOIN plan p ON"
        " p.id = t.plan WHERE p.void_act IS NULL ORDER BY t.plan, t.n"
    ),
    "plan_invoices": (
        "SELECT l.plan AS plan_id, l.invoice AS invoice_id, i.number AS invoice, i.currency, l.amount AS 'amount:money'"
        " FROM plan_invoice l JOIN invoice i ON i.id = l.invoice WHERE l.void_act IS NULL ORDER BY l.id"
    ),
    "offers": (
        "SELECT o.id, o.customer AS customer_id, c.name AS customer, o.kind, o.currency, o.amount AS 'amount:money',"
        " o.offered, o.until, o.accepted, o.declined, o.note FROM offer o JOIN customer c ON c.id = o.customer WHERE"
        " o.void_act IS NULL ORDER BY o.id"
    ),
    "bank_lines": (
        "SELECT l.id, l.day, l.booked, l.currency, l.amount AS 'amount:money', l.payer, l.account, l.reference, l.text,"
        " l.returned, l.state, l.credit AS payment_id, l.note, s.form, s.account AS own_account FROM statement_line l"
        " JOIN statement s ON s.id = l.statement WHERE l.void_act IS NULL ORDER BY l.id"
    ),
    "payer_accounts": (
        "SELECT p.account, p.customer AS customer_id, c.name AS customer FROM payer_account p JOIN customer c ON c.id ="
        " p.customer WHERE p.void_act IS NULL ORDER BY p.id"
    ),
    "emails": (
        "SELECT o.id, o.customer AS customer_id, c.name AS customer, o.kind, o.to_mail, o.subject, o.body,"
        " o.message_id, o.day, o.at, o.state, o.attempts, o.said, o.notice AS notice_id, o.sha256 FROM outbox o LEFT"
        " JOIN customer c ON c.id = o.customer WHERE o.void_act IS NULL ORDER BY o.id"
    ),
    "emails_in": (
        "SELECT m.id, m.customer AS customer_id, c.name AS customer, m.kind, m.sender_mail, m.subject, m.day, m.outbox"
        " AS email_id, m.state, m.said, m.body FROM inbox m LEFT JOIN customer c ON c.id = m.customer WHERE m.void_act"
        " IS NULL ORDER BY m.id"
    ),
    "mail_runs": (
        "SELECT id, day, began, ended, state, sent, failed, unclear, words FROM mail_run WHERE void_act IS NULL ORDER"
        " BY id"
    ),
    "credit_checks": (
        "SELECT k.id, k.customer AS customer_id, c.name AS customer, k.source, k.day, k.result, k.score, k.expires,"
        " k.again, k.note FROM credit_check k JOIN customer c ON c.id = k.customer WHERE k.void_act IS NULL ORDER BY"
        " k.id"
    ),
    "supply_terms": (
        "SELECT t.customer AS customer_id, c.name AS customer, t.currency, t.credit_limit AS 'credit_limit:money',"
        " t.days, t.prepay, t.note FROM supply_terms t JOIN customer c ON c.id = t.customer WHERE t.void_act IS NULL"
        " ORDER BY t.id"
    ),
    "stops": (
        "SELECT f.id, f.customer AS customer_id, c.name AS customer, f.since, f.why, f.who_may, f.carve_outs, f.lifted,"
        " f.lifted_why FROM freeze f JOIN customer c ON c.id = f.customer WHERE f.void_act IS NULL ORDER BY f.id"
    ),
    "partners": (
        "SELECT id, name, kind, model, currency, flat AS 'flat:money', rates, least AS 'least:money', oldest,"
        " undisputed, recourse, days, contact, mail, phone, address, area, languages, note FROM partner WHERE void_act"
        " IS NULL ORDER BY id"
    ),
    "handovers": (
        "SELECT h.id, p.name AS partner, h.customer AS customer_id, c.name AS customer, h.kind, h.day, h.currency,"
        " h.face AS 'face:money', h.ended, h.outcome, h.note FROM handover h JOIN partner p ON p.id = h.partner JOIN"
        " customer c ON c.id = h.customer WHERE h.void_act IS NULL ORDER BY h.id"
    ),
    "handover_reports": (
        "SELECT r.id, r.handover AS handover_id, r.day, h.currency, r.received AS 'received:money', r.cut AS"
        " 'cut:money', r.note FROM handover_report r JOIN handover h ON h.id = r.handover WHERE r.void_act IS NULL"
        " ORDER BY r.id"
    ),
    "settings": "SELECT key, value FROM setting WHERE void_act IS NULL ORDER BY key",
    "journal": "SELECT id, at, day, who, name, about, about_id, undoes, hash FROM act ORDER BY id",
}


def export(desk: Desk, folder: Path) -> Receipt:
    """Write every table as CSV and everything together as book.json, the letters and attached files beside them.

    Refuses (`not_empty`) a folder that holds anything else.
    """
    tables = {"invoices": list(_invoices(desk)), **{name: _rows(desk, query) for name, query in _TABLES.items()}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / "book.json").is_file():
            raise ArtermError("not_empty", "There is something else in this folder.", str(folder), "Name a new folder.")
        for name, rows in tables.items():
            header = list(rows[0]) if rows else ["id"]
            body = [[_text(row[column]) for column in header] for row in rows]
            replace_file(folder / f"{name}.csv", csv_bytes([header, *body]))
        whole = {"as_of": desk.today.isoformat(), "currency": desk.currency, **tables}
        replace_file(folder / "book.json", json.dumps(whole, ensure_ascii=False, indent=1).encode())
        replace_file(folder / "follow-ups.ics", calendar(desk))
        files = _papers(desk, folder)
    except OSError as error:
        raise ArtermError(
            "disk_error",
            f"The export could not be written ({error.strerror or error}).",
            str(folder),
            "Name another folder.",
        ) from None
    return Receipt(f"Wrote {count(len(tables), 'table')} and {count(files, 'file')} to {folder}.")


def calendar(desk: Desk) -> bytes:
    """Every follow-up, promised day and instalment still to come, as a calendar that other programs read."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//arterm//follow-ups//EN")
    made.add("version", "2.0")
    days = [
        (entry.id, "follow-up", entry.follow_up, f"Look again: {entry.customer}", entry.note)
        for entry in _newest_entries(desk)
    ]
    days += [
        (entry.id, "promise", entry.promised_for, f"Promised: {entry.promised} by {entry.customer}", "")
        for entry in log_entries(desk, limit=5000)
        if entry.promised
    ]
    days += [
        (plan.plan * 1000 + one.n, "instalment", one.due, f"Instalment {one.n}: {one.amount} of {plan.customer}", "")
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
        }


def _rows(desk: Desk, query: str) -> list[dict[str, Any]]:
    names, rows = desk.book.table(query)

    return [_row(dict(zip(names, values, strict=True))) for values in rows]


def _row(held: dict[str, Any]) -> dict[str, Any]:
    currency = held.get("currency", "")
    return {
        name.removesuffix(":money"): (
            plain(value, currency) if name.endswith(":money") and currency in DIGITS and value is not None else value
        )
        for name, value in held.items()
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list) else str(value)


def _papers(desk: Desk, folder: Path) -> int:
    """Letters and attached files under names of our own: theirs could be anything."""
    written = 0
    for table, name, ending in (("document", "letters", "pdf"), ("attachment", "attached", "bin")):
        rows = desk.book.rows(
            f"SELECT id, bytes FROM {table}" + (" WHERE void_act IS NULL" if table == "attachment" else "")
        )
        if rows:
            (folder / name).mkdir(exist_ok=True)
        for row, content in rows:
            suffix = "pdf" if bytes(content[:5]) == b"%PDF-" else ending
            replace_file(folder / name / f"{table}-{row:06d}.{suffix}", bytes(content))
            written += 1
    return written
