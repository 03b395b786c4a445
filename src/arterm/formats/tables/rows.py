"""What all readers of a table's rows share: cells as amounts, days, currencies and parties; which rows are data."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from arterm.formats.records import Complaint, Party, Reading
from arterm.formats.tables.column_mapping import ReadingHabits, Shape
from arterm.formats.tables.table_words import TOTAL_WORDS
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import read_amount
from arterm.rules.text import clean, fold

_PARTY = (
    "customer_no",
    "customer",
    "country",
    "mail",
    "phone",
    "contact",
    "street",
    "postcode",
    "city",
    "vat_no",
    "first_name",
    "last_name",
)


class RowRefused(Exception):
    """A row that cannot be taken: the field, what stood there, and why not."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.complaint = (field, value, reason)


def party_of(shape: Shape, cells: list[str]) -> Party:
    """Who a row is about. The same cells make the same party, once."""
    said = tuple(shape.cell(cells, field) for field in _PARTY)
    held = shape.parties.get(said)
    if held is None:
        number, name, country, mail, phone, contact, street, postcode, city, vat_no, first, last = (
            clean(text) for text in said
        )
        person = " ".join(part for part in (first, last) if part)
        if name and first and not last and "last" in fold(shape.header_of("customer")):
            name, person = f"{first} {name}", ""  # a person's card: the name column holds the last name
        held = Party(
            name or person or number,
            number,
            country,
            mail,
            phone,
            contact or (person if name else ""),
            street,
            postcode,
            city,
            vat_no,
        )
        shape.parties[said] = held
    return held


def amount_of(
    shape: Shape, cells: list[str], field: str, currency: str, line: int = 0, reading: Reading | None = None
) -> int | None:
    """A cell as minor units; None where it is empty. Whole cents are taken as such where the header says so; more
    decimals than the currency has are rounded, and said, where the file's decimal sign is certain.
    """
    text = shape.cell(cells, field)
    if not text:
        return None
    if field in shape.minor and text.lstrip("-").isdigit():
        return int(text)
    try:
        return read_amount(text, currency, shape.style, field)
    except ArtermError as error:
        if reading is None or not shape.sure or error.code not in ("too_many_decimals", "ambiguous_amount"):
            raise
        plain = text.replace(shape.style.group, "").replace(shape.style.decimal, ".").strip()
        try:
            exact = Decimal(plain).scaleb(DIGITS[currency])
        except InvalidOperation:
            raise error from None
        reading.warnings.append(Complaint(line, field, text, f"has more decimals than {currency}: rounded"))
        return int(exact.to_integral_value(ROUND_HALF_UP))


def currency_of(shape: Shape, cells: list[str], habits: ReadingHabits) -> str:
    """The currency of a row: its own column's, else the one the file shows, else the book's."""
    text = clean(shape.cell(cells, "currency")).upper() or shape.currency or habits.currency
    if text not in DIGITS:
        raise RowRefused("currency", text, "is not a currency")
    return text


def day_of(shape: Shape, cells: list[str], field: str) -> date | None:
    """A cell as a date; None where it is empty."""
    text = shape.cell(cells, field)
    if not text:
        return None
    day = shape.read_date[field](text)
    if day is None:
        raise RowRefused(field, text, "is not a date")
    return day


def number_of(shape: Shape, cells: list[str]) -> str:
    """The invoice number as text; a spreadsheet's `1929003413.0` is the whole number it was."""
    number = clean(shape.cell(cells, "number"), 60)
    return number[:-2] if number.endswith(".0") and number[:-2].isdigit() else number


def is_total(cells: list[str]) -> bool:
    """Whether a row begins as totals do."""
    return any(fold(cell).startswith(TOTAL_WORDS) for cell in cells[:3] if cell.strip())


def is_data(shape: Shape, cells: list[str]) -> bool:
    """Group headings, totals, footers and blank rows are not data: they have no number and no date."""
    if shape.only and fold(shape.cell(cells, "account_type")) != shape.only:
        return False
    if is_total(cells):
        return bool(shape.cell(cells, "number")) and not fold(shape.cell(cells, "number")).startswith(TOTAL_WORDS)
    if shape.cell(cells, "number"):
        return sum(1 for cell in cells if cell.strip()) > 1
    return bool(shape.cell(cells, "issued") or shape.cell(cells, "due")) and bool(
        party_of(shape, cells).name or shape.grouped
    )


def refuse_long(shape: Shape, cells: list[str]) -> None:
    """A row with more cells than the header: a separator stands inside an amount or a name, and all after it
    slipped.
    """
    for n, extra in enumerate(cells[shape.width :], shape.width + 1):
        if extra.strip():
            raise RowRefused("row", extra.strip(), f"stands in column {n}, but the header has {shape.width}")
