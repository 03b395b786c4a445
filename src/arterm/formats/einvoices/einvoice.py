"""Electronic invoices: UBL, CII (Factur-X, ZUGFeRD, XRechnung) and FatturaPA as invoice records with who issued
them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from arterm.formats.einvoices.raw import Raw
from arterm.formats.records import Complaint, InvoiceRecord, Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.xml_tree import Node
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.text import clean

CREDITS = frozenset({"381", "396", "83", "532", "261", "TD04", "TD08"})
_NOT_INVOICES = {
    "Reminder": "a reminder",
    "RemittanceAdvice": "a remittance advice: which invoices one transfer pays",
    "Statement": "a statement of account",
    "Order": "an order",
    "Quotation": "a quotation",
    "DespatchAdvice": "a delivery note",
    "ApplicationResponse": "an answer, no invoice",
}


_ROUNDED = 5  # so many minor units between the total and what is to be paid are cash rounding


def kind_of(root: Node) -> str:
    """`ubl`, `cii`, `fatturapa`, or empty."""
    if root.name in ("Invoice", "CreditNote") and "ubl" in root.space:
        return "ubl"
    if root.name in ("CrossIndustryInvoice", "CrossIndustryDocument"):
        return "cii"
    return "fatturapa" if root.name == "FatturaElettronica" else ""


def read_einvoice(root: Node, name: str, habits: ReadingHabits) -> Reading:
    """The invoices of a document. Refuses (`no_invoice`) what is another kind of document."""
    from arterm.formats.einvoices import cii, fatturapa, ubl

    if root.name in _NOT_INVOICES:
        raise ArtermError("no_invoice.other_document", name, not_invoices=_NOT_INVOICES[root.name])
    kind = kind_of(root)
    readers = {"ubl": ubl.read, "cii": cii.read, "fatturapa": fatturapa.read}
    if kind not in readers:
        raise ArtermError("no_invoice.xml", name, name=root.name[:40])
    reading = Reading(kind="invoices", profile={"ubl": "UBL", "cii": "CII", "fatturapa": "FatturaPA"}[kind])
    for n, raw in enumerate(readers[kind](root), 1):
        reading.read += 1
        try:
            record = _record(n, raw, habits, reading)
        except ArtermError as error:
            reading.rejected.append(Complaint(n, error.where, raw.number, error.message.rstrip(".")))
            continue
        if record is not None:
            reading.invoices.append(record)
    if not reading.read:
        raise ArtermError("no_invoice.document", name)
    return reading


def _record(n: int, raw: Raw, habits: ReadingHabits, reading: Reading) -> InvoiceRecord | None:
    if not raw.number.strip():
        raise ArtermError("missing.number", "number")
    if not raw.buyer.name:
        raise ArtermError("missing.buyer", "customer")
    currency = raw.currency.upper()
    if currency not in DIGITS:
        raise ArtermError("missing.currency", "currency", currency=currency[:10])
    issued = _day(raw.issued)
    if issued is None:
        raise ArtermError("missing.issued", "issued", issued=raw.issued[:20])
    total = _minor(raw.total, currency)
    to_pay = _minor(raw.to_pay, currency)
    prepaid = _minor(raw.prepaid, currency) or 0
    if to_pay is None and total is not None and prepaid > 0:
        to_pay = total - prepaid
    if total is None and to_pay is not None:
        total = to_pay + prepaid
    if total is not None and to_pay is not None and 0 < abs(to_pay - total) <= _ROUNDED:
        total = to_pay
    if total is None:
        raise ArtermError("missing.total", "total")
    is_credit = raw.code in CREDITS or (raw.code not in ("384",) and total < 0) or (raw.code == "384" and total < 0)
    due, due_from = _due(n, raw, issued, habits, reading)
    who = {
        "reference": clean(raw.reference, 140),
        "seller": raw.seller,
        "seller_ids": raw.seller_ids,
        "original": clean(raw.original, 60),
    }
    number = clean(raw.number, 60)
    if is_credit:
        kind, sum_ = "credit_note", abs(total)
        return InvoiceRecord(n, kind, number, raw.buyer, currency, issued, due, sum_, **who)  # type: ignore[arg-type]
    balance = total if to_pay is None else max(0, min(total, to_pay))
    if to_pay is not None and to_pay > total:
        reading.warnings.append(
            Complaint(
                n,
                "total",
                Money(to_pay, currency).plain(),
                "is to be paid, more than the invoice: earlier debts are left out",
            )
        )
    if total == 0:
        reading.warnings.append(Complaint(n, "total", number, "is for nothing; left out"))
        return None
    if raw.code == "384":
        reading.warnings.append(
            Complaint(
                n,
                "type",
                number,
                f"replaces invoice {who['original'] or '(not said which)'}: take that one out, or credit it",
            )
        )
    settled = issued if balance < total else None
    return InvoiceRecord(
        n,
        "invoice",
        number,
        raw.buyer,
        currency,
        issued,
        due,
        total,
        total - balance if balance < total else None,
        settled,
        due_from=due_from,
        balance=None,
        **who,  # type: ignore[arg-type]
    )


def _minor(text: str, currency: str) -> int | None:
    """An XML amount: a point, any number of decimals of which those beyond the currency's are nought or rounded."""
    found = re.fullmatch(r"\s*([+-]?)(\d{1,15})(?:\.(\d*))?\s*", text)
    if not found:
        return None
    digits = DIGITS[currency]
    part = (found[3] or "").ljust(digits + 1, "0")
    minor = int(found[2] + part[:digits]) if digits else int(found[2])
    minor += part[digits] >= "5"
    return -minor if found[1] == "-" else minor


def _day(text: str) -> date | None:
    bare = text.strip()
    try:
        found = date.fromisoformat(bare[:10]) if "-" in bare else date(int(bare[:4]), int(bare[4:6]), int(bare[6:8]))
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


_LONGEST = 365  # days that anybody is given to pay
_UNTIL = re.compile(
    r"(?:bis|until|avant le|voor|jusqu.au|entro il|by)\s+(?:zum\s+)?(\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(\d{1,3})\s*(?:kalender)?(?:tagen?|dagen|days?|jours|giorni|d[ií]as)\b|\bnet(?:to)?\s+(\d{1,3})\b", re.IGNORECASE
)
_CLAUSES = re.compile(r"[,;\n]|\.(?!\d)|(?<=[^\d])\.|\b(?:oder|or|ou|of|oppure)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"%|skonto|discount|escompte|korting|sconto|descuento|interest|zinsen|int[ée]r[êe]ts?", re.IGNORECASE
)


def _due(n: int, raw: Raw, issued: date, habits: ReadingHabits, reading: Reading) -> tuple[date, str]:
    """The due day: its own element, else what the terms say, else the usual days; where it came from is said."""
    from arterm.rules.file_dates import reader

    due = _day(raw.due) if raw.due else None
    if due is not None:
        return due, ""
    if raw.due:
        reading.warnings.append(Complaint(n, "due", raw.due[:20], "is no day that arterm can read"))
    # What earns a discount or bears interest has days of its own: only the other clauses say when it is due.
    words = "; ".join(one for one in _CLAUSES.split(" ".join(raw.terms.split())) if one and not _OTHER.search(one))
    found = _UNTIL.search(words)
    day = reader("mdy" if habits.month_first and "/" in found[1] else "dmy")(found[1]) if found else None
    if day is not None and issued <= day <= issued + timedelta(days=_LONGEST):
        reading.warnings.append(Complaint(n, "due", day.isoformat(), "is the due day by the words of the terms"))
        return day, "terms"
    days = [int(one or other) for one, other in _DAYS.findall(words)]
    if days and max(days) <= _LONGEST:
        reading.warnings.append(
            Complaint(n, "due", f"{max(days)} days", "is the time to pay by the words of the terms")
        )
        return issued + timedelta(days=max(days)), "terms"
    reading.warnings.append(
        Complaint(n, "due", "", f"has no due day: {habits.terms_days} days are taken, as is usual with you")
    )
    return issued + timedelta(days=habits.terms_days), "default"
