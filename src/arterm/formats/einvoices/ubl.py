"""UBL 2.x invoices and credit notes: Peppol BIS, XRechnung, SI-UBL, e-FFF."""

from __future__ import annotations

from collections.abc import Iterator

from arterm.formats.einvoices.raw import Raw
from arterm.formats.records import Party
from arterm.formats.xml_tree import Node
from arterm.rules.text import clean


def read(root: Node) -> Iterator[Raw]:
    """The one invoice of a document."""
    credit = root.name == "CreditNote"
    totals = root.one("LegalMonetaryTotal") or root.one("RequestedMonetaryTotal") or root
    payable = totals.one("PayableAmount")
    currency = root.text("DocumentCurrencyCode") or (payable.get("currencyID") if payable else "")
    seller, buyer = root.one("AccountingSupplierParty/Party"), root.one("AccountingCustomerParty/Party")
    yield Raw(
        root.text("ID"),
        "381" if credit else root.text("InvoiceTypeCode", "CreditNoteTypeCode"),
        root.text("IssueDate"),
        root.text("DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"),
        currency,
        totals.text("TaxInclusiveAmount"),
        totals.text("PayableAmount"),
        totals.text("PrepaidAmount"),
        _party(seller),
        _ids(seller),
        _party(buyer),
        root.text("PaymentMeans/PaymentID") or root.text("BuyerReference", "OrderReference/ID"),
        " ".join(one.content for one in root.all("PaymentTerms/Note")),
        root.text("BillingReference/InvoiceDocumentReference/ID"),
    )


def _party(node: Node | None) -> Party:
    if node is None:
        return Party("")
    where = node.one("PostalAddress")
    street = (
        " ".join(part for part in (where.text("StreetName"), where.text("BuildingNumber")) if part) if where else ""
    )
    return Party(
        clean(node.text("PartyLegalEntity/RegistrationName", "PartyName/Name")),
        "",
        where.text("Country/IdentificationCode") if where else "",
        node.text("Contact/ElectronicMail"),
        clean(node.text("Contact/Telephone"), 40),
        clean(node.text("Contact/Name")),
        clean(street),
        clean(where.text("PostalZone"), 20) if where else "",
        clean(where.text("CityName")) if where else "",
        clean(node.text("PartyTaxScheme/CompanyID"), 40),
    )


def _ids(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    paths = ("PartyTaxScheme/CompanyID", "PartyLegalEntity/CompanyID", "EndpointID", "PartyIdentification/ID")
    return tuple(one.content for path in paths for one in node.all(path) if one.content)
