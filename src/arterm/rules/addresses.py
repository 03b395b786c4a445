"""E-mail addresses, IBANs and VAT numbers: checked when typed, shown as people group them."""

from __future__ import annotations

import re

from arterm.rules.errors import ArtermError


def checked_mail(text: str, where: str = "mail") -> str:
    """One e-mail address, normalised; anything else (also two of them) is refused (`bad_mail`)."""
    from email_validator import EmailNotValidError, validate_email

    candidate = text.strip()
    try:
        if re.search(r"[\s,;<>\"]", candidate):
            raise EmailNotValidError("one plain address")
        return str(validate_email(candidate, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise ArtermError("bad_mail.address", where, candidate=candidate[:60]) from None


def checked_phone(text: str, where: str = "phone") -> str:
    """A telephone number as typed, with single blanks; letters and stray signs are refused (`bad_phone`)."""
    number = " ".join(text.split())
    if not re.fullmatch(r"\+?[0-9()./ -]{3,30}(?: ?(?:x|ext\.?) ?\d{1,6})?", number, re.IGNORECASE):
        raise ArtermError("bad_phone", where, number=number[:40])
    return number


def shown_phone(text: str, country: str) -> str:
    """A telephone number as its country writes it for callers from anywhere; as it was typed where it is none."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {number.extension}" if number.extension and "ext" not in shown else str(shown)


def checked_iban(text: str, where: str = "iban") -> str:
    """An IBAN without blanks, its check digits right; else refused (`bad_iban`)."""
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        return str(iban.validate(text.strip(), check_country=False))
    except ValidationError:
        raise ArtermError("bad_iban", where, text=" ".join(text.split())[:40]) from None


def checked_bic(text: str, where: str = "bic") -> str:
    """A bank's code of eight or eleven letters and digits; else refused (`bad_bic`)."""
    code = "".join(text.split()).upper()
    if not re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", code):
        raise ArtermError("bad_bic", where, code=code[:20])
    return code


def grouped_iban(iban: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(iban[n : n + 4] for n in range(0, len(iban), 4))
