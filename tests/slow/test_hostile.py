"""Names that try to be something else, through every screen, toast and palette: shown as they are, and nothing
happens.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from arterm.desk.accounts import customers, invoices
from arterm.desk.business import settings
from arterm.desk.claims import terms
from arterm.desk.contacts import log
from arterm.desk.dunning import pauses
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.rules.text import clean
from tests.conftest import NOW, TODAY
from tests.hostile import ALL
from tests.tui.conftest import Hand, at


def hostile_book(path: Path, name: str) -> None:
    """A book in which every text is the hostile one."""
    desk = Desk.create(path, TODAY, now=lambda: NOW)
    settings.set_up(desk, {"name": name if clean(name) else "x", "country": "BE", "city": name})
    facts = dict.fromkeys(("name", "own_no", "street", "postcode", "city", "vat_no", "note"), name)
    who = customers.add_customer(desk, facts, {"name": name, "role": name}).id
    issued = TODAY.replace(month=8)
    invoices.add_invoice(
        desk, invoices.InvoiceDraft(who, name, Money(12345, "EUR"), issued, issued.replace(month=9), name, name)
    )
    log.log_contact(desk, log.ContactDraft(who, "call", "other", note=name))
    if clean(name):
        terms.accept(desk, who, name, TODAY.replace(month=7), note=name)
        pauses.dispute(desk, pauses.DisputeDraft(1, "other", Money(100, "EUR"), name, note=name))
    desk.close()


def shown(hand: Hand, name: str) -> None:
    """The name's beginning is on the screen, letter by letter, and no control character is anywhere."""
    text = hand.text
    assert not [char for char in text if ord(char) < 32 and char != "\n"]
    assert not set(text) & {"\x9b", "\x7f", "\u202e", "\u200b"}
    start = clean(name)[:6]
    while cell_len(start) > 9:  # as much as the narrowest column shows
        start = start[:-1]
    assert start.strip() in text, text


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
@pytest.mark.parametrize("name", ALL)
async def test_a_hostile_name_goes_through_every_screen_as_text(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "h.arterm"
    hostile_book(path, name)
    async with at(path, size) as hand:
        shown(hand, name)
        for keys in (
            ["v"],
            ["v"],
            ["v"],
            ["i"],
            ["w"],
            ["escape", "c"],
            ["escape", "p"],
            ["escape", "n"],
            ["escape", "d"],
            ["escape", "h"],
            ["escape", "a"],
            ["escape", "e"],
            ["escape", "x"],
            ["escape", "H"],
            ["escape", "enter"],
        ):
            await hand.press(*keys)
            shown(hand, name)
        await hand.press("escape", "3")
        shown(hand, name)
        await hand.press("4")
        shown(hand, name)
        await hand.press("v", "v", "v")  # every account with its movements
        await hand.until(lambda: "Statement of account" in hand.text)
        shown(hand, name)
        await hand.press("5")
        shown(hand, name)
        await hand.press("1", "p", "ctrl+s")
        assert clean(name)[:20].strip() in hand.toasts
        await hand.press("u", "slash")
        await hand.type(name)
        await hand.press("enter")
        shown(hand, name)
        for y in range(2, 6):
            await hand.pilot.click(offset=(8, y))
        await hand.press("ctrl+p", *[key for key in clean(name)[:3].lower() if key.isalnum() and key.isascii()])
        await hand.pilot.pause()
        assert hand.app.is_running
