"""What a message says, as text: its parts, its headers decoded, its words without marks. Whatever it holds."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from html import unescape

MOST = 60_000  # characters of text that are looked at


_MOST_HEADER = 4_000  # characters of one header


_MOST_HEAD = 100_000  # bytes of all headers: the library is slow on endless ones


RETURNED = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)


_LATIN = "latin-1"


_ORIGINAL = re.compile(
    r"^[ \t]{0,8}[-=_*#>|]{2,80}[ \t]{0,8}(?:[\w' ]{0,20}\b(?:original|returned|undelivered|unsent|bounced|forwarded)"
    r" (?:e-?)?(?:message|mail)|below this line|(?:this is )?(?:a |the )?copy of|the header|(?:your |undelivered"
    r" )?message (?:header|text|body|content)|included is)|^[ \t]{0,8}(?:(?:the )?original message"
    r" (?:follows|was)|included is a copy|-{3,}.{0,20}header)[^\n]{0,60}follow|^[ \t]{0,8}(?:original|old) message:?["
    r" \t]{0,8}$",
    re.IGNORECASE | re.MULTILINE,
)


_HEADERS = re.compile(r"^(?:Received|Return-Path|DKIM-Signature|MIME-Version):", re.MULTILINE | re.IGNORECASE)


IDS = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")


_ID_LINE = re.compile(r"\W{0,8}(?:x-microsoft-)?(?:original-)?message-id\W", re.IGNORECASE)


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,4000}>|<!--|-->")


def parse(raw: bytes) -> Message:
    """A message, whatever it holds; where its parts cannot be worked with, its headers still tell."""
    head, gap, body = raw.partition(b"\n\n")
    whole = head[:_MOST_HEAD] + gap + body
    try:
        return BytesParser().parsebytes(whole)
    except Exception:  # parts nested too deep, boundaries it cannot work with: its headers still tell
        return BytesHeaderParser().parsebytes(whole)


def parts(message: Message) -> list[Message]:
    """The message and its parts, without those of what it returns."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < 200:
        part = waiting.pop(0)
        found.append(part)
        if part.get_content_maintype() != "message":
            waiting = members(part)[:200] + waiting
    return found


def members(part: Message) -> list[Message]:
    """What a part is made of; never its text, which cannot be asked for where its character set has no possible
    name.
    """
    payload = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, Message)]


def flat(part: Message) -> str:
    """Headers and what follows them as text: a block of a report is parsed as if it were a message."""
    lines = [
        f"{key}: {value}".encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for key, value in part.raw_items()
    ]
    text = decoded(part)
    return "\n".join(lines) + (f"\n\n{text}" if text else "")


def decoded(part: Message) -> str:
    """The text of a part in its character set, cut at a bound."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    cut = payload[: MOST * 4]
    charset = part.get_content_charset() or "utf-8"
    try:
        if codecs.lookup(charset).name in ("punycode", "idna"):  # slow on what is no name
            charset = _LATIN
        return cut.decode(charset, "replace")[:MOST]
    except (LookupError, ValueError):
        return cut.decode(_LATIN)[:MOST]


def text_of(message: Message) -> str:
    """The words of a message: its plain text, else its HTML without marks, else whatever follows its headers."""
    held = parts(message)
    plain = [
        decoded(part)
        for part in held
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment"
    ]
    if any(one.strip() for one in plain):
        return "\n".join(plain)[:MOST]
    page = "\n".join(decoded(part) for part in held if part.get_content_type() == "text/html")[:MOST]
    lines = [" ".join(line.split()) for line in unescape(_without_marks(page)).splitlines()]
    return "\n".join(line for line in lines if line) or "\n".join(map(decoded, held))[:MOST]


def _without_marks(page: str) -> str:
    """HTML as text. By hand in one go, because pages come unclosed and an expression over them could take for ever."""
    kept: list[str] = []
    at, inside = 0, ""
    for tag in _TAG.finditer(page):
        name = (tag[2] or tag[0]).lower()
        if not inside:
            kept.append(page[at : tag.start()])
            kept.append("\n" if name in ("br", "p", "div", "tr", "li") else " ")
            if not tag[1] and name in ("script", "style", "head", "<!--"):
                inside = name
        elif (tag[1] and name == inside) or (name == "-->" and inside == "<!--"):
            inside = ""
        at = tag.end()
    return "".join(kept) + ("" if inside else page[at:])


def own_words(text: str) -> str:
    """A report without the message it returns."""
    cut = _ORIGINAL.search(text)
    own = text[: cut.start()] if cut and text[: cut.start()].strip() else text
    headers = _HEADERS.search(own)
    return own[: headers.start()] if headers and own[: headers.start()].strip() else own


def returned_ids(message: Message, text: str) -> list[str]:
    """Message-IDs of what is returned, as a part or in the text; of what was read, in a receipt."""
    lines = text.splitlines()
    for part in parts(message):
        if part.get_content_type() in (*RETURNED, "message/disposition-notification"):
            held = members(part)
            lines += (flat(held[0]) if held else decoded(part)).splitlines()
    found: list[str] = []
    for n, line in enumerate(lines):
        if _ID_LINE.match(line):
            # A long one stands on the next line.
            found += IDS.findall(line) or IDS.findall(lines[n + 1] if n + 1 < len(lines) else "")
    return found[:50]


def header(message: Message, name: str) -> str:
    """A header's value, decoded; what the library trips over is taken as it stands."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    value = str(raw)[:_MOST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, ValueError, HeaderParseError):
        return " ".join(value.split())


def sender(value: str) -> tuple[str, str]:
    """(name, address) of a From header."""
    try:
        return parseaddr(value)
    except RecursionError:  # comments in comments, without end
        return "", ""
