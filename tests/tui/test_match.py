"""Receipts on screen: a statement brought in, what waits settled with one key, other columns told."""

from __future__ import annotations

from pathlib import Path

from arterm.desk.bank import lines
from arterm.desk.session import Desk
from tests.conftest import TODAY
from tests.tui.conftest import Hand, at

HEAD = "Date,Amount,Currency,Counterparty name,Counterparty account,Description\n"


def some_open(demo: Path) -> tuple[str, str, int]:
    """Number, customer and open cents of an invoice of the demo in euro that no other has the sum of."""
    desk = Desk.open(demo, TODAY)
    row = desk.book.one(
        "SELECT i.number, c.name, i.open, c.id FROM invoice i JOIN customer c ON c.id = i.customer WHERE i.open > 5000"
        " AND i.kind = 'invoice' AND i.currency = 'EUR' AND i.void_act IS NULL ORDER BY i.due LIMIT 1"
    )
    desk.close()
    return row[0], row[1], row[2]


async def bring(hand: Hand, *files: Path) -> None:
    await hand.press("f2")
    await hand.type(" ".join(f"'{file}'" for file in files))
    await hand.press("enter")
    await hand.until(lambda: "read" in hand.text and "Reading…" not in hand.text)
    await hand.press("ctrl+s")
    await hand.until(lambda: "Receipt 1 of" in hand.text or getattr(hand.screen, "SCREEN", "") == "board")


async def test_a_statement_is_brought_in_and_what_waits_is_settled_by_hand(demo: Path, tmp_path: Path) -> None:
    number, name, left = some_open(demo)
    file = tmp_path / "bank.csv"
    file.write_text(
        f"{HEAD}2026-11-20,{left / 100 - 1:.2f},EUR,Somebody [b]Else,,zahlung"
        f" {number}\n2026-11-21,3.21,EUR,Cafe,,nothing we know\n"
    )
    async with at(demo) as hand:
        await bring(hand, file)
        assert "Receipt 1 of 2" in hand.text
        assert "Somebody [b]Else" in hand.text
        assert name in hand.text
        await hand.press("1")
        assert "Receipt 1 of 1" in hand.text
        assert "nothing we know" in hand.text
        await hand.press("i")
        assert "Every receipt is settled." in hand.text
    desk = Desk.open(demo, TODAY)
    assert lines.bank_state(desk).waiting == 0
    assert desk.book.one("SELECT open FROM invoice WHERE number = ?", (number,))[0] == 100
    desk.close()


async def test_the_board_says_how_old_the_bank_is(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(f"{HEAD}2026-11-10,3.21,EUR,Cafe,,nothing we know\n")
    async with at(demo) as hand:
        await bring(hand, file)
        await hand.press("escape", "escape")
        await hand.until(lambda: getattr(hand.screen, "SCREEN", "") == "board")
        assert "1 to match" in hand.text
        await hand.press("M")
        assert "Receipt 1 of 1: 3,21 EUR" in hand.text or "Receipt 1 of 1: 3.21 EUR" in hand.text


async def test_several_files_are_brought_in_at_once(demo: Path, tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"part {n}.csv").write_text(f"{HEAD}2026-11-1{n},{n}.00,EUR,Cafe {n},,x\n")
    async with at(demo) as hand:
        await bring(hand, tmp_path / "part 1.csv", tmp_path / "part 2.csv")
        assert "Receipt 1 of 2" in hand.text
