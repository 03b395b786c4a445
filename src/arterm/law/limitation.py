"""How long a claim lasts, at least: the first day on which it may be out of time, so that nobody is surprised.

The shortest period that may apply is taken, and interruptions (a payment, an acknowledgement, a lawsuit) are left out:
each can only make it longer. DE BGB 195, 199; AT ABGB 1486; NL BW 3:307; FR Code de commerce L110-4, Code de la
consommation L218-2; GB Limitation Act 1980 s.5, Prescription and Limitation (Scotland) Act 1973 s.6; IE Statute of
Limitations 1957 s.11; CH OR 127, 128; ES Código Civil 1964; BE old Civil Code 2262bis, 2272; IT Codice civile 2948.
"""

from __future__ import annotations

from datetime import date

# Years for a business, years for a consumer, and whether they are counted from the end of the year.
_YEARS = {
    "DE": (3, 3, True), "AT": (3, 3, False), "NL": (5, 5, False), "FR": (5, 2, False), "GB": (5, 5, False), "IE": (6, 6, False), "CH": (5, 5, False),
    "ES": (5, 5, False), "BE": (10, 1, False), "IT": (5, 5, False),
}  # fmt: skip


def limitation(country: str, debtor: str, due: date) -> date | None:
    """The first day on which a claim due then may be out of time; None where the country's period is not known here.

    An unknown kind of debtor is taken for a consumer, whose periods are the shorter ones.
    """
    if country not in _YEARS:
        return None
    business, consumer, year_end = _YEARS[country]
    years = business if debtor == "business" else consumer
    if year_end:
        return date(due.year + years + 1, 1, 1)
    try:
        return due.replace(year=due.year + years)
    except ValueError:  # 29 February
        return date(due.year + years, 3, 1)
