"""Mail by command: the run, the outbox, secrets; words, JSON and exit codes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from email import message_from_bytes
from io import StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Ran
from tests.mail.loopback import PASSWORD, Post

Arterm = Callable[..., Ran]


@pytest.fixture
def owed(arterm: Arterm, post: Post, keyring: Path, monkeypatch: pytest.MonkeyPatch) -> Arterm:
    """Somebody owes, and mail is set up, with its password in the keyring."""
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en", "--mail", "bakker@example.com")
    arterm(
        "settings", "set", "mail_host=127.0.0.1", f"mail_port={post.port}", "mail_tls=implicit", f"mail_ca={post.ca}"
    )
    arterm("customer", "add", "Café Zuid", "--kind", "business", "--mail", "admin@zuid.example")
    arterm("customer", "add", "Paper BV", "--kind", "business")
    for name, number in (("Café Zuid", "R1"), ("Paper BV", "R2")):
        arterm(
            "invoice",
            "add",
            number,
            "--customer",
            name,
            "--amount",
            "100",
            "--issued",
            "2026-09-01",
            "--due",
            "2026-10-01",
        )
    monkeypatch.setattr(sys, "stdin", StringIO(PASSWORD + "\n"))
    assert arterm("secret", "set", "mail").code == 0
    return arterm


def test_the_run_by_command(owed: Arterm, post: Post) -> None:
    tried = owed("send", "--due", "--dry-run", "--json")
    assert tried.code == 0
    assert [one["customer"] for one in tried.json["send"]] == ["Café Zuid"]
    assert [(one["customer"], one["paper"], one["why_not"]) for one in tried.json["held"]] == [
        ("Paper BV", True, "no good e-mail address: by letter")
    ]
    assert post.raws == []
    ran = owed("send", "--due", "--json")
    assert (ran.code, [one["state"] for one in ran.json["mails"]]) == (0, ["sent"])
    again = owed("notices", "send", "--due")
    assert again.code == 0
    assert "0 e-mails sent." in again.out
    assert len(post.raws) == 1
    assert owed("send").code == 1
    run, *_ = owed("mail", "runs", "--json").json["runs"]
    assert (run["state"], run["sent"]) == ("done", 0)


def test_the_outbox_and_an_unclear_mail(owed: Arterm, post: Post, tmp_path: Path) -> None:
    post.hang_up_after = 1
    ran = owed("send", "--due")
    assert ran.code == 3
    assert "unclear" in ran.out
    assert owed("send", "--due").code == 3
    assert len(post.raws) == 1
    assert owed("mail", "list", "--state", "unclear", "--json").json["mails"][0]["to"] == "admin@zuid.example"
    assert owed("mail", "settle", "1", "--sent").out == "E-mail #1 went.\n"
    assert owed("send", "--due").code == 0
    shown = owed("mail", "show", "1")
    assert "To: admin@zuid.example" in shown.out
    assert owed("mail", "show", "1", "--out", str(tmp_path / "m.eml")).code == 0
    assert (tmp_path / "m.eml").read_bytes().replace(b"\r", b"") == post.raws[0].replace(b"\r", b"")


def test_letters_and_words_by_mail(owed: Arterm, post: Post) -> None:
    assert owed("letter", "copies", "Café Zuid", "--mail").out == "1 e-mail sent.\n"
    assert owed("mail", "write", "Café Zuid", "--subject", "Hello", "--text", "Thank you.").code == 0
    refused = owed("mail", "write", "Paper BV", "--subject", "Hello", "--text", "Thank you.")
    assert (refused.code, refused.err) == (
        1,
        "arterm: contact: Paper BV has no good e-mail address. Add one, or send it by post.\n",
    )
    assert len(post.raws) == 2
    taken = owed("undo")
    assert taken.code == 1
    assert "Mail went out, and cannot be taken back." in taken.err
    assert "added invoice R2" in owed("undo", "--past-mail").out


def test_statements_by_mail_to_all_who_have_an_address(owed: Arterm, post: Post) -> None:
    ran = owed("letter", "statement", "--all", "--mail")
    assert (ran.code, ran.out) == (0, "1 e-mail sent.\n")
    assert "Paper BV gets none: Paper BV has no good e-mail address" in ran.err
    assert len(post.raws) == 1


def test_open_items_go_by_mail_as_they_stand(owed: Arterm, post: Post) -> None:
    owed(
        "invoice",
        "add",
        "PAID-1",
        "--customer",
        "Café Zuid",
        "--amount",
        "5",
        "--due",
        "2026-11-01",
        "--issued",
        "2026-10-01",
    )
    assert owed("pay", "PAID-1", "--amount", "5").code == 0
    assert owed("letter", "statement", "--all", "--mail").code == 0
    assert owed("letter", "statement", "--all", "--mail", "--items").code == 0
    moved, items = (attached_text(raw) for raw in post.raws)
    assert "PAID-1" in moved
    assert "PAID-1" not in items
    assert "R1" in items


def attached_text(raw: bytes) -> str:
    """The words of the PDF that a mail carries."""
    (part,) = [part for part in message_from_bytes(raw).walk() if part.get_content_type() == "application/pdf"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_secret_is_told_of_and_never_told(owed: Arterm, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = owed("secret", "show", "mail")
    assert shown.out == "The password of the mail server is set in tests.mail.keyring_of_tests.TestsKeyring.\n"
    assert owed("secret", "show", "mail", "--json").json["is_set"] is True
    assert owed("secret", "clear", "mail").code == 0
    ran = owed("send", "--due")
    assert ran.code == 3
    assert "No mail password is known" in ran.out
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    assert "no keyring that keeps a secret secret" in owed("mail", "test").err
    assert owed("secret", "set", "nonsense").code == 1


def test_a_test_mail_says_in_words_what_is_wrong(owed: Arterm, post: Post) -> None:
    assert "A test went to bakker@example.com" in owed("mail", "test").out
    owed("settings", "set", "mail_host=no-such-host.invalid")
    assert "There is no server of that name" in owed("mail", "test").err
    owed("settings", "set", "mail_host=127.0.0.1", "mail_tls=starttls")
    assert owed("mail", "test").code == 1
    assert owed("settings", "set", "mail_host=a b").code == 1
