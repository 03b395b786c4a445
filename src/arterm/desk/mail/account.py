"""The owner's mail account: which servers, who signs in, with what; secrets from the keyring, a command, or for the
session.
"""

from __future__ import annotations

import shlex
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arterm.desk.paths import path_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Labels, message
from arterm.store.reads.mail import runs as reads

if TYPE_CHECKING:
    from arterm.mail.connection import Server
    from arterm.mail.oauth import Client, Provider

SECRETS = Labels("mail.secrets")
_TOKEN_SECONDS = 50 * 60


class Hidden:
    """Secrets typed for this session: held in memory, shown nowhere."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, int]] = {}

    def __repr__(self) -> str:
        return "…"

    def put(self, name: str, value: str, seconds: int = 0) -> None:
        """Hold a secret, for so many seconds or for the session."""
        self._held[name] = (value, int(time.monotonic()) + seconds if seconds else 0)

    def get(self, name: str) -> str:
        """The secret, or empty."""
        value, ends = self._held.get(name, ("", 0))
        return "" if ends and time.monotonic() > ends else value

    def forget(self, name: str) -> None:
        """No longer hold it."""
        self._held.pop(name, None)


_SESSION = Hidden()


@dataclass(frozen=True, slots=True)
class SecretState:
    """Whether a secret is set, and in which keyring; never the secret."""

    name: str
    words: str
    is_set: bool
    backend: str


def is_ready(desk: Desk) -> bool:
    """Whether mail can go out at all: a server and an address of our own."""
    return bool(desk.setting("mail_host") and desk.setting("mail"))


def outgoing(desk: Desk) -> Server:
    """The server that mail is handed to. Refuses (`no_mail`) while none is set up."""
    from arterm.mail.connection import Server

    if not is_ready(desk):
        raise ArtermError("no_mail.not_set_up", "settings")
    port = int(desk.setting("mail_port"))
    tls = desk.setting("mail_tls") if desk.setting("mail_tls") != "auto" else "implicit" if port == 465 else "starttls"
    auth = desk.setting("mail_auth")
    user = "" if auth == "none" else desk.setting("mail_user") or desk.setting("mail")
    return Server(
        desk.setting("mail_host"),
        port,
        tls,
        user,
        "password" if auth in ("password", "none") else "xoauth2",
        _ca(desk.setting("mail_ca")),
    )


def incoming(desk: Desk) -> Server:
    """The server of the mailbox. Refuses (`no_mail`) while none is set up."""
    from arterm.mail.connection import Server

    if not desk.setting("imap_host"):
        raise ArtermError("no_mail.no_mailbox", "settings")
    port = int(desk.setting("imap_port"))
    tls = desk.setting("imap_tls") if desk.setting("imap_tls") != "auto" else "implicit" if port == 993 else "starttls"
    user = desk.setting("imap_user") or desk.setting("mail_user") or desk.setting("mail")
    auth = "password" if desk.setting("mail_auth") in ("password", "none") else "xoauth2"
    return Server(desk.setting("imap_host"), port, tls, user, auth, _ca(desk.setting("mail_ca")))


def _ca(named: str) -> str:
    return str(path_of(named)) if named else ""


def secret(desk: Desk, inbox: bool = False) -> str:
    """What to sign in with: a password, or a fresh token. Refuses (`no_secret`, `no_keyring`, `oauth`) in words."""
    if desk.setting("mail_auth") in ("google", "microsoft"):
        return _token(desk)
    if desk.setting("mail_auth") == "none" and not inbox:
        return ""
    names = ("inbox", "mail") if inbox else ("mail",)
    for name in names:
        if _SESSION.get(_key(desk, name)):
            return _SESSION.get(_key(desk, name))
    command = desk.setting("password_command")
    if command:
        return _from_command(command)
    for name in names:
        found = _from_keyring(desk, name)
        if found:
            return found
    raise ArtermError("no_secret.password", "mail")


def _from_keyring(desk: Desk, name: str) -> str:
    from arterm.mail import secrets

    return secrets.get(_key(desk, name))


def _from_command(command: str) -> str:
    """What the owner's own command prints on its first line; it is used and not kept."""
    try:
        ran = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=20, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        ran = None
    if ran is None or ran.returncode or not ran.stdout.strip():
        raise ArtermError("no_secret.command", "password_command")
    return ran.stdout.splitlines()[0]


def for_session(desk: Desk, name: str, value: str) -> None:
    """Use a secret until arterm ends, where there is no keyring; it is written nowhere."""
    _SESSION.put(_key(desk, _known(name)), value)


def set_secret(desk: Desk, name: str, value: str) -> Receipt:
    """Keep a secret in the system's keyring. Refuses (`no_keyring`, `missing`); nothing is written anywhere else."""
    from arterm.mail import secrets

    if not value or any(char in value for char in "\r\n\0"):
        raise ArtermError("missing.one_line", name)
    where = secrets.put(_key(desk, _known(name)), value)
    _SESSION.forget(_key(desk, name))
    _SESSION.forget("token" + _key(desk, "oauth"))
    return Receipt(message("receipts.mail.secret_kept", secret=SECRETS[name], where=where))


def clear_secret(desk: Desk, name: str) -> Receipt:
    """Forget a secret."""
    from arterm.mail import secrets

    gone = secrets.clear(_key(desk, _known(name)))
    _SESSION.forget(_key(desk, name))
    return Receipt(
        message("receipts.mail.forgot", secret=SECRETS[name]) if gone else message("receipts.mail.no_secret")
    )


def show_secret(desk: Desk, name: str) -> SecretState:
    """Whether a secret is set and where; never what it is."""
    from arterm.mail import secrets

    found = secrets.get(_key(desk, _known(name)))
    return SecretState(name, SECRETS[name], bool(found), secrets.backend())


def keyring_words() -> str:
    """Which keyring this machine has, or why none can be used; for `doctor` and the settings."""
    from arterm.mail import secrets

    try:
        return secrets.backend()
    except ArtermError as error:
        return str(error)


def client(desk: Desk) -> tuple[Provider, Client]:
    """The provider to sign in with, and the owner's registration there. Refuses (`no_client`)."""
    from arterm.mail.oauth import PROVIDERS, Client

    auth = desk.setting("mail_auth")
    if auth not in PROVIDERS:
        raise ArtermError("bad_choice.mail_auth", "mail_auth")
    if not desk.setting("mail_client"):
        raise ArtermError("no_client", "mail_client", name=PROVIDERS[auth].name)
    return PROVIDERS[auth], Client(
        desk.setting("mail_client"), _from_keyring(desk, "oauth-client") if auth == "google" else ""
    )


def _token(desk: Desk) -> str:
    from arterm.mail.oauth import renew

    held = _SESSION.get("token" + _key(desk, "oauth"))
    if held:
        return held
    provider, registered = client(desk)
    refresh = _from_keyring(desk, "oauth")
    if not refresh:
        raise ArtermError("no_secret.permission", "mail", name=provider.name)
    found = renew(provider, registered, refresh)
    _SESSION.put("token" + _key(desk, "oauth"), found, _TOKEN_SECONDS)
    return found


def _key(desk: Desk, name: str) -> str:
    """Two books on one machine have two accounts."""
    return f"{name}:{reads.first_hash(desk.book)[:12]}"


def _known(name: str) -> str:
    if name not in SECRETS:
        raise ArtermError("no_secret.name", "name", name=name[:20], secrets=tuple(SECRETS))
    return name
