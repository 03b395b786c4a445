"""What is held about a person: one file, and after erasure not one byte of it anywhere, with the chain still whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from arterm.desk import attachments, contact, customers, keeping, mail_write, money_in, notices, outbox, privacy, undo
from arterm.desk.desk import Desk
from arterm.desk.due import due_notices
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.cases import disagreements
from arterm.store.chain import complaints
from tests.conftest import NOW, TODAY, customer, invoice

CANARY = "Kanarievogel"


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> tuple[Desk, int]:
    """Somebody of whom much is known, who has paid; and a neighbour."""
    from arterm.desk import business

    business.change_settings(desk, {"mail": "b@example.com", "mail_host": "smtp.example.com"})
    who = customer(desk, "Piet Peeters", kind="consumer", country="BE", language="en", note=f"{CANARY} of a customer")
    customers.add_contact(
        desk, who, {"name": f"{CANARY} Jan", "mail": "kanarievogel@example.com", "phone": "+32 2 555 12 34"}
    )
    owed = invoice(desk, who, "A-1", 10000)
    contact.log_contact(desk, contact.ContactDraft(who, "call", "refuses", note=f"{CANARY} is ill"))
    paper = tmp_path / f"{CANARY}.txt"
    paper.write_text(CANARY * 50)
    entry = contact.log_entries(desk, who)[0].id
    attachments.attach_to_log(desk, entry, paper)
    (letter,) = notices.write(desk, due_notices(desk, who))
    notices.issue(desk, [letter.id])
    row = mail_write.plan_words(desk, who, f"{CANARY}!", f"about your {CANARY}")
    outbox.cancel(desk, [row])
    money_in.book_credit(desk, money_in.CreditDraft(who, Money(10000, "EUR"), TODAY, (owed,), "receipt", CANARY))
    invoice(desk, customer(desk, "Neighbour"), "N-1", 5000)
    return desk, who


def found_in(desk: Desk) -> bool:
    """Whether the bird is anywhere in the book's pages."""
    desk.book.db.close()
    raw = b"".join(path.read_bytes() for path in desk.book.path.parent.glob("book.arterm*"))
    return CANARY.encode() in raw or CANARY.lower().encode() in raw


def test_everything_held_about_a_person_is_one_file(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    target = tmp_path / "subject.zip"
    privacy.subject_file(desk, who, target)
    with zipfile.ZipFile(target) as archive:
        held = json.loads(archive.read("data.json"))
        names = archive.namelist()
    assert held["about"] == "Piet Peeters"
    assert [row["name"] for row in held["rows"]["contact"]] == [f"{CANARY} Jan"]
    assert held["rows"]["outbox"][0]["body"] == f"about your {CANARY}"
    assert any(name.startswith("letters/") for name in names)
    assert any(name.startswith("files/") for name in names)
    assert b"Neighbour" not in b"".join(zipfile.ZipFile(io.BytesIO(target.read_bytes())).read(name) for name in names)


def test_after_erasure_not_a_byte_is_left_and_the_books_still_add_up(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    before = tmp_path / "before.arterm"
    keeping.back_up(desk, before, NOW)
    assert found_in(desk)
    receipt = privacy.erase(desk, who)
    assert "kept until 2036-12-31" in receipt.words
    assert customers.view(desk, who).name == "Piet Peeters"
    assert desk.book.one("SELECT reference FROM credit WHERE customer = ?", (who,))[0] == CANARY  # the books' own
    desk.turn_to(date(2037, 1, 2))
    privacy.erase(desk, who)
    assert customers.view(desk, who).name == f"Erased #{who}"
    assert not found_in(desk)
    assert list(complaints(desk.book)) == []
    assert disagreements(desk.book) == []
    assert [
        check.state for check in keeping.examine(desk.book.path, desk) if check.name in ("journal", "papers", "figures")
    ] == ["ok", "ok", "ok"]
    assert desk.book.one("SELECT total, open FROM invoice WHERE number = 'A-1'") == (10000, 0)
    with pytest.raises(ArtermError, match=r"were erased|is not as it was"):
        notices.document(desk, notices.notices_of(desk, who)[0].document)
    later = tmp_path / "later.arterm"
    keeping.back_up(desk, later, NOW)
    assert CANARY.encode() not in later.read_bytes()


def test_a_backup_from_before_is_erased_again_when_it_is_brought_back(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    before = tmp_path / "kept" / "before.arterm"
    before.parent.mkdir()
    keeping.back_up(desk, before, NOW)
    privacy.erase(desk, who)
    path = desk.book.path
    desk.close()
    keeping.restore(before, path)
    again = Desk.open(path, TODAY, now=lambda: NOW)
    assert contact.log_entries(again, who)[0].note != ""
    assert privacy.reapply(again) == 1
    assert privacy.reapply(again) == 0
    assert [entry.note for entry in contact.log_entries(again, who) if CANARY in entry.note] == []
    assert customers.contacts(again, who)[0].mail == ""
    again.close()


def test_what_is_still_owed_is_kept_and_an_erasure_is_not_taken_back(desk: Desk) -> None:
    who = customer(desk, "Piet", note=CANARY)
    owed = invoice(desk, who, "A-1", 10000)
    with pytest.raises(ArtermError, match="still owes something"):
        privacy.erase(desk, who)
    money_in.book_credit(desk, money_in.CreditDraft(who, Money(10000, "EUR"), TODAY, (owed,)))
    privacy.erase(desk, who)
    with pytest.raises(ArtermError, match="has been erased"):
        while True:
            undo.undo(desk)


def test_years_that_are_over_are_shown_before_they_are_dropped(person: tuple[Desk, int]) -> None:
    desk, who = person
    assert privacy.over(desk) == ()
    desk.turn_to(date(2031, 11, 23))
    (due,) = privacy.over(desk)
    assert (due.customer_id, due.books_kept, due.last) == (who, True, TODAY)
    assert privacy.purge(desk).words == "1 erased."
    assert privacy.over(desk) == ()
    desk.turn_to(date(2037, 1, 2))
    assert [one.books_kept for one in privacy.over(desk)] == [False]
