"""The account from the settings screen: its password, a test, signing in; what goes wrong stands there in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arterm.desk.mail import account, sending
from arterm.desk.mail.sign_in import sign_in
from arterm.rules.errors import ArtermError
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.text import WordsScreen
from arterm.tui.widgets.fields import Field

if TYPE_CHECKING:
    from arterm.tui.app import ArtermApp

ROWS = {
    "*mail-test": ("E-mail: send a test to yourself", "enter sends it"),
    "*mail-password": ("E-mail: the password", "enter asks for it; it goes to the keyring"),
    "*mail-login": ("E-mail: sign in with Google or Microsoft", "enter begins"),
}


def open_row(app: ArtermApp, key: str) -> None:
    """Do what the row says."""
    {"*mail-test": _test, "*mail-password": _password, "*mail-login": _login}[key](app)


def _password(app: ArtermApp) -> None:
    """Ask for the password. Where there is no keyring it is held until arterm ends, and written nowhere."""

    def submit(draft: dict[str, Any]) -> None:
        name = "inbox" if draft["which"] == "inbox" else "oauth-client" if draft["which"] == "oauth-client" else "mail"
        try:
            app.done(account.set_secret(app.desk, name, draft["password"]))
        except ArtermError as error:
            if error.code != "no_keyring":
                raise
            account.for_session(app.desk, name, draft["password"])
            told = [error.message, error.hint, "", "The password is used until arterm ends, and written nowhere."]
            app.call_later(app.push_screen, WordsScreen("No keyring", told))  # when the form has closed

    which = [("mail", "sending"), ("inbox", "the mailbox"), ("oauth-client", "client secret")]
    fields = [
        Field("which", "For", "choice", "mail", choices=which),
        Field("password", "Password", "secret", needed=True),
    ]
    app.push_screen(FormScreen("Password", fields, app.habits, submit, f"Kept in: {account.keyring_words()}"))


def _test(app: ArtermApp) -> None:
    def work() -> None:
        try:
            with app.desk.in_thread():
                words = [sending.send_test(app.desk).words]
        except ArtermError as error:
            words = [f"{error.where}: {error.message}" if error.where else error.message, error.hint]
        app.call_from_thread(_show, app, "Test e-mail", words)

    app.tell("Sending a test…")
    app.run_worker(work, thread=True, exit_on_error=False, name="mail")


def _login(app: ArtermApp) -> None:
    def show(words: str) -> None:
        app.call_from_thread(_show, app, "Sign in", [words])

    def work() -> None:
        try:
            with app.desk.in_thread():
                told = sign_in(app.desk, show).words
        except ArtermError as error:
            told = str(error)
        app.call_from_thread(_show, app, "Sign in", [told])

    app.run_worker(work, thread=True, exit_on_error=False, name="mail")


def _show(app: ArtermApp, title: str, words: list[str]) -> None:
    app.changed()
    app.push_screen(WordsScreen(title, [line for line in words if line]))
