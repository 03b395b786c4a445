"""Company and VAT numbers: whether they can be right, and the public register in which to look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from arterm.law.countries import every
from arterm.rules.messages import message

_EU = "https://ec.europa.eu/taxation_customs/vies/"


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """A number as it was given, whether its check digits are right (None: nobody here knows the country's), where to
    look.
    """

    number: str
    valid: bool | None
    words: str
    link: str


def register_of(country: str, number: str, name: str) -> RegisterCheck:
    """What can be said of a company's or VAT number without asking anybody."""
    from stdnum.util import get_cc_module

    bare = "".join(char for char in number if char.isalnum()).upper()
    known = every()[country].register if country in every() else None
    link = (known.link if known else _EU).format(number=quote(bare.removeprefix(country)), name=quote(name))
    if not bare:
        return RegisterCheck(
            "", None, message("accounts.registers.no_number_known"), (known.by_name if known else "") or link
        )
    vat = get_cc_module(country.lower(), "vat") if country else None
    if vat is None:
        return RegisterCheck(
            number,
            None,
            message("accounts.registers.unknown_country", country=country or message("accounts.registers.no_country")),
            link,
        )
    if _passes(vat, bare):
        return RegisterCheck(number, True, message("accounts.registers.vat_number"), link)
    company = get_cc_module(country.lower(), known.checked_by) if known and known.checked_by else None
    if company is not None and _passes(company, number):
        return RegisterCheck(number, True, message("accounts.registers.company_number"), link)
    if known and known.form and re.fullmatch(known.form, bare):
        return RegisterCheck(number, None, message("accounts.registers.company_form"), link)
    return RegisterCheck(number, False, message("accounts.registers.wrong_digits"), link)


def _passes(module: Any, number: str) -> bool:
    from stdnum.exceptions import ValidationError

    try:
        module.validate(number)
    except ValidationError:
        return False
    return True
