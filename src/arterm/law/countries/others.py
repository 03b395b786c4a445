"""Countries without a module of their own: Switzerland, Spain, Italy, the euro countries under the directive, and those
where only what was agreed is owed (United States, Canada, Australia).

Directive 2011/7/EU gives at least the ECB's rate plus eight points and 40 euro between businesses. Member states
outside the euro use rates of their own central banks, which arterm does not know: they are not here.
"""

from __future__ import annotations

from fractions import Fraction

from arterm.law.post import received
from arterm.law.question import Barred, Basis, Question
from arterm.law.regime import (
    NOTHING,
    ONLY,
    REPLACES,
    Country,
    Regime,
    Start,
    after_due,
    after_notice,
    flat,
    never,
    thirty_days_after,
)

_DIRECTIVE = "Directive 2011/7/EU"
_EURO = {
    "CY": "Cyprus",
    "EE": "Estonia",
    "EU": "euro countries",
    "FI": "Finland",
    "GR": "Greece",
    "HR": "Croatia",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "LV": "Latvia",
    "MT": "Malta",
    "PT": "Portugal",
    "SI": "Slovenia",
    "SK": "Slovakia",
}
_CONTRACT = {"US": "United States", "CA": "Canada", "AU": "Australia"}


def _swiss(question: Question) -> Start:
    """By itself where a day was agreed (OR 102(2)); else from the delivery of a reminder (OR 102(1))."""
    return (
        after_due(question) if question.agreed else after_notice(lambda one: received("CH", one), "OR 102(1)")(question)
    )


def _switzerland() -> Country:
    def regime(kind: str) -> Regime:
        return Regime(
            law="OR 102, 104(1)",
            starts=_swiss,
            rates=kind,
            contract=REPLACES,
            contract_law="OR 104(2)",
            never=(
                Barred("compensation", "Swiss law knows no fixed sum (OR 106: only proven damage)"),
                Barred("costs", "reminder fees are owed only by contract"),
            ),
        )

    return Country("CH", "Switzerland", regime("business"), regime("consumer"))


def _directive(code: str, name: str, law: str, sums: str, consumer: Regime, rates_from: str = "") -> Country:
    business = Regime(
        law=law,
        starts=after_due,
        rates="business",
        rates_from=rates_from,
        sums=flat(4_000, sums),
        currency="EUR",
        last_day=thirty_days_after,
    )
    return Country(code, name, business, consumer)


def _after_demand(code: str, law: str) -> Regime:
    return Regime(
        law=law,
        starts=after_notice(lambda one: received(code, one), law),
        rates="consumer",
        currency="EUR",
        never=(
            Barred("compensation", "the 40 euro are between businesses only"),
            Barred("costs", "no rule lets a business charge a consumer for reminders"),
        ),
    )


def _unknown_consumer(name: str) -> Regime:
    return Regime(
        law=_DIRECTIVE,
        starts=never,
        contract=NOTHING,
        why_no_interest=f"what a consumer in {name} owes is not known to arterm",
        never=(
            Barred("compensation", f"the directive is between businesses only ({_DIRECTIVE} art 2)"),
            Barred("costs", f"what a consumer in {name} owes is not known to arterm"),
        ),
    )


def _agreed_only(code: str, name: str) -> Country:
    most = {"CA": Fraction(35)}.get(code)
    notes = {
        "US": (Basis("interest", "the contract", "above 18 % a year the state's ceiling should be looked up"),),
        "CA": (Basis("interest", "Interest Act s.4; Criminal Code s.347", "stated as a yearly rate, at most 35 %"),),
    }
    regime = Regime(
        law="the contract",
        starts=after_due,
        contract=ONLY,
        contract_law="the accepted terms",
        day_count="act/365",
        cap=(lambda question, day: (most, "Criminal Code s.347")) if most else None,
        notes=notes.get(code, ()),
        why_no_interest="no law gives interest on a late invoice; it is owed only when it was agreed in writing before",
        never=(
            Barred("compensation", "no law gives a fixed sum"),
            Barred("costs", "collection costs are owed only when they were agreed"),
        ),
    )
    return Country(code, name, regime, regime)


COUNTRIES = (
    _switzerland(),
    _directive(
        "ES", "Spain", "Ley 3/2004 art 5, 7", "Ley 3/2004 art 8", _after_demand("ES", "Codigo civil 1100, 1108")
    ),
    _directive(
        "IT",
        "Italy",
        "D.Lgs. 231/2002 art 4, 5",
        "D.Lgs. 231/2002 art 6",
        _after_demand("IT", "Codice civile 1224, 1284"),
    ),
    *(
        _directive(code, name, f"{_DIRECTIVE} art 3", f"{_DIRECTIVE} art 6", _unknown_consumer(name), "EU")
        for code, name in _EURO.items()
    ),
    *(_agreed_only(code, name) for code, name in _CONTRACT.items()),
)
