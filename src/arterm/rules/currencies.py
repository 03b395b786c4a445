"""Which currencies there are and how many digits each has (ISO 4217, with the recently withdrawn kept for old
invoices).

The list is our own: CLDR, which Babel carries, has the digits that shops use (none for the Serbian dinar), and a bank's
file has those of ISO; and the board needs it before anything else is loaded.
"""

from __future__ import annotations

from arterm.rules.errors import ArtermError

_TWO = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR
JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

DIGITS: dict[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_ZERO.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
}


def known_currency(code: str, where: str = "currency") -> str:
    """The currency code in capitals; refused (`unknown_currency`) when ISO 4217 does not know it."""
    upper = code.strip().upper()
    if upper not in DIGITS:
        raise ArtermError("unknown_currency", where, code=code)
    return upper
