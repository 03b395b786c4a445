"""Mail on screen: sent with a key, unclear ones settled, answers read, the account set up; nothing waits for a
server.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import TextArea

from arterm.desk.business import settings
from arterm.desk.mail import account, inbox, outbox
from arterm.desk.session import Desk
from arterm.rules.settings import BUSINESS_SETTINGS
from tests.conftest import TODAY
from tests.mail import loopback
from tests.mail.loopback import PASSWORD, Post
from tests.tui.conftest import Hand, at

NAME = "Café Zuid"


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with loopback.smtp(tmp_path) as found:
        yield found


@pytest.fixture
def ready(demo: Path, post: Post) -> Path:
    """The demo business can mail."""
    desk = Desk.open(demo, TODAY)
    said = {
        "mail": "bakker@example.com",
        "mail_host": "127.0.0.1",
        "mail_port": str(post.port),
        "mail_tls": "implicit",
        "mail_ca": post.ca,
    }
    settings.change_settings(desk, said)
    account.for_session(desk, "mail", PASSWORD)
    desk.close()
    return demo


async def to_customer(hand: Hand, name: str = NAME) -> None:
    await hand.press("slash")
    await hand.type(name)
    await hand.press("enter")


async def test_a_message_in_ones_own_words_goes_and_stands_in_the_outbox(ready: Path, post: Post) -> None:
    async with at(ready) as hand:
        await to_customer(hand)
        await hand.press("m")
        assert f"E-mail to {NAME}" in hand.text
        await hand.press("2")
        editor = hand.screen.query_one(TextArea)
        editor.text = "As agreed\n\nYou pay on Friday [b]not Monday[/b]."
        await hand.press("ctrl+s")
        await hand.until(lambda: "1 e-mail sent" in hand.toasts)
        await hand.press("E")
        assert "Outbox: 1 e-mail" in hand.text
        assert "As agreed" in hand.text
        await hand.press("enter")
        assert "You pay on Friday [b]not Monday[/b]." in hand.text
    (mail,) = post.mails
    assert mail["Subject"] == "As agreed"


async def test_reminders_are_mailed_from_the_letter_sheet(ready: Path, post: Post) -> None:
    async with at(ready) as hand:
        await to_customer(hand, "WZC Avondrust")
        await hand.press("n")
        assert "m mail" in hand.text
        await hand.press("m")
        await hand.until(lambda: "e-mail sent" in hand.toasts)
    assert len(post.raws) == 1
    desk = Desk.open(ready, TODAY)
    assert [one.state for one in outbox.listed(desk)] == ["sent"]
    desk.close()


async def test_a_promise_is_confirmed_with_one_key(ready: Path, post: Post) -> None:
    async with at(ready) as hand:
        await to_customer(hand)
        await hand.press("c", "1", "ctrl+s")
        await hand.until(lambda: "Confirm it in writing: e-mail to" in hand.text)
        await hand.press("1")
        await hand.until(lambda: "1 e-mail sent" in hand.toasts)
    assert len(post.raws) == 1


async def test_an_unclear_mail_is_red_on_the_board_until_somebody_says(ready: Path, post: Post) -> None:
    post.hang_up_after = 1
    async with at(ready) as hand:
        await to_customer(hand)
        await hand.press("m", "3")
        await hand.until(lambda: "unclear" in hand.toasts)
        await hand.press("escape")
        await hand.until(lambda: "1 e-mail unclear" in hand.text)
        await hand.press("2")
        assert "unclear ma" in hand.text
        await hand.press("1", "E", "y")
        assert "E-mail #1 went." in hand.toasts
        await hand.press("escape")
        assert "unclear" not in hand.text.splitlines()[0]


async def test_an_answer_waits_under_today_and_reading_it_is_enough(ready: Path, post: Post) -> None:
    desk = Desk.open(ready, TODAY)
    mark = inbox._mark(desk, "INBOX", 1, lambda: 0)[0]
    to = desk.book.one("SELECT t.mail FROM contact t JOIN customer c ON c.id = t.customer WHERE c.name = ?", (NAME,))[0]
    raw = (
        f"From: {to}\r\nTo: bakker@example.com\r\nSubject: Re: [b]late[/b]\r\nMessage-ID: <a@b.c>\r\n\r\nWe pay"
        " \x1b[31mtomorrow\x1b[0m.\r\n"
    )
    assert inbox.take_in(desk, "INBOX", 1, 1, raw.encode(), mark) == "reply"
    desk.close()
    async with at(ready) as hand:
        await hand.press("2")
        assert "answers" in hand.text
        await hand.press("E", "v", "enter")
        assert "Re: [b]late[/b]" in hand.text
        assert "We pay [31mtomorrow[0m." in hand.text
        await hand.press("escape", "escape")
        assert "answers" not in hand.text


async def test_without_an_account_or_an_address_the_key_says_what_to_do(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("m")
        assert "E-mail is not set up" in hand.toasts
        await hand.press("n", "m")
        assert "E-mail is not set up" in hand.text


async def test_the_password_goes_to_the_keyring_or_is_held_for_the_session_and_a_test_says_how_it_went(
    ready: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    async with at(ready) as hand:
        await hand.press("5", *["j"] * (4 + len(BUSINESS_SETTINGS) + 1), "enter")
        await hand.until(lambda: "Kept in:" in hand.text)
        await hand.press("down")
        await hand.type("wrong one")
        assert "wrong one" not in hand.text
        await hand.press("ctrl+s")
        await hand.until(lambda: "written nowhere" in hand.text)
        await hand.press("escape", "k", "enter")
        await hand.until(lambda: "did not accept the user name" in hand.text)
        await hand.press("escape")
        desk = hand.app.desk
        account.for_session(desk, "mail", PASSWORD)
        await hand.press("enter")
        await hand.until(lambda: "A test went to bakker@example.com" in hand.text)
    assert len(post.raws) == 1
