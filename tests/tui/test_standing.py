"""Supply and hand-overs on screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from arterm.desk.accounts.customers import add_customer
from arterm.desk.accounts.invoices import InvoiceDraft, add_invoice
from arterm.desk.partners import handover_views, partners
from arterm.desk.partners.partners import PartnerDraft
from arterm.desk.session import Desk
from arterm.desk.supply import holds
from arterm.rules.money import Money
from tests.conftest import TODAY
from tests.tui.conftest import at


async def test_supply_is_stopped_with_a_reason_and_begun_again_with_the_letter(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("f")
        await hand.press("ctrl+s")
        assert "needs" in hand.refused or "missing" in hand.refused.lower() or hand.refused
        await hand.type("three [b]reminders[/b]")
        await hand.press("ctrl+s")
        await hand.until(lambda: "Nothing more is supplied" in hand.toasts)
        await hand.until(lambda: "f file" in hand.text)  # the courteous letter
        await hand.press("escape", "c")
        assert "Supply: no (" in hand.text
        await hand.press("escape", "f")
        assert "three [b]reminders[/b]" in hand.text
        await hand.press("2")
        await hand.until(lambda: "is supplied again" in hand.toasts)


async def test_the_standing_is_one_key_away_and_terms_are_set_there(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("f8", "3")
        await hand.type("100.00")
        await hand.press("ctrl+s")
        assert "limit 100.00 EUR" in hand.toasts
        await hand.press("f8")
        assert "only with prepayment" in hand.text
        await hand.press("1")
        assert "Own record: grade" in hand.text
        assert "over the credit limit" in hand.text


async def test_an_invoice_is_handed_over_with_its_case_file_and_reports_are_booked(demo: Path, tmp_path: Path) -> None:
    desk = Desk.open(demo, TODAY)
    partners.add_partner(desk, PartnerDraft("Incasso [b]BV", "agency", rates="20"))
    desk.close()
    case = tmp_path / "case.zip"
    async with at(demo) as hand:
        await hand.press("o")
        at_row = next(
            n
            for n, line in enumerate(line for line in hand.text.splitlines() if line.strip(" │▸")[:1].isdigit())
            if "Hand over to" in line
        )
        await hand.press(str(at_row + 1))
        assert "Incasso [b]BV (agency)" in hand.text
        await hand.press("1")
        await hand.type(str(case))
        await hand.press("ctrl+s")
        await hand.until(lambda: "collects now" in hand.toasts)
        await hand.press("5", "j", "j", "j", "enter", "v")
        assert "1 hand-over" in hand.text
        await hand.press("enter", "1")
        await hand.type("10")
        await hand.press("ctrl+s")
        assert "reports 10.00 EUR" in hand.toasts
    assert case.exists()
    desk = Desk.open(demo, TODAY)
    assert handover_views.handovers(desk)[0].received.minor == 1000
    assert holds.stop_list(desk) == ()
    desk.close()


async def test_claims_that_run_out_of_time_are_one_key_away(demo: Path) -> None:
    desk = Desk.open(demo, TODAY)
    who = add_customer(desk, {"name": "Kurz GmbH", "country": "DE", "kind": "business"}).id
    draft = InvoiceDraft(who, "D-1", Money(5000, "EUR"), date(2023, 1, 10), date(2023, 2, 10))
    add_invoice(desk, draft)
    desk.close()
    async with at(demo) as hand:
        await hand.press("L")
        assert "Kurz GmbH" in hand.text
        assert "01 Jan 2027" in hand.text
        await hand.press("w")
        assert "negotiations suspend it" in " ".join(hand.text.split())
        await hand.press("escape", "enter")
        await hand.until(lambda: "Kurz GmbH" in hand.text.split("\n")[0])
