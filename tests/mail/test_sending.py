"""Reminders by mail: never two, never lost, never to the wrong one; what is owed is looked at again just before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.accounts.attachments import attach
from arterm.desk.business import settings
from arterm.desk.contacts import log
from arterm.desk.dunning.run import due_notices, plan_run
from arterm.desk.letters import notices
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.mail import account as mail_account
from arterm.desk.mail import compose, outbox, sending
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.cases import find_inconsistencies
from arterm.store.verify import complaints
from tests.conftest import TODAY, invoice
from tests.mail import loopback
from tests.mail.conftest import account, debtor
from tests.mail.loopback import Post


def planned(desk: Desk) -> list[int]:
    return compose.plan_reminders(desk, due_notices(desk))


def states(desk: Desk) -> list[str]:
    return [one.state for one in reversed(outbox.listed(desk))]


def letters(desk: Desk) -> list[str]:
    return [row[0] for row in desk.book.rows("SELECT state FROM notice ORDER BY id")]


def whole(desk: Desk) -> None:
    assert find_inconsistencies(desk.book) == []
    assert list(complaints(desk.book)) == []


def test_a_reminder_arrives_with_its_letter_and_the_invoice_and_only_then_counts(
    mailing: Desk, post: Post, tmp_path: Path
) -> None:
    who, due = debtor(mailing)
    paper = tmp_path / "invoice 1.pdf"
    paper.write_bytes(b"%PDF-1.4 the invoice")
    attach(mailing, due, paper)
    assert [one.channel for one in plan_run(mailing).letters] == ["email"]
    rows = planned(mailing)
    assert letters(mailing) == ["written"]
    handed = sending.send_now(mailing, rows)
    assert (handed.words, states(mailing), letters(mailing)) == ("1 e-mail sent.", ["sent"], ["issued"])
    (mail,) = post.mails
    assert (mail["From"], mail["To"]) == ("Bakkerij <bakker@example.com>", "An <admin@zuid.example>")
    assert "2026-1" in mail["Subject"]
    assert mail["Message-ID"] == outbox.views(mailing, rows)[0].message_id
    body = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert body is not None
    assert html is not None
    assert "EUR 100.00" in body.get_content()
    assert "BE68 5390 0754 7034" in html.get_content()
    files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert list(files) == ["Bakkerij 2026-11-22 friendly.pdf", "invoice 1.pdf"]
    assert files["invoice 1.pdf"] == b"%PDF-1.4 the invoice"
    assert files["Bakkerij 2026-11-22 friendly.pdf"][:5] == b"%PDF-"
    assert post.raws[0].replace(b"\r\n", b"\n") == outbox.raw(mailing, rows[0]).replace(b"\r\n", b"\n")
    assert plan_run(mailing).letters == ()
    assert log.log_entries(mailing, who)[0].note.startswith("E-mailed to admin@zuid.example: ")
    whole(mailing)


def test_mails_to_one_customer_are_one_thread(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing)
    sending.send_now(mailing, planned(mailing))
    again = compose.plan_words(mailing, who, "As agreed", "You pay on Friday.\n\nThank you!")
    sending.send_now(mailing, [again])
    first, second = post.mails
    assert second["In-Reply-To"] == first["Message-ID"] == second["References"]
    assert second.get_body(("plain",)).get_content().replace("\r", "") == "You pay on Friday.\n\nThank you!\n"  # type: ignore[union-attr]


def test_what_was_paid_promised_or_disputed_in_between_stops_a_mail_that_waited(mailing: Desk, post: Post) -> None:
    for n, name in enumerate(("A", "B", "C", "D", "E")):
        debtor(mailing, name, f"{name}@b.example".lower(), f"R{n}")
    rows = planned(mailing)
    by_name = {one.customer: one.customer_id for one in outbox.views(mailing, rows)}
    payments.book_credit(mailing, payments.CreditDraft(by_name["A"], Money(2500, "EUR"), TODAY))
    log.log_contact(
        mailing,
        log.ContactDraft(by_name["B"], "call", "promise", promised=Money(10000, "EUR"), promised_for=date(2026, 12, 1)),
    )
    person = customers.contacts(mailing, by_name["C"])[0]
    customers.edit_contact(mailing, person.id, {"mail": "new@c.example"})
    mailing.set_today(TODAY)
    handed = sending.send_now(mailing, rows)
    assert {one.customer: one.state for one in handed.mails} == {
        "A": "cancelled",
        "B": "cancelled",
        "C": "cancelled",
        "D": "sent",
        "E": "sent",
    }
    why = {one.customer: one.said for one in handed.mails}
    assert "not what the letter says" in why["A"]
    assert "a promise is running" in why["B"]
    assert "address was changed" in why["C"]
    assert len(post.raws) == 2
    assert sorted(letters(mailing)) == ["issued", "issued", "withdrawn", "withdrawn", "withdrawn"]
    whole(mailing)


def test_a_mail_of_yesterday_is_decided_anew(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    rows = planned(mailing)
    mailing.set_today(date(2026, 11, 23))
    assert sending.send_now(mailing, rows).mails[0].said == "it was written on another day: it is decided anew"
    assert [one.channel for one in plan_run(mailing).letters] == ["email"]
    assert post.raws == []


def test_an_address_that_does_not_exist_is_bad_from_now_on_and_the_next_one_or_a_letter_follows(
    mailing: Desk, post: Post
) -> None:
    who, _ = debtor(mailing)
    customers.add_contact(mailing, who, {"name": "Bo", "mail": "bo@zuid.example"})
    post.refuses = {"admin@zuid.example": "550 5.1.1 no such user", "bo@zuid.example": "550 5.1.1 no such user"}
    assert sending.send_now(mailing, planned(mailing)).mails[0].state == "failed"
    assert [(one.mail, one.mail_state) for one in customers.contacts(mailing, who)] == [
        ("admin@zuid.example", "bad"),
        ("bo@zuid.example", "good"),
    ]
    rows = planned(mailing)
    assert outbox.views(mailing, rows)[0].to == "bo@zuid.example"
    sending.send_now(mailing, rows)
    (paper,) = plan_run(mailing).letters
    assert paper.channel == "letter"
    assert "no good e-mail address: by letter" in paper.why
    assert letters(mailing) == ["withdrawn", "withdrawn"]
    whole(mailing)


@pytest.mark.parametrize(("answer", "state"), [("450 4.2.1 busy", "planned"), ("550 5.7.1 looks like spam", "failed")])
def test_a_refusal_for_now_waits_and_one_for_good_says_why(mailing: Desk, post: Post, answer: str, state: str) -> None:
    who, _ = debtor(mailing)
    post.answers = {"admin@zuid.example": answer}
    (one,) = sending.send_now(mailing, planned(mailing)).mails
    assert (one.state, one.said) == (state, answer)
    assert customers.contacts(mailing, who)[0].mail_state == "good"


def test_an_answer_that_is_lost_leaves_the_mail_unclear_and_blocks_a_repeat_until_somebody_says(
    mailing: Desk, post: Post
) -> None:
    _who, _ = debtor(mailing)
    debtor(mailing, "B", "b@b.example", "R2")
    post.hang_up_after = 1
    handed = sending.send_now(mailing, planned(mailing))
    assert sorted(one.state for one in handed.mails) == ["sent", "unclear"]
    assert len(post.raws) == 2
    (one,) = outbox.unclear(mailing)
    assert plan_run(mailing).letters == ()
    assert any("did it go out" in why for held in plan_run(mailing).held for why in held.why_not)
    outbox.resolve_unclear(mailing, one.id, True)
    assert sorted(letters(mailing)) == ["issued", "issued"]
    with pytest.raises(ArtermError, match="is sent"):
        outbox.resolve_unclear(mailing, one.id, False)
    whole(mailing)


def test_a_mail_that_did_not_go_after_all_may_go_again_with_a_new_id(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    post.hang_up_before = 1
    rows = planned(mailing)
    assert sending.send_now(mailing, rows).mails[0].state == "unclear"
    notices.discard(mailing, [outbox.views(mailing, rows)[0].notice])
    assert states(mailing) == ["failed"]
    again = planned(mailing)
    assert sending.send_now(mailing, again).mails[0].state == "sent"
    ids = {one.message_id for one in outbox.listed(mailing)}
    assert len(ids) == 2
    assert len(post.raws) == 1


def test_without_a_server_nothing_is_reserved_and_the_reason_is_told(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    settings.change_settings(mailing, {"mail_port": "1"})
    handed = sending.send_now(mailing, planned(mailing))
    assert states(mailing) == ["planned"]
    assert "Nothing listens there" in handed.trouble
    assert outbox.views(mailing, [1])[0].attempts == 0
    outbox.cancel(mailing, [1])
    assert letters(mailing) == ["withdrawn"]


def test_only_one_process_sends_and_what_a_stopped_one_held_is_unclear(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    rows = planned(mailing)
    outbox.reserve(mailing, rows[0])  # and then the power went
    with sending.alone(mailing) as given_up:
        assert given_up == 1
        with pytest.raises(ArtermError, match="Another arterm is sending"), sending.alone(mailing):
            pass
    assert states(mailing) == ["unclear"]
    with pytest.raises(ArtermError, match="is unclear"):
        outbox.reserve(mailing, rows[0])
    assert post.raws == []


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_the_password_is_checked_and_goes_only_through_checked_encryption(desk: Desk, tmp_path: Path, tls: str) -> None:
    with loopback.smtp(tmp_path, tls) as post:
        account(desk, post, tls)
        assert sending.send_test(desk).words == "A test went to bakker@example.com: look whether it arrives."
        assert [login for _, login in post.logins] == ["bakker@example.com"]
        mail_account.for_session(desk, "mail", "wrong")
        with pytest.raises(ArtermError, match="did not accept the user name or the password"):
            sending.send_test(desk)
        assert len(post.raws) == 1


def test_a_server_that_is_not_who_it_says_or_offers_no_encryption_hears_nothing(desk: Desk, tmp_path: Path) -> None:
    with loopback.smtp(tmp_path, "implicit", "other.example") as post:
        account(desk, post)
        with pytest.raises(ArtermError, match="certificate is not to be trusted"):
            sending.send_test(desk)
        settings.change_settings(desk, {"mail_ca": ""})
        with pytest.raises(ArtermError, match="certificate is not to be trusted"):
            sending.send_test(desk)
        assert post.logins == []
    with loopback.smtp(tmp_path, "never") as post:
        account(desk, post, "starttls")
        with pytest.raises(ArtermError, match="offers no encryption"):
            sending.send_test(desk)
        account(desk, post, "implicit")
        with pytest.raises(ArtermError, match=r"does not speak the encryption|hung up"):
            sending.send_test(desk)
        assert post.logins == []
    assert set(states(desk)) == {"cancelled"}


def test_a_letter_of_another_kind_and_a_written_one_can_be_mailed(mailing: Desk, post: Post) -> None:
    who, due = debtor(mailing)
    copies = compose.plan_letter(mailing, LetterDraft("copies", who, (due,)))
    sending.send_now(mailing, [copies])
    (written,) = notices.write(mailing, due_notices(mailing, who))
    mailed = compose.plan_written(mailing, written.id)
    with pytest.raises(ArtermError, match="in the outbox already"):
        compose.plan_written(mailing, written.id)
    sending.send_now(mailing, [mailed])
    assert [mail["Subject"] for mail in post.mails] == ["Copies of invoices (Bakkerij)", "Bakkerij: 2026-1"]
    assert "2026-1" in post.mails[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert letters(mailing) == ["issued", "issued"]


def test_mail_that_went_is_not_taken_back_and_mail_that_waits_is(mailing: Desk, post: Post) -> None:
    _who, _ = debtor(mailing)
    rows = planned(mailing)
    assert "planned" in undo.undo(mailing).words
    assert letters(mailing) == ["written"]  # void, with its message
    assert outbox.listed(mailing) == ()
    rows = planned(mailing)
    sending.send_now(mailing, rows)
    with pytest.raises(ArtermError, match="went out"):
        undo.undo(mailing)
    assert "added invoice" in undo.undo(mailing, past_mail=True).words
    assert states(mailing) == ["sent"]
    whole(mailing)


def test_without_an_address_no_mail_is_planned(mailing: Desk) -> None:
    who, _ = debtor(mailing)
    person = customers.contacts(mailing, who)[0]
    customers.edit_contact(mailing, person.id, {"mail_state": "bad"})
    with pytest.raises(ArtermError, match="no good e-mail address"):
        compose.plan_words(mailing, who, "Hello", "there")
    assert outbox.listed(mailing) == ()


def test_two_invoices_of_one_customer_are_one_mail(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing)
    invoice(mailing, who, "2026-2", 5000)
    sending.send_now(mailing, planned(mailing))
    assert len(post.raws) == 1
    assert "2026-2" in post.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
