"""Ireland. SI 580/2012, European Communities (Late Payment in Commercial Transactions) Regulations
(irishstatutebook.ie).

One single rate: the one in operation on the date the payment became overdue (gov.ie). Day count of 365
(enterprise.gov.ie).
"""

from __future__ import annotations

from arterm.law.interest import ACT_365
from arterm.law.question import Barred
from arterm.law.regime import NOTHING, Country, Limitation, Regime, Register, after_due, never, thirty_days_after, tiers

_SI = "SI 580/2012"

COUNTRIES = (
    Country(
        "IE",
        "Ireland",
        business=Regime(
            law=f"{_SI} reg 4",
            starts=after_due,
            rates="business",
            day_count=ACT_365,
            fixed=True,
            sums=tiers(f"{_SI} reg 9 and Schedule", (100_000, 4_000), (1_000_000, 7_000), rest=10_000, including=True),
            currency="EUR",
            last_day=thirty_days_after,
        ),
        consumer=Regime(
            law=_SI,
            starts=never,
            contract=NOTHING,
            why_no_interest=f"late payment interest is between undertakings and public authorities only ({_SI})",
            never=(
                Barred("compensation", f"the fixed sum is between undertakings only ({_SI} reg 9)"),
                Barred("costs", "no rule lets a business charge a consumer for reminders"),
            ),
        ),
        # Statute of Limitations 1957 s.11, 56, 65
        limitation=Limitation(6, 6, interrupted="a written acknowledgement or a part-payment; issuing proceedings"),
        register=Register("https://core.cro.ie/search?q={name}", form=r"\d{5,6}"),
    ),
)
