"""Secrets: in the system's keyring and nowhere else, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arterm.desk.business import settings
from arterm.desk.mail import account
from arterm.desk.session import Desk
from arterm.mail import secrets
from arterm.rules.errors import ArtermError

HERE = "tests.mail.keyring_of_tests."


@pytest.fixture(autouse=True)
def _nothing_of_the_session(desk: Desk) -> None:
    for name in account.SECRETS:
        account._SESSION.forget(account._key(desk, name))


def test_a_secret_is_kept_in_the_keyring_alone_and_never_shown(desk: Desk, keyring: Path, tmp_path: Path) -> None:
    receipt = account.set_secret(desk, "mail", "s3cret-of-mine")
    assert "s3cret" not in receipt.words
    assert list(json.loads(keyring.read_text()).values()) == ["s3cret-of-mine"]
    state = account.show_secret(desk, "mail")
    assert (state.is_set, state.backend) == (True, HERE + "TestsKeyring")
    assert "s3cret" not in repr(state)
    assert account.secret(desk) == "s3cret-of-mine"
    desk.book.db.close()
    for path in tmp_path.glob("book.arterm*"):
        assert b"s3cret" not in path.read_bytes()
    assert account.clear_secret(desk, "mail").words == "Forgot the password of the mail server."
    with pytest.raises(ArtermError, match="No mail password is known"):
        account.secret(desk)


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", HERE + "TestsKeyring"]
)
def test_what_does_not_keep_secrets_secret_is_refused(
    desk: Desk, keyring: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.delenv("ARTERM_KEYRING")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with pytest.raises(ArtermError, match="no keyring that keeps a secret secret") as refused:
        account.set_secret(desk, "mail", "s3cret")
    assert "password_command" in refused.value.hint
    assert not keyring.exists()
    monkeypatch.setenv("ARTERM_KEYRING", "keyring.backends.null.Keyring")
    with pytest.raises(ArtermError, match="no keyring"):
        account.set_secret(desk, "mail", "s3cret")


def test_a_keyring_that_forgets_or_never_answers_is_told(
    desk: Desk, keyring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Forgetful", "Sleeping"):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", HERE + name)
        monkeypatch.setenv("ARTERM_KEYRING", HERE + name)
        monkeypatch.setattr(secrets, "SECONDS", 2)
        with pytest.raises(
            ArtermError, match="did not keep the secret" if name == "Forgetful" else "did not answer within"
        ):
            account.set_secret(desk, "mail", "s3cret")


def test_a_command_may_give_the_password_and_a_session_may_hold_it(desk: Desk, keyring: Path) -> None:
    settings.change_settings(desk, {"password_command": "printf 'from command\\nmore'"})
    assert account.secret(desk) == "from command"
    settings.change_settings(desk, {"password_command": "false"})
    with pytest.raises(ArtermError, match="printed no password"):
        account.secret(desk)
    account.for_session(desk, "mail", "typed")
    assert account.secret(desk) == "typed"
    assert "typed" not in repr(account._SESSION)
    assert not keyring.exists()
