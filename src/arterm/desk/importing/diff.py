"""What a reading comes to beside what the book holds: new, changed, the same, or refused with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from arterm.desk.bank import statement_import
from arterm.desk.bank.statement_import import BankIntake
from arterm.desk.importing.lookup import BookLookup
from arterm.desk.session import Desk
from arterm.formats.records import Complaint, InvoiceRecord, Party, PaymentRecord, Reading
from arterm.rules.countries import find_country
from arterm.rules.match_index import squeeze
from arterm.rules.messages import message
from arterm.rules.money import plain
from arterm.rules.text import fold, number_key
from arterm.store.reads.importing import BookedInvoice


@dataclass(slots=True)
class Intake:
    """The rows a file would add and change. A customer is an id, or a party that is new (its key)."""

    customers: dict[str, Party] = field(default_factory=dict)
    invoices: list[tuple[int | str, InvoiceRecord]] = field(default_factory=list)
    changes: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    reported: list[tuple[int, int | str, InvoiceRecord, int]] = field(default_factory=list)
    credits: list[tuple[int | str, InvoiceRecord]] = field(default_factory=list)
    payments: list[tuple[int | str, int | str, PaymentRecord]] = field(default_factory=list)
    bank: BankIntake = field(default_factory=BankIntake)
    same_number: dict[str, str] = field(default_factory=dict)
    facts: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    people: list[tuple[int | str, Party]] = field(default_factory=list)
    rejected: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.created or self.updated or self.customers or self.people or self.bank.new)

    @classmethod
    def of(cls, desk: Desk, reading: Reading, before: Sequence[Intake] = ()) -> Intake:
        """Compare a reading with the book and with the files before it in the same import."""
        intake = cls()
        known = BookLookup(desk, _brought_in(before))
        for line, party in reading.customers:
            intake._customer(known, line, party)
        owner = Owner.of(desk)
        for record in reading.invoices:
            if record.seller is not None and not intake._is_ours(owner, record):
                continue
            {"invoice": intake._invoice, "credit_note": intake._credit, "receipt": intake._credit}[record.kind](
                known, record
            )
        for payment in reading.payments:
            intake._payment(known, payment)
        if reading.statements:
            seen = Counter(key for one in before for _, fresh in one.bank.new for _, key, _ in fresh)
            intake.bank = statement_import.compare(desk, reading.statements, seen)
            intake.created += intake.bank.created
            intake.unchanged += intake.bank.unchanged
            intake.warnings += intake.bank.warnings
        return intake

    def _is_ours(self, owner: Owner, record: InvoiceRecord) -> bool:
        """Whether the owner issued an e-invoice; one of somebody else is a bill to pay, and left out with that
        reason.
        """
        assert record.seller is not None
        issuer = record.seller.name or "nobody"
        if owner.is_nobody:
            self.rejected.append(
                Complaint(
                    record.line,
                    "seller",
                    issuer,
                    message("importing.diff.issued_by_whom"),
                )
            )
            return False
        if owner.issued(record):
            return True
        self.warnings.append(Complaint(record.line, "seller", issuer, message("importing.diff.bill_to_pay")))
        return False

    def _party(self, known: BookLookup, line: int, party: Party) -> int | str:
        """Who a party is: the id of a customer, or the key of a new one. A country that contradicts is warned of."""
        found = known.customer(party)
        if found is None:
            key = fold(party.number or party.name)
            loose = key.lstrip("0") if key.isdigit() else ""
            if loose and self.same_number.setdefault(loose, key) != key:
                key = self.same_number[loose]
                self.warnings.append(
                    Complaint(
                        line, "customer", party.number, message("importing.diff.customer_number_zeros", number=key)
                    )
                )
            if key not in self.customers and key not in known.seen:
                self.customers[key] = party
                if party.mail or party.phone or party.contact:
                    self.people.append((key, party))
            return key
        said = known.country_of(found)
        if party.country and said and said != party.country and find_country(party.country) != said:
            self.warnings.append(
                Complaint(line, "country", party.country, message("importing.diff.other_country", said=said))
            )
        return found

    def _customer(self, known: BookLookup, line: int, party: Party) -> None:
        found = known.customer(party)
        if found is None:
            if isinstance(self._party(known, line, party), str):
                self.created += 1
            return
        changed = known.news_of(found, party)
        if changed:
            self.facts.append((found, changed))
        wanted = known.new_person(found, party)
        if wanted:
            self.people.append((found, party))
        self.updated += bool(changed or wanted)
        self.unchanged += not (changed or wanted)

    def _invoice(self, known: BookLookup, record: InvoiceRecord) -> None:
        customer = self._party(known, record.line, record.party)
        own = known.days(customer) if record.due_from == "default" and isinstance(customer, int) else None
        if own is not None:
            record = replace(record, due=record.issued + timedelta(days=own))
            self.warnings.append(Complaint(record.line, "due", "", message("importing.diff.agreed_days", own=own)))
        held, exact = known.invoice(customer, record.number)
        earlier = known.seen.get((customer, number_key(record.number)))
        if earlier is not None:
            self._again(earlier, record)
            return
        known.seen[customer, number_key(record.number)] = record
        if held is None:
            self.created += 1
            self.invoices.append((customer, record))
            if record.paid:
                self.reported.append((0, customer, record, record.paid))
            return
        if not exact:
            self.warnings.append(
                Complaint(
                    record.line,
                    "number",
                    record.number,
                    message("importing.diff.invoice_number_zeros", number=held.number),
                )
            )
        self._compare(held, customer, record)

    def _again(self, earlier: InvoiceRecord, record: InvoiceRecord) -> None:
        """The same number came in before, in this import: the same again, or a contradiction."""
        same = (earlier.number, earlier.total, earlier.due, earlier.currency) == (
            record.number,
            record.total,
            record.due,
            record.currency,
        )
        if same:
            self.unchanged += 1
        else:
            reason = message("importing.diff.twice_in_file", number=earlier.number, line=earlier.line)
            self.rejected.append(Complaint(record.line, "number", record.number, reason))

    def _compare(self, held: BookedInvoice, customer: int | str, record: InvoiceRecord) -> None:
        if held.currency != record.currency:
            self.rejected.append(
                Complaint(
                    record.line,
                    "currency",
                    record.currency,
                    message("importing.diff.invoice_book", currency=held.currency),
                )
            )
            return
        changes: dict[str, Any] = {}
        if record.total != held.total:
            if record.total < held.settled:
                settled = plain(held.settled, held.currency)
                self.rejected.append(
                    Complaint(
                        record.line,
                        "total",
                        plain(record.total, held.currency),
                        message("importing.diff.below_settled", settled=settled),
                    )
                )
                return
            changes["total"] = record.total
        if record.issued.isoformat() != held.issued:
            changes["issued"] = record.issued.isoformat()
        if record.due.isoformat() != held.original_due and record.due_from == "":
            changes["due"] = changes["original_due"] = record.due.isoformat()
        more = self._newly_paid(held, record)
        if changes:
            self.changes.append((held.id, changes))
        if more > 0:
            self.reported.append((held.id, customer, record, more))
        self.updated += bool(changes or more > 0)
        self.unchanged += not (changes or more > 0)

    def _newly_paid(self, held: BookedInvoice, record: InvoiceRecord) -> int:
        """What the file says was paid beyond what the book knows of; what bounced here is not paid anew by an old
        file.
        """
        if record.balance is not None:
            more = record.total - held.settled - record.balance
        else:
            more = (record.paid or 0) - held.paid
        return max(0, min(more - held.taken_back, record.total - held.settled))

    def _credit(self, known: BookLookup, record: InvoiceRecord) -> None:
        customer = self._party(known, record.line, record.party)
        if record.total == 0 or known.has_credit(customer, record):
            self.unchanged += 1
            return
        self.created += 1
        self.credits.append((customer, record))

    def _payment(self, known: BookLookup, payment: PaymentRecord) -> None:
        named = known.customer(payment.party) if payment.party.name else None
        held = known.invoice_by_number(payment.number, named) if payment.number else None
        customer: int | str | None = held[1] if held else None
        invoice: int | str = held[0] if held else 0
        if payment.number and held is None:  # brought in by a file before this one
            new = [
                key
                for key, record in known.seen.items()
                if isinstance(key, tuple) and key[1] == number_key(payment.number) and record
            ]
            if len(new) == 1 or (named is not None and (named, number_key(payment.number)) in known.seen):
                customer = new[0][0] if len(new) == 1 else named
                invoice = payment.number
        elif customer is None:
            customer = named
        if customer is None or (payment.number and not invoice):
            what, value = ("invoice", payment.number) if payment.number else ("customer", payment.party.name)
            reason = message("importing.diff.not_in_book", what=what)
            self.rejected.append(Complaint(payment.line, "number" if payment.number else "customer", value, reason))
            return
        if payment.party.name and held and named != customer:
            self.rejected.append(
                Complaint(
                    payment.line,
                    "customer",
                    payment.party.name,
                    message("importing.diff.not_theirs", number=payment.number),
                )
            )
            return
        if isinstance(customer, int) and known.has_payment(customer, payment):
            self.unchanged += 1
            return
        self.created += 1
        self.payments.append((customer, invoice, payment))


@dataclass(frozen=True, slots=True)
class Owner:
    """Who the owner is, as e-invoices tell of their issuer."""

    name: str
    ids: frozenset[str]

    @classmethod
    def of(cls, desk: Desk) -> Owner:
        """As the settings say."""
        ids = (squeeze(desk.setting("vat")), squeeze(desk.setting("mail")))
        return cls(fold(desk.setting("name")), frozenset(one for one in ids if len(one) >= 5))

    @property
    def is_nobody(self) -> bool:
        """Whether nothing is known of the business."""
        return not self.name and not self.ids

    def issued(self, record: InvoiceRecord) -> bool:
        """Whether an e-invoice is the owner's: by a number of theirs, else by the name."""
        assert record.seller is not None
        theirs = {squeeze(one) for one in record.seller_ids}
        bare = {one[2:] for one in self.ids if one[:2].isalpha()}
        return bool(theirs & (self.ids | bare)) or (bool(self.name) and fold(record.seller.name) == self.name)


def _brought_in(before: Sequence[Intake]) -> dict[Any, InvoiceRecord | None]:
    """What earlier files of the same import bring in: customers by key, invoices by customer and number."""
    seen: dict[Any, InvoiceRecord | None] = {key: None for intake in before for key in intake.customers}
    for intake in before:
        seen.update({(customer, number_key(record.number)): record for customer, record in intake.invoices})
    return seen
