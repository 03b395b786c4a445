"""What is said of the tables of mail: what goes out and comes in, runs, habits, alerts."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, Nobody, Table, Tagged, days, kinds, numbers, ours
from arterm.store.models.mail import Alert, Inbox, InboxMark, MailHabit, MailRun, Outbox, OutboxPart

_RUN = Nobody("a run, or a look into a folder, is for everybody at once")
_TOLD = (
    Tagged("kind", "ignored", "row", "notice"),
    Tagged("kind", "promise", "row", "promise"),
    Tagged("kind", "instalment", "row", "plan"),
)

TABLES: Final = (
    Table(
        Outbox,
        customer=(By("customer"),),
        invoice=(By("notice"),),
        heavy=("html",),
        export=Export(
            "emails",
            "id customer_id=customer customer=customer.name kind to_mail subject body message_id day at state attempts"
            " said notice_id=notice sha256 to_name contact_id=contact sender sender_mail reply_to language refs",
            left_out={"html": "the words of `body` once more, as a mail program shows them"},
        ),
        erase=Erase(
            words={"to_name": "", "to_mail": GONE, "subject": "", "body": "", "html": "", "said": ""},
            kept={
                **days("at", "day"),
                **kinds("kind", "language", "state"),
                **ours("sender", "sender_mail", "reply_to"),
                **numbers("message_id", "refs", "sha256"),
            },
        ),
    ),
    Table(
        OutboxPart,
        customer=(By("outbox"),),
        invoice=(By("outbox"), By("attachment")),
        goes_with="outbox",
        export=Export("email_files", "id email_id=outbox name document_id=document attachment_id=attachment"),
        erase=Erase(words={"name": GONE}),
    ),
    Table(
        Inbox,
        customer=(By("customer"),),
        invoice=(By("outbox"),),
        moves=True,
        export=Export(
            "emails_in",
            "id customer_id=customer customer=customer.name kind sender_mail subject day email_id=outbox state said"
            " body sender message_id log_id=log folder validity uid",
        ),
        erase=Erase(
            words={"sender": "", "sender_mail": "", "subject": "", "body": "", "said": ""},
            kept={**days("day"), **kinds("kind", "state"), **ours("folder"), **numbers("message_id")},
        ),
    ),
    Table(
        InboxMark,
        customer=_RUN,
        invoice=_RUN,
        export=Export("mail_folders", "id folder validity uid looked"),
        erase="the owner's own folders",
    ),
    Table(
        MailRun,
        customer=_RUN,
        invoice=_RUN,
        export=Export("mail_runs", "id day began ended state sent failed unclear words"),
        erase="how a run went, in counts and errors",
    ),
    Table(
        MailHabit,
        customer=(By("customer"),),
        invoice=Nobody("a habit is for every invoice of a customer"),
        export=Export("mail_habits", "id customer_id=customer customer=customer.name courtesy"),
        erase=Erase(),
    ),
    Table(
        Alert,
        customer=_TOLD,
        invoice=_TOLD,
        stands="the owner was told, and stays told",
        export=Export("alerts", "id day kind about_id=row"),
        erase=Erase(kept={**days("day"), **kinds("kind")}),
    ),
)
