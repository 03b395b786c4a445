"""The ways out from the board: the builder redraws at every key, proposes, is accepted; offers; every way out side by
side.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from arterm.desk.accounts.board import Board
from arterm.desk.compromise import offers, plans
from arterm.tui.compromise.options import OptionsSheet
from arterm.tui.compromise.plan import PlanSheet
from arterm.tui.letters.sheet import LetterSheet
from tests.tui.conftest import Hand, at


async def builder(hand: Hand) -> PlanSheet:
    await hand.press("o")
    assert "Ways out for" in hand.text
    await hand.press("1")
    assert isinstance(hand.screen, PlanSheet)
    return hand.screen


@pytest.mark.parametrize("size", [(80, 24), (130, 42)])
async def test_the_schedule_redraws_as_numbers_change_and_is_proposed(demo: Path, size: tuple[int, int]) -> None:
    async with at(demo, size) as hand:
        sheet = await builder(hand)
        assert sheet.made
        assert len(sheet.made.instalments) == 3
        assert "worth today" in hand.text
        await hand.type("5")
        assert len(sheet.made.instalments) == 5
        assert "  5 " in hand.text
        await hand.press("down")
        await hand.type("1500")
        assert sheet.line("parts").text == ""
        assert sheet.made.instalments[0][1] == 150000
        await hand.press("ctrl+s")
        await hand.until(lambda: isinstance(hand.screen, LetterSheet))
        plan = plans.plans_of(hand.app.desk)[0]
        assert (plan.state, plan.instalments[0].amount.minor) == ("proposed", 150000)
        assert "Did it go out" in hand.text
        await hand.press("escape")
        await hand.press("o")
        assert f"They accepted plan #{plan.plan}" in hand.text
        await hand.press("2", "enter", "enter")
        await hand.until(lambda: plans.view(hand.app.desk, plan.plan).state == "running")
        status = {row.invoice: row.status for row in Board(hand.app.desk).rows()}
        assert [status[number] for number in plan.invoices] == ["plan"] * len(plan.invoices)


async def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(demo: Path) -> None:
    async with at(demo, (130, 42)) as hand:
        before = plans.plans_of(hand.app.desk)
        sheet = await builder(hand)
        await hand.type("x")
        assert "'x' is not a number" in hand.refused
        await hand.press("ctrl+s")
        assert hand.screen is sheet
        await hand.type("121")
        assert "from 1 to 120" in hand.text
        await hand.press("escape")
        assert "not saved" in hand.text
        await hand.press("escape")
        assert plans.plans_of(hand.app.desk) == before


async def test_a_discount_more_time_and_goodwill_from_the_board(demo: Path) -> None:
    async with at(demo, (130, 42)) as hand:
        await hand.press("o", "2")
        assert "Instead of" in hand.text
        await hand.press("ctrl+s")
        offer = offers.offers_of(hand.app.desk)[0]
        assert (offer.kind, offer.state, offer.amount.minor) == ("discount", "offered", offer.total.minor * 80 // 100)
        await hand.press("o")
        assert f"They declined offer #{offer.offer}" in hand.text
        await hand.press("2")
        await hand.until(lambda: offers.view(hand.app.desk, offer.offer).state == "declined")
        await hand.press("o", "3", "ctrl+s")
        assert offers.view(hand.app.desk, offer.offer + 1).state == "accepted"


async def test_every_way_out_with_its_reasons_and_assumptions(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("o", "5")
        assert isinstance(hand.screen, OptionsSheet)
        for words in ("Wait", "Factoring, with", "Agency, flat", "Write off", "Worth today"):
            assert words in hand.text
        await hand.press("w")
        assert "It rests on:" in hand.text
        await hand.press("escape", "e")
        assert "What money costs you" in hand.text
        await hand.press("tab")
        await hand.type("12")
        await hand.press("ctrl+s")
        assert isinstance(hand.screen, OptionsSheet)
        assert hand.screen.found
        held = {one.key: one.value for one in hand.screen.found.assumptions}
        assert held["money"] == 12
