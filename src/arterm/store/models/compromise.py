"""Tables of compromise: instalment plans, offers, assumptions. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, RowReference, Voidable
from arterm.store.models.book import Attachment, Credit, Customer, Invoice
from arterm.store.models.letters import Notice


class Plan(Fact):
    """An instalment plan: what was proposed, accepted or cancelled, when and by whom (minor units)."""

    customer = RowReference(Customer)
    currency = TextField()
    origin = TextField()
    total = IntegerField()
    proposed = TextField()
    proposed_by = TextField()
    lapses = TextField()
    accepted = TextField(null=True)
    accepted_by = TextField(default="")
    cancelled = TextField(null=True)
    cancelled_by = TextField(default="")
    why = TextField(default="")
    every = TextField()
    grace = IntegerField()
    accelerate = IntegerField()
    surplus = TextField()
    interest = IntegerField()
    remind = IntegerField()
    to_sign = IntegerField()
    signed = RowReference(Attachment, null=True)
    notice = RowReference(Notice, null=True)
    note = TextField(default="")


class PlanInvoice(Voidable):
    """A debt that a plan is about, and how much of it (minor units)."""

    plan = RowReference(Plan)
    invoice = RowReference(Invoice)
    amount = IntegerField()


class PlanCharge(Fact):
    """Interest, a fixed sum or costs that a plan takes in; `debit` is the debt it became when the plan was accepted."""

    plan = RowReference(Plan)
    invoice = RowReference(Invoice)
    kind = TextField()
    law = TextField()
    amount = IntegerField()
    until = TextField()
    debit = RowReference(Invoice, null=True)


class Instalment(Made):
    """One instalment of a plan."""

    plan = RowReference(Plan)
    n = IntegerField()
    due = TextField()
    amount = IntegerField()


class Reminded(Voidable):
    """An instalment that the customer was reminded of before its day."""

    instalment = RowReference(Instalment)
    day = TextField()


class Offer(Fact):
    """Less for money now, more time, or goodwill: offered, accepted, declined, when and by whom (minor units)."""

    customer = RowReference(Customer)
    currency = TextField()
    kind = TextField()
    amount = IntegerField()
    offered = TextField()
    offered_by = TextField()
    until = TextField()
    accepted = TextField(null=True)
    accepted_by = TextField(default="")
    declined = TextField(null=True)
    declined_by = TextField(default="")
    interest = IntegerField()
    work = IntegerField()
    note = TextField(default="")
    credit = RowReference(Credit, null=True)
    notice = RowReference(Notice, null=True)


class OfferLine(Made):
    """A debt that an offer is about, and what was open on it (minor units)."""

    offer = RowReference(Offer)
    invoice = RowReference(Invoice)
    open = IntegerField()


class Assumption(Fact):
    """What the owner assumes when ways out are compared: for one customer, or for all."""

    customer = RowReference(Customer, null=True)
    key = TextField()
    value = TextField()
