"""A transfer as a square of dots that a banking app reads from the paper: the European payment code (EPC069-12, version
2).
"""

from __future__ import annotations

from functools import lru_cache

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
_MASK = 2  # any mask is readable; trying all eight takes four times as long


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
    import segno

    rows = segno.make_qr(said, error="m", mask=_MASK, encoding="utf-8", boost_error=False).matrix
    path = []
    for y, row in enumerate(rows):
        end = 0
        while (start := row.find(1, end)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            path.append(f"{start} {y} {end - start} 1 re")
    return len(rows), "\n".join(path)


def _line(text: str, most: int) -> str:
    """One line: the parts of the code are told apart by line ends, so a name cannot be allowed any."""
    return " ".join(text.split())[:most].rstrip()
