"""How long a claim lasts, at least: the first day on which it may be out of time, so that nobody is surprised.

The periods stand in each country's module, with their statutes, and only where they are sourced: elsewhere it is to be
checked. The shortest period that may apply is taken, and interruptions (a payment, an acknowledgement, a lawsuit) are
left out: each can only make it longer.
"""

from __future__ import annotations

from datetime import date

from arterm.law.countries import every


def limitation(country: str, debtor: str, due: date) -> date | None:
    """The first day on which a claim due then may be out of time; None where the country's period is not known here.

    An unknown kind of debtor is taken for a consumer, whose periods are the shorter ones.
    """
    known = every().get(country)
    period = known.limitation if known else None
    years = (period.business if debtor == "business" else period.consumer) if period else None
    if period is None or years is None:
        return None
    if period.year_end:
        return date(due.year + years + 1, 1, 1)
    try:
        return due.replace(year=due.year + years)
    except ValueError:  # 29 February
        return date(due.year + years, 3, 1)


def interrupted(country: str) -> str:
    """What interrupts or suspends the period, as short as it can be said; empty where it is not known here."""
    known = every().get(country)
    return known.limitation.interrupted if known else ""
