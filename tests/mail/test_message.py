"""Messages: the same facts the same bytes, and no name, number or address that changes a header."""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arterm.letters.mailed import plain_body
from arterm.mail.message import Mail, Part, as_bytes, file_name
from arterm.rules.errors import ArtermError

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def mail(**facts: object) -> Mail:
    known: dict[str, object] = {
        "sender": "Bakkerij",
        "sender_mail": "b@example.com",
        "to": "An",
        "to_mail": "an@zuid.example",
        "subject": "Reminder",
        "text": "Pay.",
        "html": "<p>Pay.</p>",
        "message_id": "<1@example.com>",
        "at": AT,
    }
    return Mail(**(known | facts))  # type: ignore[arg-type]


@example("0" + "\u0800" * 12 + "\u0898\u0898 \u00a1", "", "")  # a blank where the line is folded
@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "=?utf-8?q?Invoice=0ABcc:_evil@x.be?=",
            "a\r\nBcc: evil@x.be",
            "\u202eevil",
            "a\0b",
            'x" <evil@x.be>',
            "a, b@c.de",
        ]
    ),
)
def test_whatever_stands_in_names_and_numbers_the_headers_are_ours(name: str, subject: str, hostile: str) -> None:
    raw = as_bytes(
        mail(to=name + hostile, subject=subject + hostile, sender=hostile + name, parts=(Part(hostile + ".pdf", b"x"),))
    )
    assert b"\r\nbcc" not in raw.lower()
    seen = BytesParser(policy=policy.default).parsebytes(raw)
    assert sorted(seen.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )
    assert [one.addr_spec for one in seen["To"].addresses] == ["an@zuid.example"]
    assert [one.addr_spec for one in seen["From"].addresses] == ["b@example.com"]
    assert len(list(seen.iter_attachments())) == 1


@pytest.mark.parametrize(
    "to",
    ["a@b.example, evil@x.be", "Dupont <j@x.be>", "a@x..be b", "nobody", "a\r\nBcc:x@y", "@x.be", "a@", 'a"b@x.be'],
)
def test_what_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(ArtermError, match="is not one e-mail address"):
        as_bytes(mail(to_mail=to))


def test_the_same_facts_are_the_same_bytes_and_a_thread_names_what_it_answers() -> None:
    one = mail(
        references=("<0@example.com>", "<00@example.com>"),
        reply_to="c@example.com",
        parts=(Part("a.pdf", b"%PDF"),),
        language="nl",
    )
    assert as_bytes(one) == as_bytes(one)
    seen = BytesParser(policy=policy.default).parsebytes(as_bytes(one))
    assert (seen["In-Reply-To"], seen["References"]) == ("<00@example.com>", "<0@example.com> <00@example.com>")
    assert (seen["Reply-To"], seen["Content-Language"]) == ("c@example.com", "nl")
    with pytest.raises(ArtermError, match="is no Message-ID"):
        as_bytes(mail(references=("<a b@c>\r\nBcc: x",)))


def test_names_and_domains_of_other_alphabets_arrive() -> None:
    seen = BytesParser(policy=policy.default).parsebytes(
        as_bytes(mail(to="Zoë Müller", to_mail="zoe@bäcker.example", subject="Ženský krém 5 €"))
    )
    assert str(seen["Subject"]) == "Ženský krém 5 €"
    assert seen["To"].addresses[0].display_name == "Zoë Müller"
    assert seen["To"].addresses[0].domain == "xn--bcker-gra.example"
    wide = as_bytes(mail(to_mail="dörte@example.com"))
    assert "dörte@example.com".encode() in wide


@pytest.mark.parametrize(
    ("name", "seen"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\rechnung.pdf", "rechnung.pdf"), ("...", "file"), ('a"b.pdf', "a'b.pdf")],
)
def test_a_files_name_is_never_a_path(name: str, seen: str) -> None:
    assert file_name(name) == seen


def test_a_message_that_no_server_takes_is_refused_beforehand() -> None:
    with pytest.raises(ArtermError, match="larger than 20 MB"):
        as_bytes(mail(parts=(Part("a.pdf", b"x" * (16 * 2**20)),)))


def test_words_are_never_marks() -> None:
    body = plain_body("s", "<script>alert(1)</script> & <b>\n\nnext", "en")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in body.html
    assert "<script" not in body.html
