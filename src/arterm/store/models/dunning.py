"""Tables of chasing: contacts, promises, disputes, pauses, ladders, terms. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, Reference, Voidable
from arterm.store.models.book import Attachment, Contact, Customer, Invoice


class Log(Voidable):
    """One contact with a customer."""

    customer = Reference(Customer)
    at = TextField()
    day = TextField()
    direction = TextField()
    channel = TextField()
    outcome = TextField()
    reason = TextField(default="")
    contact = Reference(Contact, null=True)
    note = TextField(default="")
    follow_up = TextField(null=True)
    corrects = Reference("self", null=True)


class LogLine(Made):
    """An invoice that a contact was about."""

    log = Reference(Log)
    invoice = Reference(Invoice)


class Promise(Voidable):
    """A promise to pay `amount` by `day`."""

    customer = Reference(Customer)
    currency = TextField()
    amount = IntegerField()
    made = TextField()
    day = TextField()
    log = Reference(Log, null=True)


class PromiseLine(Made):
    """The part of a promise that is for one invoice."""

    promise = Reference(Promise)
    invoice = Reference(Invoice)
    amount = IntegerField()


class Ladder(Fact):
    """A ladder that the owner made or changed; `steps` as JSON."""

    key = TextField()
    words = TextField()
    care = IntegerField()
    steps = TextField()


class LadderChoice(Fact):
    """The ladder chosen for one customer or one invoice."""

    customer = Reference(Customer, null=True)
    invoice = Reference(Invoice, null=True)
    ladder = TextField()


class Pause(Fact):
    """Chasing stopped for a customer or one invoice, from a day until a day (included), unless ended before."""

    customer = Reference(Customer)
    invoice = Reference(Invoice, null=True)
    since = TextField()
    until = TextField()
    why = TextField()
    ended = TextField(null=True)


class Dispute(Fact):
    """An invoice, or a part of it, that the customer contests (minor units)."""

    customer = Reference(Customer)
    invoice = Reference(Invoice)
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

    customer = Reference(Customer)
    edition = TextField()
    accepted = TextField()
    rate = TextField(default="")
    costs_clause = IntegerField(default=0)
    note = TextField(default="")
    document = Reference(Attachment, null=True)

    class Meta:
        table_name = "terms"


class StepDone(Voidable):
    """A step of the ladder that was no letter: a call made, an act decided."""

    invoice = Reference(Invoice)
    step = IntegerField()
    day = TextField()
    log = Reference(Log, null=True)


class PromiseMethod(Made):
    """How a promise is to be paid."""

    promise = Reference(Promise)
    method = TextField()


class CallTime(Made):
    """The time of day at which to call back."""

    log = Reference(Log)
    time = TextField()


class Wish(Fact):
    """A customer's wish not to be called."""

    customer = Reference(Customer)
    since = TextField()
    why = TextField()
    ended = TextField(null=True)
