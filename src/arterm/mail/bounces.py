"""What came back: delivery reports (RFC 3464, and the many that follow no rule), automatic answers (RFC 3834), or a person's words.

Only an address that does not exist is dead. A full mailbox, a suspicion of spam or a server that is away are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr

from arterm.rules.text import clean, clean_note

BOUNCE, DELAY, AUTO, REPLY = "bounce", "delay", "auto", "reply"
_MOST = 60_000  # characters of text that are looked at

# Words that say why, the first that fits wins; `True` where the address itself is dead.
_WHY: tuple[tuple[str, bool, str], ...] = (
    (r"mailbox (is )?(full|over|exceed)|over ?(the )?(allocated )?(quota|storage)|quota (is )?(exceed|full)|exceed\w* (\w+ )?(\w+ )?(quota|storage|allotted|space|limit)|insufficient (system |disk )?(storage|space|quota)|disk ?quota|out of (disk )?space|not enough (storage )?space|inbox is full|account is full|user is over|storage full|mailbox size limit|5\.2\.2|4\.2\.2|552 5\.7\.0 (over|quota)", False, "the mailbox is full"),
    (r"delivery time expired|retry time|message expired|retry timeout|timed? out|could not be delivered (for|within|after)|delayed for|4\.4\.7|5\.4\.7|too long|have been trying|will (keep|continue) (on )?try|warning message|still (being )?(tried|queued)|not (yet )?(been )?delivered (yet|after|for)", False, "it could not be delivered in time"),
    (r"too (large|big)|size (limit|exceed)|maximum (message )?size|exceeds? (the )?(fixed )?(maximum|limit|size)|message length exceeds|5\.3\.4|5\.2\.3", False, "the message is too large"),
    (r"virus|infected|malware|trojan|executable attachment|illegal attachment|attachment.{0,40}(block|not allowed)", False, "it was taken for harmful"),
    (r"spam|junk ?mail|unsolicited|bulk mail|blacklist|black list|block ?list|blocklisted|denylist|dnsbl|rbl\b|listed (at|in|on|by)|spamhaus|spamcop|barracuda|reputation|poor sender|bad host|banned|blocked|content (reject|filter)|message (content )?reject\w* (due to|as|because)|high probability|classified as|looks like|spf|dkim|dmarc|authenticat\w+|reverse (dns|lookup)|rdns|ptr|ehlo|helo|sender (address )?(verify|verification|reject|denied|invalid)|envelope sender|from address|invalid sender|mail from|not rfc|rfc ?\d{3,4}|policy|too many (connection|recipient|message|error|session|hop)|rate limit|limit(ed)? exceeded|throttl|greylist|gr[ae]ylist|deferred|try (again )?later|temporar\w+|service (not |un)available|system (error|full|problem)|resources|local (error|problem)|internal (server )?error|configuration|loop(ed|ing|s)? |connection (refused|reset|lost|timed)|relay\w*( access| not|ing)|not permitted to relay|access denied|not authorized|administrative\w* (prohibit|denied)|prohibited|security|tls|encrypt|pipe|command (died|failed|output)|i/o error|read-only|permission denied|cannot (append|open)", False, "its server refused it"),
    (r"suspended|disabled|inactive|not active|deactivated|expired account|account (has )?expired|locked|on hold|frozen", False, "the account is switched off"),
    (r"(has|have) moved|no longer (work|with|at|employed|use|valid|available|associated|exist)|left the (company|organi)|address (has )?changed|new (e-?mail )?address", True, "the address is no longer used"),
    (r"host (name )?(unknown|not found|lookup)|unknown host|domain (name )?(not found|does ?n.t exist|unknown|invalid)|no (such )?(domain|host)|unroutable|unrouteable|unroutable|can'?t find any host|name (or )?service (error|not)|nxdomain|no mx|bad destination (host|system)|5\.1\.2|5\.4\.4|5\.1\.10|null ?mx|does not accept (e-?)?mail|not accept\w* (any )?(e-?)?mail|does not (like|want) (this )?recipient", True, "there is no such mail domain"),
    (r"(user|recipient|mailbox|address|addressee|account|username|name|person|receiver|local ?part|subscriber|member)[^.\n]{0,40}(unknown|not (be )?(found|exist|known|listed|valid|recogni|local|here|available|our|a valid)|does ?n.t exist|do(es)? not (exist|have)|did not exist|invalid|unavailable|undeliverable|unroutable|no longer|not in|rejected|failed)|(unknown|no such|invalid|bad|non-?exist\w*|illegal|undefined|unavailable|wrong|not a valid|incorrect|nonlocal) ?(local |mail ?|e-?mail )?(user|recipient|mailbox|address|account|alias|local|name|person|destination|box)|there is no|no mailbox|not listed in|user not|not our customer|isn'?t (in|on) |does ?n.t have (a|an)|5\.1\.[0136]\b|5\.4\.1|550 550|not exist|unknown$|no account|addresses? failed|permanent (fatal )?error|fatal error", True, "there is no such address"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), dead, words) for pattern, dead, words in _WHY)
_SENDERS = re.compile(
    r"mailer-?daemon|postmaster|mail ?delivery|mdaemon|mail-?er|auto(matic)?-?reply|administrator|bounce|no-?reply|mta@|system",
    re.IGNORECASE,
)
_SUBJECTS = re.compile(
    r"undeliver|deliver\w* (status|failure|fail|problem|report|error|delayed|unsuccessful|has failed|incomplete|delay)|fail\w* (mail|notice|delivery|to deliver)|returned (mail|to sender|message)|return(ed)? to sender|mail (delivery |system )?(error|fail|return)|non ?delivery|nondeliverable|could not be delivered|can'?t be delivered|not delivered|unable to deliver|warning: (could|message)|message (status|delayed|you sent)|unzustellbar|onbestelbaar|non remis|no entregad|mancato recapito|user unknown|don't know such user|error sending",
    re.IGNORECASE,
)  # fmt: skip
_ORIGINAL = re.compile(
    r"^\s*(-{2,}|={3,}|_{3,}|\*{3,}|>*).{0,30}(original message|copy of (the|your|this) (original )?message|message (headers|text|header|body) follow|returned message|unsent message|forwarded message|your (original )?message|text of|the (header|body) of|included is a copy|message contents|below this line|undelivered message)",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_IDS = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")


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


def read_mail(raw: bytes) -> CameIn:
    """What a message is. Whatever it holds, something is said of it."""
    message = BytesParser(policy=policy.default).parsebytes(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    name, mail = parseaddr(_header(message, "from"))
    subject = clean(_header(message, "subject"))
    text = _text(message)
    reports = _reports(message)
    returned = _returned(message, text)
    answers = tuple(dict.fromkeys([*_ids(message, "in-reply-to"), *_ids(message, "references"), *returned]))

    def came(kind: str, failed: tuple[str, ...] = (), dead: tuple[str, ...] = (), why: str = "") -> CameIn:
        first = _IDS.search(_header(message, "message-id"))
        return CameIn(kind, clean(name), clean(mail.lower()), subject, first[0] if first else "", answers, failed, dead, why, clean_note(text))  # fmt: skip

    if reports:
        return _from_reports(reports, text, came)
    if _is_report_of_another_kind(message):
        return came(AUTO)
    if not _looks_like_bounce(message, mail, subject):
        return came(AUTO if _is_automatic(message, subject) else REPLY)
    report = _own_words(text)
    failed = _named(message, report, mail)
    why, dead = _why(report)
    if not why and not failed:
        return came(AUTO if _is_automatic(message, subject) else REPLY)
    delayed = (
        "warning" in subject.lower()
        or "delay" in subject.lower()
        or (why == "it could not be delivered in time" and "will" in report.lower() and "try" in report.lower())
    )
    return came(
        DELAY if delayed and not dead else BOUNCE, failed, failed if dead or not why else (), why or "it came back"
    )


@dataclass(frozen=True, slots=True)
class _Report:
    """What a delivery report says of one recipient."""

    mail: str
    action: str
    status: str
    words: str


def _reports(message: Message) -> list[_Report]:
    """The groups of a delivery-status part; also where the type is right and the rest is not."""
    found = []
    for part in _parts(message):
        if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        payload = part.get_payload()
        blocks = (
            [str(block) for block in payload] if isinstance(payload, list) else re.split(r"\n\s*\n", _decoded(part))
        )
        for block in blocks:
            said = {
                key.lower(): " ".join(value.split())
                for key, value in re.findall(r"^([\w-]+):((?:.*)(?:\n[ \t].*)*)", block, re.MULTILINE)
            }
            whom = said.get("original-recipient") or said.get("final-recipient") or said.get("x-actual-recipient", "")
            if whom or "action" in said:
                found.append(
                    _Report(
                        _bare(whom),
                        said.get("action", "").lower().split(" ")[0],
                        said.get("status", ""),
                        said.get("diagnostic-code", ""),
                    )
                )
    return found


def _from_reports(reports: list[_Report], text: str, came: object) -> CameIn:
    say = came
    assert callable(say)
    failed = [
        one
        for one in reports
        if one.action not in ("delivered", "relayed", "expanded", "delayed") and not one.status.startswith("2")
    ]
    if not failed:
        late = [one for one in reports if one.action == "delayed"]
        found: CameIn = say(
            DELAY if late else AUTO,
            tuple(one.mail for one in late),
            (),
            "it could not be delivered yet" if late else "",
        )
        return found
    whys = [_report_why(one, text) for one in failed]
    dead = tuple(one.mail for one, (_, is_dead) in zip(failed, whys, strict=True) if is_dead)
    found = say(BOUNCE, tuple(one.mail for one in failed), dead, whys[0][0] or "it came back")
    return found


def _report_why(one: _Report, text: str) -> tuple[str, bool]:
    why, dead = _why(f"{one.words}\n{one.status}")
    own = _own_words(text)
    if not why or (why == "there is no such address" and not _telling(one.words)):
        other, dead_too = _why(own)
        if other:
            why, dead = other, dead_too
    if one.status.startswith("4.") and dead and not _telling(one.words):
        return why, False
    if not why and one.status.startswith("5.") and one.status not in ("5.0.0", "5.3.0"):
        return "it came back", False
    return (why, dead) if why else ("there is no such address", True)


def _telling(words: str) -> bool:
    """Whether a diagnostic says more than a number."""
    return len(re.sub(r"[\d.\s;x#-]|smtp", "", words.lower())) > 12


def _why(text: str) -> tuple[str, bool]:
    for pattern, dead, words in _PATTERNS:
        if pattern.search(text):
            return words, dead
    return "", False


def _parts(message: Message) -> list[Message]:
    """The message and its parts, without those of what it returns."""
    found, waiting = [], [message]
    while waiting and len(found) < 200:
        part = waiting.pop(0)
        found.append(part)
        if part.is_multipart() and part.get_content_type() not in (
            "message/rfc822",
            "message/delivery-status",
            "message/global-delivery-status",
        ):
            payload = part.get_payload()
            waiting = (
                [one for one in payload if isinstance(one, Message)] + waiting if isinstance(payload, list) else waiting
            )
    return found


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload() or "")[:_MOST]
    charset = part.get_content_charset() or "utf-8"
    try:
        return payload[: _MOST * 4].decode(charset, "replace")[:_MOST]
    except LookupError:
        return payload[: _MOST * 4].decode("latin-1")[:_MOST]


def _text(message: Message) -> str:
    """The words of a message: its plain text, else its HTML without marks."""
    plain = [
        _decoded(part)
        for part in _parts(message)
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment"
    ]
    if any(one.strip() for one in plain):
        return "\n".join(plain)[:_MOST]
    pages = [_decoded(part) for part in _parts(message) if part.get_content_type() == "text/html"]
    bare = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->", " ", "\n".join(pages))
    from html import unescape

    lines = unescape(
        re.sub(r"(?i)<[^>]{0,2000}>", " ", re.sub(r"(?i)<br ?/?>|</p>|</div>|</tr>", "\n", bare))
    ).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())[:_MOST] or _decoded(message)


def _own_words(text: str) -> str:
    """A report without the message it returns."""
    cut = _ORIGINAL.search(text, 40)
    head = text[: cut.start()] if cut and cut.start() > 80 else text
    headers = re.search(r"^(Received|Return-Path|DKIM-Signature|MIME-Version):", head, re.MULTILINE)
    return head[: headers.start()] if headers and headers.start() > 80 else head


def _returned(message: Message, text: str) -> list[str]:
    """Message-IDs of what is returned, as a part or in the text."""
    found = []
    for part in _parts(message):
        if part.get_content_type() in (
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
            "message/global-headers",
        ):
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            said = (
                str(inner.get("Message-ID", "")) + str(inner.get("X-Microsoft-Original-Message-ID", ""))
                if isinstance(inner, Message)
                else _decoded(part)
            )
            found += _IDS.findall(said if isinstance(inner, Message) else "\n".join(_id_lines(said)))
    return found + _IDS.findall("\n".join(_id_lines(text)))


def _id_lines(text: str) -> list[str]:
    return [
        line
        for line in text.splitlines()
        if re.match(r"\W*(message-id|x-microsoft-original-message-id)\W", line, re.IGNORECASE)
    ]


def _ids(message: Message, name: str) -> list[str]:
    return _IDS.findall(_header(message, name))


def _header(message: Message, name: str) -> str:
    """A header's value; what the library trips over is taken as it stands."""
    try:
        value = message[name]
    except Exception:  # broken headers raise many things; the raw value is good enough
        value = (
            next((raw for key, raw in message.raw_items() if key.lower() == name), "")
            if isinstance(message, EmailMessage)
            else ""
        )
    return str(value or "")


def _looks_like_bounce(message: Message, mail: str, subject: str) -> bool:
    if re.search(r"report-type=\"?delivery-status", _header(message, "content-type"), re.IGNORECASE):
        return True
    if _header(message, "x-failed-recipients"):
        return True
    null = _header(message, "return-path").strip() == "<>"
    if _SUBJECTS.search(subject):
        return bool(null or _SENDERS.search(_header(message, "from")) or not mail)
    return bool(
        null or re.search(r"mailer-?daemon|postmaster", _header(message, "from"), re.IGNORECASE)
    ) and not _is_automatic(message, subject)


def _is_report_of_another_kind(message: Message) -> bool:
    """Read receipts (MDN) and complaints (ARF) are no bounces."""
    said = _header(message, "content-type").lower()
    kinds = {part.get_content_type() for part in _parts(message)}
    return bool(
        re.search(r"report-type=\"?(disposition-notification|feedback-report)", said)
        or kinds & {"message/disposition-notification", "message/feedback-report"}
    )


def _is_automatic(message: Message, subject: str) -> bool:
    """An answer that nobody wrote (RFC 3834, and what programs do instead)."""
    submitted = _header(message, "auto-submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(
        _header(message, name)
        for name in (
            "x-autoreply",
            "x-autorespond",
            "x-auto-response-suppress",
            "x-autoresponder",
            "x-vacation",
            "x-mail-autoreply",
            "x-autogenerated",
        )
    ):
        return True
    if re.search(r"auto[_-]?reply|bulk|junk", _header(message, "precedence"), re.IGNORECASE):
        return True
    return bool(
        re.match(
            r"\W*(auto(matic|matisch)?\w*[ :-]*(reply|antwoord|antwort|response)|out of (the )?office|afwezig|abwesen|absen|r[ée]ponse automatique|respuesta autom|risposta automatica|vacation|automatische)",
            subject,
            re.IGNORECASE,
        )
    )


def _bare(whom: str) -> str:
    """An address out of `rfc822;<a@b>`."""
    found = _MAIL.search(whom.rpartition(";")[2])
    return found[0].lower() if found else ""


def _named(message: Message, report: str, sender: str) -> tuple[str, ...]:
    """The addresses a report without rules speaks of."""
    said = [mail for _, mail in getaddresses([_header(message, "x-failed-recipients")]) if mail]
    to = {mail.lower() for _, mail in getaddresses([_header(message, "to"), _header(message, "from")])}
    from flufl.bounce import scan_message

    try:
        said += sorted(one.decode("ascii", "ignore") for one in scan_message(message))
    except Exception:  # a broken message: its words are all there is
        said += []
    if not said:
        said = [one for one in _MAIL.findall(report) if one.lower() not in to and not _SENDERS.search(one)][:3]
    return tuple(
        dict.fromkeys(one.strip("<>. ").lower() for one in said if "@" in one and one.lower() != sender.lower())
    )
