"""Structured payment references: the Belgian one (+++), the international one (RF, ISO 11649) and the Swiss one
(QRR).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STYLES = ("numbers", "ogm", "rf")
_BEGIN = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a payer is to quote: `shown` on paper; `coded` for machines, empty where it is plain words."""

    shown: str
    coded: str = ""


def own_reference(style: str, iban: str, customer: int, day: date, numbers: str) -> Reference:
    """The reference of a letter to a customer (the row's number) on a day; the invoice numbers where none is
    structured.

    An account with a QR-IBAN takes Swiss references only.
    """
    digits = f"{customer % 10**5:05d}{(day - _BEGIN).days % 10**5:05d}"
    if is_qr_iban(iban):
        return _swiss(digits)
    if style == "ogm":
        return belgian(digits)
    if style == "rf":
        return creditor_reference(digits)
    return Reference(numbers)


def known_reference(text: str) -> Reference | None:
    """The structured reference that an invoice carries already, if it is one with right check digits."""
    from stdnum import iso11649
    from stdnum.be import ogm_vcs
    from stdnum.ch import esr

    bare = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    if bare.startswith("RF") and iso11649.is_valid(bare):
        return Reference(iso11649.format(bare), bare)
    if bare.isdigit() and len(bare) == 12 and ogm_vcs.is_valid(bare):
        return Reference(_plus(bare), bare)
    if bare.isdigit() and len(bare) == 27 and esr.is_valid(bare):
        return Reference(esr.format(bare), bare)
    return None


def belgian(base: str) -> Reference:
    """Ten digits and their two check digits (modulo 97, 97 for 0), as +++123/4567/89012+++."""
    check = int(base) % 97 or 97
    return Reference(_plus(f"{base}{check:02d}"), f"{base}{check:02d}")


def creditor_reference(base: str) -> Reference:
    """RF, two check digits (ISO 7064 mod 97-10), and up to 21 letters or digits."""
    from stdnum import iso11649
    from stdnum.iso7064 import mod_97_10

    coded = f"RF{mod_97_10.calc_check_digits(f'{base}RF')}{base}"
    return Reference(iso11649.format(coded), coded)


def is_qr_iban(iban: str) -> bool:
    """Whether an account is one of those that take Swiss QR references: institution 30000 to 31999."""
    return iban[:2] in ("CH", "LI") and iban[4:9].isdigit() and 30000 <= int(iban[4:9]) <= 31999


def _swiss(base: str) -> Reference:
    """Twenty-six digits and a check digit (modulo 10, recursive)."""
    from stdnum.ch import esr

    padded = base.zfill(26)
    coded = padded + esr.calc_check_digit(padded)
    return Reference(esr.format(coded), coded)


def _plus(digits: str) -> str:
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"
