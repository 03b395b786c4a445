"""What stands in field 86 of MT940: the German codes, tags between slashes, Polish labels, or plain words."""

from __future__ import annotations

import re
from dataclasses import replace

from arterm.formats.bank_records import Entry

_GERMAN = re.compile(r"\s*\d{3}(?=[?>@])")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|MTLG|COAM|OAMT|RREF|BREF|IBAN|BIC|PURP|RTRN)[+:]\s?")
_TAGS = re.compile(
    r"/(TRTP|CNTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ADDR|ISDT|PREF|RTRN|RTYP|PURP|ULTD|ULTC|ULTB|ACCW|BUSP"
    r"|INIT|CSXB|USTD|STRD|CREF|ID|SVCL|NRTX|PID)/"
)
_POLISH = re.compile(r"(Z RACH\.|OD|TYT\.|TNR|NA RACH\.|DLA):")
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}[A-Z0-9]{11,30})\b")


def details(entry: Entry, raw: str) -> Entry:
    """An entry with what its field 86 tells: payer, account, references, words."""
    flat = raw.replace("\r", "")
    joined = flat.replace("\n", "")
    if _GERMAN.match(joined):
        return _german(entry, joined)
    if len(_TAGS.findall(joined)) >= 2 or re.match(r"\s*/(REMI|EREF|NAME|CNTP|TRTP)/", joined):
        return tagged(entry, joined)
    if _POLISH.search(joined):
        return _polish(entry, flat)
    return _plain(entry, flat)


def _german(entry: Entry, text: str) -> Entry:
    mark = text.lstrip()[3]
    fields: dict[str, str] = {}
    for part in re.split(rf"{re.escape(mark)}(?=\d\d)", text)[1:]:
        fields[part[:2]] = fields.get(part[:2], "") + part[2:]
    purpose = "".join(fields.get(f"{n:02d}", "") for n in (*range(20, 30), *range(60, 64)))
    sepa = _sepa(purpose)
    words = sepa.get("SVWZ") or (purpose if not sepa else sepa.get("", ""))
    returned = (
        entry.returned
        or "MTLG" in sepa
        or "retour" in fields.get("00", "").lower()
        or "ruecklast" in fields.get("00", "").lower()
    )
    return replace(
        entry,
        payer=sepa.get("ABWA") or (fields.get("32", "") + fields.get("33", "")).strip(),
        account=fields.get("31", "") or fields.get("38", "") or sepa.get("IBAN", ""),
        text=" ".join(part for part in (words.strip(), fields.get("00", "") if not words else "") if part),
        end_to_end=sepa.get("EREF", ""),
        reference=sepa.get("KREF", "") if sepa.get("KREF", "").startswith("RF") else "",
        returned=returned,
    )


def _sepa(purpose: str) -> dict[str, str]:
    """The purpose cut at its SEPA tags; what stands before the first is under the empty name."""
    parts = _SEPA.split(purpose)
    if len(parts) == 1:
        return {}
    found = {"": parts[0].strip()}
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(name, text.strip())
    return found


def tagged(entry: Entry, text: str) -> Entry:
    """`/NAME/…/REMI/…/EREF/…`: tags between slashes; ING's `/CNTP/account/bank/name/town/` and `/REMI/USTD//…`."""
    parts = _TAGS.split(text.replace("\n", ""))
    found: dict[str, str] = {}
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(name, words.strip(" /"))
    counter = found.get("CNTP", "").split("/")
    name = found.get("NAME", "") or (counter[2] if len(counter) > 2 else "")
    words = found.get("USTD", "") or found.get("REMI", "")
    structured = re.sub(r"^(CUR|ISO)/+", "", found.get("STRD", "")).strip("/")
    return replace(
        entry,
        payer=name,
        account=found.get("IBAN", "") or found.get("ACCW", "").split(",")[0] or counter[0] or entry.account,
        text=words or entry.text,
        end_to_end=found.get("EREF", ""),
        reference=structured or found.get("CREF", ""),
        returned=entry.returned or "RTRN" in found,
    )


def _polish(entry: Entry, text: str) -> Entry:
    parts = _POLISH.split(text.replace("\n", " "))
    found = {name: words.strip(" ;") for name, words in zip(parts[1::2], parts[2::2], strict=True)}
    return replace(
        entry,
        payer=found.get("OD", "") or found.get("DLA", ""),
        account=(found.get("Z RACH.", "") or found.get("NA RACH.", "")).replace(" ", ""),
        text=found.get("TYT.", "") or parts[0].strip(),
        bank_ref=found.get("TNR", "") or entry.bank_ref,
    )


def _plain(entry: Entry, text: str) -> Entry:
    words = " ".join(text.replace("\xad", "").split())
    found = _IBAN.search(words.replace(" ", ""))
    knab = re.search(r"REK: (\S+?)/NAAM: (.+)", words)
    if knab:
        return replace(entry, account=knab[1], payer=knab[2].strip(), text=words)
    return replace(entry, text=words, account=entry.account or (found[1] if found else ""))
