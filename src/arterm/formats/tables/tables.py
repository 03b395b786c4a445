"""The door for tables: invoices, customers and payments out of any table, with a reason for every row left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from arterm.formats.records import Complaint, PaymentRecord, Reading
from arterm.formats.tables.column_mapping import ReadingHabits, Shape, shape_of
from arterm.formats.tables.headers import bare
from arterm.formats.tables.invoice_rows import read_invoices
from arterm.formats.tables.rows import (
    RowRefused,
    amount_of,
    currency_of,
    day_of,
    is_total,
    number_of,
    party_of,
    refuse_long,
)
from arterm.formats.tables.table import FileTable, read_table
from arterm.formats.tables.table_words import PAYMENT_TITLES, SUPPLIER_WORDS
from arterm.rules.errors import ArtermError
from arterm.rules.text import clean, count

KINDS = ("auto", "invoices", "customers", "payments", "statements")


def read_file(
    content: bytes,
    name: str,
    habits: ReadingHabits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: Callable[[str], Mapping[str, str] | None] | None = None,
) -> Reading:
    """Read one table of any kind arterm understands. Pure: the same bytes and habits give the same reading.

    Raises ArtermError for the file as a whole; single bad rows become complaints.
    """
    return read_rows(read_table(content, name), name, habits, kind, mapping, known)


def read_rows(
    table: FileTable,
    name: str,
    habits: ReadingHabits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: Callable[[str], Mapping[str, str] | None] | None = None,
) -> Reading:
    """The same for a table that is cut into rows already, such as a spreadsheet."""
    reading = Reading()
    if table.encoding == "cp1252":
        reading.notes.append("The file is not Unicode; its letters were read as Western European (Windows).")
    shape = shape_of(table, habits, reading, name, mapping, known)
    reading.kind = _kind_of(shape) if kind == "auto" else kind
    reading.profile = reading.profile or f"{reading.kind} by column names"
    _refuse_suppliers(shape, reading, name)
    _require(shape, reading, name)
    {"invoices": read_invoices, "customers": _customers, "payments": _payments}[reading.kind](shape, habits, reading)
    reading.open_items = reading.kind == "invoices" and _only_open(reading)
    return reading


def _only_open(reading: Reading) -> bool:
    """Whether a list is one of open items: it has balances, and every one of them is open."""
    return bool(reading.invoices) and "balance" in reading.mapping and all(one.balance for one in reading.invoices)


def _kind_of(shape: Shape) -> str:
    has = shape.columns
    titled = any(word in shape.title.split() for word in PAYMENT_TITLES)
    if (
        "due" not in has
        and "balance" not in has
        and (("amount" in has and "paid_on" in has and "total" not in has) or titled)
    ):
        return "payments"
    if "number" in has or (("total" in has or "balance" in has) and ("issued" in has or "due" in has)):
        return "invoices"
    return "customers"


def _refuse_suppliers(shape: Shape, reading: Reading, name: str) -> None:
    """A list of suppliers or of their bills is no list of customers, whatever its other columns are called."""
    words = {word for cell in reading.header for word in bare(cell).split()}
    owed = {"customer", "client", "debtor", "klant", "kunde", "cliente", "contact"} & words
    if SUPPLIER_WORDS & words and not owed:
        raise ArtermError("not_owed", name)


def _require(shape: Shape, reading: Reading, name: str) -> None:
    lines = (
        ("line_amount",) if "line_amount" in shape.columns else ("unit_price",) if "quantity" in shape.columns else ()
    )
    who = ("customer", "customer_no", "last_name")
    needs: dict[str, tuple[tuple[str, ...], ...]] = {
        "invoices": (("number",), *(() if shape.grouped else (who,)), ("issued", "due"), ("total", "balance", *lines)),
        "customers": (who,),
        "payments": (("number", "customer", "customer_no"), ("paid_on", "issued"), ("amount", "total")),
    }
    for choice in needs[reading.kind]:
        if not any(field in shape.columns for field in choice):
            what = " or ".join(choice[:2])
            columns = ", ".join(cell for cell in reading.header if cell.strip())[:600]
            raise ArtermError("no_column.none", name, what=what, choice=choice[0], columns=columns)


def _customers(shape: Shape, habits: ReadingHabits, reading: Reading) -> None:
    for line, cells in shape.body:
        if not any(cell.strip() for cell in cells) or is_total(cells):
            continue
        party = party_of(shape, cells)
        reading.read += 1
        try:
            refuse_long(shape, cells)
        except RowRefused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
            continue
        if party.name:
            reading.customers.append((line, party))
        else:
            reading.rejected.append(Complaint(line, "customer", "", "has no name"))


def _payments(shape: Shape, habits: ReadingHabits, reading: Reading) -> None:
    out = 0
    when = "paid_on" if "paid_on" in shape.columns else "issued"
    what = "amount" if "amount" in shape.columns else "total"
    for line, cells in shape.body:
        if (
            not any(cell.strip() for cell in cells)
            or is_total(cells)
            or not (shape.cell(cells, what) or shape.cell(cells, when))
        ):
            continue
        reading.read += 1
        try:
            refuse_long(shape, cells)
            currency = currency_of(shape, cells, habits)
            day, amount = day_of(shape, cells, when), amount_of(shape, cells, what, currency, line, reading)
            if day is None or amount is None:
                raise RowRefused(when if day is None else what, "", "is missing")
            if amount < 0:
                out += 1
                reading.warnings.append(
                    Complaint(line, what, shape.cell(cells, what), "is money that went back; book it by hand")
                )
            if amount == 0:
                raise RowRefused(what, shape.cell(cells, what), "is not a payment to you")
            if amount > 0:
                reading.payments.append(
                    PaymentRecord(
                        line,
                        number_of(shape, cells),
                        party_of(shape, cells),
                        currency,
                        day,
                        amount,
                        clean(shape.cell(cells, "reference")),
                    )
                )
        except RowRefused as refused:
            reading.rejected.append(Complaint(line, *refused.complaint))
        except ArtermError as error:
            reading.rejected.append(
                Complaint(line, error.where, shape.cell(cells, error.where), error.message.rstrip("."))
            )
    if out:
        reading.notes.append(f"{count(out, 'row')} of money that went back left out.")
