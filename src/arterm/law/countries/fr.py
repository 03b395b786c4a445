"""France. Code de commerce L441-10, D441-5 between professionals; Code civil 1231-6, 1344-1 for consumers.

A contract may set another rate, not below three times the legal rate. A consumer owes the legal rate of a professional
creditor (all other cases) from the formal notice (mise en demeure); collection costs are void (CPCE L111-8).
"""

from __future__ import annotations

from arterm.law.interest import ACT_365
from arterm.law.post import received
from arterm.law.question import Barred
from arterm.law.regime import (
    LOWER,
    REPLACES,
    Country,
    Limitation,
    Regime,
    Register,
    after_due,
    after_notice,
    flat,
    thirty_days_after,
)

COUNTRIES = (
    Country(
        "FR",
        "France",
        business=Regime(
            law="Code de commerce L441-10 II",
            starts=after_due,
            rates="business",
            day_count=ACT_365,
            contract=REPLACES,
            contract_law="Code de commerce L441-10 II: not below three times the legal rate",
            sums=flat(4_000, "Code de commerce L441-10 II, D441-5"),
            currency="EUR",
            payment_order="Code civil 1343-1",
            last_day=thirty_days_after,
        ),
        consumer=Regime(
            law="Code civil 1231-6, 1344-1",
            starts=after_notice(lambda reminder: received("FR", reminder), "Code civil 1231-6"),
            rates="consumer",
            day_count=ACT_365,
            contract=LOWER,
            currency="EUR",
            payment_order="Code civil 1343-1",
            never=(
                Barred("compensation", "the 40 euro are owed by professionals only (Code de commerce D441-5)"),
                Barred("costs", "costs without an enforceable title stay with the creditor (CPCE L111-8)"),
            ),
        ),
        # Code de commerce L110-4, Code de la consommation L218-2; interrupted: Code civil 2240, 2241, 2244
        limitation=Limitation(
            5, 2, interrupted="an acknowledgement, a lawsuit, an act of enforcement; a letter does not"
        ),
        register=Register("https://annuaire-entreprises.data.gouv.fr/rechercher?terme={name}", checked_by="siren"),
        layout="fr",
        keep_books=10,  # Code de commerce L123-22
    ),
)
