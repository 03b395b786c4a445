"""The settings there are: each with its words, its default and the check of a new value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from arterm.rules.addresses import checked_bic, checked_iban, checked_mail, checked_phone
from arterm.rules.countries import LETTER_LANGUAGES, known_country, known_language
from arterm.rules.currencies import known_currency
from arterm.rules.errors import ArtermError
from arterm.rules.hours import read_hours
from arterm.rules.outcomes import outcomes
from arterm.rules.references import STYLES
from arterm.rules.roles import read_roles
from arterm.rules.text import clean
from arterm.rules.worklist import read_weights


@dataclass(frozen=True, slots=True)
class SettingKind:
    """A setting that exists: its words, what it is without the owner's word, and the check of a new value."""

    words: str
    default: str
    check: Callable[[str], str]
    hint: str = ""


def _text(value: str) -> str:
    return clean(value)


def _needed(value: str) -> str:
    if not clean(value):
        raise ArtermError("missing.business_name", "name")
    return clean(value)


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value.strip() else ""


def _days(least: int, most: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ArtermError("bad_number.days_between", "days", value=value[:20], least=least, most=most)
        return str(int(value))

    return check


def _number(least: int, most: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ArtermError("bad_number.between", "value", value=value[:20], least=least, most=most)
        return str(int(value))

    return check


def _limit(value: str) -> str:
    """A small amount, at most ten whole units."""
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", value.strip()) or int(value.strip().partition(".")[0]) > 10:
        raise ArtermError("bad_amount.match_limit", "match_limit", value=value[:20])
    return value.strip()


def _hours(value: str) -> str:
    found = read_hours(value)
    return f"{found.start}-{found.end}{' sat' if found.saturday else ''}"


def _weights(value: str) -> str:
    read_weights(value)
    return " ".join(value.split())


def _outcomes(value: str) -> str:
    outcomes(value)
    return " ".join(value.split())


def _link(value: str) -> str:
    """An https address, with no other places than {amount}, {currency} and {reference}. Refuses (`bad_link`)."""
    bare = re.sub(r"{(amount|currency|reference)}", "0", value.strip())
    try:
        good = bare.isascii() and not re.search(r"[\s{}<>\"\\^`|]", bare) and len(bare) <= 300
        good = good and urlsplit(bare).scheme == "https" and "." in (urlsplit(bare).hostname or "")
    except ValueError:
        good = False
    if not good:
        raise ArtermError("bad_link", "link", value=value[:40])
    return value.strip()


def _weekdays(value: str) -> str:
    days = value.lower().replace(",", " ").split()
    known = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if any(day[:3] not in known for day in days) or len({day[:3] for day in days}) > 6:
        raise ArtermError("bad_choice.weekdays", "value", value=value[:30])
    return " ".join(day for day in known if day in {one[:3] for one in days})


def _roles(value: str) -> str:
    return " ".join(f"{account}={role}" for account, role in read_roles(value).items())


def _one_of(*choices: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise ArtermError("bad_choice.value", "value", value=value[:20], choices=tuple(choices))
        return value

    return check


TONES = ("friendly", "firm", "formal")
LAYOUTS = ("din-a", "din-b", "left", "right", "fr", "ch", "us")  # where they are drawn: letters/layout
THEMES = ("arterm-dark", "arterm-light", "arterm-contrast", "arterm-clear")

BUSINESS_SETTINGS: dict[str, SettingKind] = {
    "name": SettingKind("Name of the business", "", _needed),
    "street": SettingKind("Street and number", "", _text),
    "postcode": SettingKind("Postcode", "", _text),
    "city": SettingKind("Town", "", _text),
    "country": SettingKind("Country", "", known_country, "a code such as BE, GB, DE"),
    "language": SettingKind(
        "Language of numbers and of letters where the customer has none",
        "en",
        known_language,
        ", ".join(LETTER_LANGUAGES),
    ),
    "currency": SettingKind("Currency", "EUR", known_currency, "a code such as EUR, GBP"),
    "iban": SettingKind("Bank account (IBAN)", "", _optional(checked_iban)),
    "bic": SettingKind("Bank code (BIC)", "", _optional(checked_bic)),
    "vat": SettingKind("VAT number", "", lambda value: clean(value, 20)),
    "mail": SettingKind("E-mail", "", _optional(checked_mail)),
    "match_limit": SettingKind("What may lack for an invoice to be settled all the same", "0", _limit, "such as 0.50"),
    "phone": SettingKind("Telephone", "", _optional(checked_phone)),
    "logo": SettingKind("Logo on letters (a PNG, JPEG or SVG file)", "", _text),
    "layout": SettingKind(
        "Layout of letters", "", _optional(_one_of(*LAYOUTS)), f"empty: as in the country; or {', '.join(LAYOUTS)}"
    ),
    "signer": SettingKind("Who signs letters", "", _text),
    "reference": SettingKind(
        "Payers quote", "numbers", _one_of(*STYLES), "numbers (of invoices), ogm (Belgian, +++), rf (ISO 11649)"
    ),
    "account": SettingKind("Bank account where there is no IBAN", "", _text, "sort code 12-34-56, account 12345678"),
    "pay_link": SettingKind(
        "Link to pay online",
        "",
        _optional(_link),
        "https://pay.example/{reference}?amount={amount}&currency={currency}",
    ),
    "ways": SettingKind("Other ways to pay, as letters say it", "", _text, "By card on the telephone."),
    "terms_days": SettingKind("Days to pay, when an invoice does not say", "30", _days(0, 365)),
    "deadline_days": SettingKind("Days to pay after a reminder", "14", _days(1, 90)),
    "ladder_business": SettingKind("Ladder for businesses", "standard", _text, "see them with: arterm ladder list"),
    "ladder_consumer": SettingKind("Ladder for consumers", "consumer", _text, "see them with: arterm ladder list"),
    "contacts_week": SettingKind("Most contacts a week with one customer (0: no limit)", "3", _number(0, 50)),
    "calls_day": SettingKind("Most calls a day to one customer (0: no limit)", "2", _number(0, 20)),
    "hours_business": SettingKind("Hours for calling businesses", "8-18", _hours, "8-18, or 8-18 sat"),
    "hours_consumer": SettingKind("Hours for calling consumers", "9-20 sat", _hours, "9-20, or 9-20 sat"),
    "weights": SettingKind(
        "Points of the worklist",
        "",
        _weights,
        "amount=12 age=1 broken=30 new=25 old=-20 silence=15 limitation=60 due=20",
    ),
    "outcomes": SettingKind("What follows from outcomes", "", _outcomes, "voicemail.days=3 refuses.waits=yes"),
    "promise_days": SettingKind("Days of grace after a promised day", "0", _number(0, 14)),
    "quiet_days": SettingKind("Days on which nobody is chased", "", _weekdays, "sat sun"),
    "floor": SettingKind("Smaller debts are not chased (whole units)", "0", _number(0, 100_000)),
    "payment_order": SettingKind(
        "A payment without a purpose settles first what the law says, or always the principal",
        "law",
        _one_of("law", "principal"),
        "law or principal",
    ),
    "freeze_amount": SettingKind(
        "Propose to stop supply from so much overdue (whole units; 0: never)", "0", _number(0, 10_000_000)
    ),
    "freeze_days": SettingKind("Propose to stop supply from so many days overdue (0: never)", "0", _number(0, 2000)),
    "roles": SettingKind(
        "Who may do what: accounts of this machine as clerk or reader",
        "",
        _roles,
        "anna=clerk piet=reader; who is not named is an owner",
    ),
    "keep_books": SettingKind(
        "Years for which invoices and payments are kept",
        "10",
        _number(5, 30),
        "10: Belgium; never shorter than your law says",
    ),
    "keep_notes": SettingKind(
        "Years after the last business for which notes, letters and contacts are kept", "5", _number(1, 30)
    ),
    "small_creditor": SettingKind("Small enterprise (Belgian law)", "no", _one_of("yes", "no"), "yes or no"),
    "collection_work": SettingKind("Real collection work is done (Dutch law)", "no", _one_of("yes", "no"), "yes or no"),
}


def _host(value: str) -> str:
    """A server's name, or empty. Refuses (`bad_host`)."""
    name = value.strip().rstrip(".").lower()
    if name and not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", name):
        raise ArtermError("bad_host", "mail_host", name=name[:40])
    return name


def _tones(value: str) -> str:
    said = value.lower().replace(",", " ").split()
    if any(tone not in (*TONES, "none") for tone in said):
        raise ArtermError("bad_choice.tones", "value", value=value[:30], tones=tuple(TONES))
    return " ".join(tone for tone in TONES if tone in said) or "none"


_YES_NO = _one_of("yes", "no")
MAIL_SETTINGS: dict[str, SettingKind] = {
    "mail_host": SettingKind("Mail server for sending (SMTP)", "", _host, "smtp.example.com; empty: nothing is mailed"),
    "mail_port": SettingKind("Its port", "465", _number(1, 65535), "465, or 587"),
    "mail_tls": SettingKind(
        "Its encryption", "auto", _one_of("auto", "implicit", "starttls"), "auto: implicit on 465, else starttls"
    ),
    "mail_user": SettingKind("User name at the mail server", "", _text, "empty: the e-mail address of the business"),
    "mail_auth": SettingKind(
        "Signing in at the mail server",
        "password",
        _one_of("password", "google", "microsoft", "none"),
        "password, google, microsoft, none",
    ),
    "mail_client": SettingKind("Client id of your own registration with Google or Microsoft", "", _text),
    "mail_ca": SettingKind("Certificates to trust beside the machine's own (a PEM file)", "", _text),
    "mail_reply": SettingKind(
        "Answers to e-mails go to", "", _optional(checked_mail), "empty: the e-mail address of the business"
    ),
    "mail_tones": SettingKind(
        "Reminders that go by e-mail where there is an address",
        "friendly firm",
        _tones,
        "friendly firm formal, or none",
    ),
    "mail_alone": SettingKind(
        "Reminders that arterm send --due sends by itself",
        "friendly",
        _one_of("none", "friendly", "all"),
        "none, friendly, all",
    ),
    "mail_hours": SettingKind("Hours in which arterm send --due sends", "8-18", _hours, "8-18, or 8-18 sat"),
    "mail_day": SettingKind("Most e-mails a day", "200", _number(1, 100_000)),
    "courtesy_days": SettingKind("Days before the due day for a courtesy notice (0: none)", "0", _number(0, 30)),
    "alert_mail": SettingKind(
        "Mail yourself when an invoice is ignored, a promise or an instalment missed", "no", _YES_NO, "yes or no"
    ),
    "alert_note": SettingKind("Show such alerts on the desktop", "no", _YES_NO, "yes or no"),
    "password_command": SettingKind(
        "Command that prints the mail password (for runs without a keyring)", "", _text, "pass show mail/arterm"
    ),
    "imap_host": SettingKind(
        "Mailbox to look into for answers and bounces (IMAP)", "", _host, "imap.example.com; empty: none"
    ),
    "imap_port": SettingKind("Its port", "993", _number(1, 65535), "993, or 143"),
    "imap_tls": SettingKind(
        "Its encryption", "auto", _one_of("auto", "implicit", "starttls"), "auto: implicit on 993, else starttls"
    ),
    "imap_user": SettingKind("User name of the mailbox", "", _text, "empty: as for sending"),
    "imap_folder": SettingKind("Its folder", "INBOX", _text),
}
LOOK_SETTINGS: dict[str, SettingKind] = {
    "theme": SettingKind("Colours", "arterm-dark", _one_of(*THEMES), ", ".join(THEMES)),
    "view": SettingKind(
        "The board shows", "invoice", _one_of("invoice", "customer", "stage"), "invoice, customer or stage"
    ),
    "keymap": SettingKind(
        "Keys changed by the owner (act=key, separated by blanks)",
        "",
        _text,
        "row.call=f7; see the names with: arterm settings keys",
    ),
}
SETTINGS = BUSINESS_SETTINGS | MAIL_SETTINGS | LOOK_SETTINGS
