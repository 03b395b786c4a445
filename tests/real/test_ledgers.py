"""Real ledgers and exports that nobody here wrote, where the folder of them is at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not (HERE / "ar-ledgers").is_dir(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)
Arterm = Callable[..., Ran]
HISTORY = HERE / "ar-ledgers" / "ibm_late_payment_histories.csv"
TWIN = HERE / "ar-ledgers" / "ibm_dirty_duplicates_missing.csv"
EXPORTS = HERE / "bookkeeping-exports"


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
