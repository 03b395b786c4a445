"""Customers and their contacts by hand: add, edit, merge two that are one, archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from arterm.desk import acts, find
from arterm.desk.accounts.views import ContactView, CustomerView
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.addresses import checked_mail, checked_phone
from arterm.rules.countries import known_country, known_kind, known_language
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.text import clean, clean_note, fold
from arterm.store.journal import UnitOfWork
from arterm.store.merged import canonical_id
from arterm.store.models.book import Contact, Customer
from arterm.store.reads.accounts import records as reads

FACTS = ("name", "own_no", "kind", "country", "language", "street", "postcode", "city", "vat_no", "note")
CONTACT_FACTS = ("name", "role", "rank", "mail", "mail_state", "phone", "phone_state")


def view(desk: Desk, customer: int) -> CustomerView:
    """A customer's own facts."""
    return _view(reads.customer(desk.book, customer))


def _view(row: reads.CustomerFacts) -> CustomerView:
    return CustomerView(**asdict(row))


def everyone(desk: Desk, archived: bool = False) -> tuple[CustomerView, ...]:
    """All customers by name, the archived ones on request."""
    return tuple(_view(row) for row in reads.customers(desk.book, archived))


def contacts(desk: Desk, customer: int) -> tuple[ContactView, ...]:
    """A customer's contacts, the first to ask first."""
    return tuple(ContactView(**asdict(row)) for row in reads.contacts(desk.book, customer))


def contact(desk: Desk, row: int) -> ContactView:
    """One contact. Refuses (`no_contact`) one that there is not."""
    return next(one for one in contacts(desk, canonical_id(desk.book, _owner(desk, row))) if one.id == row)


def add_customer(desk: Desk, facts: Mapping[str, str], contact: Mapping[str, str] | None = None) -> Receipt:
    """Add a customer, with a first contact when one is given.

    Refuses (`exists`) a name or own number that another customer has; checks each fact.
    """
    checked = _checked(facts)
    if not checked.get("name"):
        raise ArtermError("missing.customer_name", "name")
    person = _checked_contact(contact) if contact and any(v.strip() for v in contact.values()) else None
    with desk.act(acts.CUSTOMER_ADD, "customer", None) as work:
        _refuse_twin(desk, checked)
        row = work.insert(Customer, folded=fold(checked["name"]), **checked)
        work.about_id = row
        if person:
            work.insert(Contact, customer=row, **person)
    return Receipt(message("receipts.accounts.added", name=checked["name"]), work.id, (row,), row)


def edit_customer(desk: Desk, customer: int, facts: Mapping[str, str], version: int | None = None) -> Receipt:
    """Change a customer's facts. With `version`, refuses (Stale) when they changed since they were read."""
    checked = _checked(facts)
    held = view(desk, customer)
    changed: dict[str, Any] = {name: value for name, value in checked.items() if getattr(held, name) != value}
    if "name" in changed and not changed["name"]:
        raise ArtermError("missing.customer_name", "name")
    if not changed:
        return Receipt(message("receipts.accounts.nothing"), customers=(customer,))
    _refuse_twin(desk, changed, customer)
    if "name" in changed:
        changed["folded"] = fold(changed["name"])
    with desk.act(acts.CUSTOMER_EDIT, "customer", customer) as work:
        work.update(Customer, customer, version=version, what=held.name, **changed)
    return Receipt(
        message("receipts.accounts.changed", name=changed.get("name", held.name)), work.id, (customer,), customer
    )


def merge(desk: Desk, doubled: int, into: int) -> Receipt:
    """Make two customers that are one into one: everything of `doubled` is seen under `into` from now on."""
    if doubled == into:
        raise ArtermError("same_customer.merge", "customer")
    into = canonical_id(desk.book, into)
    with desk.act(acts.CUSTOMER_MERGE, "customer", into) as work:
        _fill_in(desk, work, doubled, into)
        for row in reads.one_and_doubles(desk.book, doubled):
            work.update(Customer, row, merged_into=into)
    return Receipt(
        message(
            "receipts.accounts.merged", name=find.customer_name(desk, doubled), into=find.customer_name(desk, into)
        ),
        work.id,
        (doubled, into),
        into,
    )


def _fill_in(desk: Desk, work: UnitOfWork, doubled: int, into: int) -> None:
    """What is known only of the double is known of the one that stays."""
    said, held = asdict(reads.gaps(desk.book, doubled)), asdict(reads.gaps(desk.book, into))
    gaps = {name: new for name, new in said.items() if new and held[name] in ("", "unknown") and new != held[name]}
    if gaps:
        work.update(Customer, into, None, message("accounts.customers.customer"), **gaps)


def archive(desk: Desk, customer: int, back: bool = False) -> Receipt:
    """Put a customer who owes nothing out of sight, or bring one back. Refuses (`still_open`) while anything is
    open.
    """
    name = find.customer_name(desk, customer)
    if not back and reads.owes_something(desk.book, customer):
        raise ArtermError("still_open", "customer", name=name)
    with desk.act(acts.CUSTOMER_UNARCHIVE if back else acts.CUSTOMER_ARCHIVE, "customer", customer) as work:
        work.update(Customer, customer, archived=None if back else desk.today.isoformat())
    return Receipt(
        message("receipts.accounts.back" if back else "receipts.accounts.archived", name=name),
        work.id,
        (customer,),
        customer,
    )


def add_contact(desk: Desk, customer: int, facts: Mapping[str, str]) -> Receipt:
    """Add a person or mailbox to a customer; the rank says who is asked first."""
    checked = _checked_contact(facts)
    checked.setdefault("rank", len(contacts(desk, customer)) + 1)
    with desk.act(acts.CONTACT_ADD, "customer", customer) as work:
        row = work.insert(Contact, customer=customer, **checked)
    return Receipt(
        message("receipts.accounts.contact_added", customer=find.customer_name(desk, customer)),
        work.id,
        (customer,),
        row,
    )


def edit_contact(desk: Desk, contact: int, facts: Mapping[str, str], version: int | None = None) -> Receipt:
    """Change a contact; a new address or number is good again until it fails."""
    customer = _owner(desk, contact)
    checked = _checked_contact(facts, partly=True)
    for what in ("mail", "phone"):
        if what in checked:
            checked.setdefault(f"{what}_state", "good")
    with desk.act(acts.CONTACT_EDIT, "customer", customer) as work:
        work.update(Contact, contact, version=version, what=message("accounts.customers.contact"), **checked)
    return Receipt(message("receipts.accounts.contact_changed"), work.id, (customer,), contact)


def remove_contact(desk: Desk, contact: int) -> Receipt:
    """Take a contact out; the log keeps what was said with them."""
    customer = _owner(desk, contact)
    with desk.act(acts.CONTACT_REMOVE, "customer", customer) as work:
        work.void(Contact, contact)
    return Receipt(message("receipts.accounts.contact_removed"), work.id, (customer,), contact)


def _owner(desk: Desk, contact: int) -> int:
    found = reads.contact_owner(desk.book, contact)
    if found is None:
        raise ArtermError("no_contact.row", "contact", contact=contact)
    return found


def _checked(facts: Mapping[str, str]) -> dict[str, str]:
    checks: dict[str, Callable[[str], str]] = {
        "country": lambda text: known_country(text) if text.strip() else "",
        "kind": lambda text: known_kind(text) if text.strip() else "unknown",
        "language": lambda text: known_language(text) if text.strip() else "",
        "note": clean_note,
    }
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ArtermError("unknown_field.customer", "customer", unknown=unknown.pop(), facts=tuple(FACTS))
    return {name: checks.get(name, clean)(text) for name, text in facts.items()}


def _checked_contact(facts: Mapping[str, str], partly: bool = False) -> dict[str, Any]:
    checked: dict[str, Any] = {
        name: clean(text) for name, text in facts.items() if name in CONTACT_FACTS and name != "rank"
    }
    if checked.get("mail"):
        checked["mail"] = checked_mail(checked["mail"])
    if checked.get("phone"):
        checked["phone"] = checked_phone(checked["phone"])
    for name in ("mail_state", "phone_state"):
        if checked.get(name, "good") not in ("good", "bad"):
            raise ArtermError("bad_choice.listed", name, checked=checked[name][:20])
    if facts.get("rank"):
        if not (facts["rank"].isascii() and facts["rank"].isdigit() and 1 <= int(facts["rank"]) <= 99):
            raise ArtermError("bad_number.rank", "rank", rank=facts["rank"][:20])
        checked["rank"] = int(facts["rank"])
    if not partly and not any(checked.get(name) for name in ("name", "mail", "phone")):
        raise ArtermError("missing.contact", "name")
    return checked


def _refuse_twin(desk: Desk, facts: Mapping[str, str], but: int = 0) -> None:
    folded, own_no = fold(facts.get("name", "")), facts.get("own_no", "")
    for name, asked in (("name", (folded, "")), ("own_no", ("", own_no))):
        twin = reads.customer_like(desk.book, *asked, but) if any(asked) else None
        if twin:
            raise ArtermError("exists.customer", name, id=twin.id, name=twin.name)
