"""What those who help ask: flat, per cent whatever comes, or only of what comes; per cent by the age of the debt. Minor
units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arterm.rules.errors import ArtermError

MODELS = ("flat", "percent", "no_cure_no_pay")
Rates = tuple[tuple[int, int], ...]  # (from so many days overdue, hundredths of a per cent)


@dataclass(frozen=True, slots=True)
class Fee:
    """A partner's price: how it is reckoned, the flat part, and per cent by age."""

    model: str
    flat: int = 0
    rates: Rates = ()

    def share(self, age: int) -> int:
        """The per cent (in hundredths) for a debt of that many days overdue; one that is not due yet counts as due
        today.
        """
        return next((rate for start, rate in reversed(self.rates) if max(0, age) >= start), 0)

    def of(self, face: int, recovered: int, age: int) -> int:
        """What is owed for a debt of `face` of which `recovered` came (minor units, halves rounded up)."""
        base = recovered if self.model == "no_cure_no_pay" else face
        part = 0 if self.model == "flat" else (base * self.share(age) + 5000) // 10_000
        return part + (self.flat if self.model != "no_cure_no_pay" or recovered else 0)


def read_rates(text: str) -> Rates:
    """`15`, or by age `0:15 180:25.5`: per cent from so many days overdue. Refuses (`bad_rate`)."""
    found: list[tuple[int, int]] = []
    for word in text.replace("%", " ").replace(",", ".").split():
        match = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,3})(?:\.(\d{1,2}))?", word)
        rate = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0")) if match else 10_001
        if match is None or rate > 10_000:
            raise ArtermError("bad_rate.word", "rates", word=word[:20])
        found.append((int(match[1] or 0), rate))
    found.sort()
    if len({start for start, _ in found}) != len(found):
        raise ArtermError("bad_rate.same_day", "rates")
    return tuple(found)


def rates_text(rates: Rates) -> str:
    """Rates as they are kept and shown."""

    def percent(rate: int) -> str:
        return f"{rate // 100}" + (f".{rate % 100:02d}".rstrip("0") if rate % 100 else "")

    return (
        percent(rates[0][1])
        if len(rates) == 1 and not rates[0][0]
        else " ".join(f"{start}:{percent(rate)}" for start, rate in rates)
    )
