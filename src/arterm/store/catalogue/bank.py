"""What is said of the tables of the bank: statements, their lines, whose accounts are whose, wrong matches."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, Nobody, Shares, Table, days, kinds, numbers
from arterm.store.models.bank import Mismatch, PayerAccount, Statement, StatementLine

_OWN_ACCOUNT = Nobody("a statement is of the owner's own account")

TABLES: Final = (
    Table(
        Statement,
        customer=_OWN_ACCOUNT,
        invoice=_OWN_ACCOUNT,
        export=Export("bank_statements", "id form account currency number opening:money closing:money until"),
        erase="the owner's own account",
    ),
    Table(
        StatementLine,
        customer=(By("credit"), Shares("account", "payer_account", unless="credit")),
        invoice=(By("credit"),),
        export=Export(
            "bank_lines",
            "id day booked currency amount:money payer account reference text returned state payment_id=credit note"
            " form=statement.form own_account=statement.account statement_id=statement end_to_end bank_ref"
            " charges:money instructed:money:instructed_currency instructed_currency",
            left_out=dict.fromkeys(("hash", "occurrence"), "by what the same line is known when it comes again"),
        ),
        erase=Erase(
            books={
                "payer": "",
                "account": "",
                "text": "",
                "reference": "",
                "end_to_end": "",
                "bank_ref": "",
                "note": "",
            },
            kept={
                **days("day", "booked"),
                **kinds("currency", "instructed_currency", "state"),
                **numbers("hash"),
            },
        ),
    ),
    Table(
        PayerAccount,
        customer=(By("customer"),),
        invoice=Nobody("an account pays whatever its customer owes"),
        export=Export(
            "payer_accounts",
            "account customer_id=customer customer=customer.name",
            left_out={"id": "the account names it"},
        ),
        erase=Erase(books={"account": GONE + " {row}"}),  # no two rows may have the same
    ),
    Table(
        Mismatch,
        customer=(By("invoice"),),
        invoice=(By("invoice"),),
        export=Export("bank_mismatches", "id bank_line_id=line invoice_id=invoice invoice=invoice.number"),
        erase=Erase(),
    ),
)
