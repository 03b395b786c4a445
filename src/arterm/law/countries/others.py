"""Countries without a module of their own: Switzerland, Spain, Italy, the euro countries under the directive, and those
where only what was agreed is owed (United States, Canada, Australia).

Directive 2011/7/EU gives at least the ECB's rate plus eight points and 40 euro between businesses. Member states
outside the euro use rates of their own central banks, which arterm does not know: they are not here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from arterm.law.post import received
from arterm.law.question import Barred, Basis, Question
from arterm.law.regime import (
    NOTHING,
    ONLY,
    REPLACES,
    Country,
    Limitation,
    Regime,
    Register,
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
_LAYOUTS = {"LU": "fr", "US": "us", "CA": "us"}
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

    return Country(
        "CH",
        "Switzerland",
        regime("business"),
        regime("consumer"),
        # OR 127, 128; interrupted: OR 135
        Limitation(
            5, 5, interrupted="an acknowledgement (also a part-payment or interest), debt enforcement, a lawsuit"
        ),
        Register("https://www.zefix.ch/en/search/entity/list?name={name}"),
        layout="ch",
    )


def _directive(
    code: str, name: str, law: str, sums: str, consumer: Regime, rates_from: str = "", **more: Any
) -> Country:
    business = Regime(
        law=law,
        starts=after_due,
        rates="business",
        rates_from=rates_from,
        sums=flat(4_000, sums),
        currency="EUR",
        last_day=thirty_days_after,
    )
    return Country(code, name, business, consumer, **more)


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
    return Country(code, name, regime, regime, layout=_LAYOUTS.get(code, "left"))


COUNTRIES = (
    _switzerland(),
    _directive(
        "ES",
        "Spain",
        "Ley 3/2004 art 5, 7",
        "Ley 3/2004 art 8",
        _after_demand("ES", "Codigo civil 1100, 1108"),
        # Código Civil 1973
        limitation=Limitation(interrupted="a claim out of court that can be proved, an acknowledgement, a lawsuit"),
        register=Register("https://sede.registradores.org/site/mercantil"),
        layout="right",
    ),
    _directive(
        "IT",
        "Italy",
        "D.Lgs. 231/2002 art 4, 5",
        "D.Lgs. 231/2002 art 6",
        _after_demand("IT", "Codice civile 1224, 1284"),
        # Codice civile 2943, 2944
        limitation=Limitation(
            interrupted="a written demand that puts the debtor in default, an acknowledgement, a lawsuit"
        ),
        register=Register(
            "https://www.registroimprese.it/ricerca-libera-e-acquisto?q={name}", checked_by="codicefiscale"
        ),
        layout="right",
    ),
    *(
        _directive(
            code,
            name,
            f"{_DIRECTIVE} art 3",
            f"{_DIRECTIVE} art 6",
            _unknown_consumer(name),
            "EU",
            layout=_LAYOUTS.get(code, "left"),
        )
        for code, name in _EURO.items()
    ),
    *(_agreed_only(code, name) for code, name in _CONTRACT.items()),
)
