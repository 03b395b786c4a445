"""CODA: the statements of Belgian banks, in records of 128 characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.records import Complaint, Reading
from arterm.formats.statement import finish, tidy
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError


@dataclass(slots=True)
class _Open:
    """A statement being read."""

    account: str = ""
    currency: str = "EUR"
    number: str = ""
    opening: int | None = None
    closing: int | None = None
    day: date | None = None
    entries: list[Entry] = field(default_factory=list)
    parts: list[Entry] = field(default_factory=list)
    words: str = ""

    @property
    def last(self) -> list[Entry]:
        """Where the records that tell more of a movement belong: to the part that was told last, else to the entry."""
        return self.parts or self.entries

    def settle(self) -> None:
        """An entry of several payments is those payments where they add up to it, else it stays one."""
        if self.parts and self.entries and sum(one.amount for one in self.parts) == self.entries[-1].amount:
            self.entries[-1:] = self.parts
        self.parts = []


def looks_like(text: str) -> bool:
    """Whether a text is CODA: a header record, then the old balance."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    return (
        len(lines) == 2
        and all(120 <= len(line.rstrip("\r")) <= 128 for line in lines)
        and lines[0][:5] == "00000"
        and lines[1][:1] == "1"
    )


def read_coda(text: str, name: str) -> Reading:
    """Every statement of a file. A globalised entry is its parts, where they add up to it."""
    reading = Reading(profile="CODA")
    found: list[Statement] = []
    now = _Open()
    for n, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r\n").ljust(128)
        kind = line[:1]
        if kind == "1":
            _header(now, line)
        elif kind == "2":
            _movement(now, line, n, reading)
        elif kind == "3":
            _information(now, line)
        elif kind == "8":
            now.closing, now.day = _amount(line[41:57], now.currency), _day(line[57:63])
        elif kind == "9":
            found.append(_done(now))
            now = _Open()
        elif kind not in ("0", "4", " ", "\x1a"):
            raise ArtermError("no_statement.record", f"{name}, line {n}")
    if now.entries or now.account:
        found.append(_done(now))
    return finish(reading, found, name)


def _information(now: _Open, line: str) -> None:
    if now.last and line[1] == "1":
        now.last[-1] = replace(now.last[-1], text=f"{now.last[-1].text} {line[40:113].strip()}".strip())


def _done(now: _Open) -> Statement:
    now.settle()
    return Statement(
        "coda",
        now.account,
        now.currency,
        tuple(tidy(one) for one in now.entries),
        now.number,
        now.opening,
        now.closing,
        now.day,
    )


def _header(now: _Open, line: str) -> None:
    structure = line[1]
    whole = line[5:42]
    if structure == "0":
        now.account, now.currency = whole[:12].strip(), whole[13:16]
    elif structure == "1":
        now.account, now.currency = whole[:34].strip(), whole[34:37]
    else:
        now.account, now.currency = whole[:34].strip(), whole[34:37] or "EUR"
    now.currency = now.currency if now.currency in DIGITS else "EUR"
    now.account = now.account.replace(" ", "")
    now.number = line[125:128].strip()
    now.opening = _amount(line[42:58], now.currency)


def _amount(text: str, currency: str) -> int | None:
    """A sign (0 in, 1 out), twelve digits and three decimals, in minor units."""
    if not re.fullmatch(r"[01]\d{15}", text):
        return None
    thousandths = int(text[1:])
    digits = DIGITS[currency]
    minor = int(thousandths * 10**digits // 1000)
    return -minor if text[0] == "1" else minor


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[4:6]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def _movement(now: _Open, line: str, n: int, reading: Reading) -> None:
    part = line[1]
    if part == "1":
        is_part = line[6:10] != "0000"
        if not is_part:
            now.settle()
        amount, day = _amount(line[31:47], now.currency), _day(line[47:53])
        booked = _day(line[115:121]) or day
        if amount is None or booked is None:
            reading.rejected.append(Complaint(n, "amount" if amount is None else "date", line[31:53], "cannot be read"))
            return
        structured = line[61] == "1"
        words = line[65:115] if structured else line[62:115]
        reference = _structured(line[62:65], words) if structured else ""
        now.words = "" if reference else words.rstrip()
        (now.parts if is_part else now.entries).append(
            Entry(
                n,
                day or booked,
                booked,
                amount,
                now.currency,
                reference=reference,
                text=now.words.strip(),
                bank_ref=line[10:31].strip(),
            )
        )
    elif not now.last:
        return
    elif part == "2":
        now.words += line[10:63].rstrip()
        customer = line[63:98].strip()
        now.last[-1] = replace(now.last[-1], text=now.words.strip(), end_to_end=customer)
    elif part == "3":
        account = line[10:47].split()[0] if line[10:47].strip() else ""
        now.words += line[82:125].rstrip()
        now.last[-1] = replace(now.last[-1], account=account, payer=line[47:82].strip(), text=now.words.strip())


def _structured(kind: str, words: str) -> str:
    """A Belgian structured communication (types 101 and 102); nothing for others."""
    digits = words[:12]
    return digits if kind in ("101", "102") and digits.isdigit() else ""
