"""Invoices, credit notes and receipts out of a table's rows: one row each, one row a line item, or one row a
payment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from arterm.formats.records import Complaint, InvoiceRecord, Party, Reading
from arterm.formats.tables.column_mapping import ReadingHabits, Shape
from arterm.formats.tables.rows import (
    RowRefused,
    amount_of,
    currency_of,
    day_of,
    is_data,
    is_total,
    number_of,
    party_of,
    refuse_long,
)
from arterm.formats.tables.table_words import (
    BILL_TYPES,
    BILL_WORDS,
    CREDIT_TYPES,
    CREDIT_WORDS,
    NO,
    NOT_OWED,
    RECEIPT_TYPES,
    RECEIPT_WORDS,
    SETTLED,
    YES,
    key,
)
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import reader
from arterm.rules.text import clean, count, fold

_FAR_AHEAD = timedelta(days=366)
_NOBODY = Party("")


def read_invoices(shape: Shape, habits: ReadingHabits, reading: Reading) -> None:
    """Every row of the body; what is no data is passed over, what is wrong becomes a complaint."""
    seen: dict[tuple[str, str], int] = {}  # (who, number) -> place in reading.invoices
    group, sums = _NOBODY, not ("total" in shape.columns or "balance" in shape.columns)
    per_payment = "amount" in shape.columns and "paid_on" in shape.columns
    last: tuple[str, str] | None = None
    for line, cells in shape.body:
        if shape.grouped and _is_heading(shape, cells):
            group = _NOBODY if is_total(cells) else Party(clean(next(cell for cell in cells if cell.strip())))
            continue
        if sums and last and not shape.cell(cells, "number") and _line_amount(shape, cells, habits, line, reading):
            _add(
                reading, seen[last], _line_amount(shape, cells, habits, line, reading) or 0
            )  # a further line of the invoice above
            continue
        if not is_data(shape, cells):
            continue
        reading.read += 1
        try:
            refuse_long(shape, cells)
            record = _record(line, shape, cells, habits, reading, group, seen, sums)
        except RowRefused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
            continue
        except ArtermError as error:
            reason = error.message.rstrip(".")
            reading.rejected.append(Complaint(line, error.where, shape.cell(cells, error.where), reason))
            continue
        if record is None:
            continue
        who = (fold(record.party.number or record.party.name), record.number)
        place = seen.get(who) if record.number else None
        if place is None:
            seen[who] = len(reading.invoices)
            last = who if record.number else None
            reading.invoices.append(record)
            continue
        earlier = reading.invoices[place]
        if sums:
            reading.read -= 1
            _add(reading, place, record.total)
        elif per_payment and _same(replace(earlier, paid=None), replace(record, paid=None)):
            reading.read -= 1
            reading.invoices[place] = _with_payment(earlier, record)
        elif _same(earlier, record):
            reading.read -= 1  # another line item of the same invoice
        else:
            reading.rejected.append(
                Complaint(line, "number", record.number, f"stands on line {earlier.line} with other content")
            )
    _doubt_settled(reading)


def _is_heading(shape: Shape, cells: list[str]) -> bool:
    """A row that only names the customer of the rows below it, or ends such a group."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled or shape.cell(cells, "number"):
        return False
    return (len(filled) == 1 and not shape.cell(cells, "issued")) or is_total(cells)


def _add(reading: Reading, place: int, amount: int) -> None:
    held = reading.invoices[place]
    reading.invoices[place] = replace(held, total=held.total + amount)


def _same(one: InvoiceRecord, other: InvoiceRecord) -> bool:
    return (one.kind, one.issued, one.due, one.total, one.currency, one.paid) == (
        other.kind,
        other.issued,
        other.due,
        other.total,
        other.currency,
        other.paid,
    )


def _with_payment(earlier: InvoiceRecord, record: InvoiceRecord) -> InvoiceRecord:
    """A further payment of the same invoice, where each has a row."""
    paid = min(earlier.total, (earlier.paid or 0) + (record.paid or 0))
    days = [day for day in (earlier.settled, record.settled) if day]
    return replace(earlier, paid=paid, settled=max(days, default=None))


def _line_amount(shape: Shape, cells: list[str], habits: ReadingHabits, line: int, reading: Reading) -> int | None:
    """What a line item adds: its own amount (with its tax), else quantity times price."""
    currency = currency_of(shape, cells, habits)
    amount = amount_of(shape, cells, "line_amount", currency, line, reading)
    if amount is None and "quantity" in shape.columns and "unit_price" in shape.columns:
        price = amount_of(shape, cells, "unit_price", currency, line, reading)
        quantity = shape.cell(cells, "quantity").replace(",", ".") or "1"
        if price is not None and re.fullmatch(r"\d{1,7}(\.\d{1,4})?", quantity):
            whole, _, part = quantity.partition(".")
            scaled = price * int(whole + part)
            amount = (2 * scaled + 10 ** len(part)) // (2 * 10 ** len(part))
    tax = amount_of(shape, cells, "tax", currency, line, reading)
    return amount if amount is None else amount + (tax or 0)


def _record(
    line: int,
    shape: Shape,
    cells: list[str],
    habits: ReadingHabits,
    reading: Reading,
    group: Party,
    seen: dict[tuple[str, str], int],
    sums: bool,
) -> InvoiceRecord | None:
    kind = _document(shape, cells)
    status = key(shape.cell(cells, "status"))
    if kind == "" or status in NOT_OWED:
        field = "type" if kind == "" else "status"
        reading.warnings.append(Complaint(line, field, shape.cell(cells, field), "is not owed to you; left out"))
        return None
    number = number_of(shape, cells)
    party = group if shape.grouped and group.name else party_of(shape, cells)
    known = next((place for (_, one), place in seen.items() if one == number), None) if number else None
    if sums and not party.name and known is not None:
        held = reading.invoices[known]  # a line that leaves out what the first one said
        amount = _line_amount(shape, cells, habits, line, reading)
        return replace(held, total=amount or 0)
    if not party.name:
        raise RowRefused("customer", "", "has no customer")
    if not number and kind == "invoice":
        raise RowRefused("number", "", "has no invoice number")
    currency = currency_of(shape, cells, habits)
    issued, due, due_from = _dates(line, shape, cells, habits, reading)
    if issued > habits.today + _FAR_AHEAD:
        raise RowRefused("issued", shape.cell(cells, "issued"), "lies more than a year ahead")
    if issued > habits.today:
        reading.warnings.append(
            Complaint(line, "issued", issued.isoformat(), "is still to come; nothing is owed before that day")
        )
    total = (
        _line_amount(shape, cells, habits, line, reading)
        if sums
        else amount_of(shape, cells, "total", currency, line, reading)
    )
    balance = amount_of(shape, cells, "balance", currency, line, reading)
    if total is None:
        total = balance
    if total is None:
        raise RowRefused("total", "", "has no amount")
    if kind == "invoice" and total == 0:
        reading.read -= 1  # nothing was ever owed on it
        return None
    if kind == "invoice" and total < 0:
        kind = _negative(line, shape, cells, number, reading)
    reference = clean(shape.cell(cells, "reference"))
    if kind != "invoice":
        left = abs(balance) if balance is not None else abs(total)
        return InvoiceRecord(line, kind, number, party, currency, issued, due, left, reference=reference)
    paid, settled = _what_was_paid(line, shape, cells, currency, total, balance, status, reading)
    if paid is not None and not 0 <= paid <= total:
        raise RowRefused(
            "paid",
            shape.cell(cells, "paid") or shape.cell(cells, "balance"),
            "is more than the invoice or less than nothing",
        )
    _remark(line, shape, cells, issued, due, total - (paid or 0), reading)
    return InvoiceRecord(
        line, kind, number, party, currency, issued, due, total, paid, settled, reference, due_from, balance
    )


def _negative(line: int, shape: Shape, cells: list[str], number: str, reading: Reading) -> str:
    said = shape.cell(cells, "total") or shape.cell(cells, "balance")
    if shape.cell(cells, "type") and "journal" not in fold(shape.cell(cells, "type")):
        raise RowRefused("total", said, "is negative")
    reading.warnings.append(Complaint(line, "total", said, "is negative: taken as a credit note"))
    return "credit_note"


def _remark(line: int, shape: Shape, cells: list[str], issued: date, due: date, left: int, reading: Reading) -> None:
    if shape.cell(cells, "disputed").lower() in YES and left > 0:
        reason = "is disputed, says the file; log it with the customer before you chase"
        reading.warnings.append(Complaint(line, "disputed", shape.cell(cells, "disputed"), reason))
    if due < issued:
        reading.warnings.append(
            Complaint(line, "due", due.isoformat(), f"is before the invoice date {issued.isoformat()}")
        )


def _what_was_paid(
    line: int,
    shape: Shape,
    cells: list[str],
    currency: str,
    total: int,
    balance: int | None,
    status: str,
    reading: Reading,
) -> tuple[int | None, date | None]:
    """What the file says was paid, and when: the paid column, else total less balance, else all where it says so."""
    paid = amount_of(shape, cells, "paid", currency, line, reading)
    settled = day_of(shape, cells, "settled")
    state = key(shape.cell(cells, "payment_state"))
    closed = shape.cell(cells, "paid_flag").lower() in YES or shape.cell(cells, "open_flag").lower() in NO
    if paid is None and "amount" in shape.columns and "paid_on" in shape.columns:
        paid = amount_of(shape, cells, "amount", currency, line, reading)
        settled = settled or day_of(shape, cells, "paid_on")
    if paid is None and balance is not None:
        paid = total - balance
    if (paid is None or (closed and paid == 0)) and (
        settled is not None or status in SETTLED or state in SETTLED or closed
    ):
        paid = total
    return paid, settled or (_as_of(shape) if paid else None)  # paid by the day of the report, at the latest


def _as_of(shape: Shape) -> date | None:
    """The day a report says it was made for, in its title: `As of Jul 25, 2026`."""
    found = re.search(r"\bas (?:of|at) (\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d{2}-\d{2})", shape.title)
    return reader("dmy")(found[1]) if found else None


def _dates(
    line: int, shape: Shape, cells: list[str], habits: ReadingHabits, reading: Reading
) -> tuple[date, date, str]:
    issued, due = day_of(shape, cells, "issued"), day_of(shape, cells, "due")
    if issued is None and due is None:
        raise RowRefused("issued", "", "has no date")
    if issued is None and due is not None:
        reading.warnings.append(Complaint(line, "issued", "", "has no invoice date: its due day is taken for it"))
        return due, due, ""
    assert issued is not None
    if due is not None:
        return issued, due, ""
    terms = shape.cell(cells, "terms")
    digits = "".join(c if c.isdigit() else " " for c in terms).split()
    days = int(digits[-1]) if digits and int(digits[-1]) <= 365 else habits.terms_days
    return issued, issued + timedelta(days=days), "terms" if digits else "default"


def _doubt_settled(reading: Reading) -> None:
    """A day of payment before the invoice is none; where a tenth of them are, the column is a forecast or the like."""
    paid = [n for n, one in enumerate(reading.invoices) if one.settled and one.kind == "invoice"]
    odd = {n for n in paid if (reading.invoices[n].settled or date.max) < reading.invoices[n].issued}
    if not odd:
        return
    every = len(odd) * 10 > len(paid)
    for n in paid if every else odd:
        reading.invoices[n] = replace(reading.invoices[n], paid=None, settled=None)
    if every:
        reading.notes.append(
            f"{count(len(odd), 'day')} of payment lie before their invoice: that column is not taken for payments."
        )
        return
    for n in sorted(odd):
        line = reading.invoices[n].line
        reading.warnings.append(
            Complaint(line, "settled", "", "was paid before it was issued, says the file: not taken as paid")
        )


def _document(shape: Shape, cells: list[str]) -> str:
    """`invoice`, `credit_note`, `receipt`, or empty for what is no claim of the owner's."""
    text, code = fold(shape.cell(cells, "type")), key(shape.cell(cells, "type"))
    if any(word in text for word in CREDIT_WORDS) or code in CREDIT_TYPES:
        return "credit_note"
    if any(word in text for word in RECEIPT_WORDS) or code in RECEIPT_TYPES:
        return "receipt"
    if any(word in text for word in BILL_WORDS) or code in BILL_TYPES:
        return ""
    return "invoice"
