"""Tables of letters: documents, notices and their lines, charges, texts. The schema is the migrations'."""

from __future__ import annotations

from peewee import BlobField, IntegerField, TextField

from arterm.store.models.base import Fact, Made, RowReference
from arterm.store.models.book import Customer, Invoice


class Document(Made):
    """A letter as it was made, byte for byte."""

    name = TextField()
    sha256 = TextField()
    bytes = BlobField()


class Notice(Fact):
    """A reminder: planned, written, issued, withdrawn."""

    customer = RowReference(Customer)
    currency = TextField()
    state = TextField()
    day = TextField()
    deadline = TextField()
    issued = TextField(null=True)
    channel = TextField()
    step = IntegerField()
    document = RowReference(Document, null=True)


class NoticeLine(Made):
    """One invoice on a notice, with its own step and what was open on it (minor units)."""

    notice = RowReference(Notice)
    invoice = RowReference(Invoice)
    step = IntegerField()
    open = IntegerField()


class Charge(Fact):
    """Interest, a fixed sum or costs on a notice; `debit` is the debt it became when the notice was issued."""

    notice = RowReference(Notice)
    invoice = RowReference(Invoice)
    kind = TextField()
    step = IntegerField()
    law = TextField()
    amount = IntegerField()
    until = TextField()
    debit = RowReference(Invoice, null=True)


class NoticeKind(Made):
    """The tone of a notice, and which letter of the law it is, if any."""

    notice = RowReference(Notice)
    tone = TextField()
    legal = TextField(default="")


class LetterFact(Made):
    """What kind of letter a notice is, in which language, what it asks (minor units) and with which reference."""

    notice = RowReference(Notice)
    kind = TextField()
    language = TextField()
    reference = TextField()
    coded = TextField()
    amount = IntegerField()

    class Meta:
        table_name = "letter"


class LetterLine(Made):
    """An invoice that a letter which is no reminder is about."""

    notice = RowReference(Notice)
    invoice = RowReference(Invoice)


class LetterText(Fact):
    """The owner's own text for a kind of letter in a language."""

    language = TextField()
    kind = TextField()
    text = TextField()
