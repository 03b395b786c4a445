"""What is held about a person: one file, and after erasure not one byte of it anywhere, with the chain still whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from arterm.desk import acts, undo
from arterm.desk.accounts import attachments, customers
from arterm.desk.business import settings
from arterm.desk.contacts import log
from arterm.desk.dunning.run import due_notices
from arterm.desk.housekeeping import backup, privacy
from arterm.desk.letters import notices
from arterm.desk.mail import compose, outbox
from arterm.desk.partners import handovers, partners
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.cases import find_inconsistencies
from arterm.store.catalogue import TABLES
from arterm.store.catalogue.table import Erase
from arterm.store.models.bank import PayerAccount, Statement, StatementLine
from arterm.store.verify import complaints
from tests.conftest import NOW, TODAY, Ran, customer, invoice

CANARY = "Kanarievogel"


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> tuple[Desk, int]:
    """Somebody of whom much is known, who has paid; and a neighbour."""
    settings.change_settings(desk, {"mail": "b@example.com", "mail_host": "smtp.example.com"})
    who = customer(desk, "Piet Peeters", kind="consumer", country="BE", language="en", note=f"{CANARY} of a customer")
    customers.add_contact(
        desk, who, {"name": f"{CANARY} Jan", "mail": "kanarievogel@example.com", "phone": "+32 2 555 12 34"}
    )
    owed = invoice(desk, who, "A-1", 10000)
    log.log_contact(desk, log.ContactDraft(who, "call", "refuses", note=f"{CANARY} is ill"))
    paper = tmp_path / f"{CANARY}.txt"
    paper.write_text(CANARY * 50)
    entry = log.log_entries(desk, who)[0].id
    attachments.attach_to_log(desk, entry, paper)
    (letter,) = notices.write(desk, due_notices(desk, who))
    notices.issue(desk, [letter.id])
    row = compose.plan_words(desk, who, f"{CANARY}!", f"about your {CANARY}")
    outbox.cancel(desk, [row])
    payments.book_credit(desk, payments.CreditDraft(who, Money(10000, "EUR"), TODAY, (owed,), "receipt", CANARY))
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
    backup.back_up(desk, before, NOW)
    assert found_in(desk)
    receipt = privacy.erase(desk, who)
    assert "kept until 2036-12-31" in receipt.words
    assert customers.view(desk, who).name == "Piet Peeters"
    assert desk.book.one("SELECT reference FROM credit WHERE customer = ?", (who,))[0] == CANARY  # the books' own
    desk.set_today(date(2037, 1, 2))
    privacy.erase(desk, who)
    assert customers.view(desk, who).name == f"Erased #{who}"
    assert not found_in(desk)
    assert list(complaints(desk.book)) == []
    assert find_inconsistencies(desk.book) == []
    assert [
        check.state
        for check in backup.run_checks(desk.book.path, desk)
        if check.name in ("journal", "papers", "figures")
    ] == ["ok", "ok", "ok"]
    assert desk.book.one("SELECT total, open FROM invoice WHERE number = 'A-1'") == (10000, 0)
    with pytest.raises(ArtermError, match=r"were erased|is not as it was"):
        notices.document(desk, notices.notices_of(desk, who)[0].document)
    later = tmp_path / "later.arterm"
    backup.back_up(desk, later, NOW)
    assert CANARY.encode() not in later.read_bytes()


def test_a_backup_from_before_is_erased_again_when_it_is_brought_back(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    before = tmp_path / "kept" / "before.arterm"
    before.parent.mkdir()
    backup.back_up(desk, before, NOW)
    privacy.erase(desk, who)
    path = desk.book.path
    desk.close()
    backup.restore(before, path)
    again = Desk.open(path, TODAY, now=lambda: NOW)
    assert log.log_entries(again, who)[0].note != ""
    assert privacy.reapply(again) == 1
    assert privacy.reapply(again) == 0
    assert [entry.note for entry in log.log_entries(again, who) if CANARY in entry.note] == []
    assert customers.contacts(again, who)[0].mail == ""
    again.close()


def test_what_is_still_owed_is_kept_and_an_erasure_is_not_taken_back(desk: Desk) -> None:
    who = customer(desk, "Piet", note=CANARY)
    owed = invoice(desk, who, "A-1", 10000)
    with pytest.raises(ArtermError, match="still owes something"):
        privacy.erase(desk, who)
    payments.book_credit(desk, payments.CreditDraft(who, Money(10000, "EUR"), TODAY, (owed,)))
    privacy.erase(desk, who)
    settings.change_settings(desk, {"signer": "Els"})
    undo.undo(desk)
    later = customer(desk, "Somebody later")
    assert later
    for one in undo.undoable(desk):
        assert undo.undo(desk).words  # what is offered is taken back; what was erased is stepped over
        assert one.words
    with pytest.raises(ArtermError, match="nothing to take back"):
        undo.undo(desk)
    assert desk.book.one("SELECT note FROM customer WHERE id = ?", (who,)) == ("",)


def test_years_that_are_over_are_shown_before_they_are_dropped(person: tuple[Desk, int]) -> None:
    desk, who = person
    assert privacy.over(desk) == ()
    desk.set_today(date(2031, 11, 23))
    (due,) = privacy.over(desk)
    assert (due.customer_id, due.books_kept, due.last) == (who, True, TODAY)
    with pytest.raises(ArtermError, match="has not come yet"):
        privacy.purge(desk, TODAY)
    with pytest.raises(ArtermError, match="has not come yet"):
        privacy.erase(desk, who, TODAY)
    assert privacy.purge(desk, desk.today).words == "1 erased."
    assert privacy.over(desk) == ()
    desk.set_today(date(2037, 1, 2))
    assert [one.books_kept for one in privacy.over(desk)] == [False]


def hanging_on_customers(desk: Desk) -> dict[str, list[str]]:
    """Every table that says something of a customer, by itself or by way of another, with its columns of text and
    bytes.
    """
    names = [
        row[0]
        for row in desk.book.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    ]
    refers = {name: {row[2] for row in desk.book.rows(f"PRAGMA foreign_key_list({name})")} for name in names}
    found = {"customer", "attachment", "document"}
    while more := {name for name in names if refers[name] & (found - {"act"}) and name not in found}:
        found |= more
    ours = {
        "board_case",
        "partner",
        "change",
    }  # a cache that is made anew; no customer's; blanked with the row it tells of
    columns = {}
    for name in found - ours:
        rows = desk.book.rows(f"PRAGMA table_info({name})")
        columns[name] = [row[1] for row in rows if row[2] in ("TEXT", "BLOB")]
    return columns


# What goes, written out a second time: who lets something stay says so here too. At once, and with the books.
WORDS = {
    "attachment": "bytes name path",
    "contact": "mail name phone role",
    "credit_check": "note score source",
    "customer": "note",
    "dispute": "note who",
    "document": "bytes name",
    "freeze": "carve_outs lifted_why who_may why",
    "handover": "note outcome",
    "handover_report": "note",
    "inbox": "body said sender sender_mail subject",
    "log": "note reason",
    "offer": "note",
    "outbox": "body html said subject to_mail to_name",
    "outbox_part": "name",
    "pause": "why",
    "plan": "note why",
    "supply_terms": "note",
    "terms": "note",
    "wish": "why",
}
BOOKS = {
    "attachment": "bytes name path",
    "credit": "note payer_account reference",
    "customer": "city folded name own_no postcode source_country street vat_no",
    "invoice": "note reference",
    "payer_account": "account",
    "statement_line": "account bank_ref end_to_end note payer reference text",
    "terms": "edition",
}
# A name that goes in one table and stays in another: chosen from a list, the owner's own, a payment reference.
STAYS = {
    ("dispute", "outcome"),
    ("dispute", "reason"),
    ("letter", "reference"),
    ("log", "outcome"),
    ("outbox", "sender"),
    ("outbox", "sender_mail"),
}


def test_every_column_about_a_person_is_erased_or_kept_on_purpose(desk: Desk) -> None:
    said = {name: table.erase for name, table in TABLES.items() if isinstance(table.erase, Erase)}
    for table, columns in hanging_on_customers(desk).items():
        rules = said[table]
        assert set(columns) == rules.words.keys() | rules.books.keys() | rules.kept.keys(), table
        assert not rules.kept.keys() & (rules.words.keys() | rules.books.keys()), table
    assert {table: " ".join(sorted(one.words)) for table, one in said.items() if one.words} == WORDS
    assert {table: " ".join(sorted(one.books)) for table, one in said.items() if one.books} == BOOKS
    erased = {name for rules in said.values() for name in (*rules.words, *rules.books)}
    assert {(table, name) for table, rules in said.items() for name in rules.kept if name in erased} == STAYS


def test_what_others_wrote_of_somebody_goes_too(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    to = partners.add_partner(desk, partners.PartnerDraft("Incasso", "agency", rates="10")).id
    owed = invoice(desk, who, "A-2", 1000)
    given = handovers.hand_over(desk, to, [owed]).id
    handovers.report(desk, given, Money(0, "EUR"), Money(0, "EUR"), TODAY, f"{CANARY} moved away")
    handovers.end(desk, given, f"{CANARY} has nothing")
    payments.book_credit(desk, payments.CreditDraft(who, Money(1000, "EUR"), TODAY, (owed,), "write_off"))
    with desk.act(acts.IMPORT) as work:
        statement = work.insert(
            Statement,
            form="camt",
            account="BE68539007547034",
            currency="EUR",
            number="1",
            opening=0,
            closing=1,
            until="2026-11-20",
        )
        line = {
            "statement": statement,
            "day": "2026-11-20",
            "booked": "2026-11-20",
            "amount": 100,
            "currency": "EUR",
            "payer": "PEETERS Piet",
            "text": CANARY,
            "hash": "h",
            "occurrence": 1,
            "state": "ignored",
        }
        line |= dict.fromkeys(("account", "reference", "end_to_end", "bank_ref"), "") | {
            "returned": 0,
            "charges": 0,
            "instructed": 0,
            "instructed_currency": "EUR",
        }
        work.insert_many(StatementLine, tuple(line), [tuple(line.values())])
    target = tmp_path / "subject.zip"
    privacy.subject_file(desk, who, target)
    with zipfile.ZipFile(target) as archive:
        held = json.loads(archive.read("data.json"))["rows"]
    assert [row["payer"] for row in held["statement_line"]] == ["PEETERS Piet"]
    assert [row["partner"] for row in held["handover_report"]] == ["Incasso"]
    desk.set_today(date(2037, 1, 2))
    privacy.erase(desk, who)
    assert not found_in(desk)
    assert list(complaints(desk.book)) == []


def test_what_somebody_else_paid_from_the_same_account_is_theirs(desk: Desk, tmp_path: Path) -> None:
    anna, bert = customer(desk, "Anna"), customer(desk, "Bert")
    for who, number in ((anna, "A-1"), (bert, "B-1")):
        owed = invoice(desk, who, number, 100)
        payments.book_credit(desk, payments.CreditDraft(who, Money(100, "EUR"), TODAY, (owed,)))
    (credit,) = desk.book.one("SELECT id FROM credit WHERE customer = ?", (bert,))
    with desk.act(acts.IMPORT) as work:
        work.insert(PayerAccount, account="BE99", customer=anna)
        statement = work.insert(
            Statement,
            form="camt",
            account="BE68539007547034",
            currency="EUR",
            number="1",
            opening=0,
            closing=1,
            until="2026-11-20",
        )
        line = {
            "statement": statement,
            "day": "2026-11-20",
            "booked": "2026-11-20",
            "amount": 100,
            "currency": "EUR",
            "payer": "Bert",
            "account": "BE99",
            "credit": credit,
        }
        line |= {"text": "B-1", "hash": "h", "occurrence": 1, "state": "booked", "instructed_currency": "EUR"}
        line |= dict.fromkeys(("reference", "end_to_end", "bank_ref"), "")
        line |= dict.fromkeys(("returned", "charges", "instructed"), 0)
        work.insert_many(StatementLine, tuple(line), [tuple(line.values())])
    for who, count in ((anna, 0), (bert, 1)):
        target = tmp_path / f"{who}.zip"
        privacy.subject_file(desk, who, target)
        with zipfile.ZipFile(target) as archive:
            assert len(json.loads(archive.read("data.json"))["rows"]["statement_line"]) == count
    desk.set_today(date(2037, 1, 2))
    privacy.erase(desk, anna)
    assert desk.book.one("SELECT payer, text FROM statement_line") == ("Bert", "B-1")


def test_who_was_erased_whole_and_is_written_of_again_comes_back_on_the_list(desk: Desk) -> None:
    who = customer(desk, "Prospect")
    privacy.erase(desk, who)
    desk.set_today(date(2045, 1, 1))
    assert privacy.over(desk) == ()
    customers.add_contact(desk, who, {"name": "Piet again"})
    assert [one.customer_id for one in privacy.over(desk)] == [who]
    privacy.purge(desk, desk.today)
    assert privacy.over(desk) == ()
    customers.edit_customer(desk, who, {"name": "Prospect again"})
    assert [one.customer_id for one in privacy.over(desk)] == [who]
    desk.set_today(TODAY)
    owed = invoice(desk, who, "A-1", 100)
    payments.book_credit(desk, payments.CreditDraft(who, Money(100, "EUR"), TODAY, (owed,)))
    privacy.erase(desk, who)
    desk.set_today(date(2037, 1, 2))
    assert [one.books_kept for one in privacy.over(desk)] == [False]


def test_a_paper_that_cannot_be_given_is_named_and_the_rest_is_given(person: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = person
    privacy.erase(desk, who)
    target = tmp_path / "after.zip"
    privacy.subject_file(desk, who, target)
    with zipfile.ZipFile(target) as archive:
        held = json.loads(archive.read("data.json"))
    assert any(name.startswith("files/") for name in held["cannot_be_given"])
    assert held["rows"]["invoice"][0]["number"] == "A-1"


def test_who_is_in_no_books_is_erased_whole_and_at_once(desk: Desk) -> None:
    who = customer(desk, "Prospect", note=CANARY)
    log.log_contact(desk, log.ContactDraft(who, "call", "no_answer", note=CANARY))
    later = customer(desk, "Only a contact")
    desk.set_today(date(2031, 11, 23))
    assert {one.customer_id: one.books_kept for one in privacy.over(desk)} == {who: False, later: False}
    assert "nothing but amounts" in privacy.erase(desk, who).words
    assert customers.view(desk, who).name == f"Erased #{who}"
    assert not found_in(desk)


def test_what_was_noted_after_an_erasure_goes_with_the_next(person: tuple[Desk, int]) -> None:
    desk, who = person
    privacy.erase(desk, who)
    log.log_contact(desk, log.ContactDraft(who, "call", "no_answer", note=CANARY))
    desk.set_today(date(2032, 1, 1))
    assert [one.customer_id for one in privacy.over(desk)] == [who]
    privacy.purge(desk, desk.today)
    assert CANARY not in "".join(entry.note for entry in log.log_entries(desk, who))
    assert privacy.over(desk) == ()


def test_books_are_kept_as_long_as_the_law_says(desk: Desk) -> None:
    with pytest.raises(ArtermError, match="asks for books to be kept 10 years"):
        settings.change_settings(desk, {"keep_books": "7"})
    settings.change_settings(desk, {"keep_books": "12"})
    settings.change_settings(desk, {"country": "US"})
    settings.change_settings(desk, {"keep_books": "5"})
    settings.change_settings(desk, {"country": "FR"})
    who = customer(desk, "Piet")
    owed = invoice(desk, who, "A", 100)
    payments.book_credit(desk, payments.CreditDraft(who, Money(100, "EUR"), TODAY, (owed,)))
    assert "kept until 2036-12-31" in privacy.erase(desk, who).words


def test_what_was_noted_between_two_erasures_is_gone_from_a_backup_of_that_time(
    person: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, who = person
    privacy.erase(desk, who)
    log.log_contact(desk, log.ContactDraft(who, "call", "no_answer", note=f"{CANARY} again"))
    between = tmp_path / "kept" / "between.arterm"
    between.parent.mkdir()
    backup.back_up(desk, between, NOW)
    privacy.erase(desk, who)
    path = desk.book.path
    desk.close()
    backup.restore(between, path)
    again = Desk.open(path, TODAY, now=lambda: NOW)
    assert privacy.reapply(again) == 1
    assert CANARY not in "".join(entry.note for entry in log.log_entries(again, who))
    again.close()


def test_a_note_on_the_customer_after_an_erasure_is_not_forgotten(person: tuple[Desk, int]) -> None:
    desk, who = person
    privacy.erase(desk, who)
    customers.edit_customer(desk, who, {"note": CANARY})
    desk.set_today(date(2032, 1, 1))
    assert [one.customer_id for one in privacy.over(desk)] == [who]


def test_a_purge_is_asked_for(arterm: Callable[..., Ran]) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", today="2015-01-01")
    arterm("customer", "add", "Prospect", today="2015-01-01")
    assert "Say --yes" in arterm("privacy", "over", "--purge").err
    assert arterm("customer", "show", "Prospect").code == 0
    assert arterm("privacy", "over", "--purge", "--yes").code == 0
    assert arterm("customer", "show", "Prospect").code == 1
