"""What the book holds of customers, invoices and payments, looked up once for an import and kept by key."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any

from arterm.desk.session import Desk
from arterm.formats.records import InvoiceRecord, Party, PaymentRecord
from arterm.rules.addresses import checked_mail, checked_phone
from arterm.rules.countries import find_country
from arterm.rules.errors import ArtermError
from arterm.rules.text import fold, number_key
from arterm.store.reads import importing as reads
from arterm.store.reads.importing import BookedInvoice


class BookLookup:
    """What the book holds of customers and invoices, looked up once and kept by key."""

    def __init__(self, desk: Desk, seen: dict[Any, InvoiceRecord | None]) -> None:
        self.desk = desk
        self.seen = seen
        known = reads.customers(desk.book)
        self.by_number = {one.own_no: one.customer for one in known if one.own_no}
        self.loose: dict[str, set[int]] = {}
        for number, held in self.by_number.items():
            self.loose.setdefault(number.lstrip("0"), set()).add(held)
        self.by_name: dict[str, int] = {}
        for one in known:
            self.by_name.setdefault(one.folded, one.customer)
        self.countries = {one.customer: one.country or one.source_country for one in known if not one.merged}
        self.numbered = {one.customer for one in known if one.own_no}
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
            self.own_days = reads.own_days(self.desk.book)
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
        exact = {one.number: one for one in reads.invoices_of(self.desk.book, customer)}
        loose: dict[str, list[BookedInvoice]] = {}
        for held in exact.values():
            loose.setdefault(number_key(held.number), []).append(held)
        return exact, loose

    def invoice_by_number(self, number: str, customer: int | None) -> tuple[int, int] | None:
        """(invoice, customer) of the one invoice with that number; of several, the one of the customer named."""
        found = reads.numbered(self.desk.book, number_key(number))
        if len(found) > 1:
            found = [one for one in found if one.customer == customer]
        return (found[0].invoice, found[0].customer) if len(found) == 1 else None

    def has_credit(self, customer: int | str, record: InvoiceRecord) -> bool:
        """Whether the book has this credit note or receipt: by its number, else equal ones are counted off one by
        one.
        """
        kind = "credit_note" if record.kind == "credit_note" else "reported"
        if record.number and isinstance(customer, int):
            return reads.has_credit(self.desk.book, kind, record.number, customer)
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
            self.credits = Counter(
                (
                    0 if one.kind in ("receipt", "reported") and one.reference else one.customer,
                    one.day,
                    one.total,
                    one.currency,
                    one.kind,
                    one.reference,
                )
                for one in reads.booked_credits(self.desk.book)
            )
        if self.credits[key] > 0:
            self.credits[key] -= 1
            return True
        return False

    def news_of(self, customer: int, party: Party) -> dict[str, str]:
        """Facts of a customer list that differ from the book's; what the list leaves empty stays."""
        held = reads.facts(self.desk.book, customer)
        said = (
            party.name,
            party.number,
            find_country(party.country),
            party.street,
            party.postcode,
            party.city,
            party.vat_no,
        )
        if party.name == party.number:  # the list has no names: the number stood in
            said = ("", *said[1:])
        names = tuple(field.name for field in fields(held))
        news = {name: new for name, new in zip(names, said, strict=True) if new and new != getattr(held, name)}
        if "name" in news:
            news["folded"] = fold(news["name"])
        return news

    def new_person(self, customer: int, party: Party) -> bool:
        """Whether a party tells of an address or number that the customer's contacts lack."""
        known = reads.reach(self.desk.book, customer)
        mails, phones = {one.mail for one in known}, {one.phone for one in known}
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
