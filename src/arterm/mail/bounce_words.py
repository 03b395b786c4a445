"""Why mail came back, read from the words of a report: mail programs agree on few of them, so telling words come first,
status numbers (RFC 3463) only where words say nothing.

Only four reasons mean that an address is dead: nobody has it, its owner moved, its domain does not exist, its domain
takes no mail.
"""

from __future__ import annotations

import re

NO_SUCH_ADDRESS = "there is no such address"
MOVED = "the address is no longer used"
NO_SUCH_DOMAIN = "there is no such mail domain"
NO_MAIL_THERE = "its domain does not accept mail"
FULL = "the mailbox is full"
TOO_LARGE = "the message is too large"
HARMFUL = "it was taken for harmful"
REFUSED = "its server refused it"
SWITCHED_OFF = "the account is switched off"
LATE = "it could not be delivered in time"
TROUBLE = "its server is in trouble"
DEAD = frozenset({NO_SUCH_ADDRESS, MOVED, NO_SUCH_DOMAIN, NO_MAIL_THERE})

_WHO = r"(?:user|recipient|mailbox|mail ?box|address|addressee|account|alias|person|receiver|subscriber|name)s?"
# The first that fits wins. What is never about the address itself stands before what may be, and what any refusal says
# stands last.
_TELLING = (
    (
        (
            r"(?:mail ?(?:box|folder)|inbox|account|storage|disk|spool) (?:is |was )?(?:\w{1,12}"
            r" )?(?:full\b|over|exceed)|over ?(?:its |their |the )?(?:allocated |disk |storage"
            r" )?quota|\bquota\b.{0,20}(?:exceed|full|reached|violat|over)|(?:exceed|reach|violat|out of|over|too"
            r" much)\w{0,12}.{0,30}\b(?:quota|storage|disk space|local limit)|(?:insufficient|not enough|out of|no)"
            r" (?:system |disk |free )?(?:storage|space)|mailbox size limit"
        ),
        FULL,
    ),
    (
        (
            r"(?:message|mail|size|content|line|header)\b.{0,30}(?:too (?:large|big)|limit"
            r" exceeded|(?:exceed\w{0,12}|over) .{0,30}(?:size|limit|maximum))|exceed\w{0,12}"
            r" .{0,20}(?:message|incoming|inbound) .{0,10}size|too (?:large|big)\b|(?:line|header) too long"
        ),
        TOO_LARGE,
    ),
    (
        (
            r"\bsender\b(?: e?-?mail)?(?: address)?.{0,40}(?:reject|denied|invalid|refus|not"
            r" exist|unknown|verif|blocked|not allowed)|(?:domain"
            r" of|unrout\w{1,12}|invalid|unknown|bad|unauthenticated) sender|envelope sender|mail from"
            r" .{0,40}(?:reject|refus|den)|after mail from|reply to mail from|>>> mail from:.{0,80}<<< [45]"
        ),
        REFUSED,
    ),
    (
        (
            r"(?:routing|mail|message) loop|loop\w{0,12} (?:detected|back)|looping|too many hops|hop ?count|maximum"
            r" allowed times|forwarded more than"
        ),
        TROUBLE,
    ),
    (
        (
            r"\bvirus|\binfected|malware|trojan|(?:illegal|executable) attachment|attachment.{0,40}(?:block|not"
            r" allowed)|potential(?:ly)? (?:harm|security)"
        ),
        HARMFUL,
    ),
    (
        (
            r"command (?:died|failed|output)|x-unix|unknown mailer|pipe to |procmail|local delivery"
            r" failed|read-only|i/o error|cannot (?:append|open|create)|permission denied"
        ),
        TROUBLE,
    ),
    (
        (
            r"(?:user|recipient|mailbox|address|owner|person) (?:has |have )?(?:moved|left)\b|no longer"
            r" (?:on|with|at|works?|employed|used?|valid|available|in use|associated|exists?|here|active|a )|left the"
            r" (?:company|organi)|address (?:has )?changed|not (?:our|a) customer|has retired"
        ),
        MOVED,
    ),
    (r"recipient address rejected ?: access denied", NO_SUCH_ADDRESS),
    (
        (
            r"\bspam|junk ?mail|unsolicited|unwanted|bulk e?-?mail|black-? ?list|block-? ?list|deny-?"
            r" ?list|dnsbl|\br[bp]ls?\b|spamhaus|spamcop|reputation|banned|blocked|unusual rate|content"
            r" (?:reject|filter)|(?:message|mail|content|header)s? (?:content )?(?:was |were |is |are )?(?:reject|not"
            r" (?:allow|accept))\w{0,12}|filtered|looks like|\bspf\b|dkim|dmarc|authenticat\w{1,12}|reverse dns|\br?dns"
            r" ptr|\bptr\b|\brdns|name lookup failed|mismatches client|client host|network not allowed|from"
            r" header|multiple .{0,20}addresses in|not rfc|(?:violat|compli|accord)\w{0,6} .{0,20}\brfc|policy|too"
            r" many|rate limit|throttl|gr[ae]y-?list|relay(?:ing|s)?\b(?!=)|security|encrypt|8-bit|duplicate"
            r" header|access from|weren.t sent|please use the|held until"
        ),
        REFUSED,
    ),
    (
        (
            r"suspend|disabled|inactive|not active|deactivated|discontinued|(?:account|mailbox) (?:has |is"
            r" )?(?:expired|closed)|\blocked\b|on hold|frozen|temporar\w{1,12} unavailable"
        ),
        SWITCHED_OFF,
    ),
    (
        (
            r"null ?mx|(?:does|do|will|is|are) not (?:accept|accepting)(?: any)? (?:e-?)?mail(?! from)|not accepting"
            r" network|no (?:smtp service|mx\b|mail exchanger)|(?:couldn.t|could not|can.?t|cannot) find (?:a|any)"
            r" (?:mail exchanger|gateway)|accepts no mail"
        ),
        NO_MAIL_THERE,
    ),
    (
        (
            r"(?:host|domain)(?: ?/ ?domain)?(?: name)? (?:(?:is |was )?(?:unknown|not found(?!,? ?try)|invalid|not"
            r" exist)|does(?: not|n.t) exist|could not be found|· not found)|host \S{1,80} not found(?!,?"
            r" ?try)|(?:unknown|illegal|invalid|bad|no such|non-?exist\w{1,12}) (?:destination )?(?:host|domain|mail"
            r" domain)|(?:couldn.t|could not|can.?t|cannot) find any host|nxdomain"
        ),
        NO_SUCH_DOMAIN,
    ),
    (
        _WHO
        + r"\b[^.]{0,60}(?:unknown|not (?:be )?(?:found|exist|known|listed|valid|recogni\w{1,12}|local|here)|does(?:"
        r" not|n.t) (?:exist|have)|did not exist|couldn.t be found|isn.t (?:in|on)|(?:is |was"
        r" )?(?:invalid|unavailable|undeliverable|wrong)\b)",
        NO_SUCH_ADDRESS,
    ),
    (
        r"(?:unknown|no such|invalid|bad|non-?exist\w{0,12}|illegal|undefined|wrong|incorrect)(?: final)?(?:"
        r" delivery)?(?: destination)?(?: local| mail| e-?mail)? ?"
        + r"(?:userid|"
        + _WHO
        + r"|part|box|destination)\b|there is no (?:one|user|mailbox|account|such)|no"
        r" (?:mailbox|account|user|recipient)s? (?:here|by|with|named|found|of)|recipnotfound|not listed in|name is"
        r" not recognized|not .{0,20}e-?mail users?|mailbox not found|non trova\w{0,12} l.indirizzo|trovare"
        r" l.indirizzo|destinataire invalide|unbekannte[rn]? empf|(?:empf|adresse)\S{0,12} (?:ist"
        r" )?unbekannt|existiert nicht",
        NO_SUCH_ADDRESS,
    ),
    (
        (
            r"time ?-?d? ?out|(?:retry|delivery) time|expired|too long|(?:all hosts|server)"
            r" .{0,20}(?:failing|failed)|after (?:\d{1,6}|multiple|many|several) (?:retries|attempts)|maximum delivery"
            r" attempts|(?:within|after|last|for) [\d.]{1,8} ?(?:\(?s(?:econds?)?|minutes?|hours?|days?)|giving"
            r" up|given up trying|not able to establish|wasn.t able to establish|(?:did not|unable to|could not|cannot)"
            r" (?:accept our requests to )?connect|connect(?:ion)? .{0,30}(?:refused|reset|lost|failed|dropped)|lost"
            r" connection|no route|not reachable|not responding|unreachable|being unable to|dns query"
            r" failed|deferred|try again|temporar|(?:will|still) (?:keep|continue|be)\w{0,12} .{0,20}(?:try|retri)"
        ),
        LATE,
    ),
    (
        (
            r"(?:service|server|system) .{0,20}(?:un|not )available|system error|unavailable or"
            r" busy|(?:internal|configuration|local|protocol|processing|delivery|recipient|unexpected|data format)"
            r" (?:server |software |recipient )?(?:error|problem)|resources|could not load|unable to"
            r" contact|encountered an error|malformed|sys(?:tem)? ?problem"
        ),
        TROUBLE,
    ),
    (r"recipient address rejected|rejected (?:recipient|address|rcpt)|mailbox unavailable", NO_SUCH_ADDRESS),
    (
        (
            r"not accepting mail from|access denied|not"
            r" (?:authori[sz]ed|permitted|allowed)|prohibited|refus|reject|denied|a problem occurred|unable-to-transfer"
        ),
        REFUSED,
    ),
)
# What the subject of a report, its first words and the subject of an automatic answer say.
SUBJECTS = re.compile(
    r"undeliver|deliver\w{0,3} (?:status|fail|problem|report|error|notif|delayed|unsuccessful|has"
    r" failed|incomplete|delay)|fail\w{0,4} (?:mail|notice|deliver|to deliver)|mail fail|returned (?:mail|to"
    r" sender|message)|return(?:ed)? to sender|mail (?:delivery |system )?(?:error|fail|return)|non[-"
    r" ]?deliver|(?:could not|can.?t|cannot) be delivered|not (?:been )?delivered|unable to deliver|warning:"
    r" (?:could|message)|message (?:status|delayed|you sent)|delayed mail|unzustellbar|onbestelbaar|non remis|no"
    r" entregad|non recapitabil|mancato recapito|не доставлен|недоставлен|user unknown|don.t know such user|error"
    r" (?:sending|processing)|processing error|loop alert|automatically rejected",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:could not|cannot|can.t|was not|has not been|were not|not be(?:en)?) (?:be )?(?:delivered|reached)|unable to"
    r" deliver|failed recipient|delivery (?:has |to \S{1,99} )?failed|non[- ]delivery report|n.a pas pu [eê]tre"
    r" d[eé]livr",
    re.IGNORECASE,
)
AUTOMATIC = re.compile(
    r"\W{0,5}(?:auto(?:matic|matisch\w{0,2}|matisk\w?|matik)?["
    r" :-]{0,3}(?:reply|response|antwoord|antwort|svar|respon)|out of (?:the )?office|afwezig|abwesen|absen[ct]|ausser"
    r" haus|außer haus|nicht im (?:b[uü]ro|haus)|r[ée]ponse automatique|respuesta autom|resposta autom|risposta"
    r" automatica|fuori (?:sede|ufficio)|fuera de la oficina|vacation|on"
    r" (?:holiday|leave)|urlaub|ferien|vakantie|complaint about message from \d|abuse report\b|fr[aå]nvaro|automatyczna"
    r" odpowied|away (?:until|from))",
    re.IGNORECASE,
)

_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in _TELLING)
_CODE = re.compile(r"(?<![\d.])([245])\.(\d)\.(\d{1,3})(?![\d.])")
_CODES = {
    "1.1": NO_SUCH_ADDRESS,
    "1.3": NO_SUCH_ADDRESS,
    "1.10": NO_SUCH_ADDRESS,
    "1.351": NO_SUCH_ADDRESS,
    "1.6": MOVED,
    "1.2": NO_SUCH_DOMAIN,
    "4.4": NO_MAIL_THERE,
    "2.1": SWITCHED_OFF,
    "2.2": FULL,
    "2.3": TOO_LARGE,
    "3.4": TOO_LARGE,
    "4.7": LATE,
    "1.7": REFUSED,
    "1.8": REFUSED,
}
_AREAS = {"3": TROUBLE, "4": LATE, "5": TROUBLE, "6": REFUSED, "7": REFUSED}
# Old programs give no reason, only that it failed for good: then the address is all that can be at fault.
_FOR_GOOD = re.compile(
    r"permanent (?:fatal )?error|(?:recipients?|addresse?s?|address\(es\)|user)\b.{0,20}(?:failed|could not be"
    r" reached)|fail\w{0,4} (?:permanently|recipient)|did not (?:reach|receive)|(?:could not|unable to) (?:be"
    r" deliver|deliver)|n.a pas pu [eê]tre d[eé]livr|undeliverable to",
    re.IGNORECASE,
)
_AFTER_DATA = re.compile(r"(?:end of data|>>> data\b).{0,160}(?:user unknown|unknown user)", re.IGNORECASE)
_BEFORE_DATA = re.compile(r"(?:user unknown|unknown user).{0,60}in reply to end of data", re.IGNORECASE)
_OURS = re.compile(r"[ \t>*]{0,8}(?:subject|date|sent)[ \t]?:", re.IGNORECASE)
_TRANSCRIPT = re.compile(r"(?:<<< )?[45]\d\d ")
_ADDRESS = re.compile(r"[<\[(\"]?[^\s<>\[\]()\"@:;,]{1,80}@[\w.-]{1,200}[>\])\"]?")
_LINK = re.compile(r"\bhttps?://\S{1,500}")


def reason(text: str) -> str:
    """Why a report says that mail came back, by its words; by its numbers where they say nothing; empty: it does not
    say.
    """
    return reason_of_words(text) or reason_of_code(text)


def reason_of_words(text: str) -> str:
    """Why a report says that mail came back, by its words alone."""
    plain = tidy(text)
    return next((why for pattern, why in _PATTERNS if pattern.search(plain)), "")


def reason_of_code(text: str) -> str:
    """What the status numbers in a text mean; a 5.0.0 or a 4.0.0 means nothing."""
    for first, area, detail in _CODE.findall(text):
        if first == "4" and area == "1":
            return LATE
        why = _CODES.get(f"{area}.{detail}") or _AREAS.get(area, "")
        if why and f"{area}.{detail}" != "3.0" and f"{area}.{detail}" != "5.0":
            return why
    return ""


def failed_for_good(text: str, near: str) -> bool:
    """Whether a report says that it is final and gives no reason, not even one that nobody here understands."""
    return len(re.findall(r"\w+", tidy(near))) < 12 and bool(_FOR_GOOD.search(tidy(text)))


def tidy(text: str) -> str:
    """A text as one line, without addresses and links: `no-such-user@` and `#mailboxfull` are names, no reasons, and
    the subject of the mail that failed are our own words.
    """
    bare = _ADDRESS.sub("·", _LINK.sub(" ", text))
    lines = (line for line in bare.splitlines() if not _OURS.match(line))
    return " ".join(" ".join(line.split()) if line.strip() else "." for line in lines)


def unknown_only_to_filter(text: str) -> bool:
    """Whether `user unknown` was the answer to the mail, not to its address: then the address was taken and a filter
    speaks.
    """
    said = tidy(text)
    return bool(_AFTER_DATA.search(said) or _BEFORE_DATA.search(said))


def near(own: str, mail: str, others: tuple[str, ...]) -> str:
    """The lines of a report that speak of one address: those that name it, and what follows until another one is
    named.
    """
    kept: list[str] = []
    left = 0
    for line in own.splitlines():
        low = line.lower()
        if mail and mail in low:
            # In a transcript one line says it all, the next is of somebody else.
            left = 1 if _TRANSCRIPT.match(line) and reason_of_words(line) else 8
        elif any(one in low for one in others if one != mail):
            left = 0
        if left and line.strip():
            kept.append(line)
            left -= 1
    return "\n".join(kept)
