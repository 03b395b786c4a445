"""Tables of the bank: statements, their lines, accounts of payers, wrong matches. The schema is the migrations'."""

from __future__ import annotations

from peewee import IntegerField, TextField

from arterm.store.models.base import Fact, RowReference, Voidable
from arterm.store.models.book import Credit, Customer, Invoice


class Statement(Voidable):
    """A statement that was brought in; its balances in minor units, where it has them."""

    form = TextField()
    account = TextField()
    currency = TextField()
    number = TextField(default="")
    opening = IntegerField(null=True)
    closing = IntegerField(null=True)
    until = TextField(null=True)


class StatementLine(Fact):
    """Money in, or money that went back (negative), and what became of it: waiting, booked as a credit, or ignored."""

    statement = RowReference(Statement)
    day = TextField()
    booked = TextField()
    amount = IntegerField()
    currency = TextField()
    payer = TextField()
    account = TextField()
    reference = TextField()
    text = TextField()
    end_to_end = TextField()
    bank_ref = TextField()
    returned = IntegerField()
    charges = IntegerField()
    instructed = IntegerField()
    instructed_currency = TextField()
    hash = TextField()
    occurrence = IntegerField()
    state = TextField()
    credit = RowReference(Credit, null=True)
    note = TextField(default="")


class PayerAccount(Fact):
    """Whose a bank account is, learned from a match."""

    account = TextField()
    customer = RowReference(Customer)


class Mismatch(Voidable):
    """An invoice that a line is not for, as the owner said."""

    line = RowReference(StatementLine)
    invoice = RowReference(Invoice)
