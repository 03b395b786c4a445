"""The owner's business and habits: settings, each with its check, and the first set-up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from arterm.desk.desk import Desk
from arterm.desk.named_file import path_of
from arterm.desk.views import Receipt
from arterm.letters.layout import LAYOUTS
from arterm.letters.letter import Address, Sender
from arterm.rules.addresses import checked_bic, checked_iban, checked_mail, checked_phone
from arterm.rules.countries import (
    LETTER_LANGUAGES,
    find_country,
    known_country,
    known_language,
    usual_currency,
    usual_language,
)
from arterm.rules.currencies import known_currency
from arterm.rules.errors import ArtermError
from arterm.rules.hours import read_hours
from arterm.rules.outcomes import outcomes
from arterm.rules.references import STYLES
from arterm.rules.text import clean
from arterm.rules.worklist import read_weights
from arterm.store.circumstances import ladders
from arterm.store.journal import Deed
from arterm.store.models import Attachment, Setting

MOST_LOGO = 2 * 2**20


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
        raise ArtermError("missing", "The business needs a name.", "name", "Type it.")
    return clean(value)


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value.strip() else ""


def _days(least: int, most: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ArtermError("bad_number", f"'{value[:20]}' is not a number of days from {least} to {most}.", "days")
        return str(int(value))

    return check


def _number(least: int, most: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ArtermError("bad_number", f"'{value[:20]}' is not a number from {least} to {most}.", "value")
        return str(int(value))

    return check


def _limit(value: str) -> str:
    """A small amount, at most ten whole units."""
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", value.strip()) or int(value.strip().partition(".")[0]) > 10:
        raise ArtermError(
            "bad_amount", f"'{value[:20]}' is no small amount.", "match_limit", "Write it like 0.50; at most 10."
        )
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
        raise ArtermError("bad_link", f"'{value[:40]}' is no link to pay by.", "link", "Write it like https://pay.example/{reference}.")  # fmt: skip
    return value.strip()


def _weekdays(value: str) -> str:
    days = value.lower().replace(",", " ").split()
    known = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if any(day[:3] not in known for day in days) or len({day[:3] for day in days}) > 6:
        raise ArtermError("bad_choice", f"'{value[:30]}' are no weekdays.", "value", "Write them like: sat sun.")
    return " ".join(day for day in known if day in {one[:3] for one in days})


def _one_of(*choices: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise ArtermError(
                "bad_choice",
                f"'{value[:20]}' is none of the choices.",
                "value",
                "Choose one of " + ", ".join(choices) + ".",
            )
        return value

    return check


THEMES = ("arterm-dark", "arterm-light", "arterm-contrast", "arterm-clear")

SETTINGS: dict[str, SettingKind] = {
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
    "small_creditor": SettingKind("Small enterprise (Belgian law)", "no", _one_of("yes", "no"), "yes or no"),
    "collection_work": SettingKind("Real collection work is done (Dutch law)", "no", _one_of("yes", "no"), "yes or no"),
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


def settings(desk: Desk) -> dict[str, str]:
    """Every setting with its value, in the order they are shown."""
    return {key: desk.setting(key, kind.default) for key, kind in SETTINGS.items()}


def get_setting(desk: Desk, key: str) -> str:
    """One setting's value. Refuses (`no_setting`) a key that does not exist."""
    return desk.setting(_known(key), SETTINGS[key].default)


def change_settings(desk: Desk, values: Mapping[str, str], name: str = "settings.change") -> Receipt:
    """Set one setting or several in one act; those that stay the same are left alone.

    Raises ArtermError with `where` naming the setting whose value is refused.
    """
    checked = {}
    for key, value in values.items():
        try:
            kind = SETTINGS[_known(key)]
            checked[key] = kind.check(value) if key != "logo" else value
            if key.startswith("ladder_") and value not in ladders(desk.book):
                known = ", ".join(ladders(desk.book))
                raise ArtermError("no_ladder", f"There is no ladder '{value[:30]}'.", key, f"There are: {known}.")
        except ArtermError as error:
            raise ArtermError(error.code, error.message, key, error.hint) from None
    logo = _logo(checked["logo"]) if checked.get("logo") else None
    held = {
        row[1]: (row[0], row[2], row[3])
        for row in desk.book.rows("SELECT id, key, value, version FROM setting WHERE void_act IS NULL")
    }
    changed = {
        key: value
        for key, value in checked.items()
        if (key == "logo" and logo) or held.get(key, (0, "", 0))[1] != value
    }
    if not changed:
        return Receipt("Nothing changed.")
    with desk.act(name) as deed:
        for key, value in changed.items():
            if key == "logo" and logo:
                value = Path(value).name
                deed.insert(Attachment, owner="setting", owner_id=0, name=clean(value), path=clean(str(Path(checked[key]).resolve()), 400),
                            sha256=hashlib.sha256(logo).hexdigest(), bytes=logo)  # fmt: skip
            _put(desk, deed, key, value, held)
    return Receipt("Changed: " + ", ".join(SETTINGS[key].words.lower() for key in changed) + ".", deed.id)


def _put(desk: Desk, deed: Deed, key: str, value: str, held: Mapping[str, tuple[int, str, int]]) -> None:
    if key in held:
        row, _, version = held[key]
        deed.update(Setting, row, version=version, what="This setting", value=value)
        return
    void = desk.book.one("SELECT id FROM setting WHERE key = ?", (key,))
    if void:
        deed.update(Setting, void[0], value=value, void_act=None)
    else:
        deed.insert(Setting, key=key, value=value)


def set_up(desk: Desk, values: Mapping[str, str]) -> Receipt:
    """Tell arterm about the business. What is missing follows from the country: currency and language.

    Refuses (`missing`) when there is no name or country.
    """
    for key in ("name", "country"):
        if not (values.get(key) or desk.setting(key)).strip():
            raise ArtermError("missing", f"The business needs a {key}.", key, f"Say it with --{key}.")
    filled = {key: value for key, value in values.items() if value.strip()}
    country = find_country(filled.get("country", "")) or desk.setting("country")
    if not desk.setting("currency"):
        filled.setdefault("currency", usual_currency(country))
    if not desk.setting("language"):
        filled.setdefault("language", usual_language(country))
    receipt = change_settings(desk, filled, "business.setup")
    return Receipt(f"{desk.setting('name')} is set up.", receipt.act)


def is_set_up(desk: Desk) -> bool:
    """Whether the owner has said who they are."""
    return bool(desk.setting("name"))


def sender(desk: Desk) -> Sender:
    """The business as it stands on a letter. Refuses (`missing`) when it has no name yet."""
    name = desk.setting("name")
    if not name:
        raise ArtermError(
            "missing", "A letter needs the name of your business.", "name", "Run arterm setup, or fill in the settings."
        )
    town = " ".join(part for part in (desk.setting("postcode"), desk.setting("city")) if part)
    contact = " · ".join(part for part in (desk.setting("phone"), desk.setting("mail")) if part)
    return Sender(
        name=name, lines=tuple(part for part in (desk.setting("street"), town) if part), country=desk.country,
        iban=desk.setting("iban"), bic=desk.setting("bic"), vat_no=desk.setting("vat"), contact=contact, logo=_stored_logo(desk),
        address=Address(name, desk.setting("street"), desk.setting("postcode"), desk.setting("city"), desk.country), mail=desk.setting("mail"),
        account=desk.setting("account"), link=desk.setting("pay_link"), ways=desk.setting("ways"), signer=desk.setting("signer"),
    )  # fmt: skip


def _stored_logo(desk: Desk) -> bytes:
    if not desk.setting("logo"):
        return b""
    row = desk.book.one(
        "SELECT bytes FROM attachment WHERE owner = 'setting' AND void_act IS NULL ORDER BY id DESC LIMIT 1"
    )
    return bytes(row[0]) if row else b""


def _logo(path: str) -> bytes:
    """A picture a letter can carry, checked by opening it. Refuses (`bad_logo`)."""
    from arterm.letters.picture import checked_picture

    file = path_of(path)
    try:
        content = file.read_bytes()
    except OSError:
        raise ArtermError("no_file", "There is no such file.", path, "Name a PNG, JPEG or SVG file.") from None
    if len(content) > MOST_LOGO:
        raise ArtermError("too_large", "This logo is larger than 2 MB.", path, "Save it smaller.")
    return checked_picture(content, path)


def _known(key: str) -> str:
    if key not in SETTINGS:
        raise ArtermError(
            "no_setting", f"There is no setting '{key[:40]}'.", "settings", "Settings are: " + ", ".join(SETTINGS) + "."
        )
    return key
