"""A real SMTP server on loopback, with TLS from a certificate of the test's own, and a keyring of the test's own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "correct horse"


@dataclass
class Post:
    """What a server was handed, and how it is to behave: addresses it refuses, and at which message it hangs up."""

    raws: list[bytes] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_before: int = 0  # the n-th message: nothing is kept
    hang_up_after: int = 0  # the n-th message: it is kept, and the answer is lost
    logins: list[tuple[str, str]] = field(default_factory=list)
    begun: int = 0
    port: int = 0
    ca: str = ""

    @property
    def mails(self) -> list[EmailMessage]:
        """The messages, as a mail program reads them."""
        return [BytesParser(policy=policy.default).parsebytes(raw) for raw in self.raws]

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """One password, or one token."""
        if isinstance(data, LoginPassword):
            said = (data.login.decode(), data.password.decode())
            self.logins.append((mechanism, said[0]))
            return AuthResult(success=said[1] == PASSWORD, handled=False)
        return AuthResult(success=False, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """A token that was renewed."""
        import base64

        user, bearer, *_ = base64.b64decode(args[1]).decode().split("\x01")
        self.logins.append(("XOAUTH2", user.removeprefix("user=")))
        if bearer == "auth=Bearer fresh-token":
            return AuthResult(success=True, auth_data=user)
        return AuthResult(success=False, handled=False)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        """Take an address, or refuse it with the words set for it."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message, unless the line breaks."""
        self.begun += 1
        if self.begun == self.hang_up_before:
            server.transport.abort()  # type: ignore[union-attr]
            return "250 never heard"
        self.raws.append(bytes(envelope.content or b""))  # type: ignore[arg-type]
        if self.begun == self.hang_up_after:
            server.transport.abort()  # type: ignore[union-attr]
            await asyncio.sleep(0)
            return "250 never heard"
        return self.answers.get(envelope.rcpt_tos[0], "250 2.0.0 queued")


class _Server(Controller):  # type: ignore[misc, unused-ignore]
    """The server in a thread of its own: encrypted from the start, or by STARTTLS, or (as none should be) never."""

    def __init__(self, post: Post, tls: str, server: ssl.SSLContext) -> None:
        self.tls = tls
        self.certificate = server
        super().__init__(post, hostname="127.0.0.1", port=0, ssl_context=server if tls == "implicit" else None)

    def factory(self) -> SMTP:
        by_start = self.tls == "starttls"
        return SMTP(
            self.handler,
            hostname="localhost",
            authenticator=self.handler.authenticate,
            auth_require_tls=False,
            auth_required=True,
            enable_SMTPUTF8=True,
            tls_context=self.certificate if by_start else None,
            require_starttls=by_start,
            decode_data=False,
        )

    def _trigger_server(self) -> None:
        """Knock at the port that the system chose."""
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def smtp(folder: Path, tls: str = "implicit", name: str = "127.0.0.1") -> Iterator[Post]:
    """A server that runs for the test. `name` is what its certificate says."""
    authority = trustme.CA()
    certificate = authority.issue_cert(name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    post = Post(ca=str(folder / "ca.pem"))
    authority.cert_pem.write_to_path(post.ca)
    server = _Server(post, tls, context)
    server.start()
    post.port = server.port
    try:
        yield post
    finally:
        server.stop()
