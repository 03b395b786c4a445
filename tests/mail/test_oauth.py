"""Signing in by token, against a provider on loopback."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from arterm.desk.business import settings
from arterm.desk.mail import account as mail_account
from arterm.desk.mail import sending
from arterm.desk.session import Desk
from arterm.mail import oauth
from arterm.mail.oauth import Client, Provider
from arterm.rules.errors import ArtermError
from tests.mail.conftest import account
from tests.mail.loopback import Post


class Fake:
    """A provider that gives tokens out for what it is asked rightly."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.pending = 1
        self.challenge = ""
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                fake.asked.append(form)
                code, told = fake.answer(self.path, form)
                raw = json.dumps(told).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        base = f"http://127.0.0.1:{self.server.server_port}"
        self.provider = Provider("Fake", f"{base}/authorize", f"{base}/token", f"{base}/device", "mail")
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/device":
            return 200, {
                "verification_uri": "https://fake.example/device",
                "user_code": "AB-CD",
                "device_code": "dev",
                "interval": 1,
                "expires_in": 60,
            }
        kind = form["grant_type"]
        if kind == "refresh_token":
            good = form["refresh_token"] == "lasting"
            return (
                (200, {"access_token": "fresh-token"})
                if good
                else (400, {"error": "invalid_grant", "error_description": "Token has been revoked."})
            )
        if kind == "authorization_code":
            proof = (
                base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            )
            return (
                (200, {"access_token": "x", "refresh_token": "lasting"})
                if proof == self.challenge
                else (400, {"error": "bad_verifier"})
            )
        if self.pending:
            self.pending -= 1
            return 400, {"error": "authorization_pending"}
        return 200, {"access_token": "x", "refresh_token": "lasting"}


@pytest.fixture
def fake() -> Iterator[Fake]:
    made = Fake()
    yield made
    made.server.shutdown()
    made.server.server_close()


def browser(fake: Fake, address: str, **changed: str) -> None:
    """The owner says yes: the browser is sent back to us."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    fake.challenge = asked["code_challenge"]
    state = changed.get("state", asked["state"])

    def back() -> None:
        urlopen(f"{asked['redirect_uri']}/?code=one&state={state}", timeout=5).close()

    threading.Thread(target=back, daemon=True).start()


def test_a_code_typed_elsewhere_gives_a_lasting_permission(fake: Fake) -> None:
    device = oauth.begin_device(fake.provider, Client("me"))
    assert (device.address, device.code) == ("https://fake.example/device", "AB-CD")
    waited: list[int] = []
    assert oauth.finish_device(fake.provider, Client("me"), device, waited.append) == "lasting"
    assert waited == [1, 1]
    fake.pending = 1000
    with pytest.raises(ArtermError, match="not typed in time"):
        oauth.finish_device(fake.provider, Client("me"), device, waited.append)


def test_the_browser_comes_back_to_this_machine_and_only_with_our_own_state(fake: Fake) -> None:
    assert (
        oauth.by_loopback(fake.provider, Client("me", "with secret"), lambda address: browser(fake, address))
        == "lasting"
    )
    assert fake.asked[-1]["client_secret"] == "with secret"
    with pytest.raises(ArtermError, match="did not let us in"):
        oauth.by_loopback(fake.provider, Client("me"), lambda address: browser(fake, address, state="another"), 5)


def test_mail_goes_with_a_token_that_is_renewed_and_waits_where_it_is_not(
    desk: Desk, post: Post, keyring: object, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(oauth.PROVIDERS, "google", fake.provider)
    account(desk, post, mail_auth="google", mail_client="me")
    with pytest.raises(ArtermError, match="given no permission yet"):
        sending.send_test(desk)
    mail_account.set_secret(desk, "oauth", "revoked")
    with pytest.raises(ArtermError, match="Token has been revoked"):
        sending.send_test(desk)
    mail_account.set_secret(desk, "oauth", "lasting")
    assert sending.send_test(desk).words.startswith("A test went")
    assert post.logins == [("XOAUTH2", "bakker@example.com")]
    settings.change_settings(desk, {"mail_client": ""})
    mail_account._SESSION.forget("token" + mail_account._key(desk, "oauth"))
    with pytest.raises(ArtermError, match="wants a registration of your own"):
        sending.send_test(desk)
