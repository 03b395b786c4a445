"""Tables of mail: what goes out and comes in, runs, habits, alerts. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, Made, RowReference
from arterm.store.models.book import Attachment, Contact, Customer
from arterm.store.models.dunning import Log
from arterm.store.models.letters import Document, Notice


class Outbox(Fact):
    """A message and what became of it: planned, reserved, sent, failed, unclear, cancelled. Its words never change."""

    customer = RowReference(Customer, null=True)
    notice = RowReference(Notice, null=True)
    contact = RowReference(Contact, null=True)
    kind = TextField()
    sender = TextField()
    sender_mail = TextField()
    reply_to = TextField()
    to_name = TextField()
    to_mail = TextField()
    subject = TextField()
    body = TextField()
    html = TextField()
    language = TextField()
    message_id = TextField()
    refs = TextField()
    at = TextField()
    day = TextField()
    sha256 = TextField()
    state = TextField()
    attempts = IntegerField(default=0)
    said = TextField(default="")


class OutboxPart(Made):
    """A file that goes along: a letter, or what the owner attached to an invoice."""

    outbox = RowReference(Outbox)
    name = TextField()
    document = RowReference(Document, null=True)
    attachment = RowReference(Attachment, null=True)


class Inbox(Fact):
    """A message that came in about something that went out, or from a customer."""

    folder = TextField()
    validity = IntegerField()
    uid = IntegerField()
    message_id = TextField()
    sender = TextField()
    sender_mail = TextField()
    subject = TextField()
    day = TextField()
    kind = TextField()
    customer = RowReference(Customer, null=True)
    outbox = RowReference(Outbox, null=True)
    body = TextField()
    said = TextField()
    state = TextField()
    log = RowReference(Log, null=True)


class InboxMark(Fact):
    """How far a folder has been read, and when."""

    folder = TextField()
    validity = IntegerField()
    uid = IntegerField()
    looked = TextField()


class MailRun(Fact):
    """One run that sent what was due."""

    day = TextField()
    began = TextField()
    ended = TextField(null=True)
    state = TextField()
    sent = IntegerField(default=0)
    failed = IntegerField(default=0)
    unclear = IntegerField(default=0)
    words = TextField(default="")


class MailHabit(Fact):
    """A customer's own days before the due day for a courtesy notice (0: none)."""

    customer = RowReference(Customer)
    courtesy = IntegerField()


class Alert(Made):
    """An alert that the owner was sent."""

    day = TextField()
    kind = TextField()
    row = IntegerField()
