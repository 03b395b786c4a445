"""How people write numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a place writes numbers: the decimal sign and the sign between thousands."""

    decimal: str
    group: str


POINT = NumberStyle(".", ",")
COMMA = NumberStyle(",", ".")
_STYLES: dict[str, NumberStyle] = {
    "en": POINT,
    "ga": POINT,
    "ja": POINT,
    "zh": POINT,
    "he": POINT,
    "th": POINT,
    "nl": COMMA,
    "de": COMMA,
    "es": COMMA,
    "it": COMMA,
    "da": COMMA,
    "pt": COMMA,
    "el": COMMA,
    "tr": COMMA,
    "id": COMMA,
    "sl": COMMA,
    "hr": COMMA,
    "ro": COMMA,
    "sr": COMMA,
    "is": COMMA,
    "fr": NumberStyle(",", " "),
    "pl": NumberStyle(",", " "),
    "sv": NumberStyle(",", " "),
    "nb": NumberStyle(",", " "),
    "fi": NumberStyle(",", " "),
    "cs": NumberStyle(",", " "),
    "sk": NumberStyle(",", " "),
    "hu": NumberStyle(",", " "),
    "bg": NumberStyle(",", " "),
    "uk": NumberStyle(",", " "),
    "ru": NumberStyle(",", " "),
    "lt": NumberStyle(",", " "),
    "lv": NumberStyle(",", " "),
    "et": NumberStyle(",", " "),
}
_STYLES_BY_PLACE = {"de_CH": NumberStyle(".", "'"), "de_LI": NumberStyle(".", "'"), "de_AT": NumberStyle(",", " ")}


def style_of(language: str, country: str = "") -> NumberStyle:
    """The number style of a language as written in a country (both ISO codes); English where unknown."""
    return _STYLES_BY_PLACE.get(f"{language}_{country}") or _STYLES.get(language, POINT)
