"""Several people at one book: what each may do, said before anything is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arterm.desk import undo
from arterm.desk.accounts import ageing, invoices
from arterm.desk.business import settings
from arterm.desk.contacts import log
from arterm.desk.dunning import pauses
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.desk.supply import holds
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.roles import read_roles, role_of
from tests.conftest import TODAY, Ran, customer, invoice


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sit down at the desk as somebody else."""
    return lambda name: monkeypatch.setenv("LOGNAME", name)


def test_roles_are_read_and_who_is_not_named_is_an_owner() -> None:
    assert read_roles("anna=clerk  piet=reader") == {"anna": "clerk", "piet": "reader"}
    assert role_of("els", "anna=clerk") == role_of("anna", "") == "owner"
    for wrong in ("anna", "anna=boss", "=clerk", "anna=clerk anna=reader"):
        with pytest.raises(ArtermError):
            read_roles(wrong)


def test_a_clerk_does_the_days_work_and_gives_nothing_away(desk: Desk, become: Callable[[str], None]) -> None:
    become("els")
    who = customer(desk)
    one, other = invoice(desk, who, "A", 40000), invoice(desk, who, "B", 500)
    holds.freeze(desk, who, "late")
    settings.change_settings(desk, {"roles": "anna=clerk piet=reader"})
    become("anna")
    log.log_contact(desk, log.ContactDraft(who, "call", "no_answer"))
    payments.book_credit(desk, payments.CreditDraft(who, Money(1000, "EUR"), TODAY, (one,)))
    pauses.dispute(desk, pauses.DisputeDraft(one, "quality"))
    newest = desk.newest_act()
    acts: tuple[Callable[[], object], ...] = (
        lambda: payments.book_credit(desk, payments.CreditDraft(who, Money(1000, "EUR"), TODAY, (one,), "write_off")),
        lambda: holds.release(desk, who),
        lambda: invoices.take_out(desk, other),
        lambda: settings.change_settings(desk, {"roles": ""}),
    )
    for forbidden in acts:
        with pytest.raises(ArtermError, match="anna is a clerk in this book"):
            forbidden()
    assert desk.newest_act() == newest
    for _ in range(3):  # what she did herself she takes back
        undo.undo(desk)
    with pytest.raises(ArtermError, match="els did that last"):
        undo.undo(desk)


def test_a_reader_looks_and_writes_nothing(desk: Desk, become: Callable[[str], None]) -> None:
    become("els")
    who = customer(desk)
    invoice(desk, who, "A", 40000)
    settings.change_settings(desk, {"roles": "piet=reader"})
    become("piet")
    assert ageing.ageing(desk).totals[0].total == Money(40000, "EUR")
    with pytest.raises(ArtermError, match="piet is a reader in this book, and may only look"):
        log.log_contact(desk, log.ContactDraft(who, "call", "no_answer"))


def test_nobody_takes_their_own_rights_away(desk: Desk, become: Callable[[str], None]) -> None:
    become("els")
    with pytest.raises(ArtermError, match="your own rights"):
        settings.change_settings(desk, {"roles": "els=reader"})


def test_roles_by_command(arterm: Callable[..., Ran], become: Callable[[str], None]) -> None:
    become("els")
    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    assert arterm("settings", "set", "roles", "anna=clerk").code == 0
    assert arterm("settings", "set", "roles", "anna=boss").code == 1
    become("anna")
    assert arterm("customer", "add", "Zuid").code == 0
    refused = arterm("partner", "add", "Incasso", "--kind", "agency", "--rates", "20", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "not_allowed")
