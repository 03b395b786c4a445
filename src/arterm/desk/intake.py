"""What a reading comes to beside what the book holds: new, changed, the same, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from arterm.desk.desk import Desk
from arterm.desk.known import Held, Known
from arterm.formats.records import Complaint, InvoiceRecord, Party, PaymentRecord, Reading
from arterm.rules.countries import find_country
from arterm.rules.money import plain
from arterm.rules.text import fold, number_key


@dataclass(slots=True)
class Intake:
    """The rows a file would add and change. A customer is an id, or a party that is new (its key)."""

    customers: dict[str, Party] = field(default_factory=dict)
    invoices: list[tuple[int | str, InvoiceRecord]] = field(default_factory=list)
    changes: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    reported: list[tuple[int, int | str, InvoiceRecord, int]] = field(default_factory=list)
    credits: list[tuple[int | str, InvoiceRecord]] = field(default_factory=list)
    payments: list[tuple[int, int, PaymentRecord]] = field(default_factory=list)
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
        return not (self.created or self.updated or self.customers or self.people)

    @classmethod
    def of(cls, desk: Desk, reading: Reading, before: Sequence[Intake] = ()) -> Intake:
        """Compare a reading with the book and with the files before it in the same import."""
        intake = cls()
        known = Known(desk, _brought_in(before))
        for line, party in reading.customers:
            intake._customer(known, line, party)
        for record in reading.invoices:
            {"invoice": intake._invoice, "credit_note": intake._credit, "receipt": intake._credit}[record.kind](
                known, record
            )
        for payment in reading.payments:
            intake._payment(known, payment)
        return intake

    def _party(self, known: Known, line: int, party: Party) -> int | str:
        """Who a party is: the id of a customer, or the key of a new one. A country that contradicts is warned of."""
        found = known.customer(party)
        if found is None:
            key = fold(party.number or party.name)
            if key not in self.customers and key not in known.seen:
                self.customers[key] = party
                if party.mail or party.phone or party.contact:
                    self.people.append((key, party))
            return key
        said = known.country_of(found)
        if party.country and said and said != party.country and find_country(party.country) != said:
            self.warnings.append(
                Complaint(line, "country", party.country, f"contradicts the customer's country {said}, which stays")
            )
        return found

    def _customer(self, known: Known, line: int, party: Party) -> None:
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

    def _invoice(self, known: Known, record: InvoiceRecord) -> None:
        customer = self._party(known, record.line, record.party)
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
                    record.line, "number", record.number, f"taken for {held.number}, which it is without leading zeros"
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
            reason = f"was brought in a moment ago as {earlier.number} with other content (line {earlier.line})"
            self.rejected.append(Complaint(record.line, "number", record.number, reason))

    def _compare(self, held: Held, customer: int | str, record: InvoiceRecord) -> None:
        if held.currency != record.currency:
            self.rejected.append(
                Complaint(record.line, "currency", record.currency, f"the invoice is in {held.currency} in the book")
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
                        f"is less than the {settled} already settled",
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

    def _newly_paid(self, held: Held, record: InvoiceRecord) -> int:
        """What the file says was paid beyond what the book knows of; what bounced here is not paid anew by an old file."""
        if record.balance is not None:
            more = record.total - held.settled - record.balance
        else:
            more = (record.paid or 0) - held.paid
        return max(0, min(more - held.taken_back, record.total - held.settled))

    def _credit(self, known: Known, record: InvoiceRecord) -> None:
        customer = self._party(known, record.line, record.party)
        if record.total == 0 or known.has_credit(customer, record):
            self.unchanged += 1
            return
        self.created += 1
        self.credits.append((customer, record))

    def _payment(self, known: Known, payment: PaymentRecord) -> None:
        named = known.customer(payment.party) if payment.party.name else None
        invoice = known.invoice_by_number(payment.number, named) if payment.number else None
        customer = invoice[1] if invoice else named
        if customer is None or (payment.number and invoice is None):
            what, value = ("invoice", payment.number) if payment.number else ("customer", payment.party.name)
            reason = f"there is no {what} like this in the book, or more than one; bring the invoices in first"
            self.rejected.append(Complaint(payment.line, "number" if payment.number else "customer", value, reason))
            return
        if payment.party.name and named != customer:
            self.rejected.append(
                Complaint(payment.line, "customer", payment.party.name, f"does not owe invoice {payment.number}")
            )
            return
        if known.has_payment(customer, payment):
            self.unchanged += 1
            return
        self.created += 1
        self.payments.append((customer, invoice[0] if invoice else 0, payment))


def _brought_in(before: Sequence[Intake]) -> dict[Any, InvoiceRecord | None]:
    """What earlier files of the same import bring in: customers by key, invoices by customer and number."""
    seen: dict[Any, InvoiceRecord | None] = {key: None for intake in before for key in intake.customers}
    for intake in before:
        seen.update({(customer, number_key(record.number)): record for customer, record in intake.invoices})
    return seen
