"""Which tables the journal keeps, and which of their columns."""

from __future__ import annotations

from peewee import Model

from arterm.store.models.bank import Mismatch, PayerAccount, Statement, StatementLine
from arterm.store.models.book import (
    Allocation,
    Attachment,
    Contact,
    Credit,
    Customer,
    Invoice,
    Profile,
    Setting,
    SourceFile,
)
from arterm.store.models.compromise import (
    Assumption,
    Instalment,
    Offer,
    OfferLine,
    Plan,
    PlanCharge,
    PlanInvoice,
    Reminded,
)
from arterm.store.models.dunning import (
    AcceptedTerms,
    CallTime,
    Dispute,
    Ladder,
    LadderChoice,
    Log,
    LogLine,
    Pause,
    Promise,
    PromiseLine,
    PromiseMethod,
    RateOwned,
    StepDone,
    Wish,
)
from arterm.store.models.letters import (
    Charge,
    Document,
    LetterFact,
    LetterLine,
    LetterText,
    Notice,
    NoticeKind,
    NoticeLine,
)
from arterm.store.models.mail import Alert, Inbox, InboxMark, MailHabit, MailRun, Outbox, OutboxPart
from arterm.store.models.partners import (
    CreditCheck,
    Erasure,
    Freeze,
    Handover,
    HandoverLine,
    HandoverReport,
    Partner,
    PartnerReview,
    SupplyTerms,
)

# Columns that triggers keep or that mark a row void: part of no image in the journal.
DERIVED = {"invoice": frozenset({"open"}), "credit": frozenset({"free"})}
HEAVY = frozenset({"bytes", "html"})  # covered by the row's own sha256

JOURNALLED: dict[str, type[Model]] = {
    model._meta.table_name: model
    for model in (
        Setting,
        Profile,
        SourceFile,
        Customer,
        Contact,
        Invoice,
        Credit,
        Allocation,
        Log,
        LogLine,
        Promise,
        PromiseLine,
        Attachment,
        Document,
        Notice,
        NoticeLine,
        Ladder,
        LadderChoice,
        Pause,
        Dispute,
        RateOwned,
        AcceptedTerms,
        StepDone,
        Charge,
        NoticeKind,
        LetterFact,
        LetterLine,
        LetterText,
        PromiseMethod,
        CallTime,
        Wish,
        Plan,
        PlanInvoice,
        PlanCharge,
        Instalment,
        Reminded,
        Offer,
        OfferLine,
        Assumption,
        Statement,
        StatementLine,
        PayerAccount,
        Mismatch,
        Outbox,
        OutboxPart,
        Inbox,
        InboxMark,
        MailRun,
        MailHabit,
        Alert,
        CreditCheck,
        SupplyTerms,
        Freeze,
        Partner,
        PartnerReview,
        Handover,
        HandoverLine,
        HandoverReport,
        Erasure,
    )
}


def table_of(model: type[Model]) -> str:
    """The SQL name of a model's table."""
    return str(model._meta.table_name)


def image_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that the journal keeps images of, in the table's order."""
    left_out = DERIVED.get(table, frozenset()) | HEAVY
    return tuple(name for name in JOURNALLED[table]._meta.sorted_field_names if name not in left_out)
