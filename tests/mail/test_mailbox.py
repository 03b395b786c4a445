"""What comes in, from real IMAP servers: bounces move the case on, answers pause it until they are read, nothing there
is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from arterm.desk.accounts import customers
from arterm.desk.business import settings
from arterm.desk.dunning.run import due_notices, plan_run
from arterm.desk.mail import account, compose, inbox, outbox, sending
from arterm.desk.mail.inbox import Looked
from arterm.desk.session import Desk
from arterm.desk.worklist.worklist import worklist
from arterm.rules.errors import ArtermError
from arterm.store.cases import find_inconsistencies
from arterm.store.verify import complaints
from tests.mail import mailboxes
from tests.mail.conftest import debtor
from tests.mail.loopback import Post
from tests.mail.mailboxes import DOVECOT, Box

SERVERS = [
    "pymap",
    pytest.param("dovecot", marks=pytest.mark.skipif(not DOVECOT, reason="Dovecot is not on this machine")),
]


@pytest.fixture(params=SERVERS)
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    """Each server in turn."""
    with getattr(mailboxes, request.param)(tmp_path) as found:
        yield found


def open_box(desk: Desk, box: Box) -> None:
    """Tell the desk of it, beside the server it sends by."""
    ca = Path(desk.setting("mail_ca"))
    both = ca.with_name("both.pem")
    both.write_text(ca.read_text() + Path(box.ca).read_text())
    said = {
        "imap_host": "127.0.0.1",
        "imap_port": str(box.port),
        "imap_tls": box.tls,
        "imap_user": box.user,
        "mail_ca": str(both),
    }
    settings.change_settings(desk, said)
    account.for_session(desk, "inbox", box.password)


def sent(desk: Desk) -> tuple[int, str]:
    """(number, Message-ID) of a reminder that went."""
    (row,) = compose.plan_reminders(desk, due_notices(desk))
    assert sending.send_now(desk, [row]).of("sent")
    return row, outbox.views(desk, [row])[0].message_id


def bounce(
    message_id: str,
    to: str = "admin@zuid.example",
    status: str = "5.1.1",
    action: str = "failed",
    words: str = "550 5.1.1 user unknown",
) -> bytes:
    """A delivery report by the book."""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: bakker@example.com\r\nSubject: Undelivered Mail Returned to"
        " Sender\r\nMIME-Version: 1.0\r\nMessage-ID: <dsn@mx.example>\r\nContent-Type: multipart/report;"
        ' report-type=delivery-status; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt could not be'
        " delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;"
        f" mx.example\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code:"
        f" smtp; {words}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {message_id}\r\nSubject: Payment"
        " reminder\r\n\r\nold words\r\n--b--\r\n"
    ).encode()


def reply(
    message_id: str = "",
    sender: str = "An <admin@zuid.example>",
    more: str = "",
    words: str = "We pay on Friday, \x1b[31mpromised\x1b[0m.",
) -> bytes:
    """A person's answer."""
    answers = f"In-Reply-To: {message_id}\r\n" if message_id else ""
    return (
        f"From: {sender}\r\nTo: bakker@example.com\r\nSubject: Re: Payment reminder\r\nMessage-ID:"
        f" <r{hash(words)}@zuid.example>\r\n{answers}{more}\r\n{words}\r\n".encode()
    )


def test_only_what_is_new_and_ours_comes_in_once_and_nothing_is_changed_there(mailing: Desk, box: Box) -> None:
    who, _ = debtor(mailing)
    open_box(mailing, box)
    _, message_id = sent(mailing)
    assert inbox.look(mailing).replies == 0
    before = box.flags()
    box.put(reply(message_id))
    box.put(reply("", "Shop <news@shop.example>", words="Buy now"))
    assert inbox.look(mailing) == Looked(0, 1, 0, 0, 1)
    assert inbox.look(mailing) == Looked(0, 0, 0, 0, 0)
    assert box.flags() == [*before, (), ()]
    (one,) = inbox.came_in(mailing)
    assert (one.kind, one.customer_id, one.state, one.text) == (
        "reply",
        who,
        "new",
        "We pay on Friday, [31mpromised[0m.",
    )
    assert list(complaints(mailing.book)) == []


def test_an_answer_pauses_chasing_until_it_is_read(mailing: Desk, box: Box) -> None:
    _who, _ = debtor(mailing)
    open_box(mailing, box)
    _, message_id = sent(mailing)
    inbox.look(mailing)
    mailing.set_today(date(2026, 12, 20))
    assert len(plan_run(mailing).letters) == 1
    box.put(reply(message_id))
    inbox.look(mailing)
    assert plan_run(mailing).letters == ()
    assert any("waits to be read" in why for held in plan_run(mailing).held for why in held.why_not)
    assert [task.action for task in worklist(mailing).tasks if task.group == "answers"] == ["read what they wrote"]
    (one,) = inbox.came_in(mailing, ("new",))
    inbox.read(mailing, one.id)
    assert inbox.came_in(mailing, ("new",)) == ()
    later = date(2027, 1, 4)
    mailing.set_today(later)
    assert len(plan_run(mailing).letters) == 1
    assert find_inconsistencies(mailing.book) == []


def test_a_bounce_makes_the_address_bad_and_the_next_way_is_taken(mailing: Desk, box: Box, post: Post) -> None:
    who, _ = debtor(mailing)
    open_box(mailing, box)
    inbox.look(mailing)
    row, message_id = sent(mailing)
    box.put(bounce(message_id))
    assert inbox.look(mailing) == Looked(1, 0, 0, 0, 0)
    assert customers.contacts(mailing, who)[0].mail_state == "bad"
    assert (outbox.views(mailing, [row])[0].state, outbox.views(mailing, [row])[0].said) == (
        "failed",
        "it came back: there is no such address",
    )
    (letter,) = plan_run(mailing).letters
    assert (letter.channel, letter.step) == ("letter", 1)
    customers.add_contact(mailing, who, {"name": "Bo", "mail": "bo@zuid.example"})
    assert plan_run(mailing).letters[0].channel == "email"
    assert find_inconsistencies(mailing.book) == []
    assert list(complaints(mailing.book)) == []


@pytest.mark.parametrize(
    ("raw", "came"),
    [
        (lambda i: bounce(i, status="5.2.2", words="552 5.2.2 mailbox full"), Looked(1, 0, 0, 0, 0)),
        (lambda i: bounce(i, status="4.4.1", action="delayed", words="connection timed out"), Looked(0, 0, 1, 0, 0)),
        (lambda i: reply(i, more="Auto-Submitted: auto-replied\r\n"), Looked(0, 0, 0, 1, 0)),
        (lambda i: reply("", "a@elsewhere.example"), Looked(0, 0, 0, 0, 1)),
    ],
    ids=["full", "delayed", "out of office", "stranger"],
)
def test_what_does_not_mean_that_an_address_is_dead_leaves_it_good_and_pauses_nothing(
    mailing: Desk, tmp_path: Path, raw: object, came: Looked
) -> None:
    who, _ = debtor(mailing)
    _, message_id = sent(mailing)
    assert callable(raw)
    mark = inbox._mark(mailing, "INBOX", 1, lambda: 0)[0]
    kind = inbox.take_in(mailing, "INBOX", 1, 1, raw(message_id), mark)
    assert kind == {1: "bounce"}.get(came.bounces) or kind == ("delay" if came.delays else "auto" if came.autos else "")
    assert customers.contacts(mailing, who)[0].mail_state == "good"
    mailing.set_today(date(2026, 12, 20))
    assert len(plan_run(mailing).letters) == 1


def test_the_sent_folder_settles_what_is_unclear(mailing: Desk, box: Box, post: Post) -> None:
    debtor(mailing)
    debtor(mailing, "B", "b@b.example", "R2")
    open_box(mailing, box)
    post.hang_up_after = 1
    sending.send_now(mailing, compose.plan_reminders(mailing, due_notices(mailing)))
    (one,) = outbox.unclear(mailing)
    assert (
        inbox.settle_by_sent_folder(mailing).words
        == "0 e-mails went. 1 e-mail not found there: look yourself, then say so."
    )
    assert len(outbox.unclear(mailing)) == 1
    box.put(
        (
            f"Message-ID: <other@outlook>\r\nX-Microsoft-Original-Message-ID: {one.message_id}\r\n"
            "Subject: x\r\n\r\nx\r\n"
        ).encode(),
        "Sent",
    )
    assert inbox.settle_by_sent_folder(mailing).words == "1 e-mail went."
    assert outbox.unclear(mailing) == ()


def test_a_mailbox_that_does_not_open_is_told_in_words(mailing: Desk, box: Box) -> None:
    open_box(mailing, box)
    account.for_session(mailing, "inbox", "wrong")
    with pytest.raises(ArtermError, match="did not let us in"):
        inbox.look(mailing)
    account.for_session(mailing, "inbox", box.password)
    settings.change_settings(mailing, {"imap_folder": "No such folder"})
    with pytest.raises(ArtermError, match="no folder of that name"):
        inbox.look(mailing)
    settings.change_settings(mailing, {"mail_ca": ""})
    with pytest.raises(ArtermError, match="not to be trusted"):
        inbox.look(mailing)
