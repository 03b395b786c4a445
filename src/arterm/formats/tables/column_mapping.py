"""How a table is to be read: which column is which field, in which order its dates stand, which sign its decimals
have.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of
from datetime import date

from arterm.formats.records import Party, Reading
from arterm.formats.tables.headers import FIELDS, bare, recognise, worth
from arterm.formats.tables.table import FileTable, find_header
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import day_order, has_ambiguous, reader
from arterm.rules.money import SIGN_OF, decimal_sign
from arterm.rules.number_style import NumberStyle
from arterm.rules.text import fold

DATES = ("issued", "due", "settled", "paid_on")
_EITHER = re.compile(r"^\D{0,3}\d{1,3}[.,]\d{3}$")
AMOUNTS = ("total", "paid", "balance", "amount", "line_amount", "unit_price", "tax")
_RECEIVABLE = "system receivable invoice"


@dataclass(frozen=True, slots=True)
class ReadingHabits:
    """What is taken where a file does not tell: the book's currency, number style, order of dates, days to pay."""

    currency: str
    style: NumberStyle
    month_first: bool
    today: date
    terms_days: int = 30
    date_format: str = ""
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's body with its columns understood."""

    body: Sequence[tuple[int, list[str]]]
    columns: Mapping[str, int]
    width: int
    title: str
    read_date: Mapping[str, Callable[[str], date | None]]
    style: NumberStyle
    sure: bool = False  # the decimal sign was seen, not assumed
    header: tuple[str, ...] = ()
    twins: Mapping[int, tuple[int, ...]] = of(default_factory=dict)
    minor: frozenset[str] = frozenset()  # fields whose amounts are whole cents
    currency: str = ""  # the one that a header or the amounts themselves name
    grouped: bool = False  # rows that only name a customer stand above their invoices
    only: str = ""  # of a ledger, the kind of account whose rows are invoices
    parties: dict[tuple[str, ...], Party] = of(default_factory=dict)

    def cell(self, cells: list[str], name: str) -> str:
        """The text of a field in a row; empty where the row or the file has none."""
        index = self.columns.get(name, -1)
        text = cells[index].strip() if 0 <= index < len(cells) else ""
        if not text and index in self.twins:
            return next((cells[n].strip() for n in self.twins[index] if n < len(cells) and cells[n].strip()), "")
        return text

    def header_of(self, name: str) -> str:
        """What the column of a field is called."""
        index = self.columns.get(name, -1)
        return self.header[index] if 0 <= index < len(self.header) else ""


def shape_of(
    table: FileTable,
    habits: ReadingHabits,
    reading: Reading,
    name: str,
    mapping: Mapping[str, str] | None = None,
    known: Callable[[str], Mapping[str, str] | None] | None = None,
) -> Shape:
    """Find the header, map its columns, and decide dates and decimals by the column's own evidence.

    `mapping` (field -> header) overrules what is recognised; `known` looks up a mapping remembered for a shape.
    What was decided is noted in `reading`. Refuses (`no_header`, `unknown_field`, `no_column`).
    """
    index = _header(table, mapping, known)
    if index < 0:
        raise ArtermError("no_header", name)
    header = table.rows[index][1]
    columns = recognise(header)
    reading.shape = _fingerprint(header)
    remembered = known(reading.shape) if known else None
    for field, column in {**(remembered or {}), **(mapping or {})}.items():
        columns[field] = _column(field, column, header, name)
    body = table.rows[index + 1 :]
    twins = _twins(header, columns, body, name)
    reading.header = tuple(header)
    reading.mapping = {field: header[at] for field, at in columns.items()}
    reading.columns = [(field, header[at], _samples(body, at)) for field, at in columns.items()]
    style, sure = _style(body, columns, habits, reading)
    only = (
        _RECEIVABLE
        if any(fold(cell) == _RECEIVABLE for cell in _values(body, columns.get("account_type", 10**6)))
        else ""
    )
    minor = frozenset(field for field in AMOUNTS if field in columns and bare(header[columns[field]]).endswith("cents"))
    return Shape(
        body,
        columns,
        len(header),
        _title(table.rows[:index]),
        _readers(body, columns, habits, reading),
        style,
        sure,
        tuple(header),
        twins,
        minor,
        _currency(header, columns, body, habits, name),
        not ({"customer", "customer_no", "last_name"} & columns.keys()) and _has_headings(body, columns),
        only,
    )


def _header(
    table: FileTable, mapping: Mapping[str, str] | None, known: Callable[[str], Mapping[str, str] | None] | None
) -> int:
    """The row of column names: one whose shape is remembered, else the one that looks most like it; -1 for none."""
    if known:
        for index, (_, cells) in enumerate(table.rows[:30]):
            if known(_fingerprint(cells)):
                return index
    wanted = {bare(header) for header in (mapping or {}).values()}
    return find_header(table.rows, lambda cells: worth(cells) + 2 * len(wanted & {bare(c) for c in cells}))


def _fingerprint(header: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(bare(cell) for cell in header).encode()).hexdigest()


def _twins(
    header: Sequence[str], columns: Mapping[str, int], body: Sequence[tuple[int, list[str]]], name: str
) -> dict[int, tuple[int, ...]]:
    """Columns that share a name: of each row the filled one counts; where both say something else, nobody can know
    which.
    """
    found = {}
    for index in columns.values():
        twins = tuple(n for n, cell in enumerate(header) if n != index and bare(cell) == bare(header[index]))
        for line, cells in body if twins else ():
            said = {cells[n].strip() for n in (index, *twins) if n < len(cells) and cells[n].strip()}
            if len(said) > 1:
                raise ArtermError("no_column.twice", f"{name}, line {line}", header=header[index].strip()[:40])
        if twins:
            found[index] = twins
    return found


def _has_headings(body: Sequence[tuple[int, list[str]]], columns: Mapping[str, int]) -> bool:
    """Whether rows with one filled cell stand above others: the customers' names."""
    number = columns.get("number", 10**6)
    return any(
        sum(1 for cell in cells if cell.strip()) == 1 and not (number < len(cells) and cells[number].strip())
        for _, cells in body[:200]
    )


def _currency(
    header: Sequence[str],
    columns: Mapping[str, int],
    body: Sequence[tuple[int, list[str]]],
    habits: ReadingHabits,
    name: str,
) -> str:
    """The currency that the file itself shows: in the header of its amounts, or by one sign on all of them; empty for
    none.

    Refuses (`which_currency`) a sign that the book's currency has not and that several others have.
    """
    if "currency" in columns:
        return ""
    for field in AMOUNTS:
        words = bare(header[columns[field]]).upper().split() if field in columns else []
        named = next((word for word in words if len(word) == 3 and word in DIGITS), "")
        if named:
            return named
    cells = [cell for field in AMOUNTS if field in columns for cell in _values(body, columns[field])]
    signs = {sign for sign in SIGN_OF if any(sign in cell for cell in cells)}
    if len(signs) != 1:
        return ""
    meant = SIGN_OF[signs.pop()]
    if habits.currency in meant:
        return ""
    if len(meant) == 1 or meant[0] == "GBP":
        return meant[0]
    raise ArtermError("which_currency", name, cells=cells[0].strip()[:1], currency=habits.currency, meant=meant[0])


def _title(above: Sequence[tuple[int, list[str]]]) -> str:
    """The words above the header, where exports say what they are."""
    return fold(" ".join(cell for _, cells in above for cell in cells))


def _column(field: str, column: str, header: list[str], name: str) -> int:
    if field not in FIELDS:
        raise ArtermError("unknown_field.field", name, field=field, fields=tuple(FIELDS))
    for index, cell in enumerate(header):
        if cell.strip() == column.strip() or bare(cell) == bare(column):
            return index
    columns = ", ".join(cell for cell in header if cell.strip())
    raise ArtermError("no_column.named", name, column=column, columns=columns)


def _samples(body: Sequence[tuple[int, list[str]]], column: int) -> tuple[str, ...]:
    found = (cells[column].strip() for _, cells in body[:50] if column < len(cells))
    return tuple([cell[:40] for cell in found if cell][:3])


def _values(body: Sequence[tuple[int, list[str]]], column: int) -> list[str]:
    return [cells[column] for _, cells in body if column < len(cells) and cells[column].strip()]


def _readers(
    body: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], habits: ReadingHabits, reading: Reading
) -> dict[str, Callable[[str], date | None]]:
    """A date reader per column: its own evidence, else a sister column's, else the book's habit, which is said."""
    texts = {field: _values(body, columns[field]) for field in DATES if field in columns}
    own = {field: day_order(cells) for field, cells in texts.items()}
    sisters = {order for order in own.values() if order}
    shared = sisters.pop() if len(sisters) == 1 else ""
    habit = "mdy" if habits.month_first else "dmy"
    readers = {}
    for field, cells in texts.items():
        order = own[field] or shared or habit
        if not own[field] and not habits.date_format and has_ambiguous(cells):
            words = "month first" if order == "mdy" else "day first"
            reason = "as the file's other dates" if shared else "as is usual in the book's country"
            reading.notes.append(
                f"The dates in column '{reading.mapping[field]}' could be read two ways; taken {words}, {reason}."
            )
        readers[field] = reader(order, habits.date_format)
    return readers


def _style(
    body: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], habits: ReadingHabits, reading: Reading
) -> tuple[NumberStyle, bool]:
    cells = [cell for field in AMOUNTS if field in columns for cell in _values(body, columns[field])]
    sign = habits.decimal or decimal_sign(cells)
    if not sign and any(_EITHER.search(cell) for cell in cells):
        taken = f"taken with {habits.style.decimal} as the decimal sign, as is usual in the book's country"
        reading.notes.append(
            f"Amounts such as '{next(cell for cell in cells if _EITHER.search(cell))[:20]}' could be read two ways;"
            f" {taken}."
        )
    return (NumberStyle(sign, "," if sign == "." else "."), True) if sign else (habits.style, False)
