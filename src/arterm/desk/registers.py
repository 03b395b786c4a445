"""Company and VAT numbers: whether they can be right, and the public register in which to look."""

from __future__ import annotations

from dataclasses import dataclass
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
_EU = "https://ec.europa.eu/taxation_customs/vies/"


@dataclass(frozen=True, slots=True)
class Register:
    """A number as it was given, whether its check digits are right (None: nobody here knows the country's), where to look."""

    number: str
    valid: bool | None
    words: str
    link: str


def register_of(country: str, number: str, name: str) -> Register:
    """What can be said of a company's number without asking anybody."""
    from stdnum.exceptions import ValidationError
    from stdnum.util import get_cc_module

    bare = "".join(char for char in number if char.isalnum()).upper()
    digits = bare.removeprefix(country)
    link = _LINKS.get(country, _EU).format(number=quote(digits), name=quote(name))
    if not bare:
        return Register("", None, "no number is known", link)
    module = get_cc_module(country.lower(), "vat") if country else None
    if module is None:
        return Register(number, None, f"the numbers of {country or 'no country'} are not known here", link)
    try:
        module.validate(bare)
    except ValidationError:
        return Register(number, False, "its check digits are wrong, or it is of another country", link)
    return Register(number, True, "its check digits are right; whether it is theirs, the register tells", link)
