"""The owner's business and habits: settings, each with its check, and the first set-up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from arterm.desk import acts
from arterm.desk.acts import Act
from arterm.desk.paths import path_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.law.countries import every as jurisdictions
from arterm.letters.letter import Address, Sender
from arterm.rules.countries import find_country, usual_currency, usual_language
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.roles import OWNER, role_of
from arterm.rules.settings import SETTINGS
from arterm.rules.text import clean
from arterm.store.book import who
from arterm.store.case_facts import ladders
from arterm.store.journal import UnitOfWork
from arterm.store.models.book import Attachment, Setting
from arterm.store.reads import business as reads

MOST_LOGO = 2 * 2**20


def least_years(desk: Desk) -> int:
    """For how many years the law of the owner's country has books kept; 0 where no source for it is known here."""
    known = jurisdictions().get(desk.country)
    return known.keep_books if known else 0


def change_settings(desk: Desk, values: Mapping[str, str], act: Act = acts.SETTINGS_CHANGE) -> Receipt:
    """Set one setting or several in one act; those that stay the same are left alone.

    Raises ArtermError with `where` naming the setting whose value is refused.
    """
    checked = {}
    for key, value in values.items():
        try:
            kind = SETTINGS[known_setting(key)]
            checked[key] = kind.check(value) if key != "logo" else value
            if key.startswith("ladder_") and value not in ladders(desk.book):
                known = ", ".join(ladders(desk.book))
                raise ArtermError("no_ladder.chosen", key, value=value[:30], known=known)
        except ArtermError as error:
            raise error.at(key) from None
    least = least_years(desk)
    if int(checked.get("keep_books", "99")) < least:
        raise ArtermError("too_short", "keep_books", country=desk.country, least=least)
    if role_of(who(), checked.get("roles", "")) != OWNER:
        raise ArtermError("not_allowed.own_rights", "roles")
    logo = _logo(checked["logo"]) if checked.get("logo") else None
    held = reads.settings(desk.book)
    changed = {
        key: value
        for key, value in checked.items()
        if (key == "logo" and logo) or (held[key].value if key in held else "") != value
    }
    if not changed:
        return Receipt(message("receipts.business.nothing"))
    with desk.act(act) as work:
        for key, value in changed.items():
            if key == "logo" and logo:
                value = Path(value).name
                work.insert(
                    Attachment,
                    owner="setting",
                    owner_id=0,
                    name=clean(value),
                    path=clean(str(Path(checked[key]).resolve()), 400),
                    sha256=hashlib.sha256(logo).hexdigest(),
                    bytes=logo,
                )
            _put(desk, work, key, value, held)
    return Receipt(
        message("receipts.business.changed", changed=tuple(SETTINGS[key].words.lower() for key in changed)), work.id
    )


def _put(desk: Desk, work: UnitOfWork, key: str, value: str, held: Mapping[str, reads.SettingRow]) -> None:
    if key in held:
        work.update(
            Setting, held[key].id, version=held[key].version, what=message("business.settings.setting"), value=value
        )
        return
    void = reads.voided_setting(desk.book, key)
    if void:
        work.update(Setting, void, value=value, void_act=None)
    else:
        work.insert(Setting, key=key, value=value)


def set_up(desk: Desk, values: Mapping[str, str]) -> Receipt:
    """Tell arterm about the business. What is missing follows from the country: currency and language.

    Refuses (`missing`) when there is no name or country.
    """
    for key in ("name", "country"):
        if not (values.get(key) or desk.setting(key)).strip():
            raise ArtermError("missing.business_field", key, key=key)
    filled = {key: value for key, value in values.items() if value.strip()}
    country = find_country(filled.get("country", "")) or desk.setting("country")
    said = reads.settings(desk.book)
    if "currency" not in said:
        filled.setdefault("currency", usual_currency(country))
    if "language" not in said:
        filled.setdefault("language", usual_language(country))
    receipt = change_settings(desk, filled, acts.BUSINESS_SETUP)
    return Receipt(message("receipts.business.set_up", setting=desk.setting("name")), receipt.act)


def is_set_up(desk: Desk) -> bool:
    """Whether the owner has said who they are."""
    return bool(desk.setting("name"))


def sender(desk: Desk) -> Sender:
    """The business as it stands on a letter. Refuses (`missing`) when it has no name yet."""
    name = desk.setting("name")
    if not name:
        raise ArtermError("missing.sender", "name")
    town = " ".join(part for part in (desk.setting("postcode"), desk.setting("city")) if part)
    contact = " · ".join(part for part in (desk.setting("phone"), desk.setting("mail")) if part)
    return Sender(
        name=name,
        lines=tuple(part for part in (desk.setting("street"), town) if part),
        country=desk.country,
        iban=desk.setting("iban"),
        bic=desk.setting("bic"),
        vat_no=desk.setting("vat"),
        contact=contact,
        logo=_stored_logo(desk),
        address=Address(name, desk.setting("street"), desk.setting("postcode"), desk.setting("city"), desk.country),
        mail=desk.setting("mail"),
        account=desk.setting("account"),
        link=desk.setting("pay_link"),
        ways=desk.setting("ways"),
        signer=desk.setting("signer"),
    )


def _stored_logo(desk: Desk) -> bytes:
    if not desk.setting("logo"):
        return b""
    return reads.logo(desk.book)


def _logo(path: str) -> bytes:
    """A picture a letter can carry, checked by opening it. Refuses (`bad_logo`)."""
    from arterm.letters.picture import checked_picture

    file = path_of(path)
    try:
        content = file.read_bytes()
    except OSError:
        raise ArtermError("no_file.backup", path) from None
    if len(content) > MOST_LOGO:
        raise ArtermError("too_large.logo", path)
    return checked_picture(content, path)


def known_setting(key: str) -> str:
    """A key that somebody typed. Refuses (`no_setting`) one that does not exist."""
    if key not in SETTINGS:
        raise ArtermError("no_setting", "settings", key=key[:40], settings=tuple(SETTINGS))
    return key
