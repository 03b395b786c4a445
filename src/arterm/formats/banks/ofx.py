"""OFX and QFX: the older form without closing tags and the newer XML, both cut into tags; QIF beside them.

Our own reader: of 15 real files the library ofxtools (1.1.1) reads one fewer and ten entries fewer, because it refuses
what banks do write: tags in another order, long bank numbers, empty tags, no sign-on.
"""

from __future__ import annotations

import html
import re
from datetime import date

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.records import Complaint, Reading
from arterm.formats.statement import finish, tidy
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.file_dates import day_order, reader
from arterm.rules.money import decimal_sign, read_amount
from arterm.rules.number_style import POINT, style_of
from arterm.rules.text import clean

_TAG = re.compile(r"<(/?)([A-Za-z0-9._]+)\s*(/?)>([^<]*)")
_STATEMENTS = ("STMTRS", "CCSTMTRS", "INVSTMTRS")


def looks_like(text: str) -> bool:
    """Whether a text is OFX."""
    return "<OFX>" in text.upper()[:4000]


def read_ofx(text: str, name: str, habits: ReadingHabits) -> Reading:
    """Every account's entries. Refuses (`no_statement`) a file that only signs on, lists accounts or tells of an
    error.
    """
    reading = Reading(profile="OFX")
    start = text.upper().index("<OFX>")
    tags = [
        (close == "/", tag.upper(), html.unescape(value.strip()), at) for close, tag, _, value, at in _cut(text, start)
    ]
    found: list[Statement] = []
    account, currency, entries, here = "", "", list[Entry](), dict[str, str]()
    inside = lone = ""
    failed = False
    for closing, tag, value, at in tags:
        if tag in _STATEMENTS:
            if entries or (closing and inside):
                found.append(Statement("ofx", account, currency, tuple(tidy(one) for one in entries)))
                account, currency, entries = "", "", []
            inside = "" if closing else tag
        elif tag == "STMTTRN":
            if here:
                entries += _entry(here, currency or habits.currency, reading)
            here = {} if closing else {"at": str(text.count("\n", 0, at) + 1)}
        elif closing and here and tag in ("BANKTRANLIST", "INVBANKTRAN"):
            entries += _entry(here, currency or habits.currency, reading)
            here = {}
        elif here:
            here.setdefault(tag, value)
        elif tag == "CURDEF" and value.upper() in DIGITS:
            currency = value.upper()
        elif tag in ("ACCTID", "BANKID", "BRANCHID") and value and inside:
            account = f"{account}{value}" if tag != "ACCTID" or not account else f"{account}-{value}"
        elif tag == "SEVERITY":
            failed = value == "ERROR"
        elif tag == "MESSAGE" and failed:
            lone = lone or value
    if here:
        entries += _entry(here, currency or habits.currency, reading)
    if entries:
        found.append(Statement("ofx", account, currency, tuple(tidy(one) for one in entries)))
    found = [one for one in found if one.entries]
    if not found and not reading.rejected:
        told = f" The bank says: {clean(lone, 160).rstrip('.')}." if lone else ""
        raise ArtermError("no_statement.entries", name, told=told)
    return finish(reading, found or [Statement("ofx", account, currency or habits.currency, ())], name)


def _cut(text: str, start: int) -> list[tuple[str, str, str, str, int]]:
    return [(found[1], found[2], found[3], found[4], found.start()) for found in _TAG.finditer(text, start)]


def _entry(held: dict[str, str], currency: str, reading: Reading) -> list[Entry]:
    line = int(held.get("at", "0"))
    code = (held.get("CURSYM") or currency).upper()
    raw = held.get("TRNAMT", "")
    digits = held.get("DTPOSTED", "")[:8]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        reading.rejected.append(Complaint(line, "DTPOSTED", held.get("DTPOSTED", ""), "is not a date"))
        return []
    sign = decimal_sign([raw]) or "."
    style = style_of("nl") if sign == "," else POINT
    try:
        plain = raw.rstrip("0") if re.fullmatch(r"[+-]?\d+\.\d{3,}", raw) else raw
        minor = read_amount(plain.rstrip(".") or "0", code, style, "TRNAMT")
    except ArtermError as error:
        reading.rejected.append(Complaint(line, "TRNAMT", raw, error.message.rstrip(".")))
        return []
    name, memo = held.get("NAME", ""), held.get("MEMO", "")
    return [
        Entry(
            line,
            day,
            day,
            minor,
            code,
            name,
            held.get("BANKACCTTO", ""),
            "",
            " ".join(
                part
                for part in (memo, name if not memo else "", held.get("CHECKNUM", ""), held.get("REFNUM", ""))
                if part
            ),
            bank_ref=held.get("FITID", ""),
        )
    ]


def looks_like_qif(text: str) -> bool:
    """Whether a text is QIF."""
    return bool(re.match(r"\s*!(Type|Account|Option)", text))


def read_qif(text: str, name: str, habits: ReadingHabits) -> Reading:
    """The entries of a QIF file. It names no currency and no account: the book's currency is taken, and said."""
    reading = Reading(profile="QIF")
    blocks, block, line = list[tuple[int, dict[str, str]]](), dict[str, str](), 0
    for n, raw in enumerate(text.splitlines(), 1):
        row = raw.strip("\ufeff\x00")
        if row.startswith("!") or not row.strip():
            continue
        if row.startswith("^"):
            blocks += [(line, block)] if block else []
            block = {}
            continue
        line = line if block else n
        block[row[:1]] = f"{block[row[:1]]} {row[1:]}" if row[:1] in block else row[1:].strip()
    blocks += [(line, block)] if block else []
    days = [re.sub(r"['’]\s*", "/", one.get("D", "").replace(" ", "")) for _, one in blocks]
    order = day_order(days) or ("mdy" if habits.month_first else "dmy")
    if not day_order(days):
        reading.notes.append(
            f"The dates could be read two ways; taken {'month' if order == 'mdy' else 'day'} first, as is usual in the"
            " book's country."
        )
    read_day, style = (
        reader(order, habits.date_format),
        style_of("nl") if decimal_sign([one.get("T", "") for _, one in blocks]) == "," else POINT,
    )
    entries = []
    for (at, one), day_text in zip(blocks, days, strict=True):
        day = read_day(day_text)
        if day is None:
            reading.rejected.append(Complaint(at, "D", one.get("D", ""), "is not a date"))
            continue
        try:
            minor = read_amount(one.get("T", one.get("U", "")), habits.currency, style, "T")
        except ArtermError as error:
            reading.rejected.append(Complaint(at, "T", one.get("T", ""), error.message.rstrip(".")))
            continue
        entries.append(
            tidy(
                Entry(
                    at,
                    day,
                    day,
                    minor,
                    habits.currency,
                    one.get("P", ""),
                    text=" ".join(part for part in (one.get("M", ""), one.get("N", "")) if part),
                )
            )
        )
    reading.notes.append(f"QIF names no currency: taken as {habits.currency}.")
    return finish(reading, [Statement("qif", "", habits.currency, tuple(entries))], name)
