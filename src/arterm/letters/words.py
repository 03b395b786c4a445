"""The words of letters: one file a language, named places filled with finished strings, nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from arterm.bundled import root
from arterm.rules.errors import ArtermError
from arterm.rules.money import show, style_of

_LOCALES = {"en": "en_GB"}
_PLACE = re.compile(r"\{([a-z_]*)\}|[{}]")


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The texts of a language; refused (`unknown_language`) when there are none."""
    path = root() / "letters" / language / "reminder.toml"
    if not path.is_file():
        raise ArtermError(
            "unknown_language",
            f"There are no letter texts in '{language}'.",
            "language",
            "Choose another language for this customer.",
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fill(text: str, values: Mapping[str, str], where: str = "letter text") -> str:
    """Put values in the named places of a text. The values are never looked at again: braces in them stay braces.

    Refuses (`bad_template`) a name that is not among the values, an empty value, and a lone brace.
    """

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if not name:
            raise ArtermError(
                "bad_template", "A brace stands alone in this text.", where, "Write {name}, with a name arterm knows."
            )
        if not values.get(name):
            known = ", ".join(sorted(values))
            raise ArtermError(
                "bad_template", f"There is nothing to put for {{{name}}}.", where, f"Known names: {known}."
            )
        return values[name]

    return _PLACE.sub(put, text)


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

    pattern = {
        "en": "dd/MM/yyyy",
        "fr": "dd/MM/yyyy",
        "nl": "dd-MM-yyyy",
        "de": "dd.MM.yyyy",
        "es": "dd/MM/yyyy",
        "it": "dd/MM/yyyy",
    }.get(language, "yyyy-MM-dd")
    return str(format_date(day, pattern, locale=language))


def amount(minor: int, currency: str, language: str, country: str = "") -> str:
    """An amount as that language writes it, without its currency."""
    return show(minor, currency, style_of(language, country)).replace(" ", "\u00a0")


def with_currency(minor: int, currency: str, language: str, country: str = "") -> str:
    """An amount with its currency code, kept on one line."""
    return f"{currency}\u00a0{amount(minor, currency, language, country)}"
