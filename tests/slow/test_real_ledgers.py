"""Real ledgers and exports that nobody here wrote, where the folder of them is at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arterm.formats.detect import read_any
from arterm.formats.records import InvoiceRecord
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA
from tests.conftest import Ran

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (HERE / "ar-ledgers").is_dir(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)
Arterm = Callable[..., Ran]
HISTORY = HERE / "ar-ledgers" / "ibm_late_payment_histories.csv"
TWIN = HERE / "ar-ledgers" / "ibm_dirty_duplicates_missing.csv"
EXPORTS = HERE / "bookkeeping-exports"
HABITS = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))


def counts(ran: Ran) -> tuple[int, int, int, int]:
    (file,) = ran.json["files"]
    return file["created"], file["updated"], file["unchanged"], len(file["rejected"])


def test_a_real_ledger_comes_in_whole_and_its_own_days_late_are_ours(arterm: Arterm, tmp_path: Path) -> None:
    assert counts(arterm("import", str(HISTORY), "--json")) == (1264, 0, 0, 0)
    assert counts(arterm("import", str(HISTORY), "--json")) == (0, 0, 1264, 0)
    assert arterm("export", str(tmp_path / "out")).code == 0
    ours = {
        row["number"]: row
        for row in csv.DictReader((tmp_path / "out" / "invoices.csv").read_text("utf-8-sig").splitlines())
    }
    theirs = list(csv.DictReader(HISTORY.read_text("utf-8-sig").splitlines()))
    assert len(ours) == len(theirs) == 1264
    for row in theirs:
        mine = ours[row["invoiceNumber"]]
        assert mine["days_late"] == row["DaysLate"], row
        assert mine["balance"] == "0.00"
    assert arterm("doctor").code == 0


def test_what_was_paid_later_is_still_open_on_the_last_day_of_2013(arterm: Arterm) -> None:
    arterm("import", str(HISTORY), "--json")
    board = arterm("board", "--all", "--json", today="2013-12-31").json
    theirs = list(csv.DictReader(HISTORY.read_text("utf-8-sig").splitlines()))
    late_settled = {
        row["invoiceNumber"] for row in theirs if _day(row["SettledDate"]) > (2013, 12, 31) >= _day(row["InvoiceDate"])
    }
    assert {row["invoice"] for row in board["rows"]} == late_settled != set()
    cents = sum(round(float(row["InvoiceAmount"]) * 100) for row in theirs if row["invoiceNumber"] in late_settled)
    assert board["totals"]["open"] == f"{cents // 100}.{cents % 100:02d}"


def _day(text: str) -> tuple[int, int, int]:
    month, day, year = (int(part) for part in text.split("/"))
    return year, month, day


def test_the_dirty_twin_brings_only_what_is_new_and_points_at_the_rest(arterm: Arterm) -> None:
    arterm("import", str(HISTORY))
    ran = arterm("import", str(TWIN), "--json")
    assert counts(ran) == (63, 0, 1264, 0)
    warnings = ran.json["files"][0]["warnings"]
    assert sum(w["field"] == "country" for w in warnings) == 53
    assert sum(w["field"] == "number" for w in warnings) == 141
    assert ran.code == 0
    assert arterm("undo").code == 0
    assert counts(arterm("import", str(TWIN), "--dry-run", "--json")) == (63, 0, 1264, 0)


def test_the_xero_export_is_read_but_for_its_row_without_a_date(arterm: Arterm, tmp_path: Path) -> None:
    path = tmp_path / "xero.csv"
    path.write_bytes((EXPORTS / "xero_sales_invoices_export.csv").read_bytes())
    refused = arterm("import", str(path), "--json", "--country", "GB")
    assert (refused.code, refused.json["committed"]) == (3, False)
    assert [(r["line"], r["field"], r["value"]) for r in refused.json["files"][0]["rejected"]] == [
        (6, "issued", "not-a-date")
    ]
    assert "taken day first" in refused.err
    taken = arterm("import", str(path), "--skip-bad", "--json", "--country", "GB")
    assert counts(taken) == (4, 0, 0, 1)
    others = arterm("board", "--all", "--json").json["other_currencies"]
    assert [(o["currency"], o["open"], o["unapplied"]) for o in others] == [("ZAR", "3161.88", "3161.88")]


def test_the_quickbooks_ageing_is_read_with_its_headings_and_totals_left_out(arterm: Arterm) -> None:
    ran = arterm("import", str(EXPORTS / "quickbooks_online_ar_aging_detail.csv"), "--json", "--country", "US")
    assert counts(ran) == (4, 0, 0, 0)
    board = arterm("board", "--all", "--json", today="2026-08-02").json
    assert {row["invoice"]: row["balance"] for row in board["rows"]} == {
        "SI-1": "800.00",
        "SI-2": "500.00",
        "SI-3": "200.00",
    }
    assert board["totals"]["unapplied"] == "100.00"


@pytest.mark.parametrize(
    "path",
    sorted(p for folder in ("ar-ledgers", "bookkeeping-exports") for p in (HERE / folder).rglob("*") if p.is_file()),
    ids=lambda p: p.name,
)
def test_every_table_is_read_or_refused_in_a_sentence(arterm: Arterm, path: Path) -> None:
    ran = arterm("import", str(path), "--dry-run", "--json")
    assert ran.code in (0, 1, 3)
    if ran.code == 1:
        assert ran.json["error"]["message"].endswith(".")


# What is in each file, added up from its own columns: kind, records, sum, and what of it is open, in units of its
# currency.
FIGURES = {
    "ar-ledgers/highradius_aging_buckets_iso.csv": ("invoices", 4691, "138235104.08", "138235104.08"),
    "ar-ledgers/highradius_closed_items_raw_excerpt.csv": ("invoices", 20, "707930.57", "0"),
    "ar-ledgers/highradius_open_items_ddmmyyyy.csv": ("invoices", 4846, "142864333.83", "142864333.83"),
    "ar-ledgers/ibm_dirty_duplicates_missing.csv": ("invoices", 1327, "78007.66", "0"),
    "ar-ledgers/ibm_late_payment_histories.csv": ("invoices", 1264, "73882.34", "0"),
    "ar-ledgers/synthetic_disputes_partials.csv": ("invoices", 16, "486140", "400140"),
    "bookkeeping-exports/exact/nl_open_debtors_list.csv": ("invoices", 4, "103812.21", "103812.21"),
    "bookkeeping-exports/freshbooks/freshbooks_invoices.csv": (
        "invoices",
        1,
        "7890",
        "7890",
    ),  # three lines of one invoice
    "bookkeeping-exports/invoicely/invoicely_invoices.csv": ("invoices", 1, "1020", "1020"),
    "bookkeeping-exports/invoiceninja/clients.csv": ("customers", 10, "0", "0"),
    "bookkeeping-exports/lago/lago_invoices.csv": ("invoices", 1, "10", "10"),  # in cents
    "bookkeeping-exports/myob_customer_cards.txt": ("customers", 2, "0", "0"),
    "bookkeeping-exports/quickbooks_online_ar_aging_detail.csv": (
        "invoices",
        4,
        "1800",
        "1600",
    ),  # and a credit memo of 100
    "bookkeeping-exports/wave/wave_accounting_transactions.csv": (
        "invoices",
        1,
        "4974",
        "4974",
    ),  # the receivable's row
    "bookkeeping-exports/wave/wave_clients.csv": ("customers", 4, "0", "0"),
    "bookkeeping-exports/xero_account_transactions_bank.csv": ("statements", 3, "0", "0"),
    "bookkeeping-exports/xero_aged_receivables_detail.csv": (
        "invoices",
        2,
        "425.50",
        "425.50",
    ),  # a row of nothing is passed over
    "bookkeeping-exports/xero_contacts_au.csv": ("customers", 6, "0", "0"),
    "bookkeeping-exports/xero_sales_invoices_export.csv": ("invoices", 4, "6323.76", "6323.76"),  # one row has no date
    "bookkeeping-exports/zoho/zoho_contacts.csv": ("customers", 3, "0", "0"),
    "bookkeeping-exports/zoho/zoho_invoices.csv": ("invoices", 0, "0", "0"),  # drafts only
}
HEADERS_ONLY = {
    "bookkeeping-exports/dolibarr_invoices_and_payments_header.csv",
    "bookkeeping-exports/quickbooks_online_invoice_import_header.csv",
    "bookkeeping-exports/sage50_audit_trail_import_header.csv",
    "bookkeeping-exports/xero_sales_invoice_import_template_2013.csv",
}
REFUSED = {
    "bookkeeping-exports/excel_unicode_text_utf16_tab.txt": "suppliers",
    "bookkeeping-exports/netsuite_saved_search_bom_crlf.csv": "suppliers",
    "bookkeeping-exports/invoiceninja/invoice.csv": (
        "in $, and the book is in EUR"
    ),  # no currency but a sign that several share
    "bookkeeping-exports/invoiceninja/payments.csv": "in $, and the book is in EUR",
}


def test_the_figures_of_every_export_are_those_of_its_columns() -> None:
    seen: dict[str, tuple[str, int, Decimal, Decimal]] = {}
    said: dict[str, str] = {}
    for folder in ("ar-ledgers", "bookkeeping-exports"):
        for path in sorted((HERE / folder).rglob("*")):
            if not path.is_file():
                continue
            name = path.relative_to(HERE).as_posix()
            try:
                ((_, one),) = read_any(path.read_bytes(), path.name, HABITS)
            except ArtermError as error:
                said[name] = error.message
                continue
            records = len(one.invoices) + len(one.customers) + sum(len(each.entries) for each in one.statements)
            total = sum((Decimal(each.total) for each in one.invoices), Decimal(0)) / 100
            open_ = sum((Decimal(_open(each)) for each in one.invoices), Decimal(0)) / 100
            seen[name] = (one.kind, records, total, open_)
    wanted = {name: (kind, n, Decimal(total), Decimal(open_)) for name, (kind, n, total, open_) in FIGURES.items()}
    wanted |= {name: ("invoices", 0, Decimal(0), Decimal(0)) for name in HEADERS_ONLY}
    assert seen == wanted
    assert set(said) == set(REFUSED)
    assert all(REFUSED[name] in words for name, words in said.items())


def _open(one: InvoiceRecord) -> int:
    return one.balance if one.balance is not None else one.total - (one.paid or 0)


@pytest.mark.parametrize("name", ["invoice.csv", "payments.csv"])
def test_a_sign_that_several_currencies_share_is_read_in_a_book_of_one_of_them(arterm: Arterm, name: str) -> None:
    path = EXPORTS / "invoiceninja" / name
    ran = arterm("import", str(path), "--dry-run", "--json", "--country", "US", "--currency", "USD")
    assert ran.code in (0, 3), ran.err
    assert ran.json["files"][0]["read"] > 190
