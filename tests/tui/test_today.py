"""Today and the round: the worklist with its points, one thing after the other, and what it achieved; the call sheet's
script and limits.
"""

from __future__ import annotations

from pathlib import Path

from arterm.desk.contacts.limits import begin_wish
from arterm.desk.worklist.worklist import worklist
from arterm.tui.calls.sheet import CallSheet
from tests.tui.conftest import at


async def test_today_lists_groups_points_and_what_is_set_aside(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("2")
        assert "Today - " in hand.text
        assert "call-backs" in hand.text
        assert "set aside" in hand.text
        found = worklist(hand.app.desk)
        assert [str(task.priority) in hand.text for task in found.tasks[:5]] == [True] * 5
        assert all(sum(points for points, _ in task.points) == task.priority for task in found.tasks)


async def test_the_round_goes_on_by_itself_and_tells_what_it_achieved(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("2")
        await hand.press("/")
        await hand.type("call back")
        await hand.press("enter")
        count = len(hand.screen.tasks)
        assert count >= 3
        await hand.press("enter")
        first = hand.screen
        assert isinstance(first, CallSheet)
        assert f"1 of {count}" in hand.text
        await hand.press("1", "enter")
        await hand.until(lambda: "What follows with" in hand.text)
        await hand.press("2")
        await hand.until(lambda: isinstance(hand.screen, CallSheet) and hand.screen is not first)
        assert f"2 of {count}" in hand.text
        await hand.press("escape")
        await hand.until(lambda: "Not done yet" in hand.text)
        await hand.press("2")
        await hand.until(lambda: isinstance(hand.screen, CallSheet))
        await hand.press("escape")
        await hand.until(lambda: "Not done yet" in hand.text)
        await hand.press("4")
        await hand.until(lambda: "The round is done" in hand.text)
        assert "1 contact, 1 reached" in hand.text
        assert "promised:" in hand.text
        await hand.press("escape")
        assert hand.screen.SCREEN == "today"
        assert len(worklist(hand.app.desk).tasks) > 0


async def test_what_is_put_off_is_set_aside_with_its_day(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("2", "enter")
        customer = hand.screen.customer
        await hand.press("escape")
        await hand.until(lambda: "Not done yet" in hand.text)
        await hand.press("3")
        await hand.until(lambda: isinstance(hand.screen, CallSheet) and hand.screen.customer != customer)
        groups = [task.group for task in worklist(hand.app.desk).tasks if task.customer_id == customer]
        assert "call-backs" not in groups
        assert "calls" not in groups


async def test_the_call_sheet_has_a_script_and_says_what_speaks_against_calling(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("c")
        assert "Called 0 of 2 today" in " ".join(hand.text.split()) or "Called 0 of 2" in hand.text
        assert "May I speak to" not in hand.text
        await hand.press("s")
        assert "Good day, this is Bakkerij De Korenaar" in " ".join(hand.text.replace("│", " ").split())
        await hand.press("y")
        assert "Copied" in hand.text or "No good number" in hand.text
        await hand.press("escape")
        begin_wish(hand.app.desk, hand.screen.selection().customer, "asked for letters")
        await hand.press("c", "7", "ctrl+s")
        assert "Does not want to be called" in hand.text
        assert isinstance(hand.screen, CallSheet)
        await hand.type("they asked me to ring")
        await hand.press("ctrl+s")
        await hand.until(lambda: not isinstance(hand.screen, CallSheet))
        note = hand.app.desk.book.one("SELECT note FROM log ORDER BY id DESC LIMIT 1")[0]
        assert "Beyond the limits because: they asked me to ring" in note


async def test_what_follows_from_a_reason_is_one_key(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("c", "5", "ctrl+s")
        await hand.until(lambda: "Offer instalments" in hand.text)
        assert hand.app.is_running
        await hand.press("1")
        await hand.until(lambda: "or how much each" in hand.text)
        await hand.press("ctrl+s")
        await hand.until(lambda: "Betalingsregeling" in hand.text)


async def test_a_past_day_is_only_looked_at_and_a_filter_keeps_the_row_its_customer(demo: Path) -> None:
    async with at(demo, (130, 40)) as hand:
        await hand.press("2", "/")
        await hand.type("paused")
        await hand.press("enter")
        paused = next(one.customer for one in worklist(hand.app.desk).set_aside if "paused" in one.why)
        assert paused in hand.text
        assert hand.screen.selection().name == paused
        await hand.press("escape", "1", "f3")
        await hand.type("2026-10-01")
        await hand.press("enter", "2", "enter")
        assert "past day" in hand.toasts
        assert hand.screen.SCREEN == "today"
        await hand.press("1", "N")
        assert hand.screen.SCREEN == "board"
