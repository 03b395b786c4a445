"""What is said of the tables of letters: notices and their lines, charges with their law, papers, own texts."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, NamedIn, Nobody, Table, days, kinds, numbers
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

_OWN_TEXT = Nobody("the owner's own text, for whomever it is written")
_THE_NOTICE = {"id": "the notice names it"}
_NOTICE_AND_INVOICE = {"id": "the notice and the invoice name it"}

TABLES: Final = (
    Table(
        Document,
        customer=(NamedIn("notice", "document"),),
        invoice=(NamedIn("notice", "document"),),
        goes_with="notice",
        heavy=("bytes",),
        export=Export("documents", "id name sha256", left_out={"bytes": "a file of its own, in the folder `letters`"}),
        erase=Erase(words={"name": GONE, "bytes": b""}, kept=numbers("sha256")),
    ),
    Table(
        Notice,
        customer=(By("customer"),),
        invoice=(NamedIn("notice_line", "notice"), NamedIn("letter_line", "notice")),
        moves=True,
        export=Export(
            "notices",
            "id customer_id=customer customer=customer.name state step channel day deadline currency"
            " document=document.name sha256=document.sha256 issued document_id=document",
        ),
        erase=Erase(kept={**days("day", "deadline", "issued"), **kinds("currency", "state", "channel")}),
    ),
    Table(
        NoticeLine,
        customer=(By("notice"),),
        invoice=(By("invoice"),),
        goes_with="notice",
        export=Export(
            "notice_invoices",
            "notice_id=notice invoice_id=invoice invoice=invoice.number step currency=notice.currency open:money",
            left_out=_NOTICE_AND_INVOICE,
        ),
        erase=Erase(),
    ),
    Table(
        NoticeKind,
        customer=(By("notice"),),
        invoice=(By("notice"),),
        goes_with="notice",
        export=Export("notice_kinds", "notice_id=notice tone legal", left_out=_THE_NOTICE),
        erase=Erase(kept=kinds("tone", "legal")),
    ),
    Table(
        Charge,
        customer=(By("invoice"),),
        invoice=(By("invoice"),),
        export=Export(
            "charges",
            "id notice_id=notice invoice_id=invoice invoice=invoice.number kind step law currency=notice.currency"
            " amount:money until debit_id=debit debit=debit.number",
        ),
        erase=Erase(kept={**kinds("kind"), **days("until"), **numbers("law")}),
    ),
    Table(
        LetterFact,
        customer=(By("notice"),),
        invoice=(By("notice"),),
        goes_with="notice",
        export=Export(
            "letters",
            "notice_id=notice kind language reference coded currency=notice.currency amount:money",
            left_out=_THE_NOTICE,
        ),
        erase=Erase(kept={**kinds("kind", "language"), **numbers("reference", "coded")}),
    ),
    Table(
        LetterLine,
        customer=(By("notice"),),
        invoice=(By("invoice"),),
        goes_with="notice",
        export=Export(
            "letter_invoices",
            "notice_id=notice invoice_id=invoice invoice=invoice.number",
            left_out=_NOTICE_AND_INVOICE,
        ),
        erase=Erase(),
    ),
    Table(
        LetterText,
        customer=_OWN_TEXT,
        invoice=_OWN_TEXT,
        export=Export("letter_texts", "id language kind text"),
        erase="the owner's own",
    ),
)
