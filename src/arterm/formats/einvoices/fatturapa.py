"""FatturaPA, the Italian electronic invoice: one document may hold several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from arterm.formats.einvoices.raw import Raw
from arterm.formats.records import Party
from arterm.formats.xml_tree import Node
from arterm.rules.text import clean

_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,8})?")


def read(root: Node) -> Iterator[Raw]:
    """Every body is an invoice of its own."""
    head = root.one("FatturaElettronicaHeader") or root
    seller, buyer = head.one("CedentePrestatore"), head.one("CessionarioCommittente")
    for body in root.every("FatturaElettronicaBody"):
        data = body.one("DatiGenerali/DatiGeneraliDocumento") or body
        pay = body.all("DatiPagamento/DettaglioPagamento")
        due = max((one.text("DataScadenzaPagamento") for one in pay), default="")
        days = max((one.text("GiorniTerminiPagamento") for one in pay), key=lambda text: (len(text), text), default="")
        to_pay = _sum([one.text("ImportoPagamento") for one in pay])
        taxed = [
            _sum([one.text("ImponibileImporto"), one.text("Imposta")])
            for one in body.all("DatiBeniServizi/DatiRiepilogo")
        ]
        total = data.text("ImportoTotaleDocumento") or _sum(taxed)
        yield Raw(
            data.text("Numero"),
            data.text("TipoDocumento"),
            data.text("Data"),
            due,
            data.text("Divisa"),
            total,
            to_pay or total,
            "",
            _party(seller),
            _ids(seller),
            _party(buyer),
            next((one.text("CodicePagamento") for one in pay if one.text("CodicePagamento")), "")
            or body.text("DatiGenerali/DatiOrdineAcquisto/IdDocumento"),
            f"{days} giorni" if days.isdigit() else "",
            body.text("DatiGenerali/DatiFattureCollegate/IdDocumento"),
        )


def _sum(texts: list[str]) -> str:
    """Amounts added as they are written; empty where there is none."""
    if not all(_AMOUNT.fullmatch(text) for text in texts if text):
        return ""
    found = [Decimal(text) for text in texts if text]
    return str(sum(found, Decimal(0))) if found else ""


def _party(node: Node | None) -> Party:
    if node is None:
        return Party("")
    facts, where = node.one("DatiAnagrafici") or node, node.one("Sede")
    person = " ".join(part for part in (facts.text("Anagrafica/Nome"), facts.text("Anagrafica/Cognome")) if part)
    vat = facts.text("IdFiscaleIVA/IdPaese") + facts.text("IdFiscaleIVA/IdCodice")
    street = " ".join(part for part in (where.text("Indirizzo"), where.text("NumeroCivico")) if part) if where else ""
    return Party(
        clean(facts.text("Anagrafica/Denominazione") or person),
        "",
        where.text("Nazione") if where else "",
        node.text("Contatti/Email"),
        clean(node.text("Contatti/Telefono"), 40),
        "",
        clean(street),
        clean(where.text("CAP"), 20) if where else "",
        clean(where.text("Comune")) if where else "",
        clean(vat, 40),
    )


def _ids(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    facts = node.one("DatiAnagrafici") or node
    code, country = facts.text("IdFiscaleIVA/IdCodice"), facts.text("IdFiscaleIVA/IdPaese")
    return tuple(one for one in (country + code, code, facts.text("CodiceFiscale")) if one)
