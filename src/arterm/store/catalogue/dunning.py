"""What is said of the tables of dunning: schedules, pauses, disputes, accepted terms, rates, steps done."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, Nobody, Table, days, kinds
from arterm.store.models.dunning import (
    AcceptedTerms,
    Dispute,
    Ladder,
    LadderChoice,
    Pause,
    RateOwned,
    StepDone,
)

_LAW = Nobody("the law's, the same for everybody")
_OWNERS = Nobody("the owner's own schedule, for whomever it is chosen")

TABLES: Final = (
    Table(
        Ladder,
        customer=_OWNERS,
        invoice=_OWNERS,
        export=Export("schedules", "id key words care steps"),
        erase="the owner's own",
    ),
    Table(
        LadderChoice,
        customer=(By("customer"), By("invoice")),
        invoice=(By("invoice"),),
        moves=True,
        export=Export(
            "schedule_choices",
            "id customer_id=customer customer=customer.name invoice_id=invoice invoice=invoice.number schedule=ladder",
        ),
        erase=Erase(kept=kinds("ladder")),
    ),
    Table(
        Pause,
        customer=(By("customer"),),
        invoice=(By("invoice"),),
        moves=True,
        export=Export(
            "pauses",
            "id customer_id=customer customer=customer.name invoice_id=invoice invoice=invoice.number since until why"
            " ended",
        ),
        erase=Erase(words={"why": GONE}, kept=days("since", "until", "ended")),
    ),
    Table(
        Dispute,
        customer=(By("customer"),),
        invoice=(By("invoice"),),
        moves=True,
        export=Export(
            "disputes",
            "id customer_id=customer customer=customer.name invoice_id=invoice invoice=invoice.number"
            " currency=invoice.currency amount:money reason who target note opened closed outcome",
        ),
        erase=Erase(
            words={"who": "", "note": ""},
            kept={**days("target", "opened", "closed"), **kinds("reason", "outcome")},
        ),
    ),
    Table(
        RateOwned,
        customer=_LAW,
        invoice=_LAW,
        export=Export("rates_added", "id jurisdiction kind start until rate source"),
        erase="the law's",
    ),
    Table(
        AcceptedTerms,
        customer=(By("customer"),),
        invoice=Nobody("terms hold for every invoice of a customer"),
        export=Export(
            "accepted_terms",
            "id customer_id=customer customer=customer.name edition accepted rate costs_clause note"
            " attachment_id=document",
        ),
        erase=Erase(words={"note": ""}, books={"edition": GONE}, kept={**days("accepted"), **kinds("rate")}),
    ),
    Table(
        StepDone,
        customer=(By("invoice"),),
        invoice=(By("invoice"),),
        moves=True,
        export=Export("steps_done", "id invoice_id=invoice invoice=invoice.number step day log_id=log"),
        erase=Erase(kept=days("day")),
    ),
)
