"""What is said of the tables of contacts: the log, promises, wishes."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, NamedIn, Nobody, Table, days, kinds
from arterm.store.models.dunning import CallTime, Log, LogLine, Promise, PromiseLine, PromiseMethod, Wish

TABLES: Final = (
    Table(
        Log,
        customer=(By("customer"),),
        invoice=(NamedIn("log_line", "log"),),
        moves=True,
        export=Export(
            "log",
            "id at day customer_id=customer customer=customer.name direction channel outcome reason note follow_up"
            " corrects contact_id=contact",
        ),
        erase=Erase(
            words={"note": "", "reason": ""},
            kept={**days("at", "day", "follow_up"), **kinds("direction", "channel", "outcome")},
        ),
    ),
    Table(
        LogLine,
        customer=(By("log"),),
        invoice=(By("invoice"),),
        goes_with="log",
        export=Export(
            "log_invoices",
            "log_id=log invoice_id=invoice invoice=invoice.number",
            left_out={"id": "the entry and the invoice name it"},
        ),
        erase=Erase(),
    ),
    Table(
        CallTime,
        customer=(By("log"),),
        invoice=(By("log"),),
        goes_with="log",
        export=Export("call_times", "log_id=log time", left_out={"id": "the entry names it"}),
        erase=Erase(kept=days("time")),
    ),
    Table(
        Promise,
        customer=(By("customer"),),
        invoice=(NamedIn("promise_line", "promise"),),
        moves=True,
        export=Export(
            "promises", "id customer_id=customer customer=customer.name made day currency amount:money log_id=log"
        ),
        erase=Erase(kept={**days("made", "day"), **kinds("currency")}),
    ),
    Table(
        PromiseLine,
        customer=(By("promise"),),
        invoice=(By("invoice"),),
        goes_with="promise",
        export=Export(
            "promise_invoices",
            "promise_id=promise invoice_id=invoice invoice=invoice.number currency=promise.currency amount:money",
            left_out={"id": "the promise and the invoice name it"},
        ),
        erase=Erase(),
    ),
    Table(
        PromiseMethod,
        customer=(By("promise"),),
        invoice=(By("promise"),),
        goes_with="promise",
        export=Export("promise_methods", "promise_id=promise method", left_out={"id": "the promise names it"}),
        erase=Erase(kept=kinds("method")),
    ),
    Table(
        Wish,
        customer=(By("customer"),),
        invoice=Nobody("a wish is about every call to a customer"),
        export=Export("contact_wishes", "id customer_id=customer customer=customer.name since why ended"),
        erase=Erase(words={"why": GONE}, kept=days("since", "ended")),
    ),
)
