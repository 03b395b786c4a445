"""Tables of standing and of those who help. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, RowReference, Voidable
from arterm.store.models.book import Attachment, Credit, Customer, Invoice


class CreditCheck(Voidable):
    """What somebody outside said of a customer's solvency."""

    customer = RowReference(Customer)
    source = TextField()
    day = TextField()
    result = TextField()
    score = TextField(default="")
    note = TextField(default="")
    expires = TextField(null=True)
    again = TextField(null=True)
    document = RowReference(Attachment, null=True)


class SupplyTerms(Fact):
    """On which terms a customer is supplied: limit (minor units), days to pay, per cent to be paid beforehand."""

    customer = RowReference(Customer)
    currency = TextField()
    credit_limit = IntegerField(null=True)
    days = IntegerField(null=True)
    prepay = IntegerField(default=0)
    note = TextField(default="")


class Freeze(Fact):
    """Supply stopped for a customer, until it is lifted."""

    customer = RowReference(Customer)
    since = TextField()
    why = TextField()
    who_may = TextField(default="")
    carve_outs = TextField(default="")
    lifted = TextField(null=True)
    lifted_why = TextField(default="")


class Partner(Fact):
    """Somebody who collects, buys claims, litigates or mediates, with their terms (minor units, hundredths of a per
    cent).
    """

    name = TextField()
    folded = TextField()
    kind = TextField()
    contact = TextField(default="")
    mail = TextField(default="")
    phone = TextField(default="")
    address = TextField(default="")
    area = TextField(default="")
    languages = TextField(default="")
    currency = TextField()
    least = IntegerField(default=0)
    oldest = IntegerField(default=0)
    undisputed = IntegerField(default=1)
    model = TextField()
    flat = IntegerField(default=0)
    rates = TextField(default="")
    advance = IntegerField(default=0)
    recourse = IntegerField(default=1)
    days = IntegerField(default=60)
    note = TextField(default="")


class PartnerReview(Voidable):
    """What the owner thinks of a partner."""

    partner = RowReference(Partner)
    day = TextField()
    stars = IntegerField()
    note = TextField(default="")


class Handover(Fact):
    """Invoices given to a partner: to collect, sold, or to mediate about (minor units)."""

    partner = RowReference(Partner)
    customer = RowReference(Customer)
    currency = TextField()
    kind = TextField()
    day = TextField()
    face = IntegerField()
    ended = TextField(null=True)
    outcome = TextField(default="")
    advance = IntegerField(default=0)
    fee = IntegerField(default=0)
    recourse = IntegerField(default=1)
    note = TextField(default="")
    accepted = TextField(null=True)
    meets = TextField(null=True)
    agreed = IntegerField(null=True)
    returned = TextField(null=True)


class HandoverLine(Made):
    """An invoice of a hand-over and what was open on it then (minor units)."""

    handover = RowReference(Handover)
    invoice = RowReference(Invoice)
    open = IntegerField()


class Erasure(Made):
    """What was held about a customer was erased on a day; `books_kept`: but for what bookkeeping law keeps."""

    customer = RowReference(Customer)
    day = TextField()
    books_kept = IntegerField()


class HandoverReport(Voidable):
    """What a partner reported: what came in, what they kept of it (minor units), and in words."""

    handover = RowReference(Handover)
    day = TextField()
    received = IntegerField()
    cut = IntegerField()
    credit = RowReference(Credit, null=True)
    by_customer = IntegerField(default=0)
    note = TextField(default="")
