"""Company and VAT numbers: whether they can be right, and the public register in which to look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

# Public registers by country; {number} is the number without signs, {name} the customer's name.
_LINKS = {
    "BE": "https://kbopub.economie.fgov.be/kbopub/zoeknummerform.html?nummer={number}",
    "NL": "https://www.kvk.nl/zoeken/?source=all&q={name}",
    "FR": "https://annuaire-entreprises.data.gouv.fr/rechercher?terme={name}",
    "GB": "https://find-and-update.company-information.service.gov.uk/search?q={name}",
    "IE": "https://core.cro.ie/search?q={name}",
    "DE": "https://www.unternehmensregister.de/ureg/",
    "AT": "https://justizonline.gv.at/jop/web/firmenbuchabfrage",
    "CH": "https://www.zefix.ch/en/search/entity/list?name={name}",
    "ES": "https://sede.registradores.org/site/mercantil",
    "IT": "https://www.registroimprese.it/ricerca-libera-e-acquisto?q={name}",
}
_SEARCHES = {"BE": "https://kbopub.economie.fgov.be/kbopub/zoeknaamfonetischform.html"}  # where no number is known
_EU = "https://ec.europa.eu/taxation_customs/vies/"


@dataclass(frozen=True, slots=True)
class Register:
    """A number as it was given, whether its check digits are right (None: nobody here knows the country's), where to
    look.
    """

    number: str
    valid: bool | None
    words: str
    link: str


# Numbers of companies that are no VAT numbers, where their check is known here.
_COMPANY = {"AT": "businessid", "DE": "handelsregisternummer", "FR": "siren", "IT": "codicefiscale", "SE": "orgnr"}
# Elsewhere the form alone: Companies House has eight digits or two letters and six, the Dutch and Irish registers
# digits.
_FORMS = {"GB": r"(\d{8}|[A-Z]{2}\d{6})", "NL": r"\d{8}", "IE": r"\d{5,6}"}


def register_of(country: str, number: str, name: str) -> Register:
    """What can be said of a company's or VAT number without asking anybody."""
    from stdnum.util import get_cc_module

    bare = "".join(char for char in number if char.isalnum()).upper()
    link = _LINKS.get(country, _EU).format(number=quote(bare.removeprefix(country)), name=quote(name))
    if not bare:
        return Register("", None, "no number is known", _SEARCHES.get(country, link))
    vat = get_cc_module(country.lower(), "vat") if country else None
    if vat is None:
        return Register(number, None, f"the numbers of {country or 'no country'} are not known here", link)
    if _passes(vat, bare):
        return Register(
            number, True, "a VAT number whose check digits are right; whether it is theirs, the register tells", link
        )
    company = get_cc_module(country.lower(), _COMPANY[country]) if country in _COMPANY else None
    if company is not None and _passes(company, number):
        return Register(
            number, True, "a company number that can be right; whether it is theirs, the register tells", link
        )
    if re.fullmatch(_FORMS.get(country, r"(?!)"), bare):
        return Register(
            number, None, "it has the form of a company number, which has no check digits; look it up", link
        )
    return Register(number, False, "its check digits are wrong, or it is of another country", link)


def _passes(module: Any, number: str) -> bool:
    from stdnum.exceptions import ValidationError

    try:
        module.validate(number)
    except ValidationError:
        return False
    return True
