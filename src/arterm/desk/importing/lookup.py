"""What the book holds of customers, invoices and payments, looked up once for an import and kept by key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from arterm.desk.session import Desk
from arterm.formats.records import InvoiceRecord, Party, PaymentRecord
from arterm.rules.addresses import checked_mail, checked_phone
from arterm.rules.countries import find_country
from arterm.rules.errors import ArtermError
from arterm.rules.text import fold, number_key


@dataclass(frozen=True, slots=True)
class BookedInvoice:
    """An invoice as the book holds it. Amounts in minor units."""

    id: int
    number: str
    currency: str
    issued: str
    original_due: str
    total: int
    settled: int
    paid: int
    taken_back: int


class BookLookup:
    """What the book holds of customers and invoices, looked up once and kept by key."""

    def __init__(self, desk: Desk, seen: dict[Any, InvoiceRecord | None]) -> None:
        self.desk = desk
        self.seen = seen
        rows: list[tuple[int, str, str, str, str, int | None]] = desk.book.rows(
            "SELECT coalesce(merged_into, id), folded, own_no, country, source_country, merged_into FROM customer WHERE"
            " void_act IS NULL"
        )
        self.by_number = {row[2]: row[0] for row in rows if row[2]}
        self.loose: dict[str, set[int]] = {}
        for number, held in self.by_number.items():
            self.loose.setdefault(number.lstrip("0"), set()).add(held)
        self.by_name: dict[str, int] = {}
        for row in rows:
            self.by_name.setdefault(row[1], row[0])
        self.countries = {row[0]: row[3] or row[4] for row in rows if row[5] is None}
        self.numbered = {row[0] for row in rows if row[2]}
        self.held: dict[int, tuple[dict[str, BookedInvoice], dict[str, list[BookedInvoice]]]] = {}
        self.credits: Counter[Any] | None = None
        self.own_days: dict[int, int] | None = None

    def customer(self, party: Party) -> int | None:
        """By the source's number, else by the exact folded name; a name never overrules two different numbers."""
        if party.number and party.number in self.by_number:
            return self.by_number[party.number]
        like = self.loose.get(party.number.lstrip("0"), set()) if party.number.isdigit() else set()
        if len(like) == 1:
            return next(iter(like))
        found = self.by_name.get(fold(party.name))
        if found is not None and party.number and found in self.numbered:
            return None
        return found

    def country_of(self, customer: int) -> str:
        """The customer's country, as code or as a file told it; empty when not known."""
        return self.countries.get(customer, "")

    def days(self, customer: int) -> int | None:
        """The customer's own days to pay, if some were agreed."""
        if self.own_days is None:
            self.own_days = dict(
                self.desk.book.rows(
                    "SELECT customer, days FROM supply_terms WHERE days IS NOT NULL AND void_act IS NULL"
                )
            )
        return self.own_days.get(customer)

    def invoice(self, customer: int | str, number: str) -> tuple[BookedInvoice | None, bool]:
        """A customer's invoice by number: as it is, else without leading zeros (then the second is False)."""
        if isinstance(customer, str):
            return None, True
        if customer not in self.held:
            self.held[customer] = self._load(customer)
        exact, loose = self.held[customer]
        if number in exact:
            return exact[number], True
        like = loose.get(number_key(number), [])
        return (like[0], False) if len(like) == 1 else (None, True)

    def _load(self, customer: int) -> tuple[dict[str, BookedInvoice], dict[str, list[BookedInvoice]]]:
        rows = self.desk.book.rows(
            "SELECT i.id, i.number, i.currency, i.issued, i.original_due, i.total, i.total - i.open, coalesce((SELECT"
            " sum(a.amount) FROM allocation a JOIN credit k ON k.id = a.credit WHERE a.invoice = i.id AND k.kind IN"
            " ('receipt', 'reported')), 0), coalesce((SELECT -sum(a.amount) FROM allocation a JOIN credit k ON k.id ="
            " a.credit WHERE a.invoice = i.id AND a.amount < 0 AND k.kind = 'reported' AND k.void_act IS NULL), 0) FROM"
            " invoice i WHERE i.customer IN (SELECT id FROM customer WHERE id = ?1 OR merged_into = ?1) AND i.void_act"
            " IS NULL AND i.kind = 'invoice'",
            (customer,),
        )
        exact = {row[1]: BookedInvoice(*row) for row in rows}
        loose: dict[str, list[BookedInvoice]] = {}
        for held in exact.values():
            loose.setdefault(number_key(held.number), []).append(held)
        return exact, loose

    def invoice_by_number(self, number: str, customer: int | None) -> tuple[int, int] | None:
        """(invoice, customer) of the one invoice with that number; of several, the one of the customer named."""
        rows: list[tuple[int, int]] = self.desk.book.rows(
            "SELECT i.id, coalesce(c.merged_into, c.id) FROM invoice i JOIN customer c ON c.id = i.customer"
            " WHERE i.number_key = ? AND i.void_act IS NULL AND i.kind = 'invoice'",
            (number_key(number),),
        )
        if len(rows) > 1:
            rows = [row for row in rows if row[1] == customer]
        return rows[0] if len(rows) == 1 else None

    def has_credit(self, customer: int | str, record: InvoiceRecord) -> bool:
        """Whether the book has this credit note or receipt: by its number, else equal ones are counted off one by
        one.
        """
        kind = "credit_note" if record.kind == "credit_note" else "reported"
        if record.number and isinstance(customer, int):
            query = (
                "SELECT 1 FROM credit WHERE kind = ? AND reference = ? AND void_act IS NULL AND customer IN (SELECT id"
                " FROM customer WHERE id = ?3 OR merged_into = ?3)"
            )
            return bool(self.desk.book.one(query, (kind, record.number, customer)))
        whose = 0 if kind == "reported" and record.reference else customer
        key = (whose, record.issued.isoformat(), record.total, record.currency, kind, record.reference)
        return self._counted_off(key)

    def has_payment(self, customer: int, payment: PaymentRecord) -> bool:
        """Whether the book has this payment; two equal ones in a file are two, and counted off one by one.

        One with a reference is known by it even after it was moved to another customer.
        """
        reference = payment.reference or payment.number
        whose = 0 if reference else customer
        key = (whose, payment.day.isoformat(), payment.amount, payment.currency)
        return self._counted_off((*key, "receipt", reference)) or self._counted_off((*key, "reported", reference))

    def _counted_off(self, key: Any) -> bool:
        if self.credits is None:
            rows = self.desk.book.rows(
                "SELECT coalesce(c.merged_into, c.id), k.day, k.total, k.currency, k.kind, k.reference FROM credit k"
                " JOIN customer c ON c.id = k.customer WHERE k.void_act IS NULL"
            )
            self.credits = Counter(
                (0 if row[4] in ("receipt", "reported") and row[5] else row[0], *row[1:]) for row in rows
            )
        if self.credits[key] > 0:
            self.credits[key] -= 1
            return True
        return False

    def news_of(self, customer: int, party: Party) -> dict[str, str]:
        """Facts of a customer list that differ from the book's; what the list leaves empty stays."""
        row = self.desk.book.one(
            "SELECT name, own_no, country, street, postcode, city, vat_no FROM customer WHERE id = ?", (customer,)
        )
        said = (
            party.name,
            party.number,
            find_country(party.country),
            party.street,
            party.postcode,
            party.city,
            party.vat_no,
        )
        names = ("name", "own_no", "country", "street", "postcode", "city", "vat_no")
        if party.name == party.number:  # the list has no names: the number stood in
            said = ("", *said[1:])
        news = {name: new for name, old, new in zip(names, row, said, strict=True) if new and new != old}
        if "name" in news:
            news["folded"] = fold(news["name"])
        return news

    def new_person(self, customer: int, party: Party) -> bool:
        """Whether a party tells of an address or number that the customer's contacts lack."""
        rows = self.desk.book.rows(
            "SELECT mail, phone FROM contact WHERE customer = ? AND void_act IS NULL", (customer,)
        )
        mails, phones = {row[0] for row in rows}, {row[1] for row in rows}
        return bool(
            (good_mail(party.mail) or "") not in ("", *mails) or (good_phone(party.phone) or "") not in ("", *phones)
        )


def good_mail(text: str) -> str:
    """The address, normalised; empty when it is none."""
    try:
        return checked_mail(text) if text else ""
    except ArtermError:
        return ""


def good_phone(text: str) -> str:
    """The telephone number, tidied; empty when it is none."""
    try:
        return checked_phone(text) if text else ""
    except ArtermError:
        return ""
