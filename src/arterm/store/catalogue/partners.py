"""What is said of the tables of supply, of partners and hand-overs, and of erasures."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import GONE, By, Erase, Export, NamedIn, Nobody, Table, days, kinds
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

_CUSTOMER_ONLY = Nobody("whether a customer is supplied does not hang on one invoice")
_PARTNER = Nobody("a partner helps with many customers")

TABLES: Final = (
    Table(
        CreditCheck,
        customer=(By("customer"),),
        invoice=_CUSTOMER_ONLY,
        export=Export(
            "credit_checks",
            "id customer_id=customer customer=customer.name source day result score expires again note"
            " attachment_id=document",
        ),
        erase=Erase(
            words={"source": GONE, "score": "", "note": ""},
            kept={**days("day", "expires", "again"), **kinds("result")},
        ),
    ),
    Table(
        SupplyTerms,
        customer=(By("customer"),),
        invoice=_CUSTOMER_ONLY,
        export=Export(
            "supply_terms",
            "customer_id=customer customer=customer.name currency credit_limit:money days prepay note",
            left_out={"id": "the customer names it"},
        ),
        erase=Erase(words={"note": ""}, kept=kinds("currency")),
    ),
    Table(
        Freeze,
        customer=(By("customer"),),
        invoice=_CUSTOMER_ONLY,
        moves=True,
        export=Export(
            "stops", "id customer_id=customer customer=customer.name since why who_may carve_outs lifted lifted_why"
        ),
        erase=Erase(
            words={"why": GONE, "who_may": "", "carve_outs": "", "lifted_why": ""}, kept=days("since", "lifted")
        ),
    ),
    Table(
        Partner,
        customer=_PARTNER,
        invoice=_PARTNER,
        export=Export(
            "partners",
            "id name kind model currency flat:money rates least:money oldest undisputed recourse days contact mail"
            " phone address area languages note advance",
            left_out={"folded": "the name as it is compared"},
        ),
        erase="no customer's: whom the owner works with",
    ),
    Table(
        PartnerReview,
        customer=_PARTNER,
        invoice=_PARTNER,
        export=Export("partner_reviews", "id partner_id=partner partner=partner.name day stars note"),
        erase="no customer's: what the owner thinks of a partner",
    ),
    Table(
        Handover,
        customer=(By("customer"),),
        invoice=(NamedIn("handover_line", "handover"),),
        moves=True,
        export=Export(
            "handovers",
            "id partner=partner.name customer_id=customer customer=customer.name kind day currency face:money ended"
            " outcome note partner_id=partner advance:money fee:money recourse accepted meets agreed returned",
        ),
        erase=Erase(
            words={"note": "", "outcome": ""},
            kept={**days("day", "ended", "accepted", "meets", "returned"), **kinds("currency", "kind")},
        ),
    ),
    Table(
        HandoverLine,
        customer=(By("handover"),),
        invoice=(By("invoice"),),
        goes_with="handover",
        export=Export(
            "handover_invoices",
            "handover_id=handover invoice_id=invoice invoice=invoice.number currency=handover.currency open:money",
            left_out={"id": "the hand-over and the invoice name it"},
        ),
        erase=Erase(),
    ),
    Table(
        HandoverReport,
        customer=(By("handover"),),
        invoice=(By("handover"),),
        export=Export(
            "handover_reports",
            "id handover_id=handover day currency=handover.currency received:money cut:money note payment_id=credit"
            " by_customer",
        ),
        erase=Erase(words={"note": GONE}, kept=days("day")),
    ),
    Table(
        Erasure,
        customer=(By("customer"),),
        invoice=Nobody("an erasure is of a customer"),
        stands="what is erased does not come back",
        export=Export("erasures", "id customer_id=customer customer=customer.name day books_kept"),
        erase=Erase(kept=days("day")),
    ),
)
