"""The letter sheet: letters seen as words and as pages, left out, written, answered; other kinds; nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest

from arterm.desk.letters import notices
from arterm.tui.widgets.page import Page
from tests.tui.conftest import Hand, at


def states(hand: Hand) -> list[str]:
    return [row[0] for row in hand.app.desk.book.rows("SELECT state FROM notice WHERE day = '2026-11-22' ORDER BY id")]


def words(hand: Hand) -> str:
    return str(hand.screen.query_one("#letter-words").content)


async def test_letters_to_go_are_turned_left_out_and_written_in_one_file(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("N")
        count = len(hand.screen.shown.letters)
        assert count > 3
        first = words(hand)
        assert f"1 of {count}: " in hand.text
        await hand.press("right")
        assert words(hand) != first
        await hand.press("left", "space")
        assert "(left out)" in hand.text
        chosen = len(hand.screen.chosen)
        await hand.press("f")
        await hand.until(lambda: "Did these" in hand.text)
        (paper,) = (demo.parent / "letters").glob("*.pdf")
        assert paper.read_bytes().startswith(b"%PDF")
        assert states(hand) == ["written"] * chosen
        await hand.press("y")
        assert states(hand) == ["issued"] * chosen
        assert len(hand.screen.shown.letters) == count - chosen
        await hand.press("escape")
        assert hand.screen.SCREEN == "board"


async def test_unanswered_letters_come_back_and_no_takes_them_away(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("n", "f")
        await hand.until(lambda: "Did it go out" in hand.text)
        await hand.press("escape")
        assert "say later with N" in hand.toasts
        await hand.press("N")
        assert "did it go out?" in hand.text
        assert hand.screen.shown.letters[0].written is not None
        await hand.press(*["right", "space"] * (len(hand.screen.shown.letters) - 1), "n")
        assert states(hand) == ["withdrawn"]


async def test_the_page_is_a_picture_of_half_blocks(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("n", "i")
        page = hand.screen.query_one(Page)
        await hand.until(lambda: page.virtual_size.height > 40)
        assert "▀" * 40 in hand.text
        dark = {
            segment.style.bgcolor.triplet.red
            for y in range(30)
            for segment in page.render_line(y)
            if segment.style and segment.style.bgcolor
        }
        assert min(dark) < 120
        assert max(dark) > 240
        await hand.press("i")
        assert "▀" * 40 in hand.text  # its second page
        await hand.press("i")
        assert "▀" * 40 not in hand.text


async def test_a_letter_of_another_kind_is_asked_for_seen_and_written(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("n", "k")
        assert "instalment agreement, to sign" in hand.text
        await hand.press("2")
        await hand.until(lambda: "First instalment" in hand.text)
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.screen.__class__.__name__ == "LetterSheet")
        assert "Betalingsregeling" in words(hand)
        assert "(left out)" not in hand.text
        await hand.press("f")
        await hand.until(lambda: "Did it go out" in hand.text)
        kinds = hand.app.desk.book.rows(
            "SELECT t.kind FROM letter t JOIN notice n ON n.id = t.notice WHERE n.state = 'written'"
        )
        assert [row[0] for row in kinds] == ["agreement"]
        await hand.press("y")
        assert [row[0] for row in hand.app.desk.book.rows("SELECT state FROM notice ORDER BY id DESC LIMIT 1")] == [
            "issued"
        ]


async def test_a_form_of_another_letter_stays_open_while_it_is_refused(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("n", "k", "3")
        await hand.until(lambda: "What you take instead" in hand.text)
        await hand.type("999999")
        await hand.press("ctrl+s")
        assert "must be less than" in hand.refused
        await hand.type("100")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.screen.__class__.__name__ == "LetterSheet")
        assert "EUR 100,00" in words(hand)


async def test_without_a_printer_a_viewer_or_mail_the_sheet_says_what_to_do(
    demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with at(demo, (130, 40)) as hand:
        await hand.press("n", "v")
        await hand.until(lambda: "no program to show a letter" in hand.text)
        assert states(hand) == []
        await hand.press("m")
        assert "E-mail is not set up" in hand.text
        await hand.press("p")
        await hand.until(lambda: "no printing command" in hand.text)
        assert states(hand) == ["written"]
        await hand.press("n")
        assert states(hand) == ["withdrawn"]


async def test_at_80_columns_the_claim_stands_below_the_letter(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("n")
        assert "What may be claimed today by the law of BE" in words(hand)
        assert "f file" in hand.text
        assert not hand.screen.query_one("#letter-claim").display


async def test_a_letter_that_cannot_be_made_says_why_in_its_place(demo: Path) -> None:
    async with at(demo) as hand:
        customer = hand.screen.selection().customer
        from arterm.desk.accounts import customers

        customers.edit_customer(hand.app.desk, customer, {"name": "שלום"})
        hand.app.changed()
        await hand.press("n", "f")
        await hand.until(lambda: "No typeface here can print" in hand.text)
        assert states(hand) == []
        assert notices.waiting(hand.app.desk) == ()


async def test_a_letter_text_is_seen_written_refused_with_its_line_and_given_up(demo: Path) -> None:
    async with at(demo, (110, 40)) as hand:
        await hand.press("5", "home", "down", "down", "enter")
        await hand.until(lambda: "Letter texts in" in hand.text)
        await hand.press("enter")
        assert "Payment reminder" in hand.text
        await hand.press("escape", "e")
        editor = hand.screen.entry
        assert "subject: Payment reminder" in editor.text
        good = editor.text.replace("Perhaps it has slipped", "Surely it has only slipped")
        editor.text = good.replace("{table}", "{tabel}")
        await hand.press("ctrl+s")
        assert "nothing to put for {tabel}" in hand.text
        assert editor.cursor_location[0] == editor.text.split("\n").index("{tabel}")
        await hand.press("escape")
        assert "not saved" in hand.text
        editor.text = good
        await hand.press("ctrl+s")
        await hand.until(lambda: "yours" in hand.text)
        await hand.press("enter")
        assert "Surely it has only slipped" in hand.text
        await hand.press("escape", "r")
        assert "yours" not in hand.text
        await hand.press("l", "l")
        assert "Letter texts in Nederlands" in hand.text
