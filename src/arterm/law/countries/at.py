"""Austria. Unternehmensgesetzbuch (UGB) 456, 458 between businesses; ABGB 1000, 1333 for consumers (ris.bka.gv.at,
wko.at).
"""

from __future__ import annotations

from arterm.law.question import Barred, Basis
from arterm.law.regime import Country, Limitation, Regime, Register, after_due, flat

COUNTRIES = (
    Country(
        "AT",
        "Austria",
        business=Regime(
            law="UGB 456",
            starts=after_due,
            rates="business",
            sums=flat(4_000, "UGB 458"),
            currency="EUR",
            notes=(Basis("interest", "UGB 456", "only 4 % where the debtor is not responsible for the delay"),),
        ),
        consumer=Regime(
            law="ABGB 1000(1), 1333",
            starts=after_due,
            rates="consumer",
            never=(
                Barred("compensation", "the 40 euro are between businesses only (UGB 458)"),
                Barred(
                    "costs", "reminder costs only where necessary and proportionate (ABGB 1333(2)); arterm asks none"
                ),
            ),
        ),
        limitation=Limitation(
            # ABGB 1497
            interrupted="an acknowledgement or a lawsuit; a reminder does not",
        ),
        register=Register("https://justizonline.gv.at/jop/web/firmenbuchabfrage", checked_by="businessid"),
        letters={"costs": "mahnung"},
        layout="din-b",
    ),
)
