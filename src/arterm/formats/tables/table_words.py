"""Words of tables in the programs and languages met so far: what a status or a type of document means, what is a
total.
"""

from __future__ import annotations

from arterm.rules.text import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split(","))


def key(text: str) -> str:
    """A word as it is compared: folded, without blanks and hyphens."""
    return "".join(char for char in fold(text) if char.isalnum())


NOT_OWED = _folded(
    "draft, void, voided, cancelled, canceled, deleted, written off, writeoff, uncollectible, awaiting approval,"
    " estimate, quote, reversed, refunded,entwurf, storniert, ausgebucht, concept, geannuleerd, oninbaar, brouillon,"
    " annulee, annule, borrador, anulada, cancelada, bozza, annullata"
)
SETTLED = _folded(
    "paid, settled, closed, paid in full, in payment, succeeded, paid out, betaald, voldaan, bezahlt, beglichen,"
    " ausgeglichen, paye, payee, regle, reglee,soldee, pagada, pagado, cobrada, pagata, pagato, saldata"
)
CREDIT_TYPES = _folded("sc, crn, credit, journal credit")
RECEIPT_TYPES = _folded("sr, sa, payment entry")
BILL_TYPES = _folded("pi, pc, pp, pa, bp, bill")
CREDIT_WORDS = (
    "credit memo",
    "credit note",
    "creditnota",
    "gutschrift",
    "avoir",
    "nota de credito",
    "nota di credito",
    "abono",
)
RECEIPT_WORDS = ("payment", "overpayment", "prepayment", "receipt")
BILL_WORDS = ("bill", "purchase", "estimate", "quote", "sales order", "offerte", "angebot", "devis")
PAYMENT_TITLES = ("payments", "receipts", "betalingen", "paiements", "zahlungen", "pagos", "pagamenti")
SUPPLIER_WORDS = frozenset(
    {"vendor", "supplier", "leverancier", "fournisseur", "lieferant", "kreditor", "proveedor", "fornitore"}
)
TOTAL_WORDS = (
    "total",
    "totaal",
    "summe",
    "gesamt",
    "percentage of total",
    "subtotal",
    "saldo",
    "grand total",
    "totale",
    "eindtotaal",
)
YES = ("y", "yes", "true", "1", "ja", "oui", "x", "si")
NO = ("n", "no", "false", "0", "nee", "non", "nein")
