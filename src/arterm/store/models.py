"""The book's tables as Peewee models: for reading rows by name and composing queries. The schema is the migrations'."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, DatabaseProxy, IntegerField, Model, TextField

database = DatabaseProxy()


class _Row(Model):
    class Meta:
        database = database
        legacy_table_names = False


class Act(_Row):
    """One thing the owner did: the journal's line, chained to the one before by its hash."""

    at = TextField()
    day = TextField()
    who = TextField()
    name = TextField()
    about = TextField(null=True)
    about_id = IntegerField(null=True)
    undoes = IntegerField(null=True)
    prev = TextField()
    hash = TextField()


class Change(_Row):
    """What an act did to one row (or, for an import, to many): images before and after, and their salted digest."""

    act = IntegerField()
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


class _Made(_Row):
    act = IntegerField()


class _Voidable(_Made):
    void_act = IntegerField(null=True)


class _Fact(_Voidable):
    version = IntegerField(default=1)


class Setting(_Fact):
    """One setting of the book."""

    key = TextField()
    value = TextField()


class Profile(_Fact):
    """How files of one shape are read: the mapping the owner made or confirmed."""

    name = TextField()
    shape = TextField()
    mapping = TextField()


class SourceFile(_Voidable):
    """A file that was brought in."""

    name = TextField()
    sha256 = TextField()
    kind = TextField()


class Customer(_Fact):
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
    merged_into = IntegerField(null=True)
    archived = TextField(null=True)


class Contact(_Fact):
    """A person or mailbox at a customer; rank 1 is asked first."""

    customer = IntegerField()
    role = TextField(default="")
    rank = IntegerField(default=1)
    name = TextField(default="")
    mail = TextField(default="")
    mail_state = TextField(default="good")
    phone = TextField(default="")
    phone_state = TextField(default="good")


class Invoice(_Fact):
    """A debit. `open` is total less allocations, kept by triggers (minor units)."""

    customer = IntegerField()
    number = TextField()
    number_key = TextField()
    currency = TextField()
    issued = TextField()
    due = TextField()
    original_due = TextField()
    total = IntegerField()
    kind = TextField(default="invoice")
    parent = IntegerField(null=True)
    basis = TextField(default="")
    reference = TextField(default="")
    note = TextField(default="")
    open = IntegerField()


class Credit(_Voidable):
    """Money or a note that settles debits. `free` is what is not allocated yet, kept by triggers (minor units)."""

    customer = IntegerField()
    currency = TextField()
    day = TextField()
    total = IntegerField()
    kind = TextField()
    reference = TextField(default="")
    note = TextField(default="")
    payer_account = TextField(default="")
    free = IntegerField()


class Allocation(_Made):
    """A part of a credit that settles a part of an invoice.

    A negative one takes an earlier one back (`reverses`); when that is undone, a fresh one stands for the first again
    (`restores` names it).
    """

    credit = IntegerField()
    invoice = IntegerField()
    amount = IntegerField()
    value_day = TextField()
    reverses = IntegerField(null=True)
    restores = IntegerField(null=True)


class Log(_Voidable):
    """One contact with a customer."""

    customer = IntegerField()
    at = TextField()
    day = TextField()
    direction = TextField()
    channel = TextField()
    outcome = TextField()
    reason = TextField(default="")
    contact = IntegerField(null=True)
    note = TextField(default="")
    follow_up = TextField(null=True)
    corrects = IntegerField(null=True)


class LogLine(_Made):
    """An invoice that a contact was about."""

    log = IntegerField()
    invoice = IntegerField()


class Promise(_Voidable):
    """A promise to pay `amount` by `day`."""

    customer = IntegerField()
    currency = TextField()
    amount = IntegerField()
    made = TextField()
    day = TextField()
    log = IntegerField(null=True)


class PromiseLine(_Made):
    """The part of a promise that is for one invoice."""

    promise = IntegerField()
    invoice = IntegerField()
    amount = IntegerField()


class Attachment(_Voidable):
    """A file the owner put beside an invoice or customer, kept in the book."""

    owner = TextField()
    owner_id = IntegerField()
    name = TextField()
    path = TextField()
    sha256 = TextField()
    bytes = BlobField()


class Document(_Made):
    """A letter as it was made, byte for byte."""

    name = TextField()
    sha256 = TextField()
    bytes = BlobField()


class Notice(_Fact):
    """A reminder: planned, written, issued, withdrawn."""

    customer = IntegerField()
    currency = TextField()
    state = TextField()
    day = TextField()
    deadline = TextField()
    issued = TextField(null=True)
    channel = TextField()
    step = IntegerField()
    document = IntegerField(null=True)


class NoticeLine(_Made):
    """One invoice on a notice, with its own step and what was open on it (minor units)."""

    notice = IntegerField()
    invoice = IntegerField()
    step = IntegerField()
    open = IntegerField()


class Ladder(_Fact):
    """A ladder that the owner made or changed; `steps` as JSON."""

    key = TextField()
    words = TextField()
    care = IntegerField()
    steps = TextField()


class LadderChoice(_Fact):
    """The ladder chosen for one customer or one invoice."""

    customer = IntegerField(null=True)
    invoice = IntegerField(null=True)
    ladder = TextField()


class Pause(_Fact):
    """Chasing stopped for a customer or one invoice, from a day until a day (included), unless ended before."""

    customer = IntegerField()
    invoice = IntegerField(null=True)
    since = TextField()
    until = TextField()
    why = TextField()
    ended = TextField(null=True)


class Dispute(_Fact):
    """An invoice, or a part of it, that the customer contests (minor units)."""

    customer = IntegerField()
    invoice = IntegerField()
    amount = IntegerField()
    reason = TextField()
    who = TextField(default="")
    target = TextField(null=True)
    note = TextField(default="")
    opened = TextField()
    closed = TextField(null=True)
    outcome = TextField(default="")


class RateOwned(_Voidable):
    """A published rate that the owner added (per cent a year, as text)."""

    jurisdiction = TextField()
    kind = TextField()
    start = TextField()
    until = TextField()
    rate = TextField()
    source = TextField(default="")


class AcceptedTerms(_Voidable):
    """The version of the general terms a customer accepted, and what it says on late payment."""

    customer = IntegerField()
    edition = TextField()
    accepted = TextField()
    rate = TextField(default="")
    costs_clause = IntegerField(default=0)
    note = TextField(default="")

    class Meta:
        table_name = "terms"


class StepDone(_Voidable):
    """A step of the ladder that was no letter: a call made, an act decided."""

    invoice = IntegerField()
    step = IntegerField()
    day = TextField()
    log = IntegerField(null=True)


class Charge(_Fact):
    """Interest, a fixed sum or costs on a notice; `debit` is the debt it became when the notice was issued."""

    notice = IntegerField()
    invoice = IntegerField()
    kind = TextField()
    step = IntegerField()
    law = TextField()
    amount = IntegerField()
    until = TextField()
    debit = IntegerField(null=True)


class NoticeKind(_Made):
    """The tone of a notice, and which letter of the law it is, if any."""

    notice = IntegerField()
    tone = TextField()
    legal = TextField(default="")


class LetterFact(_Made):
    """What kind of letter a notice is, in which language, what it asks (minor units) and with which reference."""

    notice = IntegerField()
    kind = TextField()
    language = TextField()
    reference = TextField()
    coded = TextField()
    amount = IntegerField()

    class Meta:
        table_name = "letter"


class LetterLine(_Made):
    """An invoice that a letter which is no reminder is about."""

    notice = IntegerField()
    invoice = IntegerField()


class LetterText(_Fact):
    """The owner's own text for a kind of letter in a language."""

    language = TextField()
    kind = TextField()
    text = TextField()


# Columns that triggers keep or that mark a row void: part of no image in the journal.
DERIVED = {"invoice": frozenset({"open"}), "credit": frozenset({"free"})}
HEAVY = frozenset({"bytes"})  # covered by the row's own sha256

JOURNALLED: dict[str, type[Model]] = {
    model._meta.table_name: model
    for model in (
        Setting, Profile, SourceFile, Customer, Contact, Invoice, Credit, Allocation, Log, LogLine, Promise,
        PromiseLine, Attachment, Document, Notice, NoticeLine, Ladder, LadderChoice, Pause, Dispute, RateOwned,
        AcceptedTerms, StepDone, Charge, NoticeKind, LetterFact, LetterLine, LetterText,
    )
}  # fmt: skip


def table_of(model: type[Model]) -> str:
    """The SQL name of a model's table."""
    return str(model._meta.table_name)


def image_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that the journal keeps images of, in the table's order."""
    left_out = DERIVED.get(table, frozenset()) | HEAVY
    return tuple(name for name in JOURNALLED[table]._meta.sorted_field_names if name not in left_out)
