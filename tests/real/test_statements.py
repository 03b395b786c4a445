"""Real statements and e-invoices that nobody here wrote, held against what other readers made of them; where they are at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arterm.formats.door import read_any
from arterm.formats.records import Reading
from arterm.formats.shape import Habits
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import COMMA

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (HERE / "bank-statements").is_dir(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)
HABITS = Habits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))


def oracle(folder: str) -> Iterator[tuple[dict[str, str], list[Reading] | ArtermError]]:
    """What another reader made of each file, and what we do."""
    for row in csv.DictReader((HERE / folder / "expected.csv").read_text("utf-8").splitlines()):
        file = HERE / folder / row["file"]
        try:
            yield row, [reading for _, reading in read_any(file.read_bytes(), file.name, HABITS)]
        except ArtermError as error:
            yield row, error


def units(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-DIGITS[currency])


def test_money_in_and_out_of_every_statement_is_that_of_another_reader_or_it_is_refused_in_a_sentence() -> None:
    same, refused, other = 0, [], []
    for row, found in oracle("bank-statements"):
        if isinstance(found, ArtermError):
            assert found.message.endswith("."), row["file"]
            refused.append(row["file"])
            continue
        entries = [entry for one in found for statement in one.statements for entry in statement.entries]
        came = sum((units(one.amount, one.currency) for one in entries if one.amount > 0), Decimal(0))
        went = -sum((units(one.amount, one.currency) for one in entries if one.amount < 0), Decimal(0))
        if "UNREADABLE" in row["note"] or (came, went) == (Decimal(row["credits"] or 0), Decimal(row["debits"] or 0)):
            same += 1
        else:
            other.append(row["file"])
    assert (same + len(refused) + len(other)) >= 80
    assert len(other) <= 4, other
    assert len(refused) <= 20, refused


def test_e_invoices_are_read_as_another_reader_read_them() -> None:
    same, of = 0, 0
    for row, found in oracle("e-invoices"):
        of += 1
        if isinstance(found, ArtermError):
            assert found.message.endswith((".", ").")), row["file"]
            continue
        invoices = [one for reading in found for one in reading.invoices]
        if not invoices:
            assert any(one.rejected or one.warnings for one in found), row["file"]
            continue
        one, wanted = invoices[0], row["total"] or row["payable"]
        same += (
            bool(wanted)
            and one.number == " ".join(row["number"].split())[:60]
            and units(one.total, one.currency) == abs(Decimal(wanted))
            and one.issued.isoformat() == row["issue"]
            and (not row["due"] or one.due.isoformat() == row["due"])
            and (not row["currency"] or one.currency == row["currency"])
        )
    assert same >= 229
    assert of == 250


def test_every_file_at_hand_is_read_or_refused_in_a_sentence() -> None:
    seen, read = 0, 0
    for folder in ("bank-statements", "e-invoices", "bookkeeping-exports", "ar-ledgers"):
        for file in sorted((HERE / folder).rglob("*")):
            if not file.is_file() or file.name == "expected.csv" or file.stat().st_size > 20_000_000:
                continue
            seen += 1
            try:
                found = read_any(file.read_bytes(), file.name, HABITS)
            except ArtermError as error:
                assert error.message.rstrip(")").endswith((".", "?", "…")), (file.name, error.message)
                continue
            read += any(one.invoices or one.statements or one.read for _, one in found)
    assert seen > 300
    assert read >= seen * 3 // 4
