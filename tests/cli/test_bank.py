"""Statements and receipts by command: their words, JSON and exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Arterm = Callable[..., Ran]
HEAD = "Date,Amount,Currency,Counterparty name,Counterparty account,Description\n"


@pytest.fixture
def owed(arterm: Arterm, tmp_path: Path) -> Path:
    """A book with one invoice, and a statement that pays it and brings a stranger's money."""
    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    arterm("customer", "add", "Café Zuid", "--country", "BE", "--kind", "business")
    arterm(
        "invoice",
        "add",
        "2026-0143",
        "--customer",
        "Café Zuid",
        "--amount",
        "121",
        "--due",
        "2026-10-01",
        "--issued",
        "2026-09-01",
    )
    file = tmp_path / "s.csv"
    file.write_text(
        f"{HEAD}2026-11-20,121.00,EUR,Café Zuid,BE71096123456769,2026-0143\n2026-11-21,9.00,EUR,Nobody,,gift\n"
    )
    return file


def waiting(arterm: Arterm) -> list[int]:
    return [one["line"]["id"] for one in arterm("match", "--json").json["lines"]]


def test_match_brings_a_statement_in_books_what_is_certain_and_lists_the_rest(arterm: Arterm, owed: Path) -> None:
    ran = arterm("match", str(owed))
    assert (ran.code, "1 receipt booked, 1 to be matched" in ran.out) == (0, True)
    assert arterm("show", "2026-0143", "--json").json["invoice"]["balance"] == "0.00"
    found = arterm("match", "--json").json
    assert [one["line"]["payer"] for one in found["lines"]] == ["Nobody"]
    assert found["bank"]["waiting"] == 1
    assert "Nobody" in arterm("match").out


def test_one_receipt_is_settled_in_every_way(arterm: Arterm, owed: Path) -> None:
    arterm("match", str(owed))
    (line,) = waiting(arterm)
    assert arterm("match", "--line", str(line), "--ignore").code == 0
    assert waiting(arterm) == []
    assert arterm("match", "--line", str(line), "--wait").code == 0
    assert arterm("match", "--line", str(line), "--customer", "Café Zuid").code == 0
    assert waiting(arterm) == []
    assert arterm("match", "--line", str(line), "--unmatch").code == 0
    assert waiting(arterm) == [line]
    assert arterm("undo").code == 0
    assert waiting(arterm) == []


def test_what_cannot_be_is_refused_with_what_to_do(arterm: Arterm, owed: Path) -> None:
    arterm("match", str(owed))
    (line,) = waiting(arterm)
    for words, said in (
        (("--line", "99"), "no receipt #99"),
        (("--line", str(line), "--take", "9"), "no suggestion 9"),
        (("--line", str(line), "--unmatch"), "not matched"),
        (("--line", str(line), "--returns"), "No payment"),
    ):
        ran = arterm("match", *words)
        assert (ran.code, said in ran.err) == (1, True), ran.err
    assert waiting(arterm) == [line]


def test_the_board_and_the_letters_say_that_the_bank_is_old(arterm: Arterm, owed: Path) -> None:
    arterm("match", str(owed))
    board = arterm("board", "--json", today="2026-12-05")
    assert board.json["bank"]["days"] == 14
    assert "14 days old" in arterm("notices", "--due", today="2026-12-05").err


def test_a_statement_that_is_none_is_refused_and_nothing_changes(arterm: Arterm, owed: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<a><b/></a>")
    ran = arterm("match", str(bad))
    assert ran.code in (1, 2)
    assert "bad.xml" in ran.err
    assert arterm("match", "--json", "--all").json["lines"] == []
