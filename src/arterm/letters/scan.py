"""A transfer as a square of dots that a banking app reads from the paper: the European payment code (EPC069-12, version 2)."""

from __future__ import annotations

from functools import lru_cache
from math import isqrt

from arterm.rules.money import plain

# Where an IBAN can be paid by SEPA credit transfer; apps refuse the code of any other.
_SEPA = frozenset(
    [
        "AD",
        "AL",
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GI",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "RS",
        "SE",
        "SI",
        "SK",
        "SM",
        "VA",
    ]
)
_MOST = 99_999_999_999  # cents that the standard has room for


def transfer_code(holder: str, iban: str, bic: str, amount: int, currency: str, reference: str, coded: str = "") -> str:
    """What the code says: a transfer of `amount` (cents) to the holder, with the reference.

    `coded` is the same as a structured one; the standard has a place of its own only for those that begin with RF.
    Empty where the standard has no code: another currency than the euro, no SEPA account, nothing to pay or too much.
    """
    name = _line(holder, 70)
    if currency != "EUR" or iban[:2] not in _SEPA or not name or not 0 < amount <= _MOST:
        return ""
    said = ("", coded, "") if coded.startswith("RF") else ("", "", _line(reference, 140))
    return "\n".join(("BCD", "002", "1", "SCT", bic, name, iban, f"EUR{plain(amount, 'EUR')}", *said))


@lru_cache(maxsize=64)
def dots(said: str) -> tuple[int, str]:
    """The code as its side in dots, the quiet border left out, and its dark dots as the operators of a PDF path.

    One rectangle for each run of dots, written here in whole numbers: a library that formats every one of them as a
    fraction takes longer than all the rest of a letter.
    """
    from zxingcpp import BarcodeFormat, create_barcode

    drawn = create_barcode(said, BarcodeFormat.QRCode, ec_level="M").to_image(scale=1, add_quiet_zones=False)
    points = memoryview(drawn).cast("B")  # type: ignore[arg-type] # it gives a buffer and does not say so
    side = isqrt(len(points))
    path = []
    for y in range(side):
        row, end = bytes(points[y * side : (y + 1) * side]), 0
        while (start := row.find(0, end)) >= 0:
            end = row.find(255, start)
            end = side if end < 0 else end
            path.append(f"{start} {y} {end - start} 1 re")
    return side, "\n".join(path)


def _line(text: str, most: int) -> str:
    """One line: the parts of the code are told apart by line ends, so a name cannot be allowed any."""
    return " ".join(text.split())[:most].rstrip()
