"""Plans, offers and ways out by command: the contract's JSON, exit codes and refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def owed(arterm: Run) -> Run:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Van Damme", "--kind", "business", "--country", "BE")
    arterm(
        "invoice",
        "add",
        "R1",
        "--customer",
        "Van Damme",
        "--amount",
        "300.00",
        "--issued",
        "2026-09-01",
        "--due",
        "2026-10-01",
    )
    arterm(
        "invoice",
        "add",
        "R2",
        "--customer",
        "Van Damme",
        "--amount",
        "50.00",
        "--issued",
        "2026-09-01",
        "--due",
        "2026-10-01",
    )
    return arterm


def test_a_plan_from_quote_to_kept(owed: Run, tmp_path: Path) -> None:
    words = ("Van Damme", "--invoice", "R1", "--parts", "3", "--first", "2026-12-31", "--every", "month")
    quoted = owed("plan", "quote", *words, "--json").json
    assert [(one["due"], one["amount"]) for one in quoted["instalments"]] == [
        ("2026-12-31", "100.00"),
        ("2027-02-01", "100.00"),
        ("2027-03-01", "100.00"),
    ]
    made = owed("plan", "propose", *words, "--out", str(tmp_path / "letters"), "--json").json
    assert (made["plan"], made["state"], made["invoices"], made["total"], made["currency"]) == (
        1,
        "proposed",
        ["R1"],
        "300.00",
        "EUR",
    )
    assert made["instalments"][0] == {"n": 1, "due": "2026-12-31", "amount": "100.00", "paid": "0.00", "state": "open"}
    assert "31/12/2026" in PdfReader(made["file"]).pages[0].extract_text()
    assert owed("plan", "accept", "1").code == 0
    rows = {row["invoice"]: row for row in owed("board", "--json").json["rows"]}
    assert (rows["R1"]["status"], rows["R1"]["next_action"], rows["R1"]["next_on"]) == (
        "plan",
        "instalment 1",
        "2026-12-31",
    )
    for day in ("2026-12-31", "2027-02-01", "2027-03-01"):
        owed("pay", "R1", "--amount", "100.00", today=day)
    shown = owed("plan", "show", "1", "--json", today="2027-03-01").json
    assert {"plan", "customer_id", "state", "invoices", "total", "currency", "instalments"} <= set(shown)
    assert (shown["state"], [one["state"] for one in shown["instalments"]]) == ("kept", ["paid"] * 3)
    assert "Plan" in owed("plan", "list", today="2027-03-01").out


def test_a_broken_plan_has_its_letter(owed: Run, tmp_path: Path) -> None:
    owed("plan", "propose", "Van Damme", "--each", "120", "--first", "2026-12-01", "--grace", "5")
    owed("plan", "accept", "1")
    assert owed("plan", "breach", "1").code == 1
    assert owed("plan", "show", "1", "--json", today="2026-12-07").json["state"] == "broken"
    tasks = owed("today", "--json", today="2026-12-07").json["tasks"]
    assert [task["action"] for task in tasks if task["group"] == "instalments"] == ["the plan is broken: write so"]
    out = owed("plan", "breach", "1", "--out", str(tmp_path / "l"), "--json", today="2026-12-07").json
    page = PdfReader(out["notices"][0]["file"]).pages[0].extract_text()
    assert "120.00" in page
    assert "22 November 2026" in page


def test_instalments_agreed_with_the_invoice(owed: Run) -> None:
    made = owed("plan", "terms", "R2", "--parts", "2", "--first", "2026-10-01", "--json").json
    assert (made["state"], made["origin"], [one["amount"] for one in made["instalments"]]) == (
        "running",
        "terms",
        ["25.00", "25.00"],
    )
    assert made["instalments"][1]["state"] == "missed"


def test_refusals_say_where_and_change_nothing(owed: Run) -> None:
    for words, where in (
        (("plan", "propose", "Van Damme", "--parts", "3", "--first", "2026-11-01"), "first"),
        (("plan", "propose", "Van Damme", "--first", "2026-12-01"), "parts"),
        (("plan", "propose", "Van Damme", "--parts", "2", "--each", "5", "--first", "2026-12-01"), "parts"),
        (("plan", "accept", "7"), "plan"),
        (("offer", "accept", "7"), "offer"),
        (("offer", "discount", "R1", "--amount", "300.00", "--until", "+7"), "amount"),
        (("options", "R1", "--try", "wait_chance"), "assumption"),
        (("options", "R1", "--set", "wait_chance=200"), "wait_chance"),
    ):
        ran = owed(*words, "--json")
        assert (ran.code, ran.json["error"]["where"]) == (1, where), words
        assert ran.json["error"]["message"]
    assert owed("plan", "list").out.strip() == "No plans."


def test_offers_by_command(owed: Run) -> None:
    made = owed("offer", "discount", "R1", "--amount", "240.00", "--until", "2026-12-02", "--agreed", "--json").json
    assert (made["offer"], made["state"], made["total"], made["amount"]) == (1, "accepted", "300.00", "240.00")
    assert "written off" in owed("pay", "R1", "--amount", "240.00").out
    assert owed("offer", "show", "1", "--json").json["state"] == "kept"
    extended = owed("offer", "extend", "R2", "--until", "2026-12-24", "--json").json
    assert (extended["kind"], extended["state"]) == ("extend", "offered")
    owed("offer", "accept", "2")
    assert owed("board", "--json").json["rows"][0]["status"] == "hold"
    owed("offer", "decline", "2", "--why", "changed their mind")
    assert owed("offer", "goodwill", "R2", "--amount", "10.00", "--note", "late delivery", "--agreed").code == 0
    assert owed("board", "--json").json["rows"][0]["balance"] == "40.00"
    assert [one["state"] for one in owed("offer", "list", "--json").json["offers"]] == ["accepted", "declined", "kept"]


def test_ways_out_by_command(owed: Run) -> None:
    found = owed("options", "R1", "--json").json
    assert (found["debt"], found["currency"], found["invoices"]) == ("300.00", "EUR", ["R1"])
    wait = next(one for one in found["ways"] if one["way"] == "wait")
    assert set(wait) == {
        "way",
        "words",
        "brings",
        "on",
        "cost",
        "chance",
        "worth",
        "currency",
        "relation",
        "note",
        "rests_on",
    }
    assert owed("options", "Van Damme", "--json").json["debt"] == "350.00"
    owed("options", "R1", "--set", "wait_chance=80")
    again = owed("options", "R1", "--json").json
    held = {one["key"]: one for one in again["assumptions"]}
    assert (held["wait_chance"]["value"], held["wait_chance"]["source"]) == (80, "yours for this customer")
    assert "Worth today" in owed("options", "R1").out
