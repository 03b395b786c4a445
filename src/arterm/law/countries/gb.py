"""United Kingdom. Late Payment of Commercial Debts (Interest) Act 1998 (legislation.gov.uk), SI 2002/1675, gov.uk.

The rate is fixed for the debt by the day interest begins (s.4, SI 2002/1675 art 4). Scotland's limitation differs; its
interest does not.
"""

from __future__ import annotations

from datetime import date, timedelta

from arterm.law.interest import ACT_365
from arterm.law.question import Barred
from arterm.law.regime import NOTHING, REPLACES, Country, Limitation, Regime, Register, after_due, never, tiers

_ACT = "Late Payment of Commercial Debts (Interest) Act 1998"


def _last_day(received: date) -> date:
    """The last day of the thirty beginning with the day of delivery or notice, the later of the two (s.4(5))."""
    return received + timedelta(days=29)


COUNTRIES = (
    Country(
        "GB",
        "United Kingdom",
        business=Regime(
            law=f"{_ACT} s.1, s.4; SI 2002/1675 art 4",
            starts=after_due,
            rates="business",
            day_count=ACT_365,
            fixed=True,
            contract=REPLACES,
            contract_ends_sums=True,
            contract_law=f"{_ACT} s.8, s.9: a substantial remedy in the contract takes the place of the statutory one",
            sums=tiers(f"{_ACT} s.5A", (100_000, 4_000), (1_000_000, 7_000), rest=10_000, including=False),
            currency="GBP",
            last_day=_last_day,
        ),
        consumer=Regime(
            law=f"{_ACT} s.2(1)",
            starts=never,
            contract=NOTHING,
            why_no_interest=(
                "statutory interest is between businesses only (s.2(1)); interest in court is the judge's to give"
            ),
            never=(
                Barred("compensation", f"the fixed sum is between businesses only ({_ACT} s.2(1), s.5A)"),
                Barred("costs", "no rule lets a business charge a consumer for reminders"),
            ),
        ),
        # Limitation Act 1980 s.5, s.29; Prescription and Limitation (Scotland) Act 1973 s.6, the shorter one
        limitation=Limitation(5, 5, interrupted="a written acknowledgement or a part-payment; issuing a claim"),
        register=Register(
            "https://find-and-update.company-information.service.gov.uk/search?q={name}",
            form=r"(\d{8}|[A-Z]{2}\d{6})",  # Companies House: eight digits, or two letters and six
        ),
        letters={"demand": "before-action"},
    ),
)
