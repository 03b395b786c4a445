"""Claims, ladders, disputes and pauses by command: the JSON of the contract, its exit codes, and refusals in one
sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Arterm = Callable[..., Ran]
TOLD = (
    "claim",
    "--jurisdiction",
    "GB",
    "--debtor",
    "business",
    "--principal",
    "5000",
    "--currency",
    "GBP",
    "--due",
    "2025-06-30",
    "--as-of",
    "2025-09-30",
)


@pytest.fixture
def shop(arterm: Arterm) -> Arterm:
    """A Belgian shop with a business and a consumer who owe."""
    arterm("setup", "--name", "Shop", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Acme", "--kind", "business", "--country", "BE")
    arterm("customer", "add", "Jan", "--kind", "consumer", "--country", "BE")
    arterm("customer", "add", "Who", "--country", "BE")
    for number, who in (("R1", "Acme"), ("R2", "Jan"), ("R3", "Who")):
        arterm(
            "invoice",
            "add",
            number,
            "--customer",
            who,
            "--amount",
            "400",
            "--issued",
            "2026-08-01",
            "--due",
            "2026-08-31",
        )
    return arterm


def test_a_claim_without_a_book_is_the_json_of_the_contract(arterm: Arterm) -> None:
    ran = arterm(*TOLD, "--json")
    assert ran.code == 0
    found = ran.json
    assert {
        "jurisdiction",
        "debtor",
        "as_of",
        "currency",
        "principal",
        "interest",
        "compensation",
        "costs",
        "total",
        "interest_periods",
        "basis",
        "not_allowed",
    } <= set(found)
    assert (found["principal"], found["interest"], found["compensation"], found["costs"], found["total"]) == (
        "5000.00",
        "154.38",
        "70.00",
        "0.00",
        "5224.38",
    )
    assert found["interest_periods"] == [
        {
            "from": "2025-07-01",
            "to": "2025-09-30",
            "days": 92,
            "principal": "5000.00",
            "rate": "12.25",
            "interest": "154.38",
        }
    ]
    assert {tuple(one) for one in found["basis"]} == {("what", "law", "note")}
    assert "154.38" in arterm(*TOLD).out


def test_payments_reminders_and_a_contract_rate_are_said_on_the_command_line(arterm: Arterm) -> None:
    paid = arterm(*TOLD, "--paid", "2000@2025-07-31", "--json").json
    assert [(p["days"], p["principal"]) for p in paid["interest_periods"]] == [(31, "5000.00"), (61, "3000.00")]
    assert paid["principal"] == "3000.00"
    agreed = arterm(*TOLD, "--contract-rate", "4", "--json").json
    assert (agreed["interest_periods"][0]["rate"], agreed["compensation"]) == ("4", "0.00")
    belgian = (
        "claim",
        "--jurisdiction",
        "BE",
        "--debtor",
        "consumer",
        "--principal",
        "400",
        "--currency",
        "EUR",
        "--due",
        "2025-08-31",
        "--json",
    )
    waiting = arterm(*belgian, "--as-of", "2025-09-24", "--reminded", "2025-09-10:email").json
    assert {one["from"] for one in waiting["not_allowed"] if one["what"] == "interest"} == {"2025-09-25"}
    posted = arterm(*belgian, "--as-of", "2025-09-24", "--reminded", "2025-09-10").json
    assert {one["from"] for one in posted["not_allowed"] if one["what"] == "interest"} == {"2025-09-29"}
    over = arterm(*belgian, "--as-of", "2026-01-31", "--reminded", "2025-09-10:email").json
    assert over["interest"] == "6.36"


def test_a_rate_that_is_missing_stops_the_claim_with_exit_three_until_it_is_added(shop: Arterm) -> None:
    ran = shop("claim", "R1", "--as-of", "2027-03-01", "--json")
    assert ran.code == 3
    assert ran.json["interest_periods"][-1]["to"] == "2026-12-31"
    assert ran.json["stopped"] == "2026-12-31"
    add = (
        "rates",
        "add",
        "BE",
        "business",
        "10.5",
        "--from",
        "2027-01-01",
        "--until",
        "2027-06-30",
        "--source",
        "Moniteur belge",
    )
    assert shop(*add).code == 0
    assert shop("claim", "R1", "--as-of", "2027-03-01", "--json").code == 0
    again = shop(*add)
    assert (again.code, "already" in again.err) == (1, True)
    listed = shop("rates", "list", "--jurisdiction", "BE", "--since", "2027-01-01", "--json").json["rates"]
    assert [(one["rate"], one["confidence"]) for one in listed] == [("10.5", "owner")]
    assert shop("undo").code == 0
    assert shop("claim", "R1", "--as-of", "2027-03-01").code == 3


def test_a_claim_on_an_invoice_asks_for_the_kind_of_a_debtor_who_is_not_known(shop: Arterm) -> None:
    found = shop("claim", "R1", "--json").json
    assert (found["compensation"], found["jurisdiction"]) == ("40.00", "BE")
    unknown = shop("claim", "R3")
    assert unknown.code == 1
    assert "--kind business" in unknown.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (
            (
                "claim",
                "--jurisdiction",
                "PL",
                "--debtor",
                "business",
                "--principal",
                "1",
                "--currency",
                "PLN",
                "--due",
                "2026-01-01",
            ),
            "unknown_jurisdiction",
        ),
        (
            (
                "claim",
                "--jurisdiction",
                "GB",
                "--debtor",
                "business",
                "--principal",
                "1",
                "--currency",
                "EUR",
                "--due",
                "2026-01-01",
            ),
            "other_currency",
        ),
        (
            (
                "claim",
                "--jurisdiction",
                "GB",
                "--debtor",
                "business",
                "--principal",
                "-1",
                "--currency",
                "GBP",
                "--due",
                "2026-01-01",
            ),
            "bad_amount",
        ),
        (
            (
                "claim",
                "--jurisdiction",
                "GB",
                "--debtor",
                "business",
                "--principal",
                "1",
                "--currency",
                "GBP",
                "--due",
                "2027-01-01",
            ),
            "bad_date",
        ),
        (("claim", "--jurisdiction", "GB", "--debtor", "business", "--principal", "1", "--currency", "GBP"), "missing"),
        ((*TOLD, "--paid", "5"), "missing"),
        ((*TOLD, "--reminded", "2025-08-01:pigeon"), "bad_choice"),
        ((*TOLD, "--contract-rate", "lots"), "bad_rate"),
        (("rates", "add", "BE", "business", "10", "--from", "2026-12-01", "--until", "2027-01-31"), "rate_overlap"),
        (("ladder", "step", "standard", "1", "--after", "previous"), "bad_ladder"),
        (("ladder", "step", "standard", "2", "--name", "1st reminder"), "bad_ladder"),
        (("ladder", "step", "standard", "2", "--days", "0"), "bad_ladder"),
        (("ladder", "choose", "Acme", "nothing"), "no_ladder"),
        (("settings", "set", "ladder_business", "nothing"), "no_ladder"),
        (("pause", "Acme", "--until", "2026-11-01", "--why", "x"), "past_day"),
        (("pause", "Acme", "--until", "+5", "--why", " "), "missing"),
        (("resume", "Acme"), "not_paused"),
        (("dispute", "R1"), "missing"),
        (("dispute", "R1", "--reason", "weather"), "bad_choice"),
        (("dispute", "R1", "--reason", "price", "--amount", "401"), "over_balance"),
        (("dispute", "R1", "--resolve", "upheld"), "no_dispute"),
        (("waive", "R1", "--why", "friends"), "nothing_open"),
        (("ladder", "done", "R1"), "no_act"),
        (("notices", "write", "--customer", "Acme", "--step", "3", "--out", "x"), "too_firm"),
        (("terms", "accept", "Acme", "--version", "1", "--rate", "101"), "bad_rate"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_and_changes_nothing(
    shop: Arterm, words: tuple[str, ...], code: str
) -> None:
    before = shop("history", "--json").json["acts"][0]["id"]
    ran = shop(*words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, code)
    assert ran.json["error"]["message"].endswith(".")
    assert shop("history", "--json").json["acts"][0]["id"] == before


def test_a_dispute_on_a_part_leaves_the_rest_on_the_ladder(shop: Arterm) -> None:
    assert shop("dispute", "R1", "--reason", "quality", "--amount", "150", "--who", "Els", "--target", "+14").code == 0
    row = next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")
    assert (row["status"], row["balance"]) == ("overdue", "400.00")
    due = next(one for one in shop("notices", "--due", "--json").json["due"] if one["customer"] == "Acme")
    assert (due["total"], due["lines"][0]["open"]) == ("250.00", "250.00")
    assert shop("dispute", "R1", "--resolve", "credited", "--credit", "100").code == 0
    row = next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")
    assert row["balance"] == "300.00"
    assert shop("undo").code == 0
    assert shop("show", "R1", "--json").json["invoice"]["disputed"] == "150.00"


def test_what_is_paused_says_so_and_goes_on_when_resumed(shop: Arterm) -> None:
    assert shop("pause", "R1", "--until", "2026-12-05", "--why", "waiting for parts").code == 0
    found = shop("notices", "--due", "--json").json
    held = next(one for one in found["not_due"] if one["invoice"] == "R1")
    assert held["why_not"][0] == "paused until 05 Dec: waiting for parts"
    assert next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")["status"] == "hold"
    assert (
        next(o for o in shop("board", "--json", today="2026-12-06").json["rows"] if o["invoice"] == "R1")["status"]
        == "overdue"
    )
    assert shop("resume", "R1").code == 0
    assert next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")["status"] == "overdue"


def test_the_dry_run_is_the_real_decision_and_costs_come_from_the_third_reminder(shop: Arterm, tmp_path: Path) -> None:
    assert shop("ladder", "add", "Strict", "--like", "new").code == 0
    for n in range(7, 3, -1):
        shop("ladder", "drop", "strict", str(n))
    assert (
        shop(
            "ladder",
            "step",
            "strict",
            "3",
            "--channel",
            "letter",
            "--name",
            "third",
            "--charges",
            "yes",
            "--tone",
            "formal",
        ).code
        == 0
    )
    assert shop("ladder", "choose", "Acme", "strict").code == 0
    letters = []
    for n, day in enumerate(("2026-10-01", "2026-10-20", "2026-11-10")):
        due = next(
            one for one in shop("notices", "--due", "--json", today=day).json["due"] if one["customer"] == "Acme"
        )
        written = shop("notices", "write", "--out", str(tmp_path / str(n)), "--json", today=day).json["notices"]
        letter = next(one for one in written if one["customer"] == "Acme")
        assert (letter["step"], letter["tone"]) == (due["step"], due["tone"])
        letters.append(due)
    assert [len(one["lines"][0]["charges"]) for one in letters] == [0, 0, 2]
    row = next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")
    claim = shop("claim", "R1", "--as-of", "2026-11-10", "--json").json
    assert row["balance"] == "400.00"
    assert row["charges"] == f"{(int(claim['interest'].replace('.', '')) + 4000) / 100:.2f}"
    assert shop("waive", "R1", "--why", "a good customer").code == 0
    assert next(one for one in shop("board", "--json").json["rows"] if one["invoice"] == "R1")["charges"] == "0.00"
    assert shop("doctor").code == 0


def test_a_belgian_consumers_first_letter_is_the_free_one_and_nothing_is_charged_before_its_wait(
    shop: Arterm, tmp_path: Path
) -> None:
    shop("terms", "accept", "Jan", "--version", "2026-01", "--accepted", "2026-01-02", "--rate", "8", "--costs-clause")
    assert shop("notices", "write", "--customer", "Jan", "--out", str(tmp_path), today="2026-09-14").code == 0
    early = shop("claim", "R2", "--as-of", "2026-09-30", "--json").json
    assert (early["interest"], early["compensation"]) == ("0.00", "0.00")
    (wait,) = {one["from"] for one in early["not_allowed"] if one["what"] == "interest"}
    assert wait == "2026-10-01"
    late = shop("claim", "R2", "--as-of", "2026-10-31", "--json").json
    assert (late["compensation"], late["interest_periods"][0]["from"], late["interest_periods"][0]["rate"]) == (
        "55.00",
        "2026-10-01",
        "8",
    )
    from pypdfium2 import PdfDocument

    (paper,) = tmp_path.glob("L*.pdf")
    document = PdfDocument(paper)
    text = document[0].get_textpage().get_text_bounded().replace("\r\n", " ").replace("\u00a0", " ")
    document.close()
    assert "first reminder is free of charge" in text
    assert "17 September 2026 to 30 September 2026" in text
    assert "EUR 55.00 as a lump sum and interest of 8 % a year" in text


def test_today_is_ranked_and_says_why(shop: Arterm) -> None:
    shop("log", "Acme", "--channel", "call", "--outcome", "call_back", "--follow-up", "today")
    tasks = shop("today", "--json").json["tasks"]
    assert tasks[0]["group"] == "call-backs"
    assert {task["group"] for task in tasks} == {"call-backs", "letters"}
    assert all(task["why"] for task in tasks)
    assert "follow-up is due" in shop("today").out


def test_an_invoice_explains_itself(shop: Arterm) -> None:
    found = shop("show", "R1", "--json").json["next"]
    assert sum(points for points, _ in found["points"]) == found["priority"]
    assert (found["next"], found["why_not"], found["old_enough"]) == ("1st reminder", [], "hand over?")
    assert any("old enough for step" in why for why in found["why"])
    assert "to be chased now" in shop("show", "R1").out


def test_the_call_desk_by_command(shop: Arterm) -> None:
    shown = shop("calls", "Acme")
    assert "invoice R1 of EUR 400.00" in shown.out
    found = shop("calls", "Acme", "--json").json
    assert set(found) == {"limits", "script"}
    assert shop("calls", "Acme", "--stop", "letters only").code == 0
    assert "does not want to be called: letters only" in shop("calls", "Acme").out
    assert shop("calls", "Acme").code == 3
    refused = shop("log", "Acme", "--channel", "call", "--outcome", "no_answer")
    assert refused.code == 1
    assert "Does not want to be called" in refused.err
    assert "--why" in refused.err
    assert shop("log", "Acme", "--channel", "call", "--outcome", "no_answer", "--why", "they asked me to").code == 0
    assert shop("calls", "Acme", "--allow").code == 0
    told = shop("log", "Acme", "--channel", "call", "--outcome", "call_back", "--follow-up", "+1", "--at", "14:30").out
    assert "look again tomorrow at 14:30" in told or "at 14:30" in told
    work = shop("today", "--json", today="2026-11-23").json
    assert work["tasks"][0]["at"] == "14:30"
    assert {"tasks", "set_aside", "promises", "as_of"} == set(work)
    assert all(sum(points for points, _ in task["points"]) == task["priority"] for task in work["tasks"])
