"""UN/CEFACT Cross Industry Invoices: Factur-X, ZUGFeRD 1 and 2, XRechnung."""

from __future__ import annotations

from collections.abc import Iterator

from arterm.formats.einvoices.raw import Raw
from arterm.formats.records import Party
from arterm.formats.xml_tree import Node
from arterm.rules.text import clean


def read(root: Node) -> Iterator[Raw]:
    """The one invoice of a document; the older form has other names for its upper levels."""
    head = root.one("ExchangedDocument", "HeaderExchangedDocument") or root
    trade = root.one("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction") or root
    agreed = trade.one("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement") or trade
    settled = trade.one("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement") or trade
    sums = (
        settled.one("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
        or settled
    )
    terms = settled.all("SpecifiedTradePaymentTerms")
    due = max((one.text("DueDateDateTime/DateTimeString", "DueDateDateTime") for one in terms), default="")
    seller, buyer = agreed.one("SellerTradeParty"), agreed.one("BuyerTradeParty")
    yield Raw(
        head.text("ID"),
        head.text("TypeCode"),
        head.text("IssueDateTime/DateTimeString", "IssueDateTime"),
        due,
        settled.text("InvoiceCurrencyCode"),
        sums.text("GrandTotalAmount"),
        sums.text("DuePayableAmount"),
        sums.text("TotalPrepaidAmount"),
        _party(seller),
        _ids(seller),
        _party(buyer),
        settled.text("PaymentReference")
        or agreed.text(
            "BuyerReference", "BuyerOrderReferencedDocument/IssuerAssignedID", "BuyerOrderReferencedDocument/ID"
        ),
        " ".join(one.text("Description") for one in terms),
        settled.text("InvoiceReferencedDocument/IssuerAssignedID", "InvoiceReferencedDocument/ID"),
    )


def _party(node: Node | None) -> Party:
    if node is None:
        return Party("")
    where = node.one("PostalTradeAddress")
    vat = next((one.content for one in node.all("SpecifiedTaxRegistration/ID") if one.get("schemeID") == "VA"), "")
    contact = node.one("DefinedTradeContact")
    return Party(
        clean(node.text("Name")),
        "",
        where.text("CountryID") if where else "",
        contact.text("EmailURIUniversalCommunication/URIID", "EmailURIUniversalCommunication/CompleteNumber")
        if contact
        else "",
        clean(contact.text("TelephoneUniversalCommunication/CompleteNumber"), 40) if contact else "",
        clean(contact.text("PersonName", "DepartmentName")) if contact else "",
        clean(where.text("LineOne", "LineTwo")) if where else "",
        clean(where.text("PostcodeCode"), 20) if where else "",
        clean(where.text("CityName")) if where else "",
        clean(vat, 40),
    )


def _ids(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    paths = (
        "SpecifiedTaxRegistration/ID",
        "SpecifiedLegalOrganization/ID",
        "ID",
        "GlobalID",
        "URIUniversalCommunication/URIID",
    )
    return tuple(one.content for path in paths for one in node.all(path) if one.content)
