"""Countries as an owner or a file writes them, as ISO 3166 codes; and the languages arterm writes letters in."""

from __future__ import annotations

from functools import cache

from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.text import fold

LETTER_LANGUAGES = {
    "en": "English",
    "en-US": "English (US)",
    "nl": "Nederlands",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
}
KINDS = ("business", "consumer", "unknown")

# CLDR lists groupings, uninhabited places and private codes too; nobody is invoiced there.
_NOT_COUNTRIES = frozenset(
    "AC AQ BV CP CQ DG EA EU EZ HM IC IO QO SJ TA TF UM UN XA XB ZZ".split()  # noqa: SIM905 - readable
)
_NAME_LANGUAGES = ("en", "nl", "fr", "de", "es", "it", "pt", "pl", "da", "sv", "nb", "fi")
# What people write that no list of names has.
_ALSO = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "eire": "IE",
    "the netherlands": "NL",
    "holland": "NL",
    "oesterreich": "AT",
    "usa": "US",
    "united states of america": "US",
    "el": "GR",
    "czech republic": "CZ",
}
_CURRENCY = {"BG": "EUR"}  # since 1 January 2026; CLDR still has the lev
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
def _codes() -> frozenset[str]:
    from babel import Locale  # loading it takes longer than everything else a command does

    found = map(str, Locale.parse("en").territories)
    return frozenset(code for code in found if len(code) == 2 and code not in _NOT_COUNTRIES)


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in _NAME_LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _codes():
                found.setdefault(fold(name), code)
    return found | _ALSO


@cache
def find_country(text: str) -> str:
    """The ISO code of a country as somebody wrote it (code or name in a common language), or empty when not known."""
    upper = text.strip().upper()
    if upper in _codes():
        return upper
    return _names().get(fold(text), "")


def known_country(text: str, where: str = "country") -> str:
    """Like `find_country`, but an unknown one is refused (`unknown_country`)."""
    code = find_country(text)
    if not code:
        raise ArtermError("unknown_country", where, text=text.strip()[:40])
    return code


def known_language(text: str, where: str = "language") -> str:
    """A language letters can be written in; others are refused (`unknown_language`)."""
    main, _, place = text.strip().replace("_", "-").partition("-")
    code = f"{main.lower()}-{place.upper()}"
    code = code if code in LETTER_LANGUAGES else main.lower()
    if code not in LETTER_LANGUAGES:
        raise ArtermError(
            "unknown_language.letters", where, text=text.strip()[:20], letter_languages=tuple(LETTER_LANGUAGES)
        )
    return code


def known_kind(text: str, where: str = "kind") -> str:
    """`business`, `consumer` or `unknown`; anything else is refused (`unknown_kind`)."""
    kind = text.strip().lower()
    if kind not in KINDS:
        raise ArtermError("unknown_kind.customer", where, text=text.strip()[:20])
    return kind


@cache
def usual_currency(country: str) -> str:
    """The currency a country pays in today (CLDR); EUR where that is not known."""
    from babel.numbers import get_territory_currencies

    known = [] if country in _CURRENCY or country not in _codes() else get_territory_currencies(country)
    return _CURRENCY.get(country) or next((code for code in known if code in DIGITS), "EUR")


def usual_language(country: str) -> str:
    """The language letters to a country are written in unless the owner says otherwise."""
    return _LANGUAGE.get(country, "en")
