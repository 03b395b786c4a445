"""Rates per cent a year as people write them, exact."""

from __future__ import annotations

import re
from fractions import Fraction

from arterm.rules.errors import ArtermError


def read_rate(text: str, where: str = "rate") -> Fraction:
    """A rate such as `10.5`, `10,5` or `10.5 %`, from 0 to 100; else refused (`bad_rate`)."""
    said = text.strip().removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", said) or Fraction(said) > 100:
        raise ArtermError("bad_rate.text", where, text=" ".join(text.split())[:20])
    return Fraction(said)


def rate_text(rate: Fraction) -> str:
    """A rate with as many decimals as it needs, four at the most: `12.25`, `8`."""
    tenths = round(rate * 10_000)
    whole, part = divmod(tenths, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")
