"""The case file: everything a stranger needs to collect a debt, in one ZIP with one PDF; nothing about anybody else.

Cover with parties, claim to date and its legal basis, limitation; account, invoices and evidence, accepted terms,
letters and mails as they went out and came in, the log, promises, plans, disputes; an index with the hash of every
file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from arterm.desk.accounts import attachments
from arterm.desk.letters import notices
from arterm.desk.mail import outbox
from arterm.desk.partners.case_facts import CaseFileFacts
from arterm.desk.session import Desk
from arterm.formats.csv_out import csv_bytes
from arterm.rules.money import Money
from arterm.store.reads.partners import case as reads


def case_file(desk: Desk, customer: int, chosen: Sequence[int], to: str) -> bytes:
    """The ZIP for these invoices of a customer; the same book gives the same bytes.

    Refuses (`damaged`) where a letter or attachment is not what it was.
    """
    from arterm.desk.partners.case_paper import case_pdf

    of = CaseFileFacts(desk, customer, chosen, to)
    files = {"figures.json": _figures(of), "account.csv": _account(of), "log.csv": _log(of), **dict(_papers(of))}
    files = {"case.pdf": case_pdf(of, {name: _hash(content) for name, content in files.items()}), **files}
    rows = [[name, str(len(content)), _hash(content)] for name, content in sorted(files.items())]
    files["index.csv"] = csv_bytes([["file", "bytes", "sha256"], *rows])
    held = BytesIO()
    stamp = (desk.today.year, desk.today.month, desk.today.day, 0, 0, 0)
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, stamp), content, ZIP_DEFLATED)
    return held.getvalue()


def check_papers(desk: Desk, customer: int, chosen: Sequence[int]) -> None:
    """Refuse (`damaged`) now what would be refused when the case file is written."""
    for _ in _papers(CaseFileFacts(desk, customer, chosen, "")):
        pass


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _papers(of: CaseFileFacts) -> Iterator[tuple[str, bytes]]:
    """What the owner attached to these invoices, to the log and of accepted terms; letters and mails, out and in. Names
    are ours in front.
    """
    from arterm.mail.message import file_name

    for one in of.owed:
        for n, (name, content) in enumerate(_attached(of, reads.invoice_files(of.desk.book, [one.id])), 1):
            yield f"invoices/{file_name(one.number)}/{n:02d}-{name}", content
    entries = [entry.id for entry in of.log]
    for n, (name, content) in enumerate(_attached(of, reads.log_files(of.desk.book, entries)), 1):
        yield f"evidence/{n:03d}-{name}", content
    for n, (name, content) in enumerate(_attached(of, reads.terms_files(of.desk.book, of.group)), 1):
        yield f"terms/{n:02d}-{name}", content
    for letter in of.letters:
        name = f"letters/L{letter.id:06d}-{letter.day.isoformat()}-{letter.kind}.pdf"
        yield name, notices.document(of.desk, letter.document)
    for mail in of.mails:
        yield f"mails/M{mail.id:06d}-{mail.day.isoformat()}.eml", outbox.raw(of.desk, mail.id)
    for came in of.incoming:
        yield f"mails/in/I{came.id:06d}-{came.day.isoformat()}.txt", came.text.encode()


def _attached(of: CaseFileFacts, rows: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    from arterm.mail.message import file_name

    for row in rows:
        name, content = attachments.attachment(of.desk, row)
        yield file_name(name), content


def _figures(of: CaseFileFacts) -> bytes:
    def plain(value: Any) -> Any:
        if isinstance(value, Money):
            return value.plain()
        return value.isoformat() if isinstance(value, date) else str(value)

    body = {
        "as_of": of.desk.today,
        "to": of.to,
        "creditor": of.desk.setting("name"),
        "debtor": of.who.name,
        "debtor_kind": of.who.kind,
        "currency": of.currency,
        "total": of.total,
        "invoices": [
            {
                "number": one.number,
                "issued": one.issued,
                "due": one.due,
                "total": one.total,
                "paid": one.paid,
                "open": one.balance,
                "interest": claim.interest,
                "compensation": claim.compensation,
                "costs": claim.costs,
                "claim": claim.total,
                "law": [basis.law for basis in claim.basis],
                "interest_periods": [
                    {
                        "from": p.from_,
                        "to": p.to,
                        "days": p.days,
                        "principal": p.principal,
                        "rate": p.rate,
                        "interest": p.interest,
                    }
                    for p in claim.interest_periods
                ],
                "time_barred_from": of.ends(one),
            }
            for one, claim in zip(of.owed, of.claims, strict=True)
        ],
    }
    return json.dumps(body, default=plain, ensure_ascii=False, indent=2).encode() + b"\n"


def _account(of: CaseFileFacts) -> bytes:
    code = of.currency
    rows = [
        [
            one.day.isoformat(),
            one.kind,
            one.number,
            Money(one.amount, code).plain(),
            Money(one.balance, code).plain(),
            code,
        ]
        for one in of.moved
    ]
    return csv_bytes([["day", "what", "number", "amount", "balance", "currency"], *rows])


def _log(of: CaseFileFacts) -> bytes:
    head = [
        "day",
        "at",
        "direction",
        "channel",
        "outcome",
        "reason",
        "invoices",
        "promised",
        "promised_for",
        "note",
        "by",
    ]
    rows = [
        [
            one.day.isoformat(),
            one.at,
            one.direction,
            one.channel,
            one.outcome,
            one.reason,
            " ".join(one.invoices),
            one.promised.plain() if one.promised else "",
            one.promised_for.isoformat() if one.promised_for else "",
            one.note,
            one.who,
        ]
        for one in of.log
    ]
    return csv_bytes([head, *rows])
