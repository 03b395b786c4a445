"""A message as bytes: the same facts give the same bytes, and nothing leaves whose headers are not exactly what was
meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime, getaddresses, parseaddr

from arterm.rules.errors import ArtermError
from arterm.rules.text import clean

MOST_BYTES = 20 * 2**20  # what servers commonly take, with what encoding adds


@dataclass(frozen=True, slots=True)
class Part:
    """A file that goes along; `name` is what the reader sees, never a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: from and to one address each, the same words as text and as simple HTML, files, and what it answers.

    `references` are the Message-IDs of the thread, oldest first. `at` carries its time zone.
    """

    sender: str
    sender_mail: str
    to: str
    to_mail: str
    subject: str
    text: str
    html: str
    message_id: str
    at: datetime
    reply_to: str = ""
    references: tuple[str, ...] = ()
    language: str = ""
    parts: tuple[Part, ...] = ()


def as_bytes(mail: Mail) -> bytes:
    """The message, proved: read back, its headers are these and no others. Refuses (`bad_header`, `bad_mail`,
    `too_large`).
    """
    fields = {
        "From": _address(mail.sender, mail.sender_mail),
        "To": _address(mail.to, mail.to_mail),
        "Subject": header_text(mail.subject),
        "Date": format_datetime(mail.at),
        "Message-ID": _checked_id(mail.message_id),
    }
    if mail.reply_to:
        fields["Reply-To"] = _address("", mail.reply_to)
    if mail.references:
        chain = [_checked_id(one) for one in mail.references]
        fields |= {"In-Reply-To": chain[-1], "References": " ".join(chain)}
    if mail.language:
        fields["Content-Language"] = mail.language
    wide = not "".join(envelope(one) for one in (mail.to_mail, mail.sender_mail, mail.reply_to) if one).isascii()
    message = EmailMessage(policy=(policy.SMTPUTF8 if wide else policy.SMTP).clone(cte_type="7bit"))
    message.set_content(mail.text.rstrip("\n") + "\n", cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for part in mail.parts:
        kind, _, subtype = _type_of(part.name).partition("/")
        message.add_attachment(part.content, maintype=kind, subtype=subtype, filename=file_name(part.name))
    for name, value in fields.items():
        message[name] = value
    _fix_boundaries(message, mail.message_id)
    raw = message.as_bytes()
    if len(raw) > MOST_BYTES:
        raise ArtermError("too_large.mail", mail.to_mail)
    _prove(raw, fields)
    return raw


def header_text(text: str) -> str:
    """One line that a header may carry: what looks like an encoded word is broken apart (it can smuggle in line
    breaks).
    """
    return clean(text.replace("=?", "= ?"))


def file_name(name: str) -> str:
    """A file's name as it may be seen: its last part only, without what a header or a folder could trip over."""
    bare = clean(name.replace("\\", "/").rpartition("/")[2].replace('"', "'").replace("=?", "= ?"), 100)
    return bare if bare.strip(". ") else "file"


def envelope(mail: str) -> str:
    """An address as servers speak of it: its domain in ASCII (RFC 5891)."""
    user, _, domain = mail.rpartition("@")
    return f"{user}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def digest(raw: bytes) -> str:
    """The hash by which a message is known."""
    return hashlib.sha256(raw).hexdigest()


def _address(name: str, mail: str) -> str:
    """Name and address as a header has them. Refuses (`bad_mail`) what is not one address."""
    user, at, domain = mail.rpartition("@")
    if not at or not user or not domain or any(char in mail for char in '\r\n ,;<>"'):
        raise ArtermError("bad_mail.contact", "mail", mail=mail[:60])
    return str(Address(header_text(name), *envelope(mail).rsplit("@", 1)))


def _checked_id(text: str) -> str:
    if not (text.startswith("<") and text.endswith(">") and text.isascii() and "@" in text) or any(
        char in text[1:-1] for char in "<> \r\n"
    ):
        raise ArtermError("bad_header.message_id", "message_id", text=text[:80])
    return text


def _type_of(name: str) -> str:
    kinds = {
        "pdf": "application/pdf",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "xml": "application/xml",
    }
    return kinds.get(name.lower().rpartition(".")[2], "application/octet-stream")


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """The lines between parts follow from the Message-ID, so that the same message is the same bytes again."""
    seed = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{n}_{seed}")


def _prove(raw: bytes, fields: dict[str, str]) -> None:
    """Read the bytes as any other program would, and compare. Refuses (`bad_header`) what was not meant."""
    parsed = BytesParser(policy=policy.compat32).parsebytes(raw, headersonly=True)
    found = {
        name: value.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for name, value in parsed.raw_items()
    }
    ours = sorted([*fields, "MIME-Version", "Content-Type"])
    same: dict[str, Callable[[str], object]] = {
        "From": _seen_address,
        "To": _seen_address,
        "Reply-To": _seen_address,
        "Subject": _seen_text,
        "Message-ID": str.strip,
    }
    good = sorted(parsed.keys()) == ours and all(
        same[name](found[name]) == same[name](value) for name, value in fields.items() if name in same
    )
    if not good or len(getaddresses([found["To"]])) != 1:
        raise ArtermError("bad_header.value", fields["Subject"][:80])


def _seen_text(value: str) -> str:
    """The words of a header without blanks: where a long name is folded, Python's own writer can lose one."""
    return "".join(str(make_header(decode_header(value))).split())


def _seen_address(value: str) -> tuple[str, str]:
    name, mail = parseaddr(value.replace("\r\n", "").replace("\n", ""))
    return _seen_text(name), mail
