"""Real statements and e-invoices that nobody here wrote, held against what other readers made of them; where they are
at hand.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arterm.formats.detect import read_any
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (HERE / "bank-statements").is_dir(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)
HABITS = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))


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


# What we read otherwise than the other reader, and why that is right.
STATEMENTS = {
    "camt/genkgo_camt052.v6.Amt-zero.xml": "the entry's amount is nil; the other reader adds up its details",
    "camt/oca_camt053.zip": "two statements in one archive; the other reader took the first",
    "mt940/cmxl_mt940-iso8859-1.txt": "the other reader could not read it",
    "ofx/checking-emptyledgerbal.ofx": "the other reader could not read it",
    "ofx/ofx-v102-empty-tags.ofx": "the other reader could not read it",
}
# What we refuse: there is no entry in it, or (the opening balance is missing, which names it) no currency, so that
# nothing can be booked.
NO_ENTRIES = frozenset(
    {
        "camt/genkgo_camt053.v2.wrong.xml",
        "mt940/cmxl_mt940-deutsche_bank.txt",
        "mt940/wolph_betterplace_missing_crlf_at_end.sta",
        "mt940/wolph_cmxl_available_balance.sta",
        "mt940/wolph_cmxl_statement_number.sta",
        "ofx/account_listing_aggregation.ofx",
        "ofx/bank_small.ofx",
        "ofx/error_message.ofx",
        "ofx/multiple_accounts.ofx",
        "ofx/signon_fail.ofx",
        "ofx/signon_success_no_message.ofx",
    }
)
NO_CURRENCY = frozenset(
    {
        "mt940/cmxl_statement-details-mt940.txt",
        "mt940/wolph_betterplace_empty_entry_date.sta",
        "mt940/wolph_cmxl_mt940.sta",
        "mt940/wolph_cmxl_statement_details.sta",
        "mt940/wolph_self-provided_sparkassen.sta",
    }
)


def test_money_in_and_out_of_every_statement_is_that_of_another_reader_or_it_is_told_why_not() -> None:
    same, other, refused = 0, set(), set()
    for row, found in oracle("bank-statements"):
        if isinstance(found, ArtermError):
            assert found.message.endswith("."), row["file"]
            refused.add(row["file"])
            continue
        entries = [entry for one in found for statement in one.statements for entry in statement.entries]
        came = sum((units(one.amount, one.currency) for one in entries if one.amount > 0), Decimal(0))
        went = -sum((units(one.amount, one.currency) for one in entries if one.amount < 0), Decimal(0))
        if (came, went) == (Decimal(row["credits"] or 0), Decimal(row["debits"] or 0)):
            same += 1
        else:
            other.add(row["file"])
    assert other == set(STATEMENTS)
    assert refused == NO_ENTRIES | NO_CURRENCY
    assert same >= 60


NOT_INVOICES = {  # no well-formed invoices: what is said about each
    "cii-horstoeko/xml_invalid_1.xml": "no invoice and no statement",
    "cii-horstoeko/xml_invalid_2.xml": "No row here names columns",
    "edifact/EDIFACT_EXAMPLE0a.TXT": "EDIFACT",
    "edifact/EDIFACT_EXAMPLE4.TXT": "EDIFACT",
    "edifact/EDIFACT_EXAMPLE5.TXT": "EDIFACT",
    "edifact/EDIFACT_EXAMPLE6.TXT": "EDIFACT",
    "edifact/EDIFACT_EXAMPLE7.TXT": "EDIFACT",
    "edifact/EDIFACT_EXAMPLE9.TXT": "EDIFACT",
    "facturx-pdf-fail/factur-x-invalid-xml-encoding-attribute.pdf": "which nothing can read",
    "facturx-pdf/pdf_plain.pdf": "carries no electronic invoice",
    "ubl-nl/SI-UBL-INV-1.2-ok-EUGEN-T10-R036.xml": "names no buyer",
    "ubl-oasis/invoice_CENBII-Invoice-maximal.xml": "has no day of issue",
    "ubl-oasis/reminder_UBL-Reminder-2.1-Example.xml": "This is a reminder",
    "ubl-oasis/remittanceadvice_UBL-RemittanceAdvice-2.0-Example.xml": "This is a remittance advice",
    "ubl-oasis/statement_UBL-Statement-2.0-Example.xml": "This is a statement of account",
    "zugferd1-pdf/MustangGnuaccountingBeispielRE-20140519_499.pdf": (
        "(it is 'Invoice')"
    ),  # a draft older than the standard
    "zugferd1-pdf/MustangGnuaccountingBeispielRE-20140522_501.pdf": "(it is 'Invoice')",
}


def test_e_invoices_are_read_as_another_reader_read_them_or_it_is_told_why_not() -> None:
    told: dict[str, str] = {}
    same, of = 0, 0
    for row, found in oracle("e-invoices"):
        of += 1
        if isinstance(found, ArtermError):
            told[row["file"]] = found.message
            continue
        invoices = [one for reading in found for one in reading.invoices]
        if not invoices:
            told[row["file"]] = "; ".join(
                one.reason for reading in found for one in (*reading.rejected, *reading.warnings)
            )
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
    assert set(told) == set(NOT_INVOICES)
    assert [file for file, words in NOT_INVOICES.items() if words not in told[file]] == []
    assert (same, of) == (250 - len(NOT_INVOICES), 250)


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
