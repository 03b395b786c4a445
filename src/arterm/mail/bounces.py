"""What came back: delivery reports (RFC 3464, and the many that follow no rule), automatic answers (RFC 3834), or a
person's words.

Only an address that does not exist is dead. A full mailbox, a suspicion of spam or a server that is away are not.
"""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from arterm.mail import bounce_words as words
from arterm.mail.reading import (
    IDS,
    MOST,
    decoded,
    flat,
    header,
    members,
    own_words,
    parse,
    parts,
    returned_ids,
    sender,
    text_of,
)
from arterm.rules.text import clean, clean_note

BOUNCE, DELAY, AUTO, REPLY = "bounce", "delay", "auto", "reply"
_STATUS = ("message/delivery-status", "message/global-delivery-status")

_DAEMON = re.compile(r"mailer[-_ ]?daemon|post[-_]?master|mail delivery (?:sub)?system|mdaemon", re.IGNORECASE)
_PROGRAM = re.compile(
    r"smtp|mail[-_ ]?(?:deliver|service|server|system|gateway)|administrator|mta@|anti-?virus|system|bounce|no-?reply",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\s*(?:re|aw|sv|vs|antw|odp|ref|fw|fwd|wg|tr|rif|r|i|enc|vl|doorst)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
_LATER = re.compile(
    r"warning (?:message )?only|(?:will|still|is)"
    r" (?:keep|continue|being|be|awaiting)\b.{0,30}(?:try|tried|retri|deliver)|attempts will continue|only a temporary"
    r" failure|no action is required",
    re.IGNORECASE,
)
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_MAIL = re.compile(_LOCAL + r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NOT_FAILED = re.compile(
    r"(?:contact|from|sender|sent by|message-?id|(?:send|an?|please) e?-?mail to|questions?|write"
    r" to|reply|help|support|administrator|accepting mail|by|helo|ask|Bonjour|Hallo|Hola)\W{0,4}(?:the"
    r" )?\W{0,4}$|message-id",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(r"(?:no|do-?not|ne-?pas)[-_.]?(?:reply|repondre)\b|mailer-daemon", re.IGNORECASE)
_FIELD = re.compile(r"^([A-Za-z-]{1,40}):([^\n]{0,2000}(?:\n[ \t]+[^\n]{0,2000}){0,20})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CameIn:
    """A message that came in. `dead` are addresses that do not exist; `failed` all that were not reached; `answers` are
    Message-IDs it speaks of; `text` the words of a person, or of the report.
    """

    kind: str
    sender: str
    sender_mail: str
    subject: str
    message_id: str
    answers: tuple[str, ...]
    failed: tuple[str, ...]
    dead: tuple[str, ...]
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found out of a message: the part of `CameIn` that has to be weighed."""

    kind: str
    failed: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Report:
    """What a delivery report says of one recipient."""

    mail: str
    action: str
    status: str
    said: str


def read_mail(raw: bytes) -> CameIn:
    """What a message is. Whatever it holds, something is said of it."""
    # Thousands of blank lines would be thousands of groups of a report.
    message = parse(re.sub(rb"\n{5,}", b"\n\n\n\n", raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")))
    name, mail = sender(header(message, "from"))
    subject, text = clean(header(message, "subject")), text_of(message)
    found = _weigh(message, mail, subject, text)
    own_id = IDS.search(header(message, "message-id"))
    ids = [*IDS.findall(header(message, "in-reply-to")), *IDS.findall(header(message, "references"))]
    return CameIn(
        found.kind,
        clean(name),
        clean(mail.lower()),
        subject,
        own_id[0] if own_id else "",
        tuple(dict.fromkeys(ids + returned_ids(message, text))),
        found.failed,
        found.dead,
        found.why,
        clean_note(text),
    )


def _weigh(message: Message, mail: str, subject: str, text: str) -> _Found:
    """What a message is, and what it says."""
    own = own_words(text)
    if _is_receipt_or_complaint(message):
        return _Found(AUTO)
    reports = _reports(message)
    if reports:
        return _of_reports(reports, message, mail, text)
    if not _is_failure(message, mail, subject, own):
        # Nobody can answer a message without a way back, or from such an address: no person sends one.
        nobody = header(message, "return-path").strip() == "<>" or bool(_NO_REPLY.match(mail))
        return _Found(AUTO if nobody or _is_automatic(message, subject) else REPLY)
    reports = _groups(own, text)
    if reports:
        return _of_reports(reports, message, mail, text)
    found = _of_words(message, mail, subject, own)
    return found if found.failed else _inside(message) or found


def _inside(message: Message) -> _Found | None:
    """What a report tells that a mail gateway wrapped into another message, once."""
    for part in parts(message):
        for inner in members(part)[:1] if part.get_content_type() == "message/rfc822" else []:
            reports = _reports(inner)
            return _of_reports(reports, inner, "", text_of(inner)) if reports else None
    return None


def _of_reports(reports: list[_Report], message: Message, mail: str, text: str) -> _Found:
    """A report in the form of RFC 3464."""
    late = [one for one in reports if one.action == "delayed"]
    fine = ("delivered", "relayed", "expanded", "delayed", "deliverable")
    failed = [one for one in reports if one.action not in fine and not one.status.startswith("2")]
    if not failed:
        if late:
            return _Found(DELAY, _known(one.mail for one in late), (), "it could not be delivered yet")
        return _Found(AUTO)
    own = own_words(text)
    mails = _known(one.mail for one in failed) or _named(message, own, mail)
    whys = [(one, _why_of_report(one, own, mails)) for one in failed]
    dead = _known(one.mail or (mails[0] if len(mails) == 1 else "") for one, why in whys if why in words.DEAD)
    first = next((why for one, why in whys if one.mail in dead), whys[0][1])
    return _Found(BOUNCE, mails, dead, first or "it came back")


def _why_of_report(one: _Report, own: str, mails: tuple[str, ...]) -> str:
    """The diagnostic's words, else what the report's text says near the address, else the numbers."""
    near = (words.near(own, one.mail, mails) if len(mails) > 1 else "") or own
    # A comment at the number, as in `5.0.0 (recipient reached disk quota)`, is a diagnostic too.
    comment = one.status.partition(" ")[2]
    why = words.reason_of_words(one.said) or words.reason_of_words(comment) or words.reason_of_words(near)
    why = why or words.reason_of_code(one.said) or words.reason_of_code(one.status) or words.reason_of_code(near)
    if why != words.NO_SUCH_ADDRESS:
        return why
    code = words.reason_of_code(f"{one.said} {one.status}")
    if code == words.NO_SUCH_ADDRESS:
        return why
    return words.REFUSED if words.unknown_only_to_filter(f"{one.said}\n{near}") else why


def _of_words(message: Message, mail: str, subject: str, own: str) -> _Found:
    """A report without any form."""
    failed = _named(message, own, mail)
    if re.search(r"warning|delay", subject, re.IGNORECASE) or _LATER.search(words.tidy(own)):
        return _Found(DELAY, failed, (), words.reason(own) or "it could not be delivered yet")
    whys = {one: words.reason(words.near(own, one, failed)) for one in failed}
    if not any(whys.values()):
        # Nothing stands near the addresses: what is said, is said of all of them.
        for_all = words.reason(own) or words.reason(subject)
        if not for_all and words.failed_for_good(own, "".join(words.near(own, one, failed) for one in failed)):
            for_all = words.NO_SUCH_ADDRESS
        whys = dict.fromkeys(failed, for_all)
        if not failed:
            return _Found(BOUNCE, (), (), for_all or "it came back")
    for one, why in whys.items():
        near = words.near(own, one, failed) if len(failed) > 1 else own
        if why == words.NO_SUCH_ADDRESS and words.reason_of_code(near) != why and words.unknown_only_to_filter(near):
            whys[one] = words.REFUSED
    dead = tuple(one for one, why in whys.items() if why in words.DEAD)
    first = next((why for one, why in whys.items() if one in dead), "") or next(filter(None, whys.values()), "")
    return _Found(BOUNCE, failed, dead, first or "it came back")


def _named(message: Message, own: str, sender: str) -> tuple[str, ...]:
    """The addresses a report without form speaks of: those its lines begin with or name as recipient, else any but
    ours.
    """
    said = _MAIL.findall(header(message, "x-failed-recipients"))
    if said:
        return _known(said)
    us = {mail.lower() for mail in _MAIL.findall(header(message, "to"))} | {sender.lower()}
    surely: list[str] = []
    perhaps: list[str] = []
    for line in own.splitlines():
        for n, found in enumerate(_MAIL.finditer(line)):
            before = line[max(0, found.start() - 60) : found.start()]
            generated = re.search(r"(?:generated|expanded) (?:from|by)\W{0,5}$", before, re.IGNORECASE)
            if _NOT_FAILED.search(before.rstrip(" <\"'(")) and not generated:
                continue
            first = n == 0 and (
                not before.strip(" \t<\"'*->:(")
                or re.search(r"\b(?:to|for|recipient|address|rcpt to|user|userid)\W{0,5}$", before, re.IGNORECASE)
            )
            transcript = re.search(r"^\W{0,6}[45]\d\d[- ][\d. ]{0,8}<?$|rcpt to:\W{0,3}$", before, re.IGNORECASE)
            (surely if first or transcript or generated else perhaps).append(found[0])
    strangers = [one for one in surely if one.lower() not in us]
    return _known(strangers or [one for one in perhaps if one.lower() not in us][:5] or surely)[:50]


def _known(mails: Iterable[str]) -> tuple[str, ...]:
    """Addresses once each, in lower case."""
    return tuple(dict.fromkeys(one.strip("<>.' ").lower() for one in mails if "@" in one))


def _reports(message: Message) -> list[_Report]:
    """The groups of a delivery-status part; also where the type is right and the rest is not."""
    found: list[_Report] = []
    for part in parts(message):
        if part.get_content_type() not in _STATUS:
            continue
        blocks = [flat(one) for one in members(part)] if part.is_multipart() else [decoded(part)]
        whole = "\n\n".join(blocks)
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            with contextlib.suppress(ValueError):  # it says base64 and is not: taken as it stands
                whole = base64.b64decode(whole.encode("ascii", "ignore")).decode("utf-8", "replace")
        found += [one for block in re.split(r"\n[ \t]*\n", whole[:MOST]) for one in _group(block, ("action",))]
    return found


def _groups(own: str, text: str) -> list[_Report]:
    """The same where it stands in the text, because the message's parts are not told apart or are put into one."""
    head = own if "final-recipient" in own.lower() else text[: len(own) + 3000]
    return [one for block in re.split(r"\n[ \t]*\n", head) for one in _group(block, ()) if one.action]


def _group(block: str, enough: tuple[str, ...]) -> list[_Report]:
    said = {key.lower(): " ".join(value.split()) for key, value in _FIELD.findall(block)}
    names = ("original-recipient", "final-recipient", "x-actual-recipient")
    whom = next(
        (
            found[0].lower()
            for found in (_MAIL.search(said.get(name, "").rpartition(";")[2]) for name in names)
            if found
        ),
        "",
    )
    if not (any(name in said for name in names) or any(name in said for name in enough)):
        return []
    action = (said.get("action", "").lower().split() or [""])[0]
    return [_Report(whom, action, said.get("status", ""), said.get("diagnostic-code", ""))]


def _is_failure(message: Message, mail: str, subject: str, own: str) -> bool:
    """Whether a message says that another one was not delivered."""
    if re.search(r"report-type=\"?delivery-status", header(message, "content-type"), re.IGNORECASE):
        return True
    if header(message, "x-failed-recipients"):
        return True
    author = header(message, "from")
    null = bool(re.match(r"\s*(?:<>|<?mailer-daemon)", header(message, "return-path"), re.IGNORECASE))
    daemon = bool(_DAEMON.search(author)) or (null and not mail)
    if "mailer-daemon" in author.lower():
        return True
    if words.SUBJECTS.search(subject) and (daemon or null):
        return True
    if daemon or null:
        return bool(
            words.OPENING.search(words.tidy(own[:1500])) or words.reason_of_words(own) in words.DEAD
        ) and not _is_automatic(message, subject)
    if not words.SUBJECTS.search(subject) or _ANSWER.match(subject) or header(message, "in-reply-to"):
        return False
    # A baker writes of deliveries too: words alone do not do, nor does a firm whose name is that of a system.
    program = _PROGRAM.search(author) or not mail or "recipient" in own[:600].lower() or _is_automatic(message, subject)
    return bool(program and words.OPENING.search(words.tidy(own[:600])))


def _is_receipt_or_complaint(message: Message) -> bool:
    """Read receipts (MDN) and complaints (ARF) are no bounces."""
    kinds = {part.get_content_type() for part in parts(message)}
    said = re.search(
        r"report-type=\"?(?:disposition-notification|feedback-report)", header(message, "content-type"), re.IGNORECASE
    )
    return bool(said or kinds & {"message/disposition-notification", "message/feedback-report"})


def _is_automatic(message: Message, subject: str) -> bool:
    """An answer that nobody wrote (RFC 3834, and what programs do instead)."""
    submitted = header(message, "auto-submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    marks = (
        "x-autoreply",
        "x-autorespond",
        "x-auto-response-suppress",
        "x-autoresponder",
        "x-vacation",
        "x-mail-autoreply",
        "x-autogenerated",
    )
    if any(header(message, name) for name in marks):
        return True
    if re.search(r"auto[_-]?reply|bulk|junk", header(message, "precedence"), re.IGNORECASE):
        return True
    return bool(words.AUTOMATIC.match(subject))
