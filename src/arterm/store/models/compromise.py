"""Tables of compromise: instalment plans, offers, assumptions. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, Voidable


class Plan(Fact):
    """An instalment plan: what was proposed, accepted or cancelled, when and by whom (minor units)."""

    customer = IntegerField()
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
    signed = IntegerField(null=True)
    notice = IntegerField(null=True)
    note = TextField(default="")


class PlanInvoice(Voidable):
    """A debt that a plan is about, and how much of it (minor units)."""

    plan = IntegerField()
    invoice = IntegerField()
    amount = IntegerField()


class PlanCharge(Fact):
    """Interest, a fixed sum or costs that a plan takes in; `debit` is the debt it became when the plan was accepted."""

    plan = IntegerField()
    invoice = IntegerField()
    kind = TextField()
    law = TextField()
    amount = IntegerField()
    until = TextField()
    debit = IntegerField(null=True)


class Instalment(Made):
    """One instalment of a plan."""

    plan = IntegerField()
    n = IntegerField()
    due = TextField()
    amount = IntegerField()


class Reminded(Voidable):
    """An instalment that the customer was reminded of before its day."""

    instalment = IntegerField()
    day = TextField()


class Offer(Fact):
    """Less for money now, more time, or goodwill: offered, accepted, declined, when and by whom (minor units)."""

    customer = IntegerField()
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
    credit = IntegerField(null=True)
    notice = IntegerField(null=True)


class OfferLine(Made):
    """A debt that an offer is about, and what was open on it (minor units)."""

    offer = IntegerField()
    invoice = IntegerField()
    open = IntegerField()


class Assumption(Fact):
    """What the owner assumes when ways out are compared: for one customer, or for all."""

    customer = IntegerField(null=True)
    key = TextField()
    value = TextField()
