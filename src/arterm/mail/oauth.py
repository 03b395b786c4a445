"""Signing in without a password, as Google and Microsoft want it: tokens by loopback or device code, renewed when
needed.

RFC 6749, 7636 (PKCE), 8252 (loopback), 8628 (device code). The owner's own client id is used: arterm ships none.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from arterm.mail.connection import said
from arterm.rules.errors import ArtermError


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider gives out tokens, and for what."""

    name: str
    authorize: str
    token: str
    device: str
    scope: str


PROVIDERS = {
    "google": Provider(
        "Google",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "",
        "https://mail.google.com/",
    ),
    "microsoft": Provider(
        "Microsoft",
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
        "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    ),
}


@dataclass(frozen=True, slots=True)
class Client:
    """The owner's own registration with a provider; Google also gives a secret with it."""

    id: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """What the owner must type where, and what the provider knows us by meanwhile."""

    address: str
    code: str
    device_code: str
    wait: int
    until: int


def renew(provider: Provider, client: Client, refresh: str) -> str:
    """A token for now. Refuses (`oauth`) when the provider no longer accepts us: then nothing is sent, and nothing
    lost.
    """
    found = _post(provider, provider.token, {"grant_type": "refresh_token", "refresh_token": refresh, **_who(client)})
    return str(found["access_token"])


def begin_device(provider: Provider, client: Client) -> Device:
    """Ask for a code that the owner types into a browser anywhere."""
    found = _post(provider, provider.device, {"client_id": client.id, "scope": provider.scope})
    return Device(
        said(str(found.get("verification_uri", ""))),
        said(str(found["user_code"])),
        str(found["device_code"]),
        int(found.get("interval", 5)),
        int(found.get("expires_in", 900)),
    )


def finish_device(
    provider: Provider, client: Client, device: Device, sleep: Callable[[int], object] = time.sleep
) -> str:
    """Wait until the owner has typed the code; returns the refresh token. Refuses (`oauth`) when it took too long."""
    wait, waited = device.wait, 0
    while waited < device.until:
        sleep(wait)
        waited += wait
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": device.device_code,
            **_who(client),
        }
        found = _post(provider, provider.token, form, ("authorization_pending", "slow_down"))
        if "refresh_token" in found:
            return str(found["refresh_token"])
        wait += 5 if found.get("error") == "slow_down" else 0
    raise ArtermError("oauth.timeout", provider.name)


def by_loopback(provider: Provider, client: Client, show: Callable[[str], object], seconds: int = 300) -> str:
    """Send the owner's browser to the provider and wait on a port of this machine for what comes back: the refresh
    token.

    `show` is given the address to open. Refuses (`oauth`) an answer that is not to our own question.
    """
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    came: dict[str, str] = {}

    class Answered(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.update({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"You can close this page and go back to arterm.")

        def log_message(self, *_: Any) -> None:
            """Nothing is logged: the address holds the code."""

    with HTTPServer(("127.0.0.1", 0), Answered) as listener:
        back = f"http://127.0.0.1:{listener.server_port}"
        question = {
            "client_id": client.id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": provider.scope,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
        }
        show(f"{provider.authorize}?{urlencode(question)}")
        listener.timeout, ends = 1, time.monotonic() + seconds
        while not ("code" in came or "error" in came) and time.monotonic() < ends:
            listener.handle_request()
    if not secrets.compare_digest(came.get("state", ""), state) or "code" not in came:
        why = said(came.get("error", "no answer came"))
        raise ArtermError("oauth.refused", "sign-in", name=provider.name, why=why)
    form = {
        "grant_type": "authorization_code",
        "code": came["code"],
        "redirect_uri": back,
        "code_verifier": verifier,
        **_who(client),
    }
    found = _post(provider, provider.token, form)
    if "refresh_token" not in found:
        raise ArtermError("oauth.no_refresh", "sign-in", name=provider.name)
    return str(found["refresh_token"])


def _who(client: Client) -> dict[str, str]:
    return {"client_id": client.id, **({"client_secret": client.secret} if client.secret else {})}


def _post(provider: Provider, address: str, form: dict[str, str], expected: tuple[str, ...] = ()) -> dict[str, Any]:
    """Ask the provider; what it answers. Refuses (`oauth`) in its words, `expected` errors excepted."""
    request = Request(address, urlencode(form).encode(), {"Accept": "application/json"})  # noqa: S310 -- ours
    try:
        with urlopen(request, timeout=30, context=ssl.create_default_context()) as answer:  # noqa: S310
            found: dict[str, Any] = json.loads(answer.read(100_000))
            return found
    except HTTPError as error:
        with error:
            try:
                told: dict[str, Any] = json.loads(error.read(100_000))
            except ValueError:
                told = {}
        if told.get("error") in expected:
            return told
        why = said(str(told.get("error_description") or told.get("error") or error.code))
        raise ArtermError("oauth.no_token", "sign-in", name=provider.name, why=why) from None
    except (URLError, TimeoutError, OSError, ValueError):
        raise ArtermError("oauth.unreachable", "sign-in", name=provider.name) from None
