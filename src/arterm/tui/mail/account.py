"""The account from the settings screen: its password, a test, signing in; what goes wrong stands there in words."""

from __future__ import annotations

from typing import Any

from arterm.desk.mail import account, sending
from arterm.desk.mail.sign_in import sign_in
from arterm.rules.errors import ArtermError
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.fields import Field

ROWS = {
    "*mail-test": ("E-mail: send a test to yourself", "enter sends it"),
    "*mail-password": ("E-mail: the password", "enter asks for it; it goes to the keyring"),
    "*mail-login": ("E-mail: sign in with Google or Microsoft", "enter begins"),
}


def open_row(host: Host, key: str) -> None:
    """Do what the row says."""
    {"*mail-test": _test, "*mail-password": _password, "*mail-login": _login}[key](host)


def _password(host: Host) -> None:
    """Ask for the password. Where there is no keyring it is held until arterm ends, and written nowhere."""

    def submit(draft: dict[str, Any]) -> None:
        name = "inbox" if draft["which"] == "inbox" else "oauth-client" if draft["which"] == "oauth-client" else "mail"
        try:
            host.done(account.set_secret(host.desk, name, draft["password"]))
        except ArtermError as error:
            if error.code != "no_keyring":
                raise
            account.for_session(host.desk, name, draft["password"])
            told = [error.message, error.hint, "", "The password is used until arterm ends, and written nowhere."]
            host.call_later(host.push_screen, TextScreen("No keyring", told))  # when the form has closed

    which = [("mail", "sending"), ("inbox", "the mailbox"), ("oauth-client", "client secret")]
    fields = [
        Field("which", "For", "choice", "mail", choices=which),
        Field("password", "Password", "secret", needed=True),
    ]
    host.push_screen(FormScreen("Password", fields, host.habits, submit, f"Kept in: {account.keyring_words()}"))


def _test(host: Host) -> None:
    def work() -> None:
        try:
            with host.desk.in_thread():
                words = [sending.send_test(host.desk).words]
        except ArtermError as error:
            words = [f"{error.where}: {error.message}" if error.where else error.message, error.hint]
        host.call_from_thread(_show, host, "Test e-mail", words)

    host.tell("Sending a test…")
    host.run_worker(work, thread=True, exit_on_error=False, name="mail")


def _login(host: Host) -> None:
    def show(words: str) -> None:
        host.call_from_thread(_show, host, "Sign in", [words])

    def work() -> None:
        try:
            with host.desk.in_thread():
                told = sign_in(host.desk, show).words
        except ArtermError as error:
            told = str(error)
        host.call_from_thread(_show, host, "Sign in", [told])

    host.run_worker(work, thread=True, exit_on_error=False, name="mail")


def _show(host: Host, title: str, words: list[str]) -> None:
    host.changed()
    host.push_screen(TextScreen(title, [line for line in words if line]))
