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
            raise ArtermError(
                "bad_ca", "These certificates cannot be read.", server.ca, "Name a PEM file, or leave it empty."
            ) from None
    return checked


def said(words: bytes | str) -> str:
    """What a server said, in one line that can be shown."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clean(" ".join(text.split()), 300)


def in_words(error: Exception, server: Server) -> ArtermError:
    """What went wrong, for somebody who has never heard of SMTP; never with a secret in it."""
    where = f"{server.host}:{server.port}"

    def told(message: str, hint: str, code: str = "mail_server") -> ArtermError:
        return ArtermError(code, message, where, hint)

    if isinstance(error, smtplib.SMTPAuthenticationError):
        return told(
            f"The mail server did not accept the user name or the password ({error.smtp_code}"
            f" {said(error.smtp_error)}).",
            "Many providers want an app password made for arterm in their settings: arterm secret set mail",
            "mail_login",
        )
    if isinstance(error, imaplib.IMAP4.error):
        return told(
            f"The mailbox did not let us in ({said(str(error))}).",
            "Look at the user name and the password: arterm secret set inbox",
            "mail_login",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError) and "AUTH" not in str(error).upper():
        return told(
            "The mail server offers no encryption, so nothing was said to it.", "Try port 465, or ask your provider."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return told(
            "The mail server takes no sign-in of this kind.",
            "Ask your provider whether SMTP is switched on.",
            "mail_login",
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return told(
            f"The mail server's certificate is not to be trusted ({said(error.verify_message or str(error))}): nothing"
            " was sent to it.",
            "Look at the server's name. For a server of your own, name its certificate: arterm settings set"
            " mail_ca=FILE",
        )
    if isinstance(error, ssl.SSLError):
        return told(
            "The mail server does not speak the encryption expected on this port.",
            "Port 465 is encrypted from the start, port 587 by STARTTLS.",
        )
    if isinstance(error, socket.gaierror):
        return told("There is no server of that name, or no network.", "Look at the name of the mail server.")
    if isinstance(error, TimeoutError):
        return told(
            "The mail server did not answer in time.", "Look at its port, and at what your network lets through."
        )
    if isinstance(error, ConnectionRefusedError):
        return told("Nothing listens there.", "Look at the server's name and port.")
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError | imaplib.IMAP4.abort | EOFError):
        return told("The mail server hung up.", "Try again later.")
    if isinstance(error, smtplib.SMTPResponseException):
        return told(f"The mail server refused ({error.smtp_code} {said(error.smtp_error)}).", "Ask your provider.")
    return told(f"The mail server cannot be reached ({said(str(error))}).", "Look at its name and port.")
