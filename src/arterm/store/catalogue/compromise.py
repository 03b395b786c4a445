"""What is said of the tables of compromise: plans and what is in them, offers, assumptions."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import By, Erase, Export, NamedIn, Nobody, Table, days, kinds, numbers, ours
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

TABLES: Final = (
    Table(
        Plan,
        customer=(By("customer"),),
        invoice=(NamedIn("plan_invoice", "plan"),),
        moves=True,
        export=Export(
            "plans",
            "id customer_id=customer customer=customer.name currency total:money origin proposed lapses accepted"
            " cancelled why every grace accelerate surplus proposed_by accepted_by cancelled_by interest remind to_sign"
            " attachment_id=signed notice_id=notice note",
        ),
        erase=Erase(
            words={"note": "", "why": ""},
            kept={
                **days("proposed", "lapses", "accepted", "cancelled"),
                **kinds("currency", "origin", "every", "surplus"),
                **ours("proposed_by", "accepted_by", "cancelled_by"),
            },
        ),
    ),
    Table(
        Instalment,
        customer=(By("plan"),),
        invoice=(By("plan"),),
        goes_with="plan",
        export=Export(
            "instalments",
            "plan_id=plan n due currency=plan.currency amount:money",
            left_out={"id": "the plan and `n` name it"},
            order="plan, n",
        ),
        erase=Erase(kept=days("due")),
    ),
    Table(
        PlanInvoice,
        customer=(By("invoice"),),
        invoice=(By("invoice"),),
        moves=True,
        export=Export(
            "plan_invoices",
            "plan_id=plan invoice_id=invoice invoice=invoice.number currency=invoice.currency amount:money",
            left_out={"id": "the plan and the invoice name it"},
        ),
        erase=Erase(),
    ),
    Table(
        PlanCharge,
        customer=(By("plan"),),
        invoice=(By("invoice"),),
        moves=True,
        export=Export(
            "plan_charges",
            "id plan_id=plan invoice_id=invoice invoice=invoice.number kind law currency=plan.currency amount:money"
            " until debit_id=debit debit=debit.number",
        ),
        erase=Erase(kept={**kinds("kind"), **days("until"), **numbers("law")}),
    ),
    Table(
        Reminded,
        customer=(By("instalment"),),
        invoice=(By("instalment"),),
        export=Export(
            "instalments_reminded",
            "id plan_id=instalment.plan n=instalment.n day",
        ),
        erase=Erase(kept=days("day")),
    ),
    Table(
        Offer,
        customer=(By("customer"),),
        invoice=(NamedIn("offer_line", "offer"),),
        moves=True,
        export=Export(
            "offers",
            "id customer_id=customer customer=customer.name kind currency amount:money offered until accepted declined"
            " note offered_by accepted_by declined_by interest work payment_id=credit notice_id=notice",
        ),
        erase=Erase(
            words={"note": ""},
            kept={
                **days("offered", "until", "accepted", "declined"),
                **kinds("currency", "kind"),
                **ours("offered_by", "accepted_by", "declined_by"),
            },
        ),
    ),
    Table(
        OfferLine,
        customer=(By("offer"),),
        invoice=(By("invoice"),),
        goes_with="offer",
        export=Export(
            "offer_invoices",
            "offer_id=offer invoice_id=invoice invoice=invoice.number currency=offer.currency open:money",
            left_out={"id": "the offer and the invoice name it"},
        ),
        erase=Erase(),
    ),
    Table(
        Assumption,
        customer=(By("customer"),),
        invoice=Nobody("an assumption is about a customer, or about all"),
        export=Export("assumptions", "id customer_id=customer customer=customer.name key value"),
        erase=Erase(kept=kinds("key", "value")),
    ),
)
