"""The command line as the contract has it: names, JSON, exit codes, and a sentence for everything that is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.conftest import Ran
from tests.hostile import ALL

Arterm = Callable[..., Ran]
LEDGER = (
    "Invoice,Customer,Date,Due,Amount,Settled"
    " Date\nR1,Acme,2026-09-01,2026-10-01,100.00,\nR2,Acme,2026-09-15,2026-10-15,50.00,2026-11-10\n"
    "R3,Zuid,2026-11-01,2026-12-01,70.00,\n"
)


@pytest.fixture
def ledger(arterm: Arterm, tmp_path: Path) -> Path:
    """A book with three invoices of two customers."""
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER)
    assert arterm("import", str(path), "--country", "BE").code == 0
    return path


def test_the_board_is_the_json_of_the_contract(arterm: Arterm, ledger: Path) -> None:
    board = arterm("board", "--json").json
    assert (board["as_of"], board["currency"]) == ("2026-11-22", "EUR")
    assert board["totals"]["open"] == "170.00"
    assert board["totals"]["overdue"] == "100.00"
    assert (board["totals"]["invoices"], board["totals"]["customers"]) == (1, 1)
    assert board["totals"]["buckets"] == [
        {"bucket": "current", "amount": "70.00", "invoices": 1},
        {"bucket": "1-30", "amount": "0.00", "invoices": 0},
        {"bucket": "31-60", "amount": "100.00", "invoices": 1},
        {"bucket": "61-90", "amount": "0.00", "invoices": 0},
        {"bucket": "90+", "amount": "0.00", "invoices": 0},
    ]
    (row,) = board["rows"]
    assert {
        "invoice",
        "customer",
        "customer_id",
        "issued",
        "due",
        "days_overdue",
        "bucket",
        "total",
        "paid",
        "balance",
        "currency",
        "step",
        "status",
        "next_action",
        "next_on",
        "priority",
        "why",
    } <= row.keys()
    assert (row["invoice"], row["days_overdue"], row["balance"], row["status"], row["step"]) == (
        "R1",
        52,
        "100.00",
        "overdue",
        0,
    )
    assert {r["invoice"] for r in arterm("board", "--all", "--json").json["rows"]} == {"R1", "R3"}


def test_a_past_day_shows_what_was_open_then(arterm: Arterm, ledger: Path) -> None:
    past = arterm("board", "--json", today="2026-11-09").json
    assert {row["invoice"] for row in past["rows"]} == {"R1", "R2"}
    assert past["totals"]["open"] == "220.00"


def test_the_board_narrows_sorts_and_limits(arterm: Arterm, ledger: Path) -> None:
    assert len(arterm("board", "--all", "--filter", "zui", "--json").json["rows"]) == 1
    assert len(arterm("board", "--all", "--customer", "acm", "--json").json["rows"]) == 1
    assert arterm("board", "--bucket", "current", "--json").json["rows"][0]["invoice"] == "R3"
    assert [r["invoice"] for r in arterm("board", "--all", "--sort", "amount", "--json").json["rows"]] == ["R1", "R3"]
    limited = arterm("board", "--all", "--limit", "1", "--json").json
    assert (len(limited["rows"]), limited["totals"]["invoices"]) == (1, 2)
    assert arterm("board", "--sort", "colour").code == 2


def test_global_options_stand_before_or_after_the_command(
    arterm: Arterm, ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from arterm.cli.main import run

    capsys.readouterr()
    assert run(["--json", "--today", "2026-11-22", "--book", str(tmp_path / "b.arterm"), "board"]) == 0
    first = capsys.readouterr().out
    assert run(["board", "--json", "--today", "2026-11-22", "--book", str(tmp_path / "b.arterm")]) == 0
    assert capsys.readouterr().out == first


def test_an_import_reports_and_the_same_file_again_changes_nothing(arterm: Arterm, ledger: Path) -> None:
    report = arterm("import", str(ledger), "--json").json
    assert (report["kind"], report["dry_run"], report["committed"]) == ("invoices", False, True)
    (file,) = report["files"]
    assert (file["read"], file["created"], file["updated"], file["unchanged"], file["rejected"], file["warnings"]) == (
        3,
        0,
        0,
        3,
        [],
        [],
    )


def test_a_newer_export_updates_what_moved(arterm: Arterm, ledger: Path) -> None:
    ledger.write_text(LEDGER.replace("100.00,", "120.00,").replace("70.00,", "70.00,2026-11-20"))
    (file,) = arterm("import", str(ledger), "--json").json["files"]
    assert (file["created"], file["updated"], file["unchanged"]) == (0, 2, 1)
    assert arterm("board", "--all", "--json").json["totals"]["open"] == "120.00"
    assert arterm("undo").code == 0
    assert arterm("board", "--all", "--json").json["totals"]["open"] == "170.00"


def test_a_file_with_bad_rows_writes_nothing_unless_they_are_skipped(arterm: Arterm, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(
        "Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-09-01,2026-10-01,100.00\nR2,=Evil,2026-02-30,2026-10-01,5\n"
    )
    refused = arterm("import", str(path), "--json", "--currency", "EUR")
    assert refused.code == 3
    assert refused.json["committed"] is False
    assert refused.json["files"][0]["rejected"] == [
        {"line": 3, "field": "issued", "value": "2026-02-30", "reason": "is not a date"}
    ]
    assert not (tmp_path / "b.arterm").exists()
    taken = arterm("import", str(path), "--skip-bad", "--json")
    assert (taken.code, taken.json["committed"]) == (3, True)
    assert "'=Evil" in (tmp_path / "mixed.csv.rejected.csv").read_text("utf-8-sig")
    assert len(arterm("board", "--json").json["rows"]) == 1


def test_a_dry_run_writes_nothing_not_even_a_book(arterm: Arterm, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(LEDGER)
    ran = arterm("import", str(path), "--dry-run", "--json")
    assert (ran.code, ran.json["committed"], ran.json["files"][0]["created"]) == (0, False, 3)
    assert not (tmp_path / "b.arterm").exists()


def test_a_mapping_is_remembered_for_files_of_that_shape(arterm: Arterm, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b,c,d,e\nR1,Acme,2026-09-01,2026-10-01,100\n")
    assert arterm("import", str(path)).code == 1
    pairs = ["number=a", "customer=b", "issued=c", "due=d", "total=e"]
    assert arterm("import", str(path), *(word for pair in pairs for word in ("--map", pair))).code == 0
    path.write_text("a,b,c,d,e\nR2,Acme,2026-09-01,2026-10-01,100\n")
    again = arterm("import", str(path), "--profile", "odd", "--json")
    assert again.json["files"][0]["created"] == 1


def test_the_walk_by_command(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    assert arterm("setup", "--name", "Bakkerij", "--country", "Belgium", "--iban", "BE68 5390 0754 7034").code == 0
    said = arterm(
        "log",
        "Acme",
        "--channel",
        "call",
        "--outcome",
        "promise",
        "--promise",
        "60.00@+5",
        "--note",
        "after the fair",
        "--json",
    )
    assert said.code == 0
    assert arterm("board", "--json").json["rows"][0]["status"] == "promised"
    assert arterm("pay", "R1", "--amount", "40.00", "--on", "2026-11-20", "--reference", "bank 17").code == 0
    assert arterm("show", "R1", "--json").json["invoice"]["balance"] == "60.00"
    assert arterm("undo").code == 0
    assert arterm("undo").code == 0
    assert arterm("board", "--json").json["rows"][0]["status"] == "overdue"
    written = arterm("notices", "write", "--out", str(tmp_path / "letters"), "--json").json["notices"]
    assert [(n["customer"], n["step"], n["state"]) for n in written] == [("Acme", 1, "issued")]
    assert Path(written[0]["file"]).read_bytes().startswith(b"%PDF")
    assert arterm("board", "--json").json["rows"][0]["step"] == 1
    again = arterm("notices", "write", "--customer", "Acme", "--out", str(tmp_path / "letters"))
    assert again.code == 1
    assert arterm("doctor").code == 0


def test_the_layout_of_letters_is_that_of_the_country_until_the_owner_says_another(
    arterm: Arterm, ledger: Path, tmp_path: Path
) -> None:
    def paper(name: str) -> tuple[float, float, float]:
        """The page's width and height and how far right the address stands, in millimetres."""
        written = arterm("notices", "write", "--out", str(tmp_path / name), "--draft", "--json").json["notices"][0]
        document = PdfDocument(written["file"])
        text = document[0].get_textpage()
        found = text.search("Acme").get_next()
        assert found is not None
        sides = (*document[0].get_size(), text.get_charbox(found[0])[0])
        document.close()
        assert arterm("notices", "discard", str(written["id"])).code == 0
        return (round(sides[0] / 72 * 25.4), round(sides[1] / 72 * 25.4), round(sides[2] / 72 * 25.4))

    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    assert paper("be") == (210, 297, 115)
    assert arterm("settings", "set", "layout", "us").code == 0
    assert paper("us") == (216, 279, 25)
    refused = arterm("settings", "set", "layout", "a5")
    assert refused.code == 1
    assert "din-a, din-b, left, right, fr, ch, us" in refused.err
    assert arterm("settings", "set", "layout", "").code == 0
    assert paper("again") == (210, 297, 115)


def test_letters_held_as_drafts_are_confirmed_or_discarded(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    held = arterm("notices", "write", "--out", str(tmp_path / "l"), "--draft", "--one-file", "--json").json["notices"][
        0
    ]
    assert held["state"] == "written"
    assert arterm("notices", "--json").json["waiting"][0]["id"] == held["id"]
    assert arterm("notices", "confirm", str(held["id"])).code == 0
    assert arterm("notices", "discard", str(held["id"])).code == 1
    assert arterm("board", "--json").json["rows"][0]["step"] == 1


def test_everything_by_hand(arterm: Arterm, tmp_path: Path) -> None:
    arterm("setup", "--name", "Loodgieter", "--country", "NL")
    assert (
        arterm(
            "customer",
            "add",
            "Jan Peeters",
            "--kind",
            "consumer",
            "--language",
            "nl",
            "--city",
            "Gent",
            "--country",
            "BE",
            "--mail",
            "jan@example.com",
        ).code
        == 0
    )
    assert arterm("customer", "add", "Jan Peters").code == 0
    assert arterm("contact", "add", "Jan Peeters", "--name", "Jan", "--phone", "+32 9 555 12 12").code == 0
    assert (
        arterm(
            "invoice",
            "add",
            "R1",
            "--customer",
            "Jan Peeters",
            "--amount",
            "250.00",
            "--issued",
            "2026-09-01",
            "--due",
            "1 oct",
        ).code
        == 0
    )
    (tmp_path / "r1.pdf").write_bytes(b"%PDF-1.4")
    assert arterm("attach", "R1", str(tmp_path / "r1.pdf")).code == 0
    assert arterm("invoice", "edit", "R1", "--due", "2026-10-15").code == 0
    assert arterm("credit", "add", "R1", "--kind", "credit_note", "--amount", "50").code == 0
    assert arterm("credit", "add", "R1", "--kind", "write_off", "--amount", "0.50").code == 0
    assert arterm("pay", "--customer", "Jan Peeters", "--amount", "210").code == 0
    assert arterm("credit", "refund", "Jan Peeters", "--json").json["done"].startswith("Refunded 10,50 EUR")
    page = arterm("show", "Jan Peeters", "--json").json
    assert page["invoices"][0]["attachments"] == ["r1.pdf"]
    assert page["invoices"][0]["status"] == "settled"
    assert [contact["mail"] for contact in page["contacts"]] == ["jan@example.com", ""]
    assert arterm("customer", "merge", "Jan Peters", "Jan Peeters").code == 0
    assert arterm("customer", "archive", "Jan Peeters").code == 0
    assert arterm("customer", "list", "--json").json["customers"] == []
    credit = arterm("credit", "list", "Jan Peeters", "--json").json["credits"][0]["id"]
    assert arterm("credit", "bounce", str(credit), "--on", "2026-11-22").code == 0
    assert arterm("board", "--json").json["rows"][0]["balance"] == "199.50"
    assert arterm("doctor").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["pay", "R1", "--amount", "1000"], "over_balance"),
        (["pay", "R1", "--amount", "-5"], "bad_amount"),
        (["pay", "R1", "--amount", "1,234"], "ambiguous_amount"),
        (["pay", "R1", "--amount", "5", "--on", "2026-12-24"], "future_day"),
        (["pay", "R1", "--amount", "5", "--on", "30 feb"], "bad_date"),
        (["pay", "R9", "--amount", "5"], "no_invoice"),
        (["pay", "--customer", "Nobody", "--amount", "5"], "no_customer"),
        (["pay", "--amount", "5"], "missing"),
        (["log", "Acme", "--channel", "call", "--outcome", "promise"], "missing"),
        (["log", "Acme", "--channel", "call", "--outcome", "promise", "--promise", "500@fri"], "over_balance"),
        (["log", "Acme", "--channel", "call", "--outcome", "promise", "--promise", "5"], "missing"),
        (["show", "nothing like it"], "not_found"),
        (["invoice", "add", "R1", "--customer", "Acme", "--amount", "5"], "exists"),
        (["attach", "R1", "/nonexistent.pdf"], "no_file"),
        (["customer", "add", "Acme"], "exists"),
        (["customer", "edit", "Acme", "--country", "Atlantis"], "unknown_country"),
        (["contact", "add", "Acme", "--mail", "a@b.com, c@d.com"], "bad_mail"),
        (["settings", "set", "iban", "BE1"], "bad_iban"),
        (["settings", "get", "colour"], "no_setting"),
        (["import", "/nonexistent.csv"], "no_file"),
        (["import", "."], "not_a_file"),
        (["restore", "/nonexistent.arterm"], "no_file"),
        (["credit", "move", "999", "--to", "Acme"], "no_credit"),
        (["notices", "confirm", "99"], "no_notice"),
        (["report", "ageing", "--as-of", "nonsense"], "bad_date"),
        (["import", "x.csv", "--map", "number"], "bad_map"),
    ],
)
def test_what_is_refused_says_so_in_one_sentence_and_writes_nothing(
    arterm: Arterm, ledger: Path, words: list[str], code: str
) -> None:
    acts = arterm("history", "--json").out
    ran = arterm(*words, "--json")
    assert ran.code == 1
    error = ran.json["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "where", "hint"}
    assert error["message"].endswith(".")
    assert "\n" not in ran.err.strip()
    assert arterm("history", "--json").out == acts


@pytest.mark.parametrize(
    "words", [["bored"], ["board", "--colour"], ["log", "Acme"], ["pay", "--amount"], ["board", "--bucket", "old"]]
)
def test_wrong_usage_is_exit_two(arterm: Arterm, words: list[str]) -> None:
    assert arterm(*words).code == 2


def test_a_missing_book_and_a_server_are_refused(
    arterm: Arterm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from arterm.cli.main import run

    assert arterm("board", "--json").json["error"]["code"] == "no_book"
    assert run(["--book", "postgresql://u:secret@h/b", "board", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "no_postgres"
    assert "secret" not in said.out + said.err


def test_a_backup_is_brought_back_by_command(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    assert arterm("backup", str(tmp_path / "copy.arterm")).code == 0
    arterm("pay", "R1", "--amount", "100")
    assert arterm("restore", str(tmp_path / "copy.arterm")).code == 0
    assert arterm("board", "--json").json["totals"]["overdue"] == "100.00"
    assert arterm("doctor").code == 0


def test_doctor_says_what_is_wrong_and_exits_three(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.arterm").write_bytes(b"no book at all")
    ran = arterm("doctor", "--json", book=tmp_path / "bad.arterm")
    assert ran.code == 3
    assert ran.json["healthy"] is False
    assert any(check["state"] == "bad" and check["hint"] for check in ran.json["checks"])


def test_the_export_is_readable_without_arterm(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    import csv

    arterm("customer", "add", "=HYPERLINK(1)")
    assert arterm("export", str(tmp_path / "out")).code == 0
    rows = list(csv.DictReader((tmp_path / "out" / "invoices.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["number"], row["balance"], row["days_late"]) for row in rows] == [
        ("R1", "100.00", "52"),
        ("R2", "0.00", "26"),
        ("R3", "70.00", "0"),
    ]
    whole = json.loads((tmp_path / "out" / "book.json").read_text())
    assert {"customers", "payments", "log", "journal", "settings"} <= whole.keys()
    assert "'=HYPERLINK(1)" in (tmp_path / "out" / "customers.csv").read_text("utf-8-sig")
    assert arterm("export", str(tmp_path)).code == 1
    arterm(
        "log",
        "Zuid",
        "--channel",
        "call",
        "--outcome",
        "call_back",
        "--follow-up",
        "+3",
        "--note",
        "after two; ask, Els",
    )
    assert arterm("export", str(tmp_path / "out")).code == 0
    from icalendar import Calendar

    (event,) = Calendar.from_ical((tmp_path / "out" / "follow-ups.ics").read_bytes()).walk("VEVENT")
    assert (event["summary"], event["description"]) == ("Look again: Zuid", "after two; ask, Els")


def test_ageing_by_customer_as_table_csv_and_json(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    assert arterm("report", "ageing", "--json").json["totals"][0]["total"] == "170.00"
    assert arterm("report", "ageing", "--as-of", "2026-11-09", "--json").json["totals"][0]["total"] == "220.00"
    assert arterm("report", "ageing", "--format", "csv").out.splitlines()[-1].endswith("170.00")
    assert arterm("report", "ageing", "--format", "csv", "--out", str(tmp_path / "a.csv")).code == 0
    assert arterm("report", "ageing", "--format", "csv", "--out", str(tmp_path / "a.csv")).code == 1


def test_every_report_as_table_and_file(arterm: Arterm, ledger: Path, tmp_path: Path) -> None:
    found = arterm("report", "dso", "--days", "30", "--compare", "month", "--json").json
    assert [one["key"] for one in found["figures"]] == ["dso", "countback", "best_dso", "add", "cei", "at_risk"]
    assert "week from" in arterm("report", "forecast").out
    for name in ("ageing", "dso", "forecast", "statement", "effectiveness", "behaviour"):
        for form in ("csv", "xlsx", "json", "pdf"):
            assert arterm("report", name, "--format", form, "--out", str(tmp_path / f"{name}.{form}")).code == 0
    assert (tmp_path / "dso.pdf").read_bytes().startswith(b"%PDF")
    assert "figure,value,unit,before,formula" in (tmp_path / "dso.csv").read_text("utf-8-sig")
    for words, said in (
        (("profit",), "There is no report 'profit'."),
        (("dso", "--format", "pdf"), "needs a name"),
        (("dso", "--days", "0"), "from 1 to 3660"),
        (("statement", "--customer", "nobody at all"), "nobody at all"),
    ):
        refused = arterm("report", *words)
        assert refused.code in (1, 2)
        assert said in refused.err


@pytest.mark.parametrize("name", ALL)
def test_hostile_names_are_printed_as_text(arterm: Arterm, tmp_path: Path, name: str) -> None:
    from arterm.rules.text import clean

    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    row = arterm("customer", "add", "--json", "--note", name, "--", name).json["id"]
    assert (
        arterm(
            "invoice",
            "add",
            f"R {name}",
            "--customer",
            f"#{row}",
            "--amount",
            "100",
            "--issued",
            "2026-08-01",
            "--due",
            "2026-09-01",
        ).code
        == 0
    )
    arterm("log", f"#{row}", "--channel", "call", "--outcome", "other", "--note", name)
    for words in (
        ["board"],
        ["show", f"#{row}"],
        ["history"],
        ["report", "ageing"],
        ["customer", "list"],
        ["undo", "--list"],
        ["notices"],
    ):
        ran = arterm(*words)
        assert ran.code == 0
        assert not set(ran.out) & {chr(n) for n in (*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x200B)}
    assert clean(name) in arterm("board").out
    assert arterm("board", "--json").json["rows"][0]["customer"] == clean(name)


def test_completion_scripts_are_made_for_the_shells(arterm: Arterm) -> None:
    for shell in ("bash", "zsh", "tcsh"):
        assert "notices" in arterm("completion", shell).out


def test_piped_demo_prints_the_board_as_text_and_says_how_to_open_it(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "arterm", "--today", "2026-11-22", "demo", "--dir", str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert ran.returncode == 0
    assert "Bakkerij De Korenaar" in ran.stdout
    assert "Open it in a terminal with" in ran.stdout
    assert "\x1b" not in ran.stdout


def test_the_demo_is_the_same_every_time_for_the_same_day(tmp_path: Path) -> None:
    from datetime import date

    from arterm.desk.accounts.board import Board, Query
    from arterm.desk.housekeeping.demo import make_demo

    seen = []
    for name in ("a", "b"):
        desk = make_demo(tmp_path / f"{name}.arterm", date(2026, 11, 22))
        seen.append(
            (
                desk.book.rows("SELECT hash FROM act WHERE 0"),
                [(r.customer, r.invoice, r.balance, r.status) for r in Board(desk, Query(everything=True)).rows()],
            )
        )
        counts = [
            desk.book.one(f"SELECT count(*) FROM {table}")[0]
            for table in ("customer", "invoice", "notice", "log", "promise")
        ]
        languages = {row[0] for row in desk.book.rows("SELECT language FROM customer")}
        desk.close()
    assert seen[0] == seen[1]
    assert counts[:2] == [40, 200]
    assert min(counts[2:]) > 5
    assert {"nl", "fr", "de"} <= languages


def test_what_a_newcomer_mistypes_is_refused_where_it_stands(arterm: Arterm, tmp_path: Path) -> None:
    assert arterm("setup", "--name", "Shop", "--country", "BE").code == 0
    for words, said in (
        (("settings", "set", "keymap", "row.call=p"), "already stands for row.pay"),
        (("settings", "set", "bic", "12"), "not a bank code"),
        (("settings", "set", "name", " "), "needs a name"),
        (("backup", str(tmp_path / "nowhere" / "x.arterm")), "no such folder"),
        (("import", str(tmp_path / "x.csv"), "--date-format", "zzz"), "how a date is written"),
    ):
        ran = arterm(*words)
        assert (ran.code, said in ran.err) == (1, True), (words, ran.err)
    ran = arterm("setup", "--name", "Shop", "--country", "BE", book=tmp_path / "t2.txt")
    assert ran.code == 1
    assert "ends in .arterm" in ran.err
    assert any(row["act"] == "row.call" for row in arterm("settings", "keys", "--json").json["acts"])


def test_without_a_locale_a_new_book_is_in_euro(
    arterm: Arterm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    (tmp_path / "i.csv").write_text("Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-09-01,2026-10-01,5\n")
    assert "in EUR" in arterm("import", str(tmp_path / "i.csv")).err
    assert arterm("board", "--json").json["currency"] == "EUR"


def test_one_contact_and_one_credit_are_shown_and_attachments_stand_in_the_history(
    arterm: Arterm, tmp_path: Path
) -> None:
    arterm("setup", "--name", "Shop", "--country", "BE")
    arterm("customer", "add", "Acme", "--mail", "a@acme.be")
    arterm("invoice", "add", "R1", "--customer", "Acme", "--amount", "10")
    arterm("pay", "R1", "--amount", "4")
    (tmp_path / "r1.pdf").write_bytes(b"%PDF-1.4 paper")
    assert arterm("attach", "R1", str(tmp_path / "r1.pdf")).code == 0
    assert "has this file already" in arterm("attach", "R1", str(tmp_path / "r1.pdf")).err
    assert arterm("contact", "show", "1", "--json").json["contacts"][0]["mail"] == "a@acme.be"
    assert arterm("credit", "show", "1", "--json").json["credits"][0]["total"] == "4.00"
    assert "attached a file" in arterm("history", "R1").out
    assert "attached a file" in arterm("history", "Acme").out
