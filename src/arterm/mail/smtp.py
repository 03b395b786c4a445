"""Handing messages to a mail server: always encrypted, always with the server's certificate checked; then what it
answered.

RFC 5321 and 8314. After the last byte of a message has gone and before the answer is read, nobody can know whether the
server took it: that is told as `unclear`, never guessed.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from arterm.mail.connection import Server, context, in_words, said
from arterm.mail.message import envelope
from arterm.rules.states import SendState

SENT: Final = "sent"
REFUSED: Final = "refused"
LATER: Final = "later"
UNCLEAR: Final = "unclear"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of a message: `sent`, `refused` (for good), `later` (try again), `unclear`; the server's own words.

    `dead` is True where it refused the address itself, as one that does not exist.
    """

    state: SendState
    words: str
    dead: bool = False


class Outgoing:
    """A connection to the server, signed in. Raises ArtermError (`mail_server`, `mail_login`) in words when there is
    none.
    """

    def __init__(self, server: Server, secret: Callable[[], str], timeout: int = 30) -> None:
        self.server = server
        try:
            self._smtp = self._connected(timeout)
            try:
                self._sign_in(secret())
            except BaseException:
                self._smtp.close()
                raise
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            raise in_words(error, server) from None

    def _connected(self, timeout: int) -> smtplib.SMTP:
        server, checked = self.server, context(self.server)
        if server.tls == "implicit":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=checked)
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
        try:
            smtp.starttls(context=checked)  # raises where the server does not offer it: nothing is said in clear
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _sign_in(self, secret: str) -> None:
        if not self.server.user:
            return
        self._smtp.ehlo_or_helo_if_needed()
        if self.server.auth == "password":
            self._with_password(secret)
        else:
            self._smtp.auth("XOAUTH2", _xoauth2(self.server.user, secret))

    def _with_password(self, secret: str) -> None:
        """By the one way the server prefers: who is refused is not to try again by another."""
        smtp = self._smtp
        smtp.user, smtp.password = self.server.user, secret
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        ways: dict[str, Any] = {"PLAIN": smtp.auth_plain, "LOGIN": smtp.auth_login, "CRAM-MD5": smtp.auth_cram_md5}
        way = next((name for name in ways if name in offered), None)
        if way is None:
            raise smtplib.SMTPNotSupportedError("AUTH")
        smtp.auth(way, ways[way])

    @property
    def is_closed(self) -> bool:
        """Whether the server hung up, or we did: the next message needs a new connection."""
        return self._smtp.sock is None

    def __enter__(self) -> Outgoing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye, if anybody is there."""
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def send(self, raw: bytes, sender: str, to: str) -> SendResult:
        """Hand over one message for one address."""
        smtp, begun = self._smtp, False
        sender, to = envelope(sender), envelope(to)
        wide = not (sender + to).isascii()
        try:
            smtp.ehlo_or_helo_if_needed()
            if wide and not smtp.has_extn("smtputf8"):
                return SendResult(REFUSED, "the server takes no addresses with letters beyond a to z")
            options = ["SMTPUTF8", "BODY=8BITMIME"] if wide else []
            smtp.command_encoding = "utf-8" if wide else "ascii"
            code, words = smtp.mail(sender, options)
            if code == 250:
                code, words = smtp.rcpt(to)
                if code in (250, 251):
                    code, words = smtp.docmd("DATA")
                    if code == 354:
                        begun = True
                        smtp.send(_framed(raw))
                        code, words = smtp.getreply()
                        if code == 250:
                            return SendResult(SENT, said(words))
                    return self._refused(code, words, dead=False)
                return self._refused(code, words, dead=_is_dead(code, words))
            return self._refused(code, words, dead=False)
        except (OSError, smtplib.SMTPException) as error:
            smtp.close()
            return SendResult(UNCLEAR if begun else LATER, in_words(error, self.server).message)

    def _refused(self, code: int, words: bytes, dead: bool) -> SendResult:
        """A refusal with its words; the connection is made ready for the next message."""
        if code == 421:
            self._smtp.close()
        else:
            self._smtp.rset()
        return SendResult(REFUSED if 500 <= code < 600 else LATER, f"{code} {said(words)}", dead)


def _framed(raw: bytes) -> bytes:
    """Lines that begin with a full stop get another one; the message ends with one alone (RFC 5321, 4.5.2)."""
    body = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace(b"\r\n.", b"\r\n..")
    body = b"." + body if body.startswith(b".") else body
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _is_dead(code: int, words: bytes) -> bool:
    """Whether the address does not exist, as far as its server says (RFC 3463: 5.1.x; else 550, 551 or 553 without
    more).
    """
    enhanced = words.split(b" ", 1)[0]
    if enhanced.startswith(b"5."):
        return enhanced.startswith((b"5.1.1", b"5.1.2", b"5.1.3", b"5.1.6", b"5.1.10", b"5.2.1"))
    return code in (550, 551, 553) and any(
        word in words.lower()
        for word in (b"unknown", b"no such", b"not exist", b"invalid", b"not found", b"unavailable")
    )


def _xoauth2(user: str, token: str) -> Callable[..., str]:
    """The client's side of XOAUTH2: first the token; where the server answers with an error, an empty line to hear
    it.
    """

    def answer(challenge: bytes | None = None) -> str:
        return "" if challenge else f"user={user}\x01auth=Bearer {token}\x01\x01"

    return answer
