"""What banks call their columns, in the exports met so far; and exports without a header, known by what stands
where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from arterm.formats.tables.headers import bare

_NAMES: dict[str, tuple[str, ...]] = {
    "day": (
        "boekingsdatum",
        "uitvoeringsdatum",
        "buchungstag",
        "buchungsdatum",
        "booking date",
        "transactiedatum",
        "posting date",
        "completed date",
        "transaction date",
        "datum zauctovani",
        "buchung",
        "date",
        "datum",
        "data",
        "fecha",
        "data contabile",
    ),
    "value": ("valutadatum", "wertstellung", "wertstellungsdatum", "value date", "wert", "rentedatum", "value"),
    "amount": (
        "bedrag",
        "betrag",
        "amount",
        "brutto",
        "gross",
        "suma",
        "castka",
        "zauctovana castka",
        "montant",
        "importe",
        "importo",
        "transactiebedrag",
    ),
    "debit": ("debit", "debit amount", "paid out", "soll", "withdrawals", "debet", "money out", "debito"),
    "credit": ("credit", "credit amount", "paid in", "haben", "deposits", "money in", "credito"),
    "sign": ("af bij", "creditdebet", "credit debet", "debit credit", "d k", "s h", "dc", "cd", "soll haben"),
    "payer": (
        "naam tegenpartij bevat",
        "naam tegenpartij",
        "naam van de tegenpartij",
        "naam omschrijving",
        "tegenrekeninghouder",
        "beguenstigter zahlungspflichtiger",
        "name zahlungsbeteiligter",
        "beguenstigter auftraggeber",
        "begunstigter auftraggeber",
        "auftraggeber empfanger",
        "auftraggeber empfaenger",
        "zahlungspflichtige r",
        "partner name",
        "payer name",
        "payee",
        "empfanger",
        "name",
        "gavejas",
        "beneficiary",
        "nazev protiuctu",
        "counterparty name",
    ),
    "account": (
        "rekening tegenpartij",
        "rekeningnummer tegenpartij",
        "tegenrekening iban bban",
        "tegenrekening",
        "tegenrekeningnummer",
        "counterparty account",
        "counterparty iban",
        "counterparty account number",
        "tegenpartij",
        "iban zahlungsbeteiligter",
        "kontonummer iban",
        "iban kontonummer",
        "counterparty",
        "partner iban",
        "payee account number",
        "bank account",
        "cislo protiuctu",
        "absender e mail adresse",
        "counteraccount",
        "kontonummer",
        "iban",
    ),
    "own": (
        "rekening",
        "rekeningnummer",
        "auftragskonto",
        "iban auftragskonto",
        "iban kontoinhaber",
        "account no",
        "iban bban",
        "cislo uctu",
        "account",
        "account number",
    ),
    "currency": (
        "devies",
        "munt",
        "munteenheid",
        "valuta rekening",
        "valutacode",
        "wahrung",
        "waehrung",
        "currency",
        "valiuta",
        "mena uctu",
        "valuta",
        "devise",
    ),
    "reference": (
        "gestructureerde mededeling",
        "betalingskenmerk",
        "imokos kodas",
        "reference no",
        "structured reference",
    ),
    "end_to_end": ("kundenreferenz end to end", "kundenreferenz", "end to end id"),
    "status": ("status", "info", "state"),
    "balance": ("saldo", "balance", "running balance", "saldo nach buchung", "guthaben"),
    "fee": ("fee", "entgelt", "gebuhr", "poplatek"),
    "id": (
        "transaction id",
        "transferwise id",
        "transactiereferentie",
        "referentie",
        "transaktionscode",
        "id transakce",
        "volgnummer",
        "record id",
    ),
    "code": ("code",),
}
_TEXTS = (
    "mededelingen",
    "mededeling",
    "vrije mededeling",
    "transactie",
    "details",
    "omschrijving",
    "omschrijving 1",
    "omschrijving 2",
    "omschrijving 3",
    "detail van de omzet",
    "bericht",
    "verwendungszweck",
    "buchungstext",
    "memo",
    "description",
    "transaction description",
    "label",
    "detail",
    "payment reference",
    "reference",
    "zprava",
    "poznamka",
    "vs",
    "variabilni symbol 1",
    "zprava pro prijemce",
    "reference platby",
    "paaiskinimai",
    "betreff",
    "notes and tags",
    "notes and #tags",
    "notes",
    "subcategory",
    "source",
)
_RANKED = {name: (field, rank) for field, names in _NAMES.items() for rank, name in reversed(list(enumerate(names)))}
_CARD = frozenset({"date processed", "card number", "kaartnummer", "kartennummer"})
_OF_LEDGERS = re.compile(
    r"invoice( .*)?|customer( name)?|client( name)?|(payment )?due("
    r" date)?|factuurnummer|rechnungsnummer|debtor|klant|kunde|vervaldatum|vendor( name)?|supplier( name)?|bill"
    r" (number|no|date|amount)|leverancier|lieferant|fournisseur"
)
_CODE = re.compile(r" (eur|usd|gbp|chf|czk|sgd|pln|sek|nok|dkk|huf|cad|aud)$")


def columns_of(header: Sequence[str]) -> dict[str, list[int]]:
    """Field -> columns of a bank's header (`text` may have several); empty where this is no bank's."""
    names = [bare(cell) for cell in header]
    if any(_OF_LEDGERS.fullmatch(name) for name in names):
        return {}
    best: dict[str, tuple[int, int]] = {}
    texts: list[int] = []
    for n, name in enumerate(names):
        short = _CODE.sub("", name)
        hit = _RANKED.get(name) or _RANKED.get(short)
        if hit and (hit[0] not in best or hit[1] < best[hit[0]][0]):
            best[hit[0]] = (hit[1], n)
        if name in _TEXTS:
            texts.append(n)
    found = {field: [n] for field, (_, n) in best.items()}
    for name in ("counterparty", "tegenpartij"):  # the account where there is no other, else the name
        if "payer" not in found and name in names and found.get("account") not in (None, [names.index(name)]):
            found["payer"] = [names.index(name)]
    if "account" in found and found.get("own") == found["account"]:
        del found["own"]
    money = "amount" in found or ("debit" in found and "credit" in found)
    told = texts or "payer" in found
    if not ("day" in found and money and told):
        return {}
    return found | ({"text": texts} if texts else {})


def is_card(header: Sequence[str]) -> bool:
    """Whether a header is that of a credit card's bill: what stands there is what the owner spent."""
    return bool(_CARD & {bare(cell) for cell in header})


_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")
_SUM = re.compile(r"[-+]?[£$€]?[\d.,]*\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")


def headerless(rows: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """The columns of an export that has no header, by what stands where in its first rows; empty where none is
    known.
    """
    if not rows:
        return {}
    first = [cell.strip() for cell in rows[0]]
    wide = len(first)

    def day(n: int) -> bool:
        return all(n < len(row) and bool(_DAY.fullmatch(row[n].strip())) for row in rows[:5])

    def total(*which: int) -> bool:
        return all(any(n < len(row) and bool(_SUM.fullmatch(row[n].strip())) for n in which) for row in rows[:5])

    if wide == 19 and day(0) and _IBAN.fullmatch(first[1]) and total(10):  # ASN
        return {
            "day": [0],
            "own": [1],
            "account": [2],
            "payer": [3],
            "balance_before": [8],
            "currency": [9],
            "amount": [10],
            "id": [15],
            "text": [17],
        }
    if wide == 7 and day(0) and first[6].strip("'").startswith("DE"):  # Targobank
        return {"day": [0], "text": [1], "debit": [2], "credit": [3], "own": [6]}
    if wide in (5, 7) and day(0) and day(2) and total(3) and first[4] == "EUR":  # Raiffeisen
        return {"day": [0], "text": [1], "value": [2], "amount": [3], "currency": [4]}
    if wide == 5 and day(0) and day(2) and total(3, 4) and not first[4].isalpha():
        return {"day": [0], "text": [1], "value": [2], "credit": [3], "debit": [4]}
    if wide == 5 and day(0) and total(1) and first[2] == "*":  # Wells Fargo
        return {"day": [0], "amount": [1], "text": [4]}
    if wide == 3 and day(0) and total(2):  # HSBC
        return {"day": [0], "text": [1], "amount": [2]}
    if wide == 8 and day(0) and re.fullmatch(r"[A-Z]{3}", first[2]) and total(3):
        return {"day": [0], "text": [1, 7], "currency": [2], "amount": [3], "payer": [5], "account": [6]}
    return {}
