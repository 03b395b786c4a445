"""What columns are called: the usual names of each field, in the programs and languages met so far."""

from __future__ import annotations

import re
from functools import cache

from arterm.rules.text import fold

# Field -> the folded names a column of it goes by, best first. Punctuation and blanks do not count.
NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "invoice number", "invoice no", "invoice", "invoice #", "number", "num", "inv no", "invoice ref", "doc id", "invoice id",
        "document number", "voucher no", "factuurnummer", "factuurnr", "factuur", "numero de facture", "facture",
        "n facture", "no facture", "rechnungsnummer", "rechnungsnr", "rechnung", "belegnummer", "factura",
        "numero factura", "numero fattura", "fattura", "nr", "no",
    ),
    "customer": (
        "customer", "customer name", "customer full name", "contact name", "client", "client name", "name customer",
        "company name", "invoice partner display name", "debtor", "klant", "klantnaam", "naam", "debiteur", "client nom",
        "nom du client", "nom", "kunde", "kundenname", "firma", "cliente", "ragione sociale", "name", "display name", "co last name", "party name", "legal name"),
    "customer_no": (
        "customer id", "customer number", "cust number", "customer no", "client id", "account number", "debtor number",
        "klantnummer", "klantnr", "debiteurnummer", "deb nr", "kundennummer", "kundennr", "numero client", "code client", "card id", "id number", "external id", "account reference", "id company", "customer code", "party", "deb nr"),
    "issued": (
        "invoice date", "date", "issue date", "issued", "posting date", "date issued", "document date", "date invoice",
        "transaction date", "factuurdatum", "datum", "date de facture", "date facture", "rechnungsdatum", "belegdatum",
        "fecha", "fecha factura", "data fattura", "data", "created", "issuing date", "invoice bill date", "boekstuk", "date facturation"),
    "due": (
        "due date", "due", "due in date", "payment due date", "date due", "vervaldatum", "vervalt", "echeance",
        "date d echeance", "date echeance", "faelligkeit", "faelligkeitsdatum", "fallig", "fallig am", "falligkeit",
        "falligkeitsdatum", "faellig", "faellig am", "vencimiento", "fecha de vencimiento", "scadenza", "data scadenza", "date due", "maturity date"),
    "total": (
        "total", "invoice amount", "amount", "total amount", "amount due total", "gross", "total incl", "invoiced amount",
        "total ttc", "converted usd", "total open amount", "bedrag", "totaal", "bedrag incl", "montant", "montant ttc",
        "betrag", "bruttobetrag", "rechnungsbetrag", "importe", "importo", "totale", "sum", "total signed", "total amount cents", "amount one column", "invoiced", "grand total"),
    "paid": (
        "invoice amount paid", "amount paid", "paid", "amount paid amount", "betaald", "paye", "montant paye", "bezahlt",
        "pagado", "pagato", "paid to date"),
    "balance": (
        "balance", "open balance", "invoice amount due", "amount due", "outstanding", "outstanding amount", "balance due",
        "saldo", "openstaand", "solde", "reste a payer", "restant du", "offen", "offener betrag", "pendiente", "residuo", "amount due signed", "outstanding amount in company currency"),
    "settled": (
        "settled date", "paid date", "date paid", "settled", "clear date", "betaaldatum", "date de paiement",
        "zahlungsdatum", "bezahlt am",
    ),
    "currency": ("currency", "currency code", "invoice currency", "valuta", "munt", "devise", "wahrung", "waehrung", "moneda", "divisa"),
    "reference": ("reference", "payment reference", "ref", "po number", "purchase order", "referentie", "kenmerk", "referenz", "referencia", "riferimento", "memo", "factuurreferentie", "invoice reference", "customer lpo", "payment ref", "details"),
    "type": ("type", "transaction type", "document type", "voucher type"),
    "status": ("status", "invoice status"),
    "payment_state": ("payment status", "payment state"),
    "paid_flag": ("invoice paid", "is paid"),
    "open_flag": ("is open",),
    "line_amount": ("line total", "item amount", "line amount", "net amount"),
    "quantity": ("quantity", "item quantity", "qty"),
    "unit_price": ("unit amount", "unit price", "rate", "item rate", "price"),
    "tax": ("tax amount", "line tax"),
    "first_name": ("first name", "contact first name"),
    "last_name": ("last name", "contact last name"),
    "account_type": ("account type",),
    "terms": ("payment terms", "terms", "terms days"),
    "disputed": ("disputed", "dispute flag"),
    "country": ("country", "country code", "po country", "land", "pays", "pais", "paese", "po address country", "billing country"),
    "mail": ("email", "e mail", "email address", "mail", "emailid", "courriel", "contact name email"),
    "phone": ("phone", "phone number", "telephone", "tel", "telefoon", "telefon", "mobile", "mobile number", "telefono", "mobile phone", "phone 1"),
    "contact": ("contact", "contact person", "po attention to", "contactpersoon", "ansprechpartner", "contact name person"),
    "street": ("street", "address", "po address line 1", "address line 1", "adres", "straat", "adresse", "strasse", "rue", "billing address", "billing street", "line 1", "address line one", "po address"),
    "postcode": ("postcode", "zip", "postal code", "po postal code", "zip code", "plz", "code postal", "billing code", "billing postal code", "address zip code", "zip postal code", "postal code zip code", "po postcode"),
    "city": ("city", "town", "po city", "stad", "plaats", "gemeente", "ville", "ort", "stadt", "billing city"),
    "vat_no": ("vat number", "vat no", "vat", "tax number", "tax no", "btw nummer", "ondernemingsnummer", "ust idnr", "tva", "a b n", "abn", "vat intra", "tax identification number", "tax id"),
    "paid_on": ("payment date", "date payment", "paid on"),
    "amount": ("amount payment", "payment amount", "amount received"),
}  # fmt: skip

FIELDS = tuple(NAMES)


@cache
def bare(header: str) -> str:
    """A header as it is compared: folded, camel case opened, without signs."""
    opened = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.strip())
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", fold(opened).replace("#", " # ")).split())


def _key(text: str) -> str:
    return text.replace(" ", "").replace("#", "")


_RANKED = {
    (_key(name)): (field, rank) for field, names in NAMES.items() for rank, name in reversed(list(enumerate(names)))
}


_PREFIXES = ("invoice customer ", "invoice ", "customer ", "billing ", "addr 1 ", "address ", "customer address ")
_SECOND = 1000  # a name that is known only without its prefix, or without its unit, gives way to every other


def recognise(header: list[str]) -> dict[str, int]:
    """Which column holds which field, by name: field -> column index. The better name wins a field."""
    found: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(header):
        hit = _hit(bare(cell)) if cell.strip() else None
        if hit and (hit[0] not in found or hit[1] < found[hit[0]][0]):
            found[hit[0]] = (hit[1], index)
    columns = {field: index for field, (_, index) in found.items()}
    for index, cell in enumerate(header):  # names that mean something else where their first meaning has a better one
        also = _ALSO.get(bare(cell), "")
        if also and also not in columns and index not in (columns.get("number"), columns.get("total")):
            columns[also] = index
    return columns


_ALSO = {"factuur": "total", "details": "number", "reference": "number", "facture": "total", "rechnung": "total"}


def _hit(name: str) -> tuple[str, int] | None:
    """The field a name stands for and how good a name it is; tried as it is, then without what other programs put before it."""
    held = _RANKED.get(_key(name))
    if held:
        return held
    for prefix in _PREFIXES:
        held = _RANKED.get(_key(name.removeprefix(prefix))) if name.startswith(prefix) else None
        if held:
            return held[0], held[1] + _SECOND
    return None


def worth(cells: list[str]) -> int:
    """How much a row looks like a header: the number of fields its cells name."""
    return len(recognise(cells))
