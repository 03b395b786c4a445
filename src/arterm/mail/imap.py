"""A mailbox looked into (IMAP): what is new in a folder, and whether a message lies among the sent ones. Nothing is
changed there.
"""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from arterm.mail.connection import Server, context, in_words
from arterm.rules.errors import ArtermError

MOST_BYTES = 5 * 2**20  # of one message; what is larger is no answer that has to be read here
_SENT = (
    "sent",
    "sent items",
    "sent messages",
    "verzonden items",
    "gesendet",
    "gesendete elemente",
    "éléments envoyés",
    "envoyés",
    "enviados",
    "posta inviata",
)


class Mailbox:
    """A connection to a mailbox, signed in, read-only. Raises ArtermError (`mail_server`, `mail_login`) in words."""

    def __init__(self, server: Server, secret: Callable[[], str], timeout: int = 30) -> None:
        from imap_tools import BaseMailBox, MailBox, MailBoxStartTls

        self.server = server
        try:
            checked = context(server)
            made: type[Any] = MailBox if server.tls == "implicit" else MailBoxStartTls
            self._box: BaseMailBox = made(server.host, server.port, timeout=timeout, ssl_context=checked)
            try:
                if server.auth == "password":
                    self._box.login(server.user, secret(), initial_folder=None)
                else:
                    self._box.xoauth2(server.user, secret(), initial_folder=None)
            except BaseException:
                self._box.client.shutdown()
                raise
        except Exception as error:
            raise _told(error, server) from None

    def __enter__(self) -> Mailbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._box.logout()
        except (OSError, imaplib.IMAP4.error):
            self._box.client.shutdown()

    def validity(self, folder: str) -> int:
        """Open a folder to read; the number that says whether its message numbers are still those of before."""
        return int(self._asked(lambda: self._opened(folder)))

    def _opened(self, folder: str) -> int:
        self._box.folder.set(folder, readonly=True)
        return int(self._box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])

    def newest(self) -> int:
        """The highest message number in the folder that is open; 0 where it is empty."""
        return max(map(int, self._asked(lambda: self._box.uids("ALL"))), default=0)

    def after(self, uid: int) -> Iterator[tuple[int, bytes]]:
        """(number, message) of everything with a higher number, oldest first; it stays unread there."""
        found = sorted(int(one) for one in self._asked(lambda: self._box.uids(f"UID {uid + 1}:*")))
        for number in found:
            if number > uid:  # a server answers with the last one where there is none above
                raw = self._asked(lambda n=number: self._fetched(n))  # type: ignore[misc]
                if raw is not None:
                    yield number, raw

    def _fetched(self, uid: int) -> bytes | None:
        size = self._box.client.uid("fetch", str(uid), "(RFC822.SIZE)")[1][0]
        digits = [int(part.strip(b"()")) for part in (size or b"").split() if part.strip(b"()").isdigit()]
        what = "(BODY.PEEK[HEADER])" if digits and digits[-1] > MOST_BYTES else "(BODY.PEEK[])"
        answer = self._box.client.uid("fetch", str(uid), what)[1]
        return next((bytes(one[1]) for one in answer if isinstance(one, tuple)), None)

    def has_sent(self, message_id: str) -> bool:
        """Whether a message lies in the folder of sent ones, by its own id, or by that which Outlook keeps of it."""
        folder = self._asked(self._sent_folder)
        if not folder:
            raise ArtermError("no_folder.sent_mail", self.server.host)
        self.validity(folder)
        for header in ("Message-ID", "X-Microsoft-Original-Message-ID"):
            quoted = message_id.replace("\\", "").replace('"', "")
            wanted = f'HEADER {header} "{quoted}"'
            if self._asked(lambda words=wanted: self._box.uids(words)):  # type: ignore[misc]
                return True
        return False

    def _sent_folder(self) -> str:
        folders = self._box.folder.list()
        marked = [one.name for one in folders if "\\Sent" in one.flags]
        named = [one.name for one in folders if one.name.lower().rpartition(one.delim or "/")[2] in _SENT]
        return next(iter([*marked, *named]), "")

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except ArtermError:
            raise
        except Exception as error:
            raise _told(error, self.server) from None


def _told(error: Exception, server: Server) -> ArtermError:
    """The library's errors and the connection's, in words."""
    from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

    if isinstance(error, ArtermError):
        return error
    if isinstance(error, MailboxLoginError):
        return in_words(imaplib.IMAP4.error("the sign-in was refused"), server)
    if isinstance(error, MailboxFolderSelectError):
        return ArtermError("no_folder.mailbox", server.host)
    if isinstance(error, ImapToolsError):
        return ArtermError("mail_server.mailbox", server.host)
    if isinstance(error, OSError | ssl.SSLError | imaplib.IMAP4.error | EOFError):
        return in_words(error, server)
    raise error
