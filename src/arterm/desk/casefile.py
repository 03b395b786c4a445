"""The case file: everything a stranger needs to collect a debt, in one ZIP with one PDF; nothing about anybody else.

Cover with parties, claim to date and its legal basis, limitation; account, invoices and evidence, letters and mails as they
went out, the whole log, promises, plans, disputes, accepted terms; an index with the hash of every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from arterm.desk import attachments, business, customers, invoices, notices, outbox
from arterm.desk.chasing import disputes
from arterm.desk.claims import ClaimView, claim_of
from arterm.desk.contact import log_entries
from arterm.desk.desk import Desk
from arterm.desk.plans import plans_of
from arterm.desk.promises import promises_of
from arterm.desk.statement import movements
from arterm.desk.terms import terms_of
from arterm.desk.views import CustomerView, InvoiceView
from arterm.formats.csv_out import csv_bytes
from arterm.law.limitation import limitation
from arterm.rules.money import Money
from arterm.rules.text import count
from arterm.store.circumstances import one_and_merged

_EVERYTHING = 10**6


def case_file(desk: Desk, customer: int, chosen: Sequence[int], to: str) -> bytes:
    """The ZIP for these invoices of a customer. Refuses (`damaged`) where a letter or attachment is not what it was."""
    return _Case(desk, customer, chosen, to).zipped()


class _Case:
    """The facts of one case, asked once, and the files they make."""

    def __init__(self, desk: Desk, customer: int, chosen: Sequence[int], to: str) -> None:
        self.desk, self.to = desk, to
        self.who: CustomerView = customers.view(desk, customer)
        self.owed: list[InvoiceView] = [invoices.view(desk, row) for row in chosen]
        self.claims: list[ClaimView] = [claim_of(desk, row) for row in chosen]
        self.group = one_and_merged(desk.book, [customer])
        self.currency = self.owed[0].currency
        self.log = tuple(reversed(log_entries(desk, customer, _EVERYTHING)))
        self.letters = [one for one in reversed(notices.notices_of(desk, customer)) if one.state == "issued"]
        self.mails = list(reversed(outbox.listed(desk, ("sent",), customer, _EVERYTHING)))
        self.moved = movements(desk, customer, self.currency)

    def zipped(self) -> bytes:
        """Every file under its name, the index last; the same book gives the same bytes."""
        files = {
            "case.pdf": self._pdf(),
            "figures.json": self._figures(),
            "account.csv": self._account(),
            "log.csv": self._log(),
        }
        files |= dict(self._evidence())
        for one in self.letters:
            files[f"letters/L{one.id:06d}-{one.day.isoformat()}-{one.kind}.pdf"] = notices.document(
                self.desk, one.document
            )
        for mail in self.mails:
            files[f"mails/M{mail.id:06d}-{mail.day.isoformat()}.eml"] = outbox.raw(self.desk, mail.id)
        index = [
            ["file", "bytes", "sha256"],
            *(
                [name, str(len(content)), hashlib.sha256(content).hexdigest()]
                for name, content in sorted(files.items())
            ),
        ]
        files["index.csv"] = csv_bytes(index)
        held = BytesIO()
        stamp = (self.desk.today.year, self.desk.today.month, self.desk.today.day, 0, 0, 0)
        with ZipFile(held, "w", ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(ZipInfo(name, stamp), content, ZIP_DEFLATED)
        return held.getvalue()

    def _evidence(self) -> list[tuple[str, bytes]]:
        """What the owner attached to these invoices and to the log of this customer; names are ours in front."""
        from arterm.mail.message import file_name

        found = []
        for one in self.owed:
            found += [
                (f"invoices/{file_name(one.number)}/{n:02d}-{name}", content)
                for n, (name, content) in enumerate(self._attached("invoice", [one.id]), 1)
            ]
        entries = [entry.id for entry in self.log]
        found += [
            (f"evidence/{n:03d}-{name}", content) for n, (name, content) in enumerate(self._attached("log", entries), 1)
        ]
        return found

    def _attached(self, owner: str, rows: Sequence[int]) -> list[tuple[str, bytes]]:
        from arterm.mail.message import file_name

        found = []
        for row in rows:
            for (number,) in self.desk.book.rows(
                "SELECT id FROM attachment WHERE owner = ? AND owner_id = ? AND void_act IS NULL ORDER BY id",
                (owner, row),
            ):
                name, content = attachments.attachment(self.desk, number)
                found.append((file_name(name), content))
        return found

    @property
    def total(self) -> Money:
        """What may be claimed on the day, all invoices together."""
        return sum((one.total for one in self.claims), Money(0, self.currency))

    def _ends(self, one: InvoiceView) -> date | None:
        return limitation(self.who.country or self.desk.country, self.who.kind, one.due)

    def _figures(self) -> bytes:
        def plain(value: Any) -> Any:
            if isinstance(value, Money):
                return value.plain()
            return value.isoformat() if isinstance(value, date) else str(value)

        body = {
            "as_of": self.desk.today, "to": self.to, "creditor": self.desk.setting("name"), "debtor": self.who.name, "debtor_kind": self.who.kind,
            "currency": self.currency, "total": self.total,
            "invoices": [
                {
                    "number": one.number, "issued": one.issued, "due": one.due, "total": one.total, "paid": one.paid, "open": one.balance,
                    "interest": claim.interest, "compensation": claim.compensation, "costs": claim.costs, "claim": claim.total, "law": [basis.law for basis in claim.basis],
                    "interest_periods": [{"from": p.from_, "to": p.to, "days": p.days, "principal": p.principal, "rate": p.rate, "interest": p.interest} for p in claim.interest_periods],
                    "time_barred_from": self._ends(one),
                }
                for one, claim in zip(self.owed, self.claims, strict=True)
            ],
        }  # fmt: skip
        return json.dumps(body, default=plain, ensure_ascii=False, indent=2).encode() + b"\n"

    def _account(self) -> bytes:
        code = self.currency
        rows = [
            [
                one.day.isoformat(),
                one.kind,
                one.number,
                Money(one.amount, code).plain(),
                Money(one.balance, code).plain(),
                code,
            ]
            for one in self.moved
        ]
        return csv_bytes([["day", "what", "number", "amount", "balance", "currency"], *rows])

    def _log(self) -> bytes:
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
                one.day.isoformat(), one.at, one.direction, one.channel, one.outcome, one.reason, " ".join(one.invoices), one.promised.plain() if one.promised else "",
                one.promised_for.isoformat() if one.promised_for else "", one.note, one.who,
            ]
            for one in self.log
        ]  # fmt: skip
        return csv_bytes([head, *rows])

    def _pdf(self) -> bytes:
        from arterm.letters.dossier_paper import Section, document

        desk, who, sender = self.desk, self.who, business.sender(self.desk)
        told = desk.told
        lead = (
            f"For: {self.to}    On: {desk.today.isoformat()}", "",
            f"Creditor: {', '.join((sender.name, *sender.lines))}, {sender.country}", f"VAT {sender.vat_no or '-'}, IBAN {sender.iban or '-'}, {sender.contact}", "",
            f"Debtor: {who.name}, {who.street}, {who.postcode} {who.city}, {who.country}", f"Kind: {who.kind}; VAT {who.vat_no or '-'}; language {who.language or '-'}",
            *(f"Contact: {one.name} {one.role} {one.phone} {one.mail}" for one in customers.contacts(desk, who.id)),
        )  # fmt: skip
        claim_rows = [
            (
                one.number,
                one.due.isoformat(),
                one.balance.plain(),
                claim.interest.plain(),
                claim.compensation.plain(),
                claim.costs.plain(),
                claim.total.plain(),
            )
            for one, claim in zip(self.owed, self.claims, strict=True)
        ]
        laws = dict.fromkeys(f"{basis.what}: {basis.law}" for claim in self.claims for basis in claim.basis)
        barred = dict.fromkeys(
            f"Not claimed: {one.what}, {one.why}" for claim in self.claims for one in claim.not_allowed
        )
        ends = [f"{one.number}: may be time-barred from {day.isoformat()}" if (day := self._ends(one)) else f"{one.number}: check the limitation; its rule is not known here" for one in self.owed]  # fmt: skip
        sections = [
            Section(
                f"Claim to date: {told(self.total)}", (*laws, *barred), (("Invoice", 4), ("Due", 3), ("Open", 3), ("Interest", 3), ("Sum", 3), ("Costs", 3), ("Claim", 3)), tuple(claim_rows),
                frozenset(range(2, 7)),
            ),
            Section("Limitation", tuple(ends)),
            Section(
                "Account", (), (("Day", 3), ("What", 4), ("Number", 5), ("Amount", 3), ("Balance", 3)),
                tuple((one.day.isoformat(), one.kind, one.number, Money(one.amount, self.currency).plain(), Money(one.balance, self.currency).plain()) for one in self.moved), frozenset({3, 4}),
            ),
            Section("Letters that went out", (f"{count(len(self.letters), 'letter')}",), (("Day", 2), ("Kind", 4), ("About", 5), ("SHA-256", 8)), tuple((one.day.isoformat(), one.kind, ", ".join(one.invoices), one.sha256) for one in self.letters)),
            Section("E-mails that went out", (f"{count(len(self.mails), 'e-mail')}",), (("Day", 2), ("To", 4), ("Subject", 5), ("SHA-256", 8)), tuple((one.day.isoformat(), one.to, one.subject, one.sha256) for one in self.mails)),
            Section("Promises", (), (("Made", 2), ("For", 2), ("Amount", 3), ("Came", 3), ("State", 3)), tuple((one.made.isoformat(), one.day.isoformat(), one.amount.plain(), one.received.plain(), one.state) for one in promises_of(desk, who.id)), frozenset({2, 3})),
            Section("Plans", tuple(f"Plan #{one.plan} of {told(one.total)}: {one.state}, {told(one.paid)} paid" for one in plans_of(desk, who.id)) or ("None.",)),
            Section("Disputes", tuple(f"{one.opened.isoformat()} {one.invoice}: {one.reason}, {told(one.amount)}; {one.outcome or 'open'}. {one.note}" for one in disputes(desk, who.id)) or ("None.",)),
            Section("Terms accepted", tuple(f"{one.accepted.isoformat()} version {one.version}: {one.rate or 'no'} % a year, {'with' if one.costs_clause else 'without'} a clause on costs. {one.note}" for one in terms_of(desk, who.id)) or ("None on record.",)),
            Section("Log", (), (("Day", 2), ("How", 2), ("What came of it", 3), ("Note", 9), ("By", 2)), tuple((one.day.isoformat(), f"{one.direction} {one.channel}", one.outcome, one.note.replace("\n", " "), one.who) for one in self.log)),
        ]  # fmt: skip
        return document(f"Case file: {who.name}", lead, sections)
