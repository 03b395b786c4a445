"""The walk from the keyboard: see, filter, mark, call, pay, write, take back."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from arterm.desk.session import Desk
from arterm.rules.money import Money
from tests.conftest import TODAY
from tests.tui.conftest import at


def grid_rows(text: str) -> list[str]:
    """The lines between header and hints that hold rows."""
    return [line for line in text.split("\n")[3:-1] if line.strip() and line[2:3].strip()]


async def test_eighteen_rows_or_more_stand_on_a_small_screen_with_totals_and_keys(demo: Path) -> None:
    async with at(demo) as hand:
        assert len(grid_rows(hand.text)) >= 18
        top, ages, *_ = hand.text.split("\n")
        assert "Bakkerij De Korenaar" in top
        assert "46 overdue" in top
        assert "90+" in ages
        assert hand.text.split("\n")[-1].strip().endswith("? keys")


async def test_a_promise_is_logged_in_six_keys_or_fewer_and_the_row_stays_under_the_cursor(demo: Path) -> None:
    async with at(demo) as hand:
        key = hand.screen.grid.key
        keys = ("c", "1", "enter")
        await hand.press(*keys)
        assert "promised to pay" in hand.toasts
        assert "Confirm it in writing" in hand.text  # offered at once, and not in the way
        await hand.press("escape")
        assert len(keys) + 1 <= 6
        assert hand.screen.SCREEN == "board"
        assert hand.screen.grid.key == key
        assert "promised to pay" in hand.toasts
        (row,) = hand.screen.board.rows_of([key])
        assert row.status == "promised"
        assert row.next_on is not None
        await hand.press("u")
        (row,) = hand.screen.board.rows_of([key])
        assert row.status == "overdue"
        assert "Taken back: logged a contact" in hand.toasts


async def test_two_quick_enters_log_one_call(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("c", "7")
        field = hand.app.focused
        assert isinstance(field, Input)
        for _ in range(3):
            field.post_message(Input.Submitted(field, ""))
        await hand.pilot.pause()
        assert hand.app.desk.book.one("SELECT count(*) FROM log WHERE day = ?", (TODAY.isoformat(),))[0] == 1
        assert hand.screen.SCREEN == "board"


async def test_a_part_payment_moves_the_row_at_once(demo: Path) -> None:
    async with at(demo) as hand:
        key = hand.screen.grid.key
        (before,) = hand.screen.board.rows_of([key])
        await hand.press("p")
        await hand.type("100.00")
        assert "EUR 100.00" in hand.text
        await hand.press("ctrl+s")
        (after,) = hand.screen.board.rows_of([key])
        assert after.balance == before.balance - Money(10000, "EUR")
        assert hand.screen.grid.key == key
        await hand.press("u")
        assert hand.screen.board.rows_of([key])[0].balance == before.balance


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("99999999", "is open on this invoice"),
        ("-5", "more than nothing"),
        ("1,234", "two amounts"),
        ("abc", "not an amount"),
        ("", "needed"),
    ],
)
async def test_a_wrong_amount_is_refused_beside_its_field_and_nothing_typed_is_lost(
    demo: Path, typed: str, said: str
) -> None:
    async with at(demo, (100, 30)) as hand:
        await hand.press("p")
        await hand.type(typed)
        await hand.press("ctrl+s")
        assert said in hand.refused
        assert hand.screen.lines[0].text == typed
        await hand.type("100")
        await hand.press("ctrl+s")
        assert "Booked a payment of 100.00 EUR" in hand.toasts


async def test_a_form_with_typed_text_is_left_only_when_asked_twice(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("p")
        await hand.type("17")
        await hand.press("escape")
        assert "not saved" in hand.text
        await hand.press("escape")
        assert hand.screen.SCREEN == "board"


async def test_filter_marks_views_ages_and_sorts(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("slash")
        await hand.type("cafe zuid")
        assert {row[2:11] for row in grid_rows(hand.text) if " d " in row} == {"Café Zuid"}
        await hand.press("enter", "space", "space")
        assert len(hand.screen.selection().invoices) == 2
        await hand.press("p", "ctrl+s")
        assert "on 2 invoices" in hand.toasts
        await hand.press("escape", "escape", "escape")
        assert "Traiteur" in hand.text
        await hand.press("v")
        assert "by customer" in hand.text.split("\n")[0]
        assert "Oldest" in hand.text
        await hand.press("v")
        assert "Stage" in hand.text.split("\n")[2]
        await hand.press("v", "b")
        assert {row.bucket for row in hand.screen.board.rows()} == {"1-30"}
        assert "1-30" in hand.text.split("\n")[0]
        await hand.press("escape", "s", "3")
        amounts = [row.balance.minor for row in hand.screen.board.rows(0, 10)]
        assert amounts == sorted(amounts, reverse=True)
        await hand.press("S")
        assert hand.screen.board.rows(0, 1)[0].balance.minor < amounts[-1]


async def test_rows_of_two_customers_cannot_share_a_call_and_the_key_says_why(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("s", "4", "g", "space", *["down"] * 8, "space", "c")
        assert hand.screen.__class__.__name__ == "BoardScreen"
        assert "several customers" in hand.toasts


async def test_the_dossier_shows_the_customer_and_its_acts_work_there(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("enter")
        assert "Usually pays" in hand.text
        assert "WZC Avondrust" in hand.text
        await hand.press("c", "7", "ctrl+s")
        assert "left a message" in hand.text
        await hand.press("escape")
        assert hand.screen.SCREEN == "board"


async def test_a_letter_is_written_to_a_file_and_counts_only_when_it_went_out(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("S", "s", "1")
        while "1st reminder" not in hand.text.split("\n")[3 + hand.screen.grid.cursor - hand.screen.grid.top]:
            await hand.press("down")
        key = hand.screen.grid.key
        await hand.press("n")
        assert "f file" in hand.text
        await hand.press("f")
        await hand.until(lambda: "go out" in hand.text)
        (paper,) = (demo.parent / "letters").glob("*.pdf")
        assert paper.read_bytes().startswith(b"%PDF")
        assert hand.app.desk.book.one("SELECT state FROM notice ORDER BY id DESC")[0] == "written"
        await hand.press("y")
        assert hand.screen.board.rows_of([key])[0].step == 1


async def test_what_another_program_does_shows_within_two_seconds(demo: Path) -> None:
    async with at(demo) as hand:
        key = hand.screen.grid.key
        rows = len(hand.screen.board.ids)
        other = sqlite3.connect(demo)
        other.execute("DELETE FROM board_case WHERE invoice <> ?", (key,))
        other.commit()
        other.close()
        await hand.until(lambda: len(hand.screen.board.ids) < rows)
        assert "Somebody else changed the book" in hand.toasts


async def test_the_first_run_sets_up_a_business_and_brings_in_a_file(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        "Invoice,Customer,Date,Due,Amount\nR1,Acme [/] Ltd,2026-09-01,2026-10-01,100.00\nR2,Acme [/]"
        " Ltd,2026-02-30,2026-10-01,5\n"
    )
    async with at(tmp_path / "new.arterm") as hand:
        assert "Welcome to arterm" in hand.text
        await hand.press("2")
        await hand.type("Loodgieter Jansen")
        await hand.press("enter")
        await hand.type("Atlantis")
        await hand.press("ctrl+s")
        assert "not a country" in hand.refused
        assert not (tmp_path / "new.arterm").exists()
        await hand.type("NL")
        await hand.press("ctrl+s")
        await hand.until(lambda: "Bring in files" in hand.text)
        await hand.type(str(ledger))
        await hand.press("enter")
        await hand.until(lambda: "2 records read" in hand.text)
        assert "is not a date" in hand.text
        await hand.press("ctrl+s")
        assert "f8" in hand.text
        await hand.press("f8")
        await hand.until(lambda: getattr(hand.screen, "SCREEN", "") == "board")
        assert "Acme [/] Ltd" in hand.text
        assert "Loodgieter Jansen" in hand.text


async def test_the_demo_from_the_welcome(tmp_path: Path) -> None:
    async with at(tmp_path / "new.arterm") as hand:
        await hand.press("1")
        await hand.until(lambda: "Bakkerij De Korenaar" in hand.text)
        assert not (tmp_path / "new.arterm").exists()


async def test_settings_log_and_figures_are_places_on_digits(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("3")
        assert "Log - 15 contacts" in hand.text
        await hand.press("4")
        assert "Aged receivables" in hand.text
        await hand.press("5", "down", "down", "down", "down", "enter")
        await hand.type("Bakkerij Nieuw")
        await hand.press("enter", "1")
        assert "Bakkerij Nieuw" in hand.text.split("\n")[0]


async def test_adding_and_correcting_by_hand(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("a", "2")
        await hand.type("NEW-1")
        await hand.press("enter")
        await hand.type("12.50")
        await hand.press("ctrl+s")
        assert "Added invoice NEW-1" in hand.toasts
        await hand.press("e", "1")
        await hand.type("2026-12-31")
        await hand.press("ctrl+s")
        assert "Changed invoice" in hand.toasts
        await hand.press("x")
        assert "another customer's" in hand.text or "same as" in hand.text


async def test_help_and_palette_find_acts_and_customers(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("question_mark", *"undo")
        assert "Take back the last thing done" in hand.text
        assert "Write a reminder" not in hand.text
        await hand.press("escape", "ctrl+p", *"take back")
        assert "Take back the last thing done" in hand.text
        await hand.press("escape", "ctrl+p", *"kranich")
        await hand.until(lambda: "Café Kranich" in hand.text)
        await hand.press("enter")
        await hand.until(lambda: getattr(hand.screen, "SCREEN", "") == "dossier")
        assert "K015 Café Kranich" in hand.text


async def test_the_story_pane_shows_where_there_is_room_and_on_a_key_where_not(demo: Path) -> None:
    async with at(demo, (130, 36)) as hand:
        assert "+32 9 555 31 67" in hand.text
        await hand.press("down", "down")
        assert "+33 3 55 55" in hand.text
    async with at(demo) as hand:
        assert "+32 9 555 31 67" not in hand.text
        await hand.press("i")
        assert "+32 9 555 31 67" in hand.text


async def test_a_window_too_small_says_so_and_comes_back(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("p")
        await hand.pilot.resize_terminal(30, 8)
        await hand.until(lambda: "Make the window" in hand.text)
        await hand.press("pagedown", "u", "ctrl+p")
        await hand.pilot.resize_terminal(80, 24)
        await hand.until(lambda: "Payment - " in hand.text)


async def test_a_book_with_a_promise_that_ran_out_overnight_is_judged_anew(demo: Path) -> None:
    tomorrow = Desk.open(demo, TODAY + timedelta(days=40))
    assert tomorrow.book.one("SELECT count(*) FROM board_case WHERE status = 'promised'")[0] == 0
    assert tomorrow.book.one("SELECT value FROM cache_state WHERE key = 'day'")[0] == date(2027, 1, 1).isoformat()
    tomorrow.close()


async def test_a_past_day_is_looked_at_and_left_again(demo: Path) -> None:
    async with at(demo) as hand:
        now = hand.screen.board.totals[0].overdue
        await hand.press("f3")
        await hand.type("30 sep")
        await hand.press("ctrl+s")
        assert "Wed 30 Sep 2026" in hand.text.split("\n")[0]
        assert hand.screen.board.totals[0].overdue != now
        assert hand.screen.board.kept is False
        await hand.press("p")
        assert "past day" in hand.toasts
        assert hand.screen.SCREEN == "board"
        await hand.press("f3")
        await hand.type("2027-01-01")
        await hand.press("ctrl+s")
        assert "not come yet" in hand.refused
        await hand.type("today")
        await hand.press("ctrl+s")
        assert hand.screen.board.totals[0].overdue == now


async def test_another_view_keeps_the_customer_under_the_cursor(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("j", "j", "j", "j", "j")
        board = hand.screen
        (row,) = board.board.rows_of([board.grid.key])
        for view in ("customer", "stage", "invoice"):
            await hand.press("v")
            assert board.view == view
            assert board.grid.key == (-row.customer_id if view == "customer" else row.invoice_id)


async def test_every_key_can_be_scrolled_to(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("question_mark")
        assert "Close arterm; everything is saved" not in hand.text
        await hand.press("pagedown", "pagedown", "pagedown")
        assert "Close arterm; everything is saved" in hand.text


async def test_another_outcome_can_be_chosen_after_a_wrong_digit(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("c", "5", "escape", "8", "enter")
        assert "no answer" in hand.toasts


async def test_a_keymap_that_cannot_work_is_refused_in_its_field(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("5", "G", "enter")
        await hand.type("row.call=p")
        await hand.press("ctrl+s")
        assert "already stands for row.pay" in hand.refused


async def test_an_invoice_explains_itself_with_points_next_step_and_claim(demo: Path) -> None:
    async with at(demo, (120, 60)) as hand:
        await hand.press("w")
        for words in (
            "one for every day late",
            "Ladder:",
            "Next:",
            "What speaks for it:",
            "What may be claimed today by the law of",
        ):
            assert words in hand.text


async def test_a_row_is_paused_and_goes_on(demo: Path) -> None:
    async with at(demo) as hand:
        key = hand.screen.grid.key
        await hand.press("h", "enter")
        await hand.type("in hospital")
        await hand.press("ctrl+s")
        assert "Paused chasing WZC Avondrust until" in hand.toasts
        assert {row.status for row in hand.screen.board.rows_of([key])} == {"hold"}
        hand.screen.grid.go_to(key)
        await hand.press("h")
        assert "goes on" in hand.toasts
        assert {row.status for row in hand.screen.board.rows_of([key])} == {"overdue"}


async def test_a_dispute_on_a_part_is_opened_and_settled(demo: Path) -> None:
    async with at(demo) as hand:
        key = hand.screen.grid.key
        (row,) = hand.screen.board.rows_of([key])
        await hand.press("d", "enter")
        await hand.type("100.00")
        await hand.press("ctrl+s")
        assert "is disputed: quality" in hand.toasts
        assert "100.00 disputed" in hand.screen.board.rows_of([key])[0].why
        await hand.press("d", "enter")
        await hand.type("100.00")
        await hand.press("ctrl+s")
        assert "credited" in hand.toasts
        (after,) = hand.screen.board.rows_of([key])
        assert after.balance.minor == row.balance.minor - 10000


async def test_ladders_and_rates_are_changed_from_the_settings(demo: Path) -> None:
    async with at(demo, (100, 30)) as hand:
        await hand.press("5", "enter")
        assert "We know each other" in hand.text
        hand.screen.grid.go_to("standard")
        await hand.press("enter", "enter")
        await hand.press("enter")
        await hand.type("5")
        await hand.press("ctrl+s")
        assert "Changed step 1 of the ladder standard" in hand.toasts
        assert "5 d after the due day" in hand.text
        assert "(yours)" in hand.text
        await hand.press("r", "escape", "escape", "down", "enter")
        assert "Published rates" in hand.text
        await hand.press("a", "enter", "enter")
        await hand.type("10.75")
        await hand.press("enter", "enter")
        await hand.type("2027-06-30")
        await hand.press("ctrl+s")
        assert "10.75 % from 2027-01-01 until 2027-06-30" in hand.toasts
        assert "owner" in hand.text


async def test_the_letter_sheet_shows_charges_their_law_and_what_is_held(demo: Path) -> None:
    async with at(demo, (120, 40)) as hand:
        await hand.press("n")
        assert "· formal · 13,811.06 EUR" in hand.text
        assert "Herinnering nr. 3: betaling blijft uit" in hand.text
        beside = " ".join(str(hand.screen.query_one("#claim-words").content).split())
        assert "compensation 40.00 EUR Law of 2 August 2002 art 6" in beside
        assert "principal 4,271.55 EUR" in beside


async def test_a_burst_of_keys_says_the_same_as_slow_fingers(demo: Path) -> None:
    """A fast hand, a pasted line or a busy machine: enter must not overtake the letters before it."""

    def burst(*keys: str) -> None:
        for key in keys:
            hand.app.post_message(Key(key, key if len(key) == 1 else None))

    async with at(demo) as hand:
        await hand.press("5", "end", "home", *["down"] * 18, "enter")
        assert "empty: as in the country; or din-a" in hand.text
        burst("f", "r", "enter")
        await hand.until(lambda: "Changed: layout of letters" in hand.toasts)
        assert hand.app.desk.setting("layout") == "fr"
        await hand.press("ctrl+p")
        burst(*"the board", "enter")
        await hand.until(lambda: getattr(hand.screen, "SCREEN", "") == "board")
        await hand.press("p")
        burst("ctrl+u", *"12.5", "enter", "enter", *"Bank 7", "enter", "enter")
        await hand.until(lambda: getattr(hand.screen, "SCREEN", "") == "board")
        assert hand.app.desk.book.one("SELECT total FROM credit WHERE reference = 'Bank 7'")[0] == 1250


async def test_every_report_is_one_key_further_with_its_formula_and_pictures(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("4")
        assert "█" in hand.text.split("\n")[1]  # the ages over the rows
        await hand.press("v")
        await hand.until(lambda: "How long money is out" in hand.text)
        assert "= receivables / sales of the period x days of the period" in hand.text
        assert "▒" in hand.text  # the waterfall: what came to it
        assert "░" in hand.text
        await hand.press("b")
        await hand.until(lambda: "(before: " in hand.text)
        await hand.press("G")
        assert "DSO of 3 months" in hand.text
        await hand.press("v")
        await hand.until(lambda: "What comes in" in hand.text)
        await hand.press("pagedown")
        assert "Calendar of the likely" in hand.text
        assert "░" in hand.text  # a day that has something
        await hand.press("p")
        await hand.until(lambda: "Jul 2027" in hand.text)
        await hand.press("c")
        await hand.until(lambda: "(GBP)" in hand.text)
        await hand.press("c", "p", "p")
        await hand.until(lambda: "(EUR)" in hand.text)
        await hand.press("v")
        await hand.until(lambda: "Statement of account" in hand.text)
        await hand.press("v")
        await hand.until(lambda: "What chasing brought" in hand.text)
        await hand.press("v")
        await hand.until(lambda: "How customers pay" in hand.text)
        await hand.press("v")
        await hand.until(lambda: "Aged receivables" in hand.text)
        await hand.press("down", "down", "f5")
        assert "WZC Avondrust" in hand.text.split("\n")[0]


async def test_a_report_is_reckoned_aside_and_left_with_escape(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from arterm.desk.reports import dso

    gone_on = Event()
    real = dso.flow_report
    monkeypatch.setattr(dso, "flow_report", lambda desk, asked: (gone_on.wait(10), real(desk, asked))[1])
    async with at(demo) as hand:
        await hand.press("4", "v")
        assert "Reckoning" in hand.text
        await hand.press("question_mark")  # keys are answered meanwhile
        assert "Every key" in hand.text or "keys" in hand.text
        await hand.press("escape", "escape")
        gone_on.set()
        await hand.until(lambda: "Aged receivables" in hand.text)
        await hand.app.workers.wait_for_complete()
        assert "Aged receivables" in hand.text


async def test_from_the_figures_a_file_a_what_if_and_statements(demo: Path, tmp_path: Path) -> None:
    async with at(demo) as hand:
        await hand.press("4", "w")
        await hand.type("WZC")
        await hand.press("ctrl+s")
        await hand.until(lambda: "without WZC Avondrust" in hand.text)
        likely = hand.text
        await hand.press("w", "ctrl+s")
        await hand.until(lambda: "What comes in" in hand.text and "without" not in hand.text)
        assert hand.text != likely
        await hand.press("x", "tab")
        await hand.type(str(tmp_path / "calendar"))
        await hand.press("ctrl+s")
        assert (tmp_path / "calendar.xlsx").read_bytes().startswith(b"PK")
        await hand.press("n", "tab", "tab", "tab")
        await hand.type(str(tmp_path / "letters"))
        await hand.press("ctrl+s")
        await hand.until(lambda: "Wrote 32 statements." in hand.toasts)
        assert len(list((tmp_path / "letters").glob("*.pdf"))) == 32
