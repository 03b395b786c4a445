"""The account of a debtor: what was asked, what settled it, what is open, on any day; other figures agree with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from arterm.desk.accounts.board import Board
from arterm.desk.claims.account import account
from arterm.desk.claims.charges import open_charges, waive
from arterm.desk.claims.claims import claim_of
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.payments.payments import CreditDraft, book_credit
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from tests.conftest import TODAY, Ran, customer, invoice

Arterm = Callable[..., Ran]


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def asked(desk: Desk) -> tuple[Desk, int, int]:
    """A debtor whose invoice of 1,000.00 is 60 days late, after letters that asked for interest and the fixed sum."""
    who = customer(desk, kind="business", street="Kerkstraat 1", postcode="9000", city="Gent", country="BE")
    row = invoice(desk, who, "R1", 100000, due=TODAY - timedelta(days=60))
    for ahead in (0, 15, 30):
        desk.today = TODAY + timedelta(days=ahead)
        notices.issue(desk, [one.id for one in notices.write(desk, plan_run(desk, who, by_hand=True).letters)])
    assert open_charges(desk, row)
    return desk, who, row


def agrees(desk: Desk, who: int, row: int) -> None:
    """The account, the board, and the claim say the same."""
    (one,) = account(desk, who).invoices
    (line,) = Board(desk).rows()
    assert (line.balance, line.charges) == (one.principal.open, one.open - one.principal.open)
    claimed = claim_of(desk, row)
    assert claimed.principal == one.principal.open
    settled = one.interest.paid + one.interest.credited + one.interest.waived
    assert claimed.interest == one.interest.accrued - settled
    assert claimed.compensation == one.compensation.open
    (total,) = account(desk, who).totals
    assert (total.open, total.charges) == (one.open, one.open - one.principal.open)
    assert sum((entry.amount for entry in account(desk, who).entries), eur(0)) == total.open


def test_what_is_paid_credited_and_waived_stands_apart(asked: tuple[Desk, int, int]) -> None:
    desk, who, row = asked
    agrees(desk, who, row)
    sums = {one.kind: one.debit for one in open_charges(desk, row)}
    book_credit(desk, CreditDraft(who, eur(1500), desk.today, (sums["compensation"],)))
    agrees(desk, who, row)
    book_credit(desk, CreditDraft(who, eur(20000), desk.today, (row,), "credit_note", "C1"))
    agrees(desk, who, row)
    waive(desk, row, "an old customer", "interest")
    agrees(desk, who, row)
    (one,) = account(desk, who).invoices
    assert (one.compensation.asked, one.compensation.paid, one.compensation.open) == (eur(4000), eur(1500), eur(2500))
    assert (one.principal.credited, one.principal.open) == (eur(20000), eur(80000))
    assert (one.interest.waived, one.interest.open) == (one.interest.asked, eur(0))
    last = [(entry.part, entry.what, entry.reference, entry.note) for entry in account(desk, who).entries][-3:]
    assert last == [
        ("compensation", "paid", "", ""),
        ("principal", "credited", "C1", ""),
        ("interest", "waived", "waived", "an old customer"),
    ]


def test_on_a_past_day_it_is_as_it_was(asked: tuple[Desk, int, int]) -> None:
    desk, who, row = asked
    book_credit(desk, CreditDraft(who, eur(100000), desk.today, (row,)))
    assert account(desk, who).invoices[0].principal.open == eur(0)
    before = account(desk, who, as_of=desk.today - timedelta(days=1)).invoices[0]
    assert before.principal.open == eur(100000)
    first = account(desk, who, as_of=TODAY).invoices[0]
    assert first.interest.asked == first.compensation.asked == eur(0)
    with pytest.raises(ArtermError) as refused:
        account(desk, who, as_of=desk.today + timedelta(days=1))
    assert refused.value.code == "future_day"


def test_an_invoice_of_somebody_else_is_refused(asked: tuple[Desk, int, int]) -> None:
    desk, who, row = asked
    other = customer(desk, "Another")
    with pytest.raises(ArtermError) as refused:
        account(desk, other, row)
    assert refused.value.code == "no_invoice"
    assert [one.invoice_id for one in account(desk, who, row).invoices] == [row]


def test_the_command_tells_it_and_every_currency_has_its_total(arterm: Arterm) -> None:
    arterm("setup", "--name", "Bakery", "--country", "BE")
    arterm("customer", "add", "Acme", "--kind", "business", "--country", "BE")
    for number, currency in (("R1", "EUR"), ("R2", "GBP")):
        facts = ("--customer", "Acme", "--issued", "2026-08-01", "--due", "2026-09-01", "--currency", currency)
        assert arterm("invoice", "add", number, "--amount", "100", *facts).code == 0
    arterm("pay", "R1", "--amount", "40")
    said = json.loads(arterm("account", "Acme", "--json").out)
    assert [(one["currency"], one["open"]) for one in said["totals"]] == [("EUR", "60.00"), ("GBP", "100.00")]
    assert said["invoices"][0]["principal"] == {
        "asked": "100.00",
        "paid": "40.00",
        "credited": "0.00",
        "waived": "0.00",
        "open": "60.00",
        "accrued": "100.00",
    }
    assert [
        one["invoice"] for one in json.loads(arterm("account", "Acme", "--invoice", "R2", "--json").out)["invoices"]
    ] == ["R2"]
    told = arterm("account", "Acme", "--as-of", "2026-08-31").out
    assert "R1" in told
    assert "60.00" not in told
    assert date.fromisoformat(said["as_of"]) == TODAY
