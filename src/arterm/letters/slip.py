"""The Swiss QR-bill: what its code says (Swiss Payment Standards, implementation guidelines 2.3: structured addresses
only).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arterm.letters.letter import Address
from arterm.rules.money import plain
from arterm.rules.references import is_qr_iban

_MOST = 99_999_999_999  # minor units that the slip has room for
# Basic Latin, Latin-1 supplement, Latin Extended-A, and the few others that the standard names.
_ALLOWED = re.compile(r"[\x20-\x7e\u00a0-\u017f\u0218-\u021b\u20ac]*")
_HOUSE = re.compile(r"(.+?)\s+(\d[\w/ -]{0,14})")


@dataclass(frozen=True, slots=True)
class PaymentSlip:
    """A payment slip. `said` is the content of the code; the rest is what is printed beside it (amount in minor
    units).
    """

    said: str
    creditor: Address
    debtor: Address | None
    iban: str
    amount: int
    currency: str
    reference: str
    message: str


def slip_of(
    creditor: Address, debtor: Address, iban: str, amount: int, currency: str, reference: str, coded: str
) -> PaymentSlip | None:
    """The slip for a payment into a Swiss or Liechtenstein account, or None where there is none to make.

    None: another currency than CHF or EUR, nothing to pay, an address of the owner's that lacks a part, an account with
    a QR-IBAN without a reference of its kind. A debtor whose address lacks a part is left to be filled in by hand.
    """
    if (
        iban[:2] not in ("CH", "LI")
        or currency not in ("CHF", "EUR")
        or not 0 < amount <= _MOST
        or not _whole(creditor)
    ):
        return None
    swiss = len(coded) == 27 and coded.isdigit()
    if is_qr_iban(iban) and not swiss:
        return None
    kind = "QRR" if swiss and is_qr_iban(iban) else "SCOR" if coded.startswith("RF") else "NON"
    message = "" if kind != "NON" else " ".join(reference.split())[:140]
    message = message if _ALLOWED.fullmatch(message) else ""
    payer = debtor if _whole(debtor) else None
    said = (
        "SPC",
        "0200",
        "1",
        iban,
        *_lines(creditor),
        *("",) * 7,
        plain(amount, currency),
        currency,
        *(_lines(payer) if payer else ("",) * 7),
        kind,
        "" if kind == "NON" else coded,
        message,
        "EPD",
    )
    return PaymentSlip(
        "\r\n".join(said), creditor, payer, iban, amount, currency, "" if kind == "NON" else reference, message
    )


def _whole(address: Address) -> bool:
    """Whether an address has what the slip needs, in characters it allows."""
    parts = (address.name, address.street, address.postcode, address.city)
    needed = address.name and address.postcode and address.city and re.fullmatch(r"[A-Z]{2}", address.country)
    return bool(needed) and all(_ALLOWED.fullmatch(part) for part in parts)


def _lines(address: Address) -> tuple[str, ...]:
    """Kind of address, name, street, number, postcode, town, country."""
    house = _HOUSE.fullmatch(address.street)
    street, number = (house[1], house[2]) if house else (address.street, "")
    return ("S", address.name[:70], street[:70], number[:16], address.postcode[:16], address.city[:35], address.country)
