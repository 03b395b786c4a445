"""Where the parts of a letter stand, so that its address shows in the window of the envelopes a country uses."""

from __future__ import annotations

from dataclasses import dataclass

from arterm.law.countries import every

A4, US_LETTER = (210.0, 297.0), (215.9, 279.4)


@dataclass(frozen=True, slots=True)
class Layout:
    """Millimetres from the top left corner: the first line of the address, its room, the line with the date, the folds.

    `back` is where the sender stands small above the address, as DIN 5008 has it; 0 for nowhere.
    """

    words: str
    page: tuple[float, float] = A4
    address: tuple[float, float] = (25, 52)
    wide: float = 80
    date: float = 92
    back: float = 0
    folds: tuple[float, ...] = ()
    hole: float = 0


LAYOUTS = {
    "din-a": Layout("DIN 5008 form A", address=(25, 48), back=42, date=88, folds=(87, 192), hole=148.5),
    "din-b": Layout("DIN 5008 form B", address=(25, 66), back=60, date=104, folds=(105, 210), hole=148.5),
    "left": Layout("DL envelope, window left (GB, IE, NL, BE)"),
    "right": Layout("DL envelope, window right (BE, NL, ES, IT)", address=(115, 54), date=97),
    "fr": Layout("NF Z 11-001 (FR)", address=(110, 54), wide=85, date=97),
    "ch": Layout("window right (CH)", address=(118, 56), wide=77, date=97),
    "us": Layout("US Letter, #10 envelope", US_LETTER, address=(25, 56)),
}
_NEIGHBOURS = {"MC": "FR", "LI": "CH"}  # places whose envelopes are those of another country


def usual_layout(country: str) -> str:
    """The layout for the envelopes of a country; with the window left where none other is known."""
    known = every().get(_NEIGHBOURS.get(country, country))
    return known.layout if known else "left"
