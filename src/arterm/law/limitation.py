"""How long a claim lasts, at least: the first day on which it may be out of time, so that nobody is surprised.

Only where the period is sourced: DE BGB 195, 199; NL BW 3:307; FR Code de commerce L110-4, Code de la consommation
L218-2;
GB Limitation Act 1980 s.5, Prescription and Limitation (Scotland) Act 1973 s.6; IE Statute of Limitations 1957 s.11; CH
OR 127,
128. Elsewhere it is to be checked. The shortest period that may apply is taken, and interruptions (a payment, an
acknowledgement, a lawsuit) are left out: each can only make it longer.
"""

from __future__ import annotations

from datetime import date

# Years for a business, years for a consumer, and whether they are counted from the end of the year.
_YEARS = {
    "DE": (3, 3, True),
    "NL": (5, 5, False),
    "FR": (5, 2, False),
    "GB": (5, 5, False),
    "IE": (6, 6, False),
    "CH": (5, 5, False),
}


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


# What interrupts or suspends the period, as short as it can be said; the statutes are those named above and DE BGB 203,
# 204, 212;
# AT ABGB 1497; NL BW 3:316-318; FR Code civil 2240, 2241, 2244; GB Limitation Act 1980 s.29; IE Statute of Limitations
# 1957 s.56, 65;
# CH OR 135; ES Código Civil 1973; BE old Civil Code 2244, 2248; IT Codice civile 2943, 2944.
INTERRUPTED = {
    "DE": "a payment or acknowledgement, a court order for payment, negotiations suspend it; a reminder does not",
    "AT": "an acknowledgement or a lawsuit; a reminder does not",
    "NL": "a written demand that reserves the claim, an acknowledgement, a lawsuit",
    "FR": "an acknowledgement, a lawsuit, an act of enforcement; a letter does not",
    "GB": "a written acknowledgement or a part-payment; issuing a claim",
    "IE": "a written acknowledgement or a part-payment; issuing proceedings",
    "CH": "an acknowledgement (also a part-payment or interest), debt enforcement, a lawsuit",
    "ES": "a claim out of court that can be proved, an acknowledgement, a lawsuit",
    "BE": "an acknowledgement, a writ, a formal notice by a lawyer or bailiff with what the law asks of it",
    "IT": "a written demand that puts the debtor in default, an acknowledgement, a lawsuit",
}
