"""A business that can mail: a server on loopback, a keyring, an overdue customer with an address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arterm.desk.accounts import customers
from arterm.desk.business import settings
from arterm.desk.mail import account as mail_account
from arterm.desk.session import Desk
from tests.conftest import customer, invoice
from tests.mail import loopback
from tests.mail.loopback import PASSWORD, Post

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The keyring of the tests is the system's."""
    path = tmp_path / "keyring.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.mail.keyring_of_tests.TestsKeyring")
    monkeypatch.setenv("ARTERM_KEYRING", "tests.mail.keyring_of_tests.TestsKeyring")
    monkeypatch.setenv("KEYRING_OF_TESTS", str(path))
    monkeypatch.setenv("PYTHONPATH", str(TOP))
    return path


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """A mail server that runs."""
    with loopback.smtp(tmp_path) as found:
        yield found


def account(desk: Desk, post: Post, tls: str = "implicit", **more: str) -> None:
    """Set the account up, with its password for this session."""
    settings.change_settings(
        desk,
        {
            "mail": "bakker@example.com",
            "mail_host": "127.0.0.1",
            "mail_port": str(post.port),
            "mail_tls": tls,
            "mail_ca": post.ca,
            **more,
        },
    )
    mail_account.for_session(desk, "mail", PASSWORD)


def debtor(
    desk: Desk, name: str = "Café Zuid", mail: str = "admin@zuid.example", number: str = "2026-1", total: int = 10000
) -> tuple[int, int]:
    """(customer, invoice) of somebody overdue, with an address."""
    who = customer(desk, name, kind="business", country="BE", language="en")
    customers.add_contact(desk, who, {"name": "An", "mail": mail})
    return who, invoice(desk, who, number, total)


@pytest.fixture
def mailing(desk: Desk, post: Post) -> Desk:
    """A desk that can mail."""
    account(desk, post)
    return desk
