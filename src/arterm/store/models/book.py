"""The book's tables as Peewee models: acts, settings, customers, invoices, money. The schema is the migrations'."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, IntegerField, TextField

from arterm.store.models.base import Act, Fact, Made, Row, RowReference, Voidable


class Change(Row):
    """What an act did to one row (or, for an import, to many): images before and after, and their salted digest."""

    act = RowReference(Act)
    n = IntegerField()
    kind = TextField()
    rows = TextField()
    row = IntegerField(null=True)
    before = TextField(null=True)
    after = TextField(null=True)
    salt = BlobField(null=True)
    digest = TextField()

    class Meta:
        primary_key = CompositeKey("act", "n")


class Setting(Fact):
    """One setting of the book."""

    key = TextField()
    value = TextField()


class Profile(Fact):
    """How files of one shape are read: the mapping the owner made or confirmed."""

    name = TextField()
    shape = TextField()
    mapping = TextField()


class SourceFile(Voidable):
    """A file that was brought in."""

    name = TextField()
    sha256 = TextField()
    kind = TextField()


class Customer(Fact):
    """Who owes. `folded` is the name as compared; `source_country` what a file said before we understood it."""

    name = TextField()
    folded = TextField()
    own_no = TextField(default="")
    kind = TextField(default="unknown")
    country = TextField(default="")
    source_country = TextField(default="")
    language = TextField(default="")
    street = TextField(default="")
    postcode = TextField(default="")
    city = TextField(default="")
    vat_no = TextField(default="")
    note = TextField(default="")
    merged_into = RowReference("self", null=True)
    archived = TextField(null=True)


class Contact(Fact):
    """A person or mailbox at a customer; rank 1 is asked first."""

    customer = RowReference(Customer)
    role = TextField(default="")
    rank = IntegerField(default=1)
    name = TextField(default="")
    mail = TextField(default="")
    mail_state = TextField(default="good")
    phone = TextField(default="")
    phone_state = TextField(default="good")


class Invoice(Fact):
    """A debit. `open` is total less allocations, kept by triggers (minor units)."""

    customer = RowReference(Customer)
    number = TextField()
    number_key = TextField()
    currency = TextField()
    issued = TextField()
    due = TextField()
    original_due = TextField()
    total = IntegerField()
    kind = TextField(default="invoice")
    parent = RowReference("self", null=True)
    basis = TextField(default="")
    reference = TextField(default="")
    note = TextField(default="")
    open = IntegerField()


class Credit(Voidable):
    """Money or a note that settles debits. `free` is what is not allocated yet, kept by triggers (minor units)."""

    customer = RowReference(Customer)
    currency = TextField()
    day = TextField()
    total = IntegerField()
    kind = TextField()
    reference = TextField(default="")
    note = TextField(default="")
    payer_account = TextField(default="")
    free = IntegerField()


class Allocation(Made):
    """A part of a credit that settles a part of an invoice.

    A negative one takes an earlier one back (`reverses`); when that is undone, a fresh one stands for the first again
    (`restores` names it).
    """

    credit = RowReference(Credit)
    invoice = RowReference(Invoice)
    amount = IntegerField()
    value_day = TextField()
    reverses = RowReference("self", null=True)
    restores = RowReference("self", null=True)


class Attachment(Voidable):
    """A file the owner put beside an invoice or customer, kept in the book."""

    owner = TextField()
    owner_id = IntegerField()
    name = TextField()
    path = TextField()
    sha256 = TextField()
    bytes = BlobField()
