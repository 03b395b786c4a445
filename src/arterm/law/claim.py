"""What may be claimed for one debt on one day: the country's regime applied to the facts, to the cent, with its
reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from arterm.law import interest
from arterm.law.countries import country
from arterm.law.question import CONSUMER, UNKNOWN, Barred, Basis, Claim, Question
from arterm.law.rates import FOREVER, MEMORY, Rate, rate_on, steps
from arterm.law.regime import DAY, LOWER, NOTHING, ONLY, REPLACES, Regime, Sums
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError

_DEBTORS = ("business", "consumer", "unknown")


def claim(question: Question) -> Claim:
    """Principal, interest, fixed sum and costs that may be claimed on the day, each with its statute, and what may not.

    A debtor of unknown kind is treated as a consumer, and that is said. Interest stops at the last day for which a rate
    is published (`stopped`). Refuses (ArtermError) an unknown jurisdiction or kind of debtor, and a negative principal.
    """
    if question.debtor not in _DEBTORS:
        raise ArtermError("unknown_kind.debtor", "debtor", debtor=question.debtor[:20])
    if question.principal < 0:
        raise ArtermError("bad_amount.no_principal", "principal")
    found = country(question.jurisdiction)
    regime = found.business if question.debtor == "business" else found.consumer
    return _Maker(question, regime, regime.rates_from or found.code).make(found.code)


def refuse_other_currency(jurisdiction: str, debtor: str, currency: str) -> None:
    """Refuse (`other_currency`) a currency that the fixed sums of a jurisdiction are not in."""
    found = country(jurisdiction)
    regime = found.business if debtor == "business" else found.consumer
    if regime.currency and currency != regime.currency:
        raise ArtermError(
            "other_currency.law", "currency", name=found.name, currency=regime.currency, currency2=currency
        )


def last_day_to_pay(jurisdiction: str, received: date) -> date:
    """The last day a business has to pay where none was agreed, counted from the receipt of the invoice.

    Refuses (`no_rule`) where no such rule is known.
    """
    found = country(jurisdiction)
    if found.business.last_day is None:
        raise ArtermError("no_rule", "received", name=found.name)
    return found.business.last_day(received)


class _Maker:
    """One claim in the making."""

    def __init__(self, question: Question, regime: Regime, rates_from: str) -> None:
        self.q = question
        self.regime = regime
        self.rates = steps(rates_from, regime.rates, question.owned) if regime.rates else ()
        self.basis: list[Basis] = []
        self.barred: list[Barred] = []
        self.stopped: date | None = None

    def make(self, code: str) -> Claim:
        """The whole claim."""
        q, regime = self.q, self.regime
        if q.debtor == UNKNOWN:
            self.barred.append(
                Barred(
                    "anything beyond the principal as from a business",
                    "it is not known whether the debtor is a business; treated as a consumer",
                )
            )
        starts = regime.starts(q)
        stretches: list[interest.InterestStretch] = []
        compensation = costs = 0
        if q.as_of <= q.due:
            self.barred.append(Barred("interest", "it is not overdue yet", q.due + DAY))
        elif q.open_on((starts.day or q.due + DAY) - DAY) == 0:
            self.barred.append(Barred("anything beyond the principal", "nothing was owed any more when it became late"))
        else:
            stretches = self._interest(starts.day, starts.why, starts.claimable)
            compensation = self._sum("compensation", regime.sums, starts.day)
            costs = self._sum("costs", regime.costs, starts.day)
            self.barred += regime.never
        return Claim(
            code,
            q.debtor if q.debtor != UNKNOWN else CONSUMER,
            q.as_of,
            q.currency,
            q.open_on(q.as_of),
            interest.total(stretches),
            compensation,
            costs,
            interest.periods(stretches),
            tuple(self.basis),
            tuple(self.barred),
            self.stopped,
        )

    def _interest(self, first: date | None, why: str, claimable: date | None) -> list[interest.InterestStretch]:
        q, regime = self.q, self.regime
        if not regime.rates and not (regime.contract == ONLY and q.terms.rate is not None):
            self.barred.append(Barred("interest", regime.why_no_interest))
            return []
        if first is None:
            self.barred.append(Barred("interest", why))
            return []
        may = claimable or first
        if q.as_of < may:
            self.barred.append(Barred("interest", why or "it may not be claimed yet", may))
            return []
        last = self._last_covered(first)
        if last < first:
            return []
        owed = q.open_on(first - DAY)
        later = [(day, amount) for day, amount in q.payments if day >= first]
        found = interest.accrue(
            owed, first, last, interest.paused(self._path(first), q.pauses), later, regime.day_count, regime.yearly
        )
        self._say_interest(first, found)
        return found

    def _last_covered(self, first: date) -> date:
        """The last day that a rate is published for; said when it is before the day asked about."""
        if not self.regime.rates:
            return self.q.as_of
        if self.regime.fixed:
            if rate_on(self.rates, first) is None:
                self._missing(first)
                return first - DAY
            return self.q.as_of
        day = first
        while day <= self.q.as_of:
            held = rate_on(self.rates, day)
            if held is None:
                self._missing(day)
                return day - DAY
            if held.until >= self.q.as_of:
                break
            day = held.until + DAY
        return self.q.as_of

    def _missing(self, day: date) -> None:
        self.stopped = day - DAY
        self.barred.append(
            Barred("interest", f"no rate is published for {day.isoformat()} and after; add it with: arterm rates add")
        )

    def _path(self, first: date) -> interest.RateOn:
        q, regime = self.q, self.regime
        asked = q.terms.rate
        if not regime.rates:
            return lambda day: (self._capped(asked or Fraction(0), day), FOREVER)
        fixed = rate_on(self.rates, first) if regime.fixed else None

        def on(day: date) -> tuple[Fraction, date]:
            held = fixed or rate_on(self.rates, day)
            assert held is not None
            return self._rate(held, asked, day), FOREVER if fixed else held.until

        return on

    def _rate(self, held: Rate, asked: Fraction | None, day: date) -> Fraction:
        """The rate that may be asked on a day, out of the published one and the one in the terms."""
        lawful = Fraction(0) if held.confidence == MEMORY else held.rate
        if asked is None or self.regime.contract == NOTHING:
            return lawful
        if self.regime.cap is not None:  # a clause above the cap is void, and only the lawful rate is left
            most, _ = self.regime.cap(self.q, day)
            return asked if asked <= most else lawful
        if self.regime.contract == REPLACES:
            return asked
        return min(asked, lawful)

    def _capped(self, asked: Fraction, day: date) -> Fraction:
        if self.regime.cap is None:
            return asked
        return min(asked, self.regime.cap(self.q, day)[0])

    def _say_interest(self, first: date, found: Sequence[interest.InterestStretch]) -> None:
        q, regime = self.q, self.regime
        how = {
            interest.ACT_365: "days of 365",
            interest.ACT_ACT: "actual days of the year",
            interest.ANNIVERSARY: "actual days, added yearly",
        }[regime.day_count]
        note = f"from {in_words(first)}, {how}"
        note += ", the rate of the first day" if regime.fixed else ""
        law = regime.law
        if q.terms.rate is not None and regime.contract != NOTHING:
            if regime.contract == LOWER and regime.cap is None:
                note += "; the lower of the agreed and the statutory rate"
            else:
                law = regime.contract_law or law
                note += (
                    f"; agreed{f' on {in_words(q.terms.accepted)}' if q.terms.accepted else ''}"
                    f"{f', terms {q.terms.version}' if q.terms.version else ''}"
                )
        if found:
            self.basis.append(Basis("interest", law, note))
            self.basis += [one for one in regime.notes if one.what == "interest"]
        asked = [one for one in self.rates if one.confidence == MEMORY and one.start <= q.as_of and one.until >= first]
        if asked and not regime.fixed:
            self.barred.append(
                Barred(
                    "interest",
                    f"the rate from {asked[0].start.isoformat()} is known from memory only and gives nothing",
                )
            )
        if any(one.confidence == "owner" and one.start <= q.as_of and one.until >= first for one in self.rates):
            self.basis.append(Basis("interest", regime.law, "with a rate that you added yourself"))

    def _sum(self, what: str, of: Sums | None, first: date | None) -> int:
        q, regime = self.q, self.regime
        if of is None:
            return 0
        if what == "compensation" and (first is None or q.as_of < first):
            self.barred.append(
                Barred(what, "it is owed only once interest runs" if first is None else "it is not owed yet", first)
            )
            return 0
        if regime.currency and q.currency != regime.currency:
            self.barred.append(
                Barred(what, f"the sums of this law are in {regime.currency}, the debt is in {q.currency}")
            )
            return 0
        if q.terms.rate is not None and regime.contract_ends_sums:
            self.barred.append(Barred(what, regime.contract_law))
            return 0
        got = of(q, first or q.due + DAY)
        if got.why:
            self.barred.append(Barred(what, got.why, got.from_))
        if got.amount:
            self.basis.append(Basis(what, got.law, got.note))
        return got.amount
