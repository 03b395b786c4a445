"""Countries as an owner or a file writes them, as ISO 3166 codes; and the languages arterm writes letters in."""

from __future__ import annotations

from functools import cache

from arterm.rules.errors import ArtermError
from arterm.rules.text import fold

LETTER_LANGUAGES = {
    "en": "English", "en-US": "English (US)", "nl": "Nederlands", "fr": "Français", "de": "Deutsch", "es": "Español", "it": "Italiano",
}  # fmt: skip
KINDS = ("business", "consumer", "unknown")

_CODES = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AI",
        "AL",
        "AM",
        "AO",
        "AR",
        "AT",
        "AU",
        "AW",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BM",
        "BN",
        "BO",
        "BR",
        "BS",
        "BT",
        "BW",
        "BY",
        "BZ",
        "CA",
        "CD",
        "CF",
        "CG",
        "CH",
        "CI",
        "CL",
        "CM",
        "CN",
        "CO",
        "CR",
        "CU",
        "CV",
        "CW",
        "CY",
        "CZ",
        "DE",
        "DJ",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FK",
        "FM",
        "FO",
        "FR",
        "GA",
        "GB",
        "GD",
        "GE",
        "GF",
        "GG",
        "GH",
        "GI",
        "GL",
        "GM",
        "GN",
        "GP",
        "GQ",
        "GR",
        "GT",
        "GU",
        "GW",
        "GY",
        "HK",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IM",
        "IN",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JE",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KY",
        "KZ",
        "LA",
        "LB",
        "LC",
        "LI",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "LY",
        "MA",
        "MC",
        "MD",
        "ME",
        "MG",
        "MH",
        "MK",
        "ML",
        "MM",
        "MN",
        "MO",
        "MQ",
        "MR",
        "MS",
        "MT",
        "MU",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NC",
        "NE",
        "NF",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NU",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PF",
        "PG",
        "PH",
        "PK",
        "PL",
        "PM",
        "PR",
        "PS",
        "PT",
        "PW",
        "PY",
        "QA",
        "RE",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SC",
        "SD",
        "SE",
        "SG",
        "SH",
        "SI",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SR",
        "SS",
        "ST",
        "SV",
        "SX",
        "SY",
        "SZ",
        "TC",
        "TD",
        "TG",
        "TH",
        "TJ",
        "TL",
        "TM",
        "TN",
        "TO",
        "TR",
        "TT",
        "TV",
        "TW",
        "TZ",
        "UA",
        "UG",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VN",
        "VU",
        "WF",
        "WS",
        "XK",
        "YE",
        "YT",
        "ZA",
        "ZM",
        "ZW",
    ]
)
_NAMES = {
    "uk": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "ireland": "IE", "eire": "IE", "belgium": "BE", "belgie": "BE", "belgique": "BE",
    "belgien": "BE", "netherlands": "NL", "the netherlands": "NL", "nederland": "NL", "holland": "NL",
    "pays-bas": "NL", "niederlande": "NL", "germany": "DE", "deutschland": "DE", "duitsland": "DE",
    "allemagne": "DE", "austria": "AT", "osterreich": "AT", "oesterreich": "AT", "oostenrijk": "AT", "france": "FR",
    "frankrijk": "FR", "frankreich": "FR", "switzerland": "CH", "schweiz": "CH", "suisse": "CH", "svizzera": "CH",
    "zwitserland": "CH", "spain": "ES", "espana": "ES", "italy": "IT", "italia": "IT", "luxembourg": "LU",
    "luxemburg": "LU", "portugal": "PT", "poland": "PL", "polska": "PL", "usa": "US", "united states": "US",
    "united states of america": "US", "canada": "CA", "australia": "AU", "new zealand": "NZ", "south africa": "ZA",
    "denmark": "DK", "danmark": "DK", "sweden": "SE", "sverige": "SE", "norway": "NO", "norge": "NO",
    "finland": "FI", "suomi": "FI", "greece": "GR", "el": "GR", "czech republic": "CZ", "czechia": "CZ",
}  # fmt: skip
_EURO = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "DE",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PT",
        "SI",
        "SK",
    ]
)
_CURRENCY = {
    "GB": "GBP", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "CH": "CHF", "LI": "CHF", "DK": "DKK",
    "SE": "SEK", "NO": "NOK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "ZA": "ZAR", "JP": "JPY",
}  # fmt: skip
_LANGUAGE = {
    "NL": "nl",
    "BE": "nl",
    "FR": "fr",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "LI": "de",
    "LU": "fr",
    "ES": "es",
    "IT": "it",
    "US": "en-US",
}


@cache
def find_country(text: str) -> str:
    """The ISO code of a country as somebody wrote it (code or name in a common language), or empty when not known."""
    upper = text.strip().upper()
    if upper in _CODES:
        return upper
    return _NAMES.get(fold(text), "")


def known_country(text: str, where: str = "country") -> str:
    """Like `find_country`, but an unknown one is refused (`unknown_country`)."""
    code = find_country(text)
    if not code:
        raise ArtermError(
            "unknown_country",
            f"'{text.strip()[:40]}' is not a country arterm knows.",
            where,
            "Use a code such as BE, GB or US.",
        )
    return code


def known_language(text: str, where: str = "language") -> str:
    """A language letters can be written in; others are refused (`unknown_language`)."""
    main, _, place = text.strip().replace("_", "-").partition("-")
    code = f"{main.lower()}-{place.upper()}"
    code = code if code in LETTER_LANGUAGES else main.lower()
    if code not in LETTER_LANGUAGES:
        raise ArtermError(
            "unknown_language",
            f"Letters cannot be written in '{text.strip()[:20]}' yet.",
            where,
            "Choose one of " + ", ".join(LETTER_LANGUAGES) + ".",
        )
    return code


def known_kind(text: str, where: str = "kind") -> str:
    """`business`, `consumer` or `unknown`; anything else is refused (`unknown_kind`)."""
    kind = text.strip().lower()
    if kind not in KINDS:
        raise ArtermError(
            "unknown_kind", f"'{text.strip()[:20]}' is not a kind of customer.", where, "business or consumer?"
        )
    return kind


def usual_currency(country: str) -> str:
    """The currency a country pays in; EUR for the euro countries and where arterm does not know."""
    return "EUR" if country in _EURO else _CURRENCY.get(country, "EUR")


def usual_language(country: str) -> str:
    """The language letters to a country are written in unless the owner says otherwise."""
    return _LANGUAGE.get(country, "en")
