"""The words of letters: a folder a language, with its shared words and one text for each kind of letter."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from arterm.bundled import root
from arterm.letters.template import Template, read_template
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import BLOCKS, KINDS
from arterm.rules.money import show
from arterm.rules.number_style import style_of

_BASE = {"en-US": "en"}  # a language that says only what differs from another
_LOCALES = {"en": "en_GB", "en-US": "en_US"}
_FIGURES = {
    "en": "dd/MM/yyyy",
    "en-US": "MM/dd/yyyy",
    "fr": "dd/MM/yyyy",
    "nl": "dd-MM-yyyy",
    "de": "dd.MM.yyyy",
    "es": "dd/MM/yyyy",
    "it": "dd/MM/yyyy",
}


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The shared words of a language; refused (`unknown_language`) when there are none."""
    path = root() / "letters" / language / "words.toml"
    if not path.is_file():
        raise ArtermError("unknown_language.texts", "language", language=language)
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    if language not in _BASE:
        return own
    base = texts(_BASE[language])
    return {**base, **{k: {**base[k], **v} if isinstance(v, dict) else v for k, v in own.items()}}


@cache
def shipped_text(language: str, kind: str) -> str:
    """The text of a kind of letter as it comes with arterm. Refuses (`unknown_language`, `no_kind`) what there is
    not.
    """
    texts(language)
    if kind not in KINDS:
        raise ArtermError("no_kind.shipped", "kind", kind=kind[:30], kinds=tuple(KINDS))
    for folder in (language, _BASE.get(language, language)):
        path = root() / "letters" / folder / f"{kind}.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise ArtermError("no_kind.language", "kind", kind=kind, language=language)


def checked_text(text: str, kind: str, where: str) -> Template:
    """A text for a kind of letter, read and checked. Refuses (`bad_template`) with file and line."""
    held = KINDS[kind]
    return read_template(text, where, held.names, BLOCKS, held.needs)


@lru_cache(maxsize=500)
def template(language: str, kind: str, own: str = "") -> Template:
    """The text of a kind in a language: the owner's, or the one that comes with arterm."""
    return checked_text(own or shipped_text(language, kind), kind, f"{kind}.{language}.txt")


@lru_cache(maxsize=5000)
def day_words(day: date, language: str) -> str:
    """A date as a letter in that language writes it."""
    from babel.dates import format_date

    words = str(format_date(day, "long", locale=_LOCALES.get(language, language)))
    return words.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else words


@lru_cache(maxsize=5000)
def day_figures(day: date, language: str) -> str:
    """A date in figures, as short as a table needs, with the year in full."""
    from babel.dates import format_date

    locale = _LOCALES.get(language, language)
    return str(format_date(day, _FIGURES.get(language, "yyyy-MM-dd"), locale=locale))


def amount(minor: int, currency: str, language: str, country: str = "") -> str:
    """An amount as that language writes it, without its currency."""
    return show(minor, currency, style_of(language[:2], country)).replace(" ", "\u00a0")


def with_currency(minor: int, currency: str, language: str, country: str = "") -> str:
    """An amount with its currency code, kept on one line."""
    return f"{currency}\u00a0{amount(minor, currency, language, country)}"


def rate(text: str, language: str, country: str = "") -> str:
    """A rate (per cent, written with a point) as that language writes it."""
    return text.replace(".", style_of(language[:2], country).decimal)


@lru_cache(maxsize=500)
def law(name: str, language: str) -> str:
    """A statute as letters in that language cite it; what explains it is left to the owner's screen."""
    cited, known = name.split(": ")[0], texts(language)["laws"]
    if cited in known:
        return str(known[cited])
    for said, there in known.items():
        cited = cited.replace(said, there)
    return cited
