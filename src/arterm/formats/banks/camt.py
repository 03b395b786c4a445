"""CAMT (ISO 20022): statements (053), and the reports (052) and notifications (054) that only come before or beside
them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.banks.mt940_details import tagged
from arterm.formats.records import Complaint, Reading
from arterm.formats.statement import finish, tidy
from arterm.formats.xml_tree import Node
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import read_amount
from arterm.rules.number_style import POINT

ROOTS = {
    "BkToCstmrStmt": ("Stmt", ""),
    "BkToCstmrAcctRpt": ("Rpt", "An intraday report"),
    "BkToCstmrDbtCdtNtfctn": ("Ntfctn", "Details of entries"),
}
_JOIN = 140  # an unstructured line of that length goes on in the next without a blank


def read_camt(root: Node, name: str) -> Reading:
    """Every statement of a document. Pending entries are left out; batches are split where their parts add up."""
    reading = Reading(profile=f"CAMT {root.space.rpartition(':')[2] or ''}".strip())
    found = []
    for child in root.children():
        if child.name in ROOTS:
            element, interim = ROOTS[child.name]
            found += [_statement(one, interim, reading) for one in child.every(element)]
    return finish(reading, found, name)


def _statement(node: Node, interim: str, reading: Reading) -> Statement:
    currency = node.text("Acct/Ccy") or next((one.get("Ccy") for one in node.deep("Amt") if one.get("Ccy")), "")
    balances: dict[str, tuple[int, str, str]] = {}
    for one in node.every("Bal"):
        code = one.text("Tp/CdOrPrtry/Cd")
        amount = _money(one)
        if amount:
            balances.setdefault(code, (amount[0], amount[1], one.text("Dt/Dt", "Dt/DtTm")))
    opening, closing = balances.get("OPBD") or balances.get("PRCD"), balances.get("CLBD")
    same = opening and closing and opening[1] == closing[1] == (currency or closing[1])
    entries: list[Entry] = []
    for n, one in enumerate(node.every("Ntry"), 1):
        entries += _entries(one, n, currency, reading)
    return Statement(
        "camt",
        _account(node.one("Acct")),
        (closing[1] if closing else "") or currency,
        tuple(tidy(one) for one in entries),
        node.text("ElctrncSeqNb", "LglSeqNb", "Id"),
        opening[0] if same and opening else None,
        closing[0] if same and closing else None,
        _day(closing[2]) if closing else None,
        interim,
    )


def _account(node: Node | None) -> str:
    return (node.text("Id/IBAN", "Id/Othr/Id") if node else "").replace(" ", "")


def _money(node: Node, path: str = "Amt") -> tuple[int, str] | None:
    """An amount with its sign and currency; None where there is none or it cannot be read."""
    found = node.one(path)
    if found is None or not found.content:
        return None
    currency = found.get("Ccy")
    if currency not in DIGITS:
        return None
    whole, _, part = found.content.partition(".")
    text = f"{whole}.{part.rstrip('0')}".rstrip(".")
    try:
        minor = read_amount(text, currency, POINT) if len(part.rstrip("0")) != 3 or DIGITS[currency] == 3 else None
    except ArtermError:
        return None
    if minor is None:
        return None
    return (-minor if node.text("CdtDbtInd") == "DBIT" else minor), currency


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _entries(node: Node, n: int, currency: str, reading: Reading) -> list[Entry]:
    """One entry as one line, or as the lines of its batch; nothing where it is not booked yet."""
    status = node.text("Sts/Cd", "Sts")
    if status and status != "BOOK":
        reading.warnings.append(Complaint(n, "status", status, "is not booked yet; left out"))
        return []
    amount = _money(node)
    day = _day(node.text("ValDt/Dt", "ValDt/DtTm")) or _day(node.text("BookgDt/Dt", "BookgDt/DtTm"))
    booked = _day(node.text("BookgDt/Dt", "BookgDt/DtTm")) or day
    if amount is None or day is None or booked is None:
        field = "amount" if amount is None else "date"
        reading.rejected.append(Complaint(n, field, node.text("Amt", "NtryRef"), "cannot be read in this entry"))
        return []
    details = node.all("NtryDtls/TxDtls")
    base = Entry(
        n,
        day,
        booked,
        amount[0],
        amount[1],
        text=node.text("AddtlNtryInf"),
        bank_ref=node.text("AcctSvcrRef", "NtryRef"),
        returned=node.text("RvslInd") == "true",
    )
    if not details:
        return [_from_tags(base)]
    parts = [_detail(one, base) for one in details]
    if len(parts) == 1:
        return [replace(parts[0], amount=amount[0], currency=amount[1])]
    if any(not part.amount for part in parts) or sum(part.amount for part in parts) != amount[0]:
        reading.warnings.append(
            Complaint(n, "batch", node.text("AcctSvcrRef"), "its parts do not add up to it: kept as one")
        )
        return [replace(base, text=" ".join(dict.fromkeys(part.text for part in parts if part.text)) or base.text)]
    return parts


def _detail(node: Node, base: Entry) -> Entry:
    """One transaction of an entry, in the entry's currency; its amount is 0 where it does not say."""
    sign = -1 if base.amount < 0 else 1
    amount = 0
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        found = _money(node, path)
        if found and found[1] == base.currency:
            amount = sign * abs(found[0])
            break
    other = _money(node, "AmtDtls/InstdAmt/Amt")
    charges = sum(
        abs(one[0])
        for one in (_money(item) for item in [*node.all("Chrgs"), *node.all("Chrgs/Rcrd")])
        if one and one[1] == base.currency
    )
    returned = base.returned or node.one("RtrInf") is not None
    who = "Dbtr" if (base.amount > 0) != (base.returned and base.amount > 0) else "Cdtr"
    parties = [f"RltdPties/Ultmt{who}", f"RltdPties/{who}", *(("RltdPties/Dbtr", "RltdPties/Cdtr") if returned else ())]
    names = [path for party in parties for path in (f"{party}/Nm", f"{party}/Pty/Nm")]
    name = next(
        (text for text in (node.text(path) for path in names) if text and "keine information" not in text.lower()), ""
    )
    accounts = [f"RltdPties/{who}Acct", *(("RltdPties/DbtrAcct", "RltdPties/CdtrAcct") if returned else ())]
    account = next((text for text in (_account(node.one(path)) for path in accounts) if text), "")
    free = _joined([one.content for one in node.all("RmtInf/Ustrd") if one.content])
    structured = [one.content for one in node.all("RmtInf/Strd/CdtrRefInf/Ref") if one.content]
    named = [one.content for one in node.all("RmtInf/Strd/RfrdDocInf/Nb") if one.content]
    text = " ".join(
        part for part in (free, *named, node.text("AddtlTxInf"), "" if free or named else base.text) if part
    )
    made = replace(
        base,
        amount=amount,
        payer=name,
        account=account,
        reference=" ".join(structured),
        text=text,
        end_to_end=node.text("Refs/EndToEndId"),
        bank_ref=node.text("Refs/AcctSvcrRef", "Refs/TxId") or base.bank_ref,
        returned=returned,
        charges=charges,
        instructed=abs(other[0]) if other and other[1] != base.currency else 0,
        instructed_currency=other[1] if other and other[1] != base.currency else "",
    )
    return _from_tags(made) if not name and not free else made


def _from_tags(entry: Entry) -> Entry:
    """Dutch banks write `/TRTP/…/IBAN/…/NAME/…` into the further information."""
    if not re.match(r"\s*/(TRTP|CNTP|IBAN|RTYP)/", entry.text):
        return entry
    return tagged(entry, entry.text)


def _joined(lines: list[str]) -> str:
    text = ""
    for n, line in enumerate(lines):
        text += line if not n or len(lines[n - 1]) == _JOIN else f" {line}"
    return text
