"""Statements as banks export them for spreadsheets: found by their header's names, or by what stands where."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.banks.bank_columns import columns_of, headerless, is_card
from arterm.formats.records import Complaint, Reading
from arterm.formats.statement import finish, tidy
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.tables.headers import bare
from arterm.formats.tables.table import FileTable
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import day_order, has_ambiguous, reader
from arterm.rules.money import SIGN_OF, decimal_sign, read_amount
from arterm.rules.number_style import COMMA, POINT, NumberStyle
from arterm.rules.text import fold

_IN = frozenset({"bij", "c", "cr", "credit", "k", "h", "i", "in", "haben", "+"})
_OUT = frozenset({"af", "d", "dr", "debit", "s", "o", "out", "soll", "-"})
_NOT_BOOKED = re.compile(
    r"vorgemerkt|pending|ausstehend|geweigerd|revert|declin|fail|offen|^status$|cancel|geannuleerd|in behandeling"
)
_SEPA = re.compile(r"\b(EREF|MREF|CRED|SVWZ|KREF|ABWA|IBAN|BIC)[+:]\s*")
_SKIPPED = frozenset({"as", "k2", "ls"})  # a bank's rows of opening, turnover and closing
_HEAD = 20  # rows among which the header is looked for


def find(table: FileTable) -> tuple[int, dict[str, list[int]]] | None:
    """Where a bank's header stands (-1: there is none) and its columns; None where this is no statement."""
    best: tuple[int, dict[str, list[int]]] | None = None
    for index, (_, cells) in enumerate(table.rows[:_HEAD]):
        columns = columns_of([cell.strip().strip('"') for cell in cells])
        if columns and (best is None or len(columns) > len(best[1])):
            best = (index, columns)
    if best:
        return best
    found = headerless([cells for _, cells in table.rows[:6]])
    return (-1, found) if found else None


def read_bank_table(
    table: FileTable, at: tuple[int, dict[str, list[int]]], name: str, habits: ReadingHabits
) -> Reading:
    """The statement in a table. Rows that are no entries are passed over; pending ones are left out, and said."""
    index, columns = at
    header = [cell.strip().strip('"') for cell in table.rows[index][1]] if index >= 0 else []
    if is_card(header):
        raise ArtermError("no_statement.card", name)
    reading = Reading(profile="bank table", header=tuple(header))
    reading.columns = [
        (field, header[n], _samples(table, index, n))
        for field, some in columns.items()
        for n in some
        if n < len(header)
    ]
    rows = _Rows(table.rows[index + 1 :], header, columns, habits, reading)
    entries = rows.entries()
    accounts = list(dict.fromkeys(own for own, _ in entries)) or [""]
    found = []
    for account in accounts:
        mine = tuple(tidy(entry) for own, entry in entries if own == account)
        opening, closing = rows.balances if len(accounts) == 1 else (None, None)
        currency = mine[0].currency if mine else habits.currency
        found.append(Statement("bank table", account, currency, mine, opening=opening, closing=closing))
    return finish(reading, found, name)


def _samples(table: FileTable, index: int, n: int) -> tuple[str, ...]:
    return tuple(
        [
            cells[n].strip()[:40]
            for _, cells in table.rows[index + 1 : index + 30]
            if n < len(cells) and cells[n].strip()
        ][:3]
    )


class _Rows:
    """The rows of one export, and what its columns mean."""

    def __init__(
        self,
        body: Sequence[tuple[int, list[str]]],
        header: Sequence[str],
        columns: dict[str, list[int]],
        habits: ReadingHabits,
        reading: Reading,
    ) -> None:
        self.body, self.header, self.columns, self.habits, self.reading = body, header, columns, habits, reading
        days = [self.cell(cells, "day") for _, cells in body]
        order = day_order(days) or ("mdy" if habits.month_first else "dmy")
        if not day_order(days) and not habits.date_format and has_ambiguous(days):
            words = "month first" if order == "mdy" else "day first"
            reading.notes.append(f"The dates could be read two ways; taken {words}, as is usual in the book's country.")
        self.read_day = reader(order, habits.date_format)
        cells = [
            self.cell(row, field) for _, row in body for field in ("amount", "debit", "credit") if field in columns
        ]
        sign = habits.decimal or decimal_sign(cells)
        self.style: NumberStyle = habits.style if not sign else COMMA if sign == "," else POINT
        self.fallback = self._currency_of_header() or next(
            (
                SIGN_OF[mark][0]
                for mark in SIGN_OF
                if any(mark in cell for cell in cells) and habits.currency not in SIGN_OF[mark]
            ),
            habits.currency,
        )
        self.balances: tuple[int | None, int | None] = (None, None)

    def cell(self, cells: Sequence[str], field: str) -> str:
        """The words of a field in a row."""
        parts = [cells[n].strip().strip("'").strip() for n in self.columns.get(field, ()) if n < len(cells)]
        return " ".join(part for part in parts if part)

    def _currency_of_header(self) -> str:
        for field in ("amount", "credit"):
            for n in self.columns.get(field, ()):
                words = bare(self.header[n]).upper().split() if n < len(self.header) else []
                named = next(
                    (word for word in words if word in DIGITS),
                    "EUR" if n < len(self.header) and "€" in self.header[n] else "",
                )
                if named:
                    return named
        return ""

    def entries(self) -> list[tuple[str, Entry]]:
        """(own account, entry) of every row that is one, as the file has them."""
        found: list[tuple[str, Entry]] = []
        chain: list[tuple[int, int]] = []  # (amount, balance after)
        pending = 0
        for line, cells in self.body:
            when = self.cell(cells, "day")
            if self._is_sum(cells) or not any(cell.strip() for cell in cells):
                continue
            if _NOT_BOOKED.search(fold(self.cell(cells, "status"))) or fold(when) == "pending":
                pending += 1
                continue
            if not when:
                self._continue(found, cells)
                continue
            made = self._entry(line, cells, when, chain)
            if made is not None and made.amount:
                found.append((self.cell(cells, "own").replace(" ", ""), made))
        if pending:
            self.reading.notes.append(f"{pending} entries are not booked yet; left out.")
        self._check_chain(found, chain)
        return found

    def _is_sum(self, cells: Sequence[str]) -> bool:
        """Baltic exports have rows of opening, turnover and closing: by their code, or by a number in a column without
        a name.
        """
        unnamed = len(self.header) > 1 and not self.header[1].strip() and len(cells) > 1
        return fold(self.cell(cells, "code")) in _SKIPPED or (unnamed and cells[1].strip() in ("10", "82", "86"))

    def _continue(self, found: list[tuple[str, Entry]], cells: Sequence[str]) -> None:
        """A row that only goes on with the words of the one above."""
        from dataclasses import replace

        words = self.cell(cells, "text")
        if found and words and not self.cell(cells, "amount"):
            own, entry = found[-1]
            found[-1] = (own, replace(entry, text=f"{entry.text} {words}"))

    def _entry(self, line: int, cells: Sequence[str], when: str, chain: list[tuple[int, int]]) -> Entry | None:
        booked = self.read_day(when)
        money = [self.cell(cells, field) for field in ("amount", "debit", "credit")]
        if booked is None:
            if any(money) and re.search(r"\d", when):
                self.reading.rejected.append(Complaint(line, "day", when, "is not a date"))
            return None  # a heading or a footer
        currency = self.cell(cells, "currency").upper() or self.fallback
        if currency not in DIGITS:
            self.reading.rejected.append(Complaint(line, "currency", currency, "is not a currency that arterm keeps"))
            return None
        try:
            amount = self._amount(cells, currency)
            fee = self._read(self.cell(cells, "fee"), currency) if "fee" in self.columns else 0
        except ArtermError as error:
            self.reading.rejected.append(Complaint(line, "amount", " ".join(money), error.message.rstrip(".")))
            return None
        if amount is None:
            self.reading.rejected.append(Complaint(line, "amount", "", "has no amount"))
            return None
        balance = self.cell(cells, "balance")
        if balance:
            chain.append((amount, self._read(balance, currency)))
        value = self.read_day(self.cell(cells, "value")) if "value" in self.columns else None
        gross = (
            bool(self.columns.get("amount")) and bare(self.header[self.columns["amount"][0]]) in ("brutto", "gross")
            if self.header
            else False
        )
        words = self.cell(cells, "text")
        sepa = _SEPA.split(words)
        tags = dict(zip(sepa[1::2], sepa[2::2], strict=True))
        return Entry(
            line,
            value or booked,
            booked,
            amount if gross or not fee else amount - abs(fee),
            currency,
            self.cell(cells, "payer"),
            self.cell(cells, "account"),
            self.cell(cells, "reference"),
            tags.get("SVWZ", "").strip() or words,
            self.cell(cells, "end_to_end") or tags.get("EREF", "").strip(),
            self.cell(cells, "id"),
            charges=abs(fee) if gross else 0,
        )

    def _read(self, text: str, currency: str) -> int:
        """An amount by its own evidence, else as the file's others are written."""
        if not text:
            return 0
        plain = re.sub(r"[£$€]|\b[A-Z]{3}\b", "", text).strip()
        try:
            return read_amount(plain, currency, None)
        except ArtermError as error:
            if error.code != "ambiguous_amount":
                raise
            return read_amount(plain, currency, self.style)

    def _amount(self, cells: Sequence[str], currency: str) -> int | None:
        """Signed: one column with its sign, one with a letter beside it, or two columns."""
        text = self.cell(cells, "amount")
        if text:
            amount = self._read(text, currency)
            letter = fold(self.cell(cells, "sign"))
            if letter in _OUT:
                return -abs(amount)
            return abs(amount) if letter in _IN else amount
        debit, credit = self.cell(cells, "debit"), self.cell(cells, "credit")
        if not debit and not credit:
            return None
        return abs(self._read(credit, currency)) - abs(self._read(debit, currency)) if credit or debit else None

    def _check_chain(self, found: list[tuple[str, Entry]], chain: list[tuple[int, int]]) -> None:
        """Where every row has its balance, the rows must lead from one to the next, oldest or newest first."""
        if len(chain) < 2 or len(chain) != len(found):
            return
        for order in (chain, chain[::-1]):
            for sign in (1, -1):
                if all(before[1] + sign * now[0] == now[1] for before, now in itertools.pairwise(order)):
                    if sign < 0:
                        self._turn(found)
                    self.balances = (order[0][1] - sign * order[0][0], order[-1][1])
                    return

    def _turn(self, found: list[tuple[str, Entry]]) -> None:
        """The balances say that money in stands where others put money out."""
        from dataclasses import replace

        found[:] = [(own, replace(entry, amount=-entry.amount)) for own, entry in found]
        self.reading.notes.append("The balances show that this bank writes money in as debit; taken so.")
