"""What is said of the tables of customers, invoices, money and the files beside them."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import (
    GONE,
    By,
    Erase,
    Export,
    NamedIn,
    Nobody,
    Own,
    Table,
    Tagged,
    days,
    kinds,
    numbers,
)
from arterm.store.models.book import Allocation, Attachment, Contact, Credit, Customer, Invoice

_FOLDED = "a name or number as it is compared, made of the one that is exported"

TABLES: Final = (
    Table(
        Customer,
        customer=(Own(),),
        invoice=Nobody("a customer is there before any invoice"),
        export=Export(
            "customers",
            "id name own_no kind country language street postcode city vat_no note merged_into archived source_country",
            left_out={"folded": _FOLDED},
        ),
        erase=Erase(
            words={"note": ""},
            books={
                "name": "Erased #{row}",
                "folded": "erased #{row}",
                "own_no": "",
                "street": "",
                "postcode": "",
                "city": "",
                "vat_no": "",
                "source_country": "",
            },
            kept={**kinds("kind", "country", "language"), **days("archived")},
        ),
    ),
    Table(
        Contact,
        customer=(By("customer"),),
        invoice=Nobody("a person is asked about all invoices of a customer"),
        moves=True,
        export=Export(
            "contacts",
            "id customer_id=customer customer=customer.name role rank name mail mail_state phone phone_state",
        ),
        erase=Erase(words={"name": GONE, "role": "", "mail": "", "phone": ""}, kept=kinds("mail_state", "phone_state")),
    ),
    Table(
        Invoice,
        customer=(By("customer"),),
        invoice=(Own(),),  # what was charged on it counts as the invoice itself
        moves=True,
        derived=("open",),
        export=Export(
            "invoices",
            "id number kind customer_id=customer customer=customer.name currency issued due original_due total:money"
            " reference note parent_id=parent basis",
            left_out={"number_key": _FOLDED, "open": "told as `balance`, as of the day of the export"},
            reckoned="what is paid and open on the day, how late it is, its status and step, the names of its files",
        ),
        erase=Erase(
            books={"note": "", "reference": ""},
            kept={
                **days("issued", "due", "original_due"),
                **kinds("currency", "kind"),
                **numbers("number", "number_key", "basis"),
            },
        ),
    ),
    Table(
        Credit,
        customer=(By("customer"),),
        invoice=(NamedIn("allocation", "credit"),),
        moves=True,
        derived=("free",),
        export=Export(
            "payments",
            "id customer_id=customer customer=customer.name kind day currency total:money unallocated=free:money"
            " reference note payer_account",
        ),
        erase=Erase(
            books={"reference": "", "note": "", "payer_account": ""}, kept={**days("day"), **kinds("currency", "kind")}
        ),
    ),
    Table(
        Allocation,
        customer=(By("invoice"),),
        invoice=(By("invoice"),),
        moves=True,
        stands="a negative row takes it back",
        export=Export(
            "allocations",
            "id payment_id=credit invoice_id=invoice invoice=invoice.number currency=invoice.currency amount:money"
            " value_day reverses restores",
        ),
        erase=Erase(kept=days("value_day")),
    ),
    Table(
        Attachment,
        customer=(
            Tagged("owner", "customer", "owner_id", "customer"),
            Tagged("owner", "log", "owner_id", "log"),
            Tagged("owner", "invoice", "owner_id", "invoice"),
        ),
        invoice=(Tagged("owner", "invoice", "owner_id", "invoice"), Tagged("owner", "log", "owner_id", "log")),
        heavy=("bytes",),
        export=Export(
            "attachments",
            "id owner owner_id name path sha256",
            left_out={"bytes": "a file of its own, in the folder `attached`"},
        ),
        erase=Erase(
            words={"name": GONE, "path": "", "bytes": b""},
            words_by=(
                Tagged("owner", "customer", "owner_id", "customer"),
                Tagged("owner", "log", "owner_id", "log"),
            ),
            books={"name": GONE, "path": "", "bytes": b""},
            books_by=(Tagged("owner", "invoice", "owner_id", "invoice"),),
            kept={**kinds("owner"), **numbers("sha256")},
        ),
    ),
)
