"""Tables of chasing: contacts, promises, disputes, pauses, ladders, terms. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, RowReference, Voidable
from arterm.store.models.book import Attachment, Contact, Customer, Invoice


class Log(Voidable):
    """One contact with a customer."""

    customer = RowReference(Customer)
    at = TextField()
    day = TextField()
    direction = TextField()
    channel = TextField()
    outcome = TextField()
    reason = TextField(default="")
    contact = RowReference(Contact, null=True)
    note = TextField(default="")
    follow_up = TextField(null=True)
    corrects = RowReference("self", null=True)


class LogLine(Made):
    """An invoice that a contact was about."""

    log = RowReference(Log)
    invoice = RowReference(Invoice)


class Promise(Voidable):
    """A promise to pay `amount` by `day`."""

    customer = RowReference(Customer)
    currency = TextField()
    amount = IntegerField()
    made = TextField()
    day = TextField()
    log = RowReference(Log, null=True)


class PromiseLine(Made):
    """The part of a promise that is for one invoice."""

    promise = RowReference(Promise)
    invoice = RowReference(Invoice)
    amount = IntegerField()


class Ladder(Fact):
    """A ladder that the owner made or changed; `steps` as JSON."""

    key = TextField()
    words = TextField()
    care = IntegerField()
    steps = TextField()


class LadderChoice(Fact):
    """The ladder chosen for one customer or one invoice."""

    customer = RowReference(Customer, null=True)
    invoice = RowReference(Invoice, null=True)
    ladder = TextField()


class Pause(Fact):
    """Chasing stopped for a customer or one invoice, from a day until a day (included), unless ended before."""

    customer = RowReference(Customer)
    invoice = RowReference(Invoice, null=True)
    since = TextField()
    until = TextField()
    why = TextField()
    ended = TextField(null=True)


class Dispute(Fact):
    """An invoice, or a part of it, that the customer contests (minor units)."""

    customer = RowReference(Customer)
    invoice = RowReference(Invoice)
    amount = IntegerField()
    reason = TextField()
    who = TextField(default="")
    target = TextField(null=True)
    note = TextField(default="")
    opened = TextField()
    closed = TextField(null=True)
    outcome = TextField(default="")


class RateOwned(Voidable):
    """A published rate that the owner added (per cent a year, as text)."""

    jurisdiction = TextField()
    kind = TextField()
    start = TextField()
    until = TextField()
    rate = TextField()
    source = TextField(default="")


class AcceptedTerms(Voidable):
    """The version of the general terms a customer accepted, and what it says on late payment."""

    customer = RowReference(Customer)
    edition = TextField()
    accepted = TextField()
    rate = TextField(default="")
    costs_clause = IntegerField(default=0)
    note = TextField(default="")
    document = RowReference(Attachment, null=True)

    class Meta:
        table_name = "terms"


class StepDone(Voidable):
    """A step of the ladder that was no letter: a call made, an act decided."""

    invoice = RowReference(Invoice)
    step = IntegerField()
    day = TextField()
    log = RowReference(Log, null=True)


class PromiseMethod(Made):
    """How a promise is to be paid."""

    promise = RowReference(Promise)
    method = TextField()


class CallTime(Made):
    """The time of day at which to call back."""

    log = RowReference(Log)
    time = TextField()


class Wish(Fact):
    """A customer's wish not to be called."""

    customer = RowReference(Customer)
    since = TextField()
    why = TextField()
    ended = TextField(null=True)
