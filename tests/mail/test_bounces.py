"""What came in: bounces by form and by words, delays, automatic answers, receipts, and what a person wrote."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from arterm.mail import bounce_words as words
from arterm.mail.bounces import AUTO, BOUNCE, DELAY, REPLY, read_mail

DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: us@firm.example\nSubject: failure notice\n"


def of_text(body: str, head: str = DAEMON) -> bytes:
    return f"{head}Message-ID: <b1@mx.example>\n\n{body}".encode()


def of_form(
    *groups: str,
    returned: str = "Message-ID: <m1@firm.example>\nSubject: Reminder\n\nPlease pay.\n",
    text: str = "It failed.\n",
    encoding: str = "",
) -> bytes:
    """A report by RFC 3464, each group with its recipient."""
    status = "Reporting-MTA: dns; mx.example\n\n" + "\n\n".join(groups) + "\n"
    if encoding:
        status = base64.encodebytes(status.encode()).decode()
        text = base64.encodebytes(text.encode()).decode()
        encoding = f"Content-Transfer-Encoding: {encoding}\n"
    return (
        "From: postmaster@mx.example\nTo: us@firm.example\nSubject: Undeliverable: Reminder\nContent-Type:"
        ' multipart/report; report-type=delivery-status; boundary="b"\n\n--b\nContent-Type:'
        f" text/plain\n{encoding}\n{text}\n--b\nContent-Type:"
        f" message/delivery-status\n{encoding}\n{status}\n--b\nContent-Type: message/rfc822\n\n{returned}\n--b--\n"
    ).encode()


def group(mail: str, action: str, status: str, said: str = "") -> str:
    return f"Final-Recipient: rfc822; {mail}\nAction: {action}\nStatus: {status}" + (
        f"\nDiagnostic-Code: smtp; {said}" if said else ""
    )


GONE = group("Gone@far.example", "failed", "5.1.1", "550 5.1.1 <gone@far.example>: user unknown")
FULL = group("full@far.example", "failed", "5.2.2", "552 5.2.2 mailbox full")
LATE = group("late@far.example", "delayed", "4.4.1", "connection timed out")


@pytest.mark.parametrize(
    ("groups", "kind", "failed", "dead"),
    [
        ([GONE], BOUNCE, ["gone@far.example"], ["gone@far.example"]),
        ([FULL], BOUNCE, ["full@far.example"], []),
        ([LATE], DELAY, ["late@far.example"], []),
        ([FULL, GONE], BOUNCE, ["full@far.example", "gone@far.example"], ["gone@far.example"]),
        ([LATE, GONE], BOUNCE, ["gone@far.example"], ["gone@far.example"]),
        ([group("ok@far.example", "delivered", "2.0.0")], AUTO, [], []),
        ([group("a@far.example", "failed", "5.1.1", "552 mailbox full")], BOUNCE, ["a@far.example"], []),
        ([group("a@far.example", "failed", "5.1.1")], BOUNCE, ["a@far.example"], ["a@far.example"]),
        ([group("a@far.example", "failed", "5.0.0")], BOUNCE, ["a@far.example"], []),
        ([group("a@far.example", "failed", "5.0.0 (user unknown)")], BOUNCE, ["a@far.example"], ["a@far.example"]),
    ],
)
def test_a_report_by_the_rules(groups: list[str], kind: str, failed: list[str], dead: list[str]) -> None:
    came = read_mail(of_form(*groups))
    assert (came.kind, list(came.failed), list(came.dead)) == (kind, failed, dead)
    assert came.answers == ("<m1@firm.example>",)


@pytest.mark.parametrize("raw", [of_form(GONE, FULL), of_form(GONE, FULL, encoding="base64")], ids=["plain", "base64"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_encodings_make_no_difference(raw: bytes, end: bytes) -> None:
    came = read_mail(raw.replace(b"\n", end))
    assert (came.kind, came.dead, came.answers) == (BOUNCE, ("gone@far.example",), ("<m1@firm.example>",))
    assert came.text == "It failed."


QMAIL = (
    "Hi. This is the mail program at mx.example.\nI was not able to deliver your message to the following"
    " addresses.\n\n"
)


@pytest.mark.parametrize(
    ("body", "failed", "dead"),
    [
        (QMAIL + "<gone@far.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n", ["gone@far.example"], True),
        (
            QMAIL + "<gone@far.example>:\nHe said: 550 unknown user.\n\n--- Below this line is a copy of the"
            " message.\n\nmailbox full",
            ["gone@far.example"],
            True,
        ),
        (QMAIL + "<a@far.example>:\nHe said: 552 Recipient address rejected: over quota\n", ["a@far.example"], False),
        (
            QMAIL + "<a@far.example>:\nHe said: 554 Your message looks like spam, no such user cares\n",
            ["a@far.example"],
            False,
        ),
        (
            QMAIL + "<a@gone.example>:\nSorry, I couldn't find any host named gone.example. (#5.1.2)\n",
            ["a@gone.example"],
            True,
        ),
        (
            QMAIL + "<a@far.example>:\nThis address no longer accepts mail, she has left the company.\n",
            ["a@far.example"],
            True,
        ),
        (
            QMAIL + "<user-unknown@far.example>:\nHe said something at https://far.example/no-such-user\n",
            ["user-unknown@far.example"],
            False,
        ),
        (
            (
                "did not reach the following recipient(s):\n\nann@far.example on Fri, 4 Oct 2024 17:10\n    The"
                " recipient name is not recognized\n"
            ),
            ["ann@far.example"],
            True,
        ),
        ("Delivery to the following recipients failed.\n\n       ann@far.example\n", ["ann@far.example"], True),
        ("Your message\n  Subject: user unknown\ndid something to\n\nann@far.example\n", ["ann@far.example"], False),
        ("Something strange happened.\n\nann@far.example\n", ["ann@far.example"], False),
        (
            (
                "Contact postmaster@mx.example.\n\nann@far.example: 550 <ann@far.example>: user unknown (in reply to"
                " end of DATA)\n"
            ),
            ["ann@far.example"],
            False,
        ),
        ("Nobody knows whom this was for: could not be delivered.\n", [], False),
    ],
)
def test_a_report_in_its_own_words(body: str, failed: list[str], dead: bool) -> None:
    came = read_mail(of_text(body))
    assert (came.kind, list(came.failed), list(came.dead)) == (BOUNCE, failed, failed if dead else [])
    assert came.why


def test_of_two_in_a_text_each_has_its_own_reason() -> None:
    body = QMAIL + "<full@far.example>:\nHe said: 552 mailbox full\n\n<gone@far.example>:\nHe said: 550 user unknown\n"
    came = read_mail(of_text(body))
    assert (came.failed, came.dead) == (("full@far.example", "gone@far.example"), ("gone@far.example",))
    assert came.why == words.NO_SUCH_ADDRESS


def test_what_is_still_tried_is_delayed_and_nobody_is_dead() -> None:
    body = "THIS IS A WARNING ONLY. It will be retried for 4 days.\n\n<ann@far.example>: 450 user unknown\n"
    came = read_mail(of_text(body, DAEMON.replace("failure notice", "Delayed Mail (still being retried)")))
    assert (came.kind, came.failed, came.dead) == (DELAY, ("ann@far.example",), ())


ANN = "From: Ann <ann@far.example>\nTo: us@firm.example\n"


@pytest.mark.parametrize(
    "head",
    [
        "Subject: Re: Reminder\nAuto-Submitted: auto-replied\n",
        "Subject: I am away\nPrecedence: auto_reply\n",
        "Subject: Re: Reminder\nX-Autoreply: yes\n",
        "Subject: I am away\nReturn-Path: <>\n",
        "Subject: Out of Office: Reminder\n",
        "Subject: Automatic reply: Reminder\n",
        "Subject: Automatische Antwort: Mahnung\n",
        "Subject: Abwesenheitsnotiz\n",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_rappel?=\n",
        "Subject: Respuesta automática: recordatorio\n",
        "Subject: Risposta automatica: sollecito\n",
        "Subject: Automatisch antwoord: herinnering\n",
    ],
)
def test_automatic_answers(head: str) -> None:
    came = read_mail(of_text("I am back on Monday. Mail to me is not delivered to others.\n", ANN + head))
    assert (came.kind, came.dead) == (AUTO, ())


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Reminder", "We paid yesterday.\n"),
        ("Re: Reminder", "Who is that?\n> Undeliverable: user unknown, <x@far.example> does not exist\n"),
        ("Re: delivery of the bread failed", "Your message could not be delivered? The bread was not delivered.\n"),
        ("Delivery problem with your bread", "It came late and cold, I pay half.\n"),
        ("AW: Undeliverable: Reminder", "I forward what I got.\n"),
        ("Automobile", "We talk about cars.\n"),
    ],
)
def test_a_person_wrote(subject: str, body: str) -> None:
    came = read_mail(of_text(body, f"{ANN}Subject: {subject}\nIn-Reply-To: <m1@firm.example>\nAuto-Submitted: no\n"))
    assert (came.kind, came.failed, came.dead) == (REPLY, (), ())
    assert (came.sender, came.sender_mail, came.subject) == ("Ann", "ann@far.example", subject)
    assert came.answers == ("<m1@firm.example>",)


def test_a_read_receipt_is_automatic_and_tells_what_was_read() -> None:
    raw = of_text(
        "--b\nContent-Type: text/plain\n\nIt was displayed.\n--b\nContent-Type:"
        " message/disposition-notification\n\nFinal-Recipient: rfc822;ann@far.example\nOriginal-Message-ID:"
        " <m1@firm.example>\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n",
        ANN
        + "Subject: Read: Reminder\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
    )
    came = read_mail(raw)
    assert (came.kind, came.failed, came.answers) == (AUTO, (), ("<m1@firm.example>",))


@pytest.mark.parametrize(
    "returned",
    [
        "X-Microsoft-Original-Message-ID: <m1@firm.example>\nSubject: Reminder\n\nPlease pay.\n",
        "Message-ID:\n <m1@firm.example>\nSubject: Reminder\n\nPlease pay.\n",
    ],
)
def test_a_report_leads_back_to_what_we_sent(returned: str) -> None:
    assert "<m1@firm.example>" in read_mail(of_form(GONE, returned=returned)).answers


def test_a_report_leads_back_where_the_message_stands_in_its_text() -> None:
    body = (
        QMAIL + "<gone@far.example>:\nuser unknown\n\n--- Below this line is a copy of the message.\n\nReceived: by"
        " x\nMessage-Id: <m1@firm.example>\nTo: other@far.example\n"
    )
    came = read_mail(of_text(body))
    assert (came.answers, came.failed) == (("<m1@firm.example>",), ("gone@far.example",))


def test_of_a_page_only_its_words_are_read() -> None:
    page = (
        "<html><head><style>mailbox full</style></head><body><!-- quota"
        " --><p>&lt;gone@far.example&gt;:</p><p>user&nbsp;unknown</p></body></html>"
    )
    came = read_mail(of_text(page, DAEMON + "Content-Type: text/html\n"))
    assert (came.kind, came.dead, came.text) == (BOUNCE, ("gone@far.example",), "<gone@far.example>:\nuser unknown")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("550 5.7.1 blocked using a blacklist", words.REFUSED),
        ("550 Domain of sender address does not exist", words.REFUSED),
        ("554 too many hops", words.TROUBLE),
        ("4.4.7 message expired", words.LATE),
        ("This account has been disabled", words.SWITCHED_OFF),
        ("550 Host does not accept mail", words.NO_MAIL_THERE),
        ("Host not found, try again", words.LATE),
        ("Host unknown", words.NO_SUCH_DOMAIN),
        ("552 message size exceeds the limit", words.TOO_LARGE),
        ("virus detected", words.HARMFUL),
        ("5.1.6", words.MOVED),
        ("from [10.5.1.1] by version 5.1.1.7", ""),
        ("", ""),
    ],
)
def test_reasons(said: str, why: str) -> None:
    assert words.reason(said) == why


PIECES = st.sampled_from(
    [
        DAEMON.encode(),
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/plain; charset=",
        b"\n\n",
        b"--b\n",
        b"Content-Type: message/delivery-status\n\n",
        b"Final-Recipient: rfc822;",
        b"Content-Transfer-Encoding: base64\n",
        b"<a@b.example>",
        b"=?utf-8?b?",
        b"?=",
    ]
)


@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=2000)
@example(b"ContenT-type:charset=\x00\n\x80")
@given(
    st.one_of(st.binary(max_size=2000), st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=30).map(b"".join))
)
def test_whatever_comes_something_is_said_of_it(raw: bytes) -> None:
    came = read_mail(raw)
    assert came.kind in (BOUNCE, DELAY, AUTO, REPLY)
    assert set(came.dead) <= set(came.failed)
    assert came.kind == BOUNCE or not came.dead


HEADS = {
    "text": DAEMON + "\n",
    "page": DAEMON + "Content-Type: text/html\n\n",
    "form": (
        DAEMON + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type:"
        " message/delivery-status\n\n"
    ),
    "header": DAEMON + "X-Failed-Recipients: ",
    "from": "From: ",
    "type": DAEMON + "Content-Type: multipart/report; x=",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "<",
        "@",
        "a@",
        "<a@b.c>",
        "\n",
        ".a",
        "<script",
        "<!--",
        "user ",
        "mail ",
        "exceed",
        "\n<a@b.c>\n",
        ';"a',
        "=?",
        "(",
        "To: a\n ",
        "Content-Type: message/rfc822\n\n",
    ],
)
def test_nothing_takes_long(head: str, piece: str) -> None:
    raw = (HEADS[head] + piece * (200_000 // len(piece))).encode()
    begin = time.process_time()
    assert read_mail(raw).kind in (BOUNCE, DELAY, AUTO, REPLY)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("body", ["It came late and cold.\n", "It could not be delivered to us.\n\nann@far.example\n"])
def test_a_person_who_writes_of_deliveries_is_no_program(body: str) -> None:
    assert read_mail(of_text(body, ANN + "Subject: Delivery problem with your bread\n")).kind == REPLY
    firm = ANN.replace("Ann <", "Bread Systems <") + "Subject: Delivery problem\n"
    assert read_mail(of_text("It came late and cold.\n", firm)).kind == REPLY
