"""Mail servers: where they are, how their certificate is checked, and what goes wrong with them in words for the
owner.
"""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
from dataclasses import dataclass

from arterm.rules.errors import ArtermError
from arterm.rules.text import clean


@dataclass(frozen=True, slots=True)
class Server:
    """A server and who signs in there. `tls` is `implicit` or `starttls`, there is no third; `auth` is `password` or
    `xoauth2`.

    `ca` names a file of certificates to trust beside the machine's own, or is empty.
    """

    host: str
    port: int
    tls: str
    user: str
    auth: str = "password"
    ca: str = ""


def context(server: Server) -> ssl.SSLContext:
    """TLS 1.2 or newer, certificate and name checked. Refuses (`bad_ca`) a file of certificates that cannot be read."""
    checked = ssl.create_default_context()
    checked.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.ca:
        try:
            checked.load_verify_locations(cafile=server.ca)
        except (OSError, ssl.SSLError):
            raise ArtermError("bad_ca", server.ca) from None
    return checked


def said(words: bytes | str) -> str:
    """What a server said, in one line that can be shown."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clean(" ".join(text.split()), 300)


_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (ssl.SSLError, "mail_server.encryption"),
    (socket.gaierror, "mail_server.name"),
    (TimeoutError, "mail_server.timeout"),
    (ConnectionRefusedError, "mail_server.nobody"),
    ((smtplib.SMTPServerDisconnected, ConnectionError, imaplib.IMAP4.abort, EOFError), "mail_server.hung_up"),
)


def in_words(error: Exception, server: Server) -> ArtermError:
    """What went wrong, for somebody who has never heard of SMTP; never with a secret in it."""
    where = f"{server.host}:{server.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return ArtermError("mail_login.password", where, code=error.smtp_code, said=said(error.smtp_error))
    if isinstance(error, imaplib.IMAP4.error):
        return ArtermError("mail_login.mailbox", where, said=said(str(error)))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return ArtermError("mail_login.kind" if "AUTH" in str(error).upper() else "mail_server.no_encryption", where)
    if isinstance(error, ssl.SSLCertVerificationError):
        return ArtermError("mail_server.certificate", where, said=said(error.verify_message or str(error)))
    if isinstance(error, smtplib.SMTPResponseException):
        return ArtermError("mail_server.refused", where, code=error.smtp_code, said=said(error.smtp_error))
    for kind, key in _FAULTS:
        if isinstance(error, kind):
            return ArtermError(key, where)
    return ArtermError("mail_server.unreachable", where, said=said(str(error)))
