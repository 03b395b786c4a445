"""MT940 and MT942: statements of banks in lines of tags, in the dialects met so far.

Our own reader: of 50 real files the library mt-940 (5.1.1) reads two more, which are read here now, but of the accounts
and references that say who paid it reads none and a ninth, and it takes an amount without asking for its currency.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.banks.mt940_details import details
from arterm.formats.records import Complaint, Reading
from arterm.formats.statement import finish, tidy
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import read_amount
from arterm.rules.number_style import COMMA
from arterm.rules.text import clean

_FIELD = re.compile(r"(?m)^:(\d{2}[A-Z]?|NS):")
_LINE = re.compile(
    r"^(\d{6})(\d{4}| +)?(R?[CD])([A-Z])?\s*(\d+(?:,\d*)?)\s?([A-Z][A-Z0-9 ]{3})([^\n]*?)(?://([^\n]*))?(?:\n(.*))?$",
    re.DOTALL,
)
_BALANCE = re.compile(r"^([CD])(\d{6})([A-Z]{3})(\d+(?:,\d*)?)")
_FRAME = re.compile(r"(?m)^(\{[1-5]:.*|-\}.*|-|\x01.*|\x03.*)$")


def looks_like(text: str) -> bool:
    """Whether a text is MT940 or MT942."""
    return bool(
        re.search(r"(?m)^:(20|25|60F|61):", text) and re.search(r"(?m)^:(61|60F|60M|62F|62M|34F|86|28C?|25|64):", text)
    )


def decode(content: bytes) -> str:
    """Banks write these in the code page of their country; UTF-8 where it is."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def read_mt940(text: str, name: str) -> Reading:
    """Every statement of a file. A line that cannot be read is refused with its number; the others stay."""
    reading = Reading(profile="MT940")
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = list(_FIELD.finditer(flat))
    parts: list[list[tuple[int, str, str]]] = []
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(flat)
        body = _FRAME.sub("", flat[mark.end() : end]).rstrip("\n")
        line = flat.count("\n", 0, mark.start()) + 1
        if mark[1] in ("20",) or not parts:
            parts.append([])
        parts[-1].append((line, mark[1], body))
    found = [
        _statement(fields, reading, name)
        for fields in parts
        if any(tag in ("61", "60F", "60M", "62F", "62M", "25") for _, tag, _ in fields)
    ]
    return finish(reading, found, name)


def _statement(fields: list[tuple[int, str, str]], reading: Reading, name: str) -> Statement:
    held = {tag: body for _, tag, body in reversed(fields)}
    account = clean(held.get("25", "").split("\n")[0], 60)
    opening, closing = _balance(held.get("60F", held.get("60M", ""))), _balance(_last(fields, "62"))
    currency = next((one[1] for one in (opening, closing) if one), "")
    if not currency:
        found = re.search(r"([A-Z]{3})$", account) or re.search(r"([A-Z]{3})", held.get("34F", ""))
        currency = found[1] if found and found[1] in DIGITS else ""
    if not currency and any(tag == "61" for _, tag, _ in fields):
        raise ArtermError("no_statement.currency", name)
    entries: list[Entry] = []
    waits = False  # only a :86: right after its :61: belongs to it
    for line, tag, body in fields:
        if tag == "61":
            entry = _entry(line, body, currency, reading)
            waits = entry is not None
            entries += [entry] if entry else []
        elif tag in ("86", "NS") and waits:
            entries[-1] = details(entries[-1], body) if tag == "86" else _sub_fields(entries[-1], body)
            waits = False
        elif tag in ("60F", "60M", "62F", "62M", "64", "65", "90C", "90D"):
            waits = False
    interim = "An interim report (MT942)" if "34F" in held and closing is None else ""
    return Statement(
        "mt940",
        re.sub(r"(?<=\d)[A-Z]{3}$", "", account.partition("/")[2] or account)
        if not re.match(r"[A-Z]{2}\d{2}", account)
        else account.split("/")[0][:34].removesuffix(currency),
        currency,
        tuple(tidy(one) for one in entries),
        clean(held.get("28C", held.get("28", "")).strip(), 20),
        opening[0] if opening else None,
        closing[0] if closing else None,
        closing[2] if closing else None,
        interim,
    )


def _last(fields: list[tuple[int, str, str]], tag: str) -> str:
    return next((body for _, one, body in reversed(fields) if one.startswith(tag)), "")


def _balance(text: str) -> tuple[int, str, date | None] | None:
    found = _BALANCE.match(text.strip())
    if not found or found[3] not in DIGITS:
        return None
    minor = read_amount(found[4].rstrip(","), found[3], COMMA)
    return (-minor if found[1] == "D" else minor), found[3], _day(found[2])


def _day(text: str) -> date | None:
    """A day as YYMMDD. The 30th of February, which German banks write where a month has thirty days, is its last."""
    if text[2:] == "0230":
        return date(2000 + int(text[:2]), 3, 1) - timedelta(days=1)
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _entry(line: int, body: str, currency: str, reading: Reading) -> Entry | None:
    found = _LINE.match(body.strip("\n"))
    if not found:
        reading.rejected.append(Complaint(line, "61", clean(body, 40), "cannot be read as an entry"))
        return None
    value, entry_day, mark, _, amount, _, customer_ref, bank_ref, more = found.groups()
    day = _day(value)
    if day is None:
        reading.rejected.append(Complaint(line, "date", value, "is not a date"))
        return None
    try:
        minor = read_amount(amount.rstrip(","), currency, COMMA)
    except ArtermError as error:
        reading.rejected.append(Complaint(line, "amount", amount, error.message.rstrip(".")))
        return None
    incoming = mark in ("C", "RD")
    reference = customer_ref.strip()
    made = Entry(
        line,
        day,
        _booked(day, entry_day),
        minor if incoming else -minor,
        currency,
        end_to_end="" if reference in ("NONREF", "N") else reference,
        bank_ref=(bank_ref or "").strip(),
        returned=mark.startswith("R"),
    )
    return _supplement(made, (more or "").strip(), currency)


def _booked(day: date, text: str | None) -> date:
    """The entry day has no year: the one nearest to the value day."""
    if not text or text.isspace():
        return day
    near = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            near.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    return min(near, key=lambda one: abs((one - day).days), default=day)


def _supplement(entry: Entry, text: str, currency: str) -> Entry:
    """`/OCMT/USD100,00/CHGS/EUR4,50`, an account, or words."""
    original = re.search(r"/OCMT/([A-Z]{3})(\d+,\d*)", text)
    charges = re.search(r"/CHGS/([A-Z]{3})(\d+,\d*)", text)
    if original and original[1] in DIGITS and original[1] != currency:
        entry = replace(
            entry, instructed=read_amount(original[2].rstrip(","), original[1], COMMA), instructed_currency=original[1]
        )
    if charges and charges[1] == currency:
        entry = replace(entry, charges=read_amount(charges[2].rstrip(","), currency, COMMA))
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", text):
        return replace(entry, account=text)
    return replace(entry, text=text) if text and not text.startswith("/") else entry


def _sub_fields(entry: Entry, body: str) -> Entry:
    """Numbered lines of one bank: 15 and 16 the name, 17 and on the words, 33 the account."""
    found: dict[str, str] = {}
    for line in body.split("\n"):
        found[line[:2]] = found.get(line[:2], "") + line[2:]
    words = " ".join(found[key] for key in sorted(found) if key.isdigit() and 17 <= int(key) <= 32)
    return replace(
        entry,
        payer=(found.get("15", "") + found.get("16", "")).strip(),
        account=found.get("33", "").strip(),
        text=words or body,
    )
