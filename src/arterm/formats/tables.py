"""The door for tables: invoices, customers and payments out of any CSV, with a reason for every row left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from arterm.formats.records import Complaint, InvoiceRecord, Party, PaymentRecord, Reading
from arterm.formats.shape import Habits, Shape, shape_of
from arterm.formats.table import read_table
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import reader
from arterm.rules.money import read_amount
from arterm.rules.text import clean, fold

KINDS = ("auto", "invoices", "customers", "payments")
_NOT_OWED = frozenset(
    {
        "draft",
        "void",
        "voided",
        "cancelled",
        "canceled",
        "deleted",
        "written off",
        "awaiting approval",
        "estimate",
        "quote",
    }
)
_SETTLED = frozenset({"paid", "settled", "closed"})
_CREDIT_WORDS = (
    "credit memo",
    "credit note",
    "creditnota",
    "gutschrift",
    "avoir",
    "nota de credito",
    "nota di credito",
)
_RECEIPT_WORDS = ("payment", "overpayment", "prepayment", "receipt")
_PAYMENT_TITLES = ("payments", "receipts", "betalingen", "paiements", "zahlungen", "pagos", "pagamenti")
_BILL_WORDS = ("bill", "purchase", "estimate", "quote")
_FAR_AHEAD = timedelta(days=366)
_YES = ("y", "yes", "true", "1", "ja", "oui", "x")
_TOTAL_WORDS = ("total", "totaal", "summe", "gesamt", "percentage of total", "subtotal", "saldo", "grand total")


def read_file(
    content: bytes,
    name: str,
    habits: Habits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: Callable[[str], Mapping[str, str] | None] | None = None,
) -> Reading:
    """Read one file of any kind arterm understands. Pure: the same bytes and habits give the same reading.

    Raises ArtermError for the file as a whole; single bad rows become complaints.
    """
    reading = Reading()
    table = read_table(content, name)
    if table.encoding == "cp1252":
        reading.notes.append("The file is not Unicode; its letters were read as Western European (Windows).")
    shape = shape_of(table, habits, reading, name, mapping, known)
    reading.kind = _kind_of(shape) if kind == "auto" else kind
    reading.profile = reading.profile or _profile_name(shape, reading)
    _require(shape, reading, name)
    {"invoices": _invoices, "customers": _customers, "payments": _payments}[reading.kind](shape, habits, reading)
    return reading


def _kind_of(shape: Shape) -> str:
    has = shape.columns
    if "due" not in has and (
        ("amount" in has and "paid_on" in has) or any(word in shape.title.split() for word in _PAYMENT_TITLES)
    ):
        return "payments"
    if "number" in has or (("total" in has or "balance" in has) and ("issued" in has or "due" in has)):
        return "invoices"
    return "customers"


def _profile_name(shape: Shape, reading: Reading) -> str:
    return f"{reading.kind} by column names"


def _require(shape: Shape, reading: Reading, name: str) -> None:
    needs: dict[str, tuple[tuple[str, ...], ...]] = {
        "invoices": (("number",), ("customer", "customer_no"), ("issued", "due"), ("total", "balance")),
        "customers": (("customer", "customer_no"),),
        "payments": (("number", "customer", "customer_no"), ("paid_on", "issued"), ("amount", "total")),
    }
    for choice in needs[reading.kind]:
        if not any(field in shape.columns for field in choice):
            what = " or ".join(choice)
            columns = ", ".join(cell for cell in reading.header if cell.strip())[:300]
            raise ArtermError(
                "no_column",
                f"No column of this file looks like the {what}.",
                name,
                f"Say which: --map {choice[0]}=HEADER. Columns are: {columns}",
            )


_PARTY = ("customer_no", "customer", "country", "mail", "phone", "contact", "street", "postcode", "city", "vat_no")


def _party(shape: Shape, cells: list[str]) -> Party:
    """Who a row is about. The same cells make the same party, once."""
    said = tuple(shape.cell(cells, field) for field in _PARTY)
    held = shape.parties.get(said)
    if held is None:
        number, name, country, mail, phone, contact, street, postcode, city, vat_no = (clean(text) for text in said)
        held = Party(name or number, number, country, mail, phone, contact, street, postcode, city, vat_no)
        shape.parties[said] = held
    return held


def _amount(shape: Shape, cells: list[str], field: str, currency: str) -> int | None:
    text = shape.cell(cells, field)
    return read_amount(text, currency, shape.style, field) if text else None


class _Refused(Exception):
    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.complaint = (field, value, reason)


def _currency(shape: Shape, cells: list[str], habits: Habits) -> str:
    text = clean(shape.cell(cells, "currency")).upper() or habits.currency
    if text not in DIGITS:
        raise _Refused("currency", text, "is not a currency")
    return text


def _day(shape: Shape, cells: list[str], field: str) -> date | None:
    text = shape.cell(cells, field)
    if not text:
        return None
    day = shape.read_date[field](text)
    if day is None:
        raise _Refused(field, text, "is not a date")
    return day


def _is_data(shape: Shape, cells: list[str]) -> bool:
    """Group headings, totals, footers and blank rows are not data: they have no number and no date."""
    if any(fold(cell).startswith(_TOTAL_WORDS) for cell in cells[:3] if cell.strip()):
        return bool(shape.cell(cells, "number")) and not fold(shape.cell(cells, "number")).startswith(_TOTAL_WORDS)
    if shape.cell(cells, "number"):
        return sum(1 for cell in cells if cell.strip()) > 1
    return bool(shape.cell(cells, "issued") or shape.cell(cells, "due")) and bool(_party(shape, cells).name)


def _refuse_long(shape: Shape, cells: list[str]) -> None:
    """A row with more cells than the header: a separator stands inside an amount or a name, and all after it slipped."""
    for n, extra in enumerate(cells[shape.width :], shape.width + 1):
        if extra.strip():
            raise _Refused("row", extra.strip(), f"stands in column {n}, but the header has {shape.width}")


def _invoices(shape: Shape, habits: Habits, reading: Reading) -> None:
    seen: dict[tuple[str, str], InvoiceRecord] = {}
    for line, cells in shape.body:
        if not _is_data(shape, cells):
            continue
        reading.read += 1
        try:
            _refuse_long(shape, cells)
            record = _invoice(line, shape, cells, habits, reading)
        except _Refused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
            continue
        except ArtermError as error:
            reading.rejected.append(
                Complaint(line, error.where, shape.cell(cells, error.where), error.message.rstrip("."))
            )
            continue
        if record is None:
            continue
        key = (fold(record.party.number or record.party.name), record.number)
        earlier = seen.get(key) if record.number else None
        if earlier is None:
            seen[key] = record
            reading.invoices.append(record)
        elif _same(earlier, record):
            reading.read -= 1  # another line item of the same invoice
        else:
            reading.rejected.append(
                Complaint(line, "number", record.number, f"stands on line {earlier.line} with other content")
            )


def _same(one: InvoiceRecord, other: InvoiceRecord) -> bool:
    return (one.kind, one.issued, one.due, one.total, one.currency, one.paid) == (
        other.kind, other.issued, other.due, other.total, other.currency, other.paid,
    )  # fmt: skip


def _invoice(line: int, shape: Shape, cells: list[str], habits: Habits, reading: Reading) -> InvoiceRecord | None:
    kind = _document(shape, cells)
    status = fold(shape.cell(cells, "status"))
    if kind == "" or status in _NOT_OWED:
        reading.warnings.append(
            Complaint(
                line, "status" if kind else "type", status or shape.cell(cells, "type"), "is not owed to you; left out"
            )
        )
        return None
    party = _party(shape, cells)
    if not party.name:
        raise _Refused("customer", "", "has no customer")
    number = _number(shape, cells)
    if not number and kind == "invoice":
        raise _Refused("number", "", "has no invoice number")
    currency = _currency(shape, cells, habits)
    issued, due, due_from = _dates(shape, cells, habits)
    if issued > habits.today + _FAR_AHEAD:
        raise _Refused("issued", shape.cell(cells, "issued"), "lies more than a year ahead")
    if issued > habits.today:
        reading.warnings.append(
            Complaint(line, "issued", issued.isoformat(), "is still to come; nothing is owed before that day")
        )
    total = _amount(shape, cells, "total", currency)
    balance = _amount(shape, cells, "balance", currency)
    paid = _amount(shape, cells, "paid", currency)
    settled = _day(shape, cells, "settled")
    if total is None:
        total = balance
    if total is None:
        raise _Refused("total", "", "has no amount")
    if kind == "invoice" and total < 0:
        if "type" in shape.columns:
            raise _Refused("total", shape.cell(cells, "total"), "is negative")
        kind = "credit_note"
        reading.warnings.append(
            Complaint(line, "total", shape.cell(cells, "total"), "is negative: taken as a credit note")
        )
    if kind != "invoice":
        left = abs(balance) if balance is not None else abs(total)
        return InvoiceRecord(
            line, kind, number, party, currency, issued, due, left, reference=clean(shape.cell(cells, "reference"))
        )
    paid = _paid(total, paid, balance, settled, status)
    settled = settled or (_as_of(shape) if paid else None)  # paid by the day of the report, at the latest
    if paid is not None and not 0 <= paid <= total:
        raise _Refused(
            "paid",
            shape.cell(cells, "paid") or shape.cell(cells, "balance"),
            "is more than the invoice or less than nothing",
        )
    if shape.cell(cells, "disputed").lower() in _YES and (paid or 0) < total:
        reading.warnings.append(
            Complaint(
                line,
                "disputed",
                shape.cell(cells, "disputed"),
                "is disputed, says the file; log it with the customer before you chase",
            )
        )
    if due < issued:
        reading.warnings.append(
            Complaint(line, "due", due.isoformat(), f"is before the invoice date {issued.isoformat()}")
        )
    return InvoiceRecord(
        line,
        kind,
        number,
        party,
        currency,
        issued,
        due,
        total,
        paid,
        settled,
        clean(shape.cell(cells, "reference")),
        due_from,
        balance,
    )


def _as_of(shape: Shape) -> date | None:
    """The day a report says it was made for, in its title: `As of Jul 25, 2026`."""
    found = re.search(r"\bas (?:of|at) (\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d{2}-\d{2})", shape.title)
    return reader("dmy")(found[1]) if found else None


def _number(shape: Shape, cells: list[str]) -> str:
    """The invoice number as text; a spreadsheet's `1929003413.0` is the whole number it was."""
    number = clean(shape.cell(cells, "number"), 60)
    return number[:-2] if number.endswith(".0") and number[:-2].isdigit() else number


def _dates(shape: Shape, cells: list[str], habits: Habits) -> tuple[date, date, str]:
    issued, due = _day(shape, cells, "issued"), _day(shape, cells, "due")
    if issued is None and due is None:
        raise _Refused("issued", "", "has no date")
    if issued is None and due is not None:
        return due, due, ""
    assert issued is not None
    if due is not None:
        return issued, due, ""
    terms = shape.cell(cells, "terms")
    digits = "".join(c if c.isdigit() else " " for c in terms).split()
    days = int(digits[-1]) if digits and int(digits[-1]) <= 365 else habits.terms_days
    return issued, issued + timedelta(days=days), "terms" if digits else "default"


def _paid(total: int, paid: int | None, balance: int | None, settled: date | None, status: str) -> int | None:
    """What the file says was paid: the paid column, else total less balance, else all of it when it says settled."""
    if paid is not None:
        return paid
    if balance is not None:
        return total - balance
    if settled is not None or status in _SETTLED:
        return total
    return None


def _document(shape: Shape, cells: list[str]) -> str:
    """`invoice`, `credit_note`, `receipt`, or empty for what is no claim of the owner's."""
    text = fold(shape.cell(cells, "type"))
    if any(word in text for word in _CREDIT_WORDS):
        return "credit_note"
    if any(word in text for word in _RECEIPT_WORDS):
        return "receipt"
    if any(word in text for word in _BILL_WORDS):
        return ""
    return "invoice"


def _customers(shape: Shape, habits: Habits, reading: Reading) -> None:
    for line, cells in shape.body:
        party = _party(shape, cells)
        if not any(cell.strip() for cell in cells):
            continue
        reading.read += 1
        try:
            _refuse_long(shape, cells)
        except _Refused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
            continue
        if party.name:
            reading.customers.append((line, party))
        else:
            reading.rejected.append(Complaint(line, "customer", "", "has no name"))


def _payments(shape: Shape, habits: Habits, reading: Reading) -> None:
    for line, cells in shape.body:
        if not any(cell.strip() for cell in cells):
            continue
        reading.read += 1
        try:
            _refuse_long(shape, cells)
            currency = _currency(shape, cells, habits)
            day = _day(shape, cells, "paid_on" if "paid_on" in shape.columns else "issued")
            amount = _amount(shape, cells, "amount" if "amount" in shape.columns else "total", currency)
            number = _number(shape, cells)
            if day is None or amount is None or amount <= 0:
                missing = "paid_on" if day is None else "amount"
                raise _Refused(
                    missing,
                    shape.cell(cells, missing),
                    "is missing" if amount is None or day is None else "is not a payment to you",
                )
            reading.payments.append(
                PaymentRecord(
                    line, number, _party(shape, cells), currency, day, amount, clean(shape.cell(cells, "reference"))
                )
            )
        except _Refused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
        except ArtermError as error:
            reading.rejected.append(
                Complaint(line, error.where, shape.cell(cells, error.where), error.message.rstrip("."))
            )
