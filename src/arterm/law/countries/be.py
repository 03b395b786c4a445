"""Belgium. Between businesses the law of 2 August 2002; for consumers Book XIX of the Code of Economic Law (law of 4
May 2023).

The first reminder to a consumer is free. Nothing may be charged before fourteen calendar days have passed: from the day
after an e-mail, from the third working day after posting (CEL XIX.2); then only what the accepted terms provide, capped
by XIX.4. Readings that differ between sources are taken on the debtor's side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from arterm.law.interest import rounded
from arterm.law.post import third_working_day
from arterm.law.question import Barred, Question, Reminder, Terms
from arterm.law.rates import rate_on, steps
from arterm.law.regime import (
    DAY,
    Country,
    LetterSays,
    Limitation,
    Regime,
    Register,
    Start,
    Sum,
    after_due,
    flat,
    thirty_days_after,
)
from arterm.rules.rates import rate_text

_LAW = "Law of 2 August 2002"
_CEL = "Code of Economic Law"


def wait(reminder: Reminder) -> tuple[date, date]:
    """The fourteen calendar days after the free first reminder: the first and the last of them (CEL XIX.2)."""
    sent = reminder.day
    first = sent + DAY if reminder.channel == "email" else third_working_day("BE", sent)
    return first, first + timedelta(days=13)


def _first(question: Question) -> Reminder | None:
    sent = [reminder for reminder in question.reminders if reminder.day > question.due]
    return min(sent, key=lambda reminder: reminder.day, default=None)


def _starts(question: Question) -> Start:
    """Interest from the end of the wait; a small creditor's runs from the day after the reminder, claimable after the
    wait.
    """
    reminder = _first(question)
    if reminder is None:
        return Start(None, f"the free first reminder has not been sent; fourteen days after it ({_CEL} XIX.2)")
    chargeable = wait(reminder)[1] + DAY
    small = question.small_creditor and question.terms.rate is not None
    return Start(reminder.day + DAY if small else chargeable, claimable=chargeable)


def _cap(question: Question, day: date) -> tuple[Fraction, str]:
    """The most that a clause may ask: the ECB's rate plus eight points, not rounded up (CEL XIX.4, 1°)."""
    found = rate_on(steps("EU", "reference"), day)
    return (found.rate + 8 if found else Fraction(0)), f"{_CEL} XIX.4"


def indemnity(balance: int) -> int:
    """The most that a clause may ask as a lump sum, in cents (CEL XIX.4, 2°): the percentages are of the slice
    above.
    """
    if balance <= 15_000:
        return 2_000
    if balance <= 50_000:
        return rounded(3_000 + Fraction(balance - 15_000, 10))
    return min(200_000, rounded(6_500 + Fraction(balance - 50_000, 20)))


def _says(terms: Terms, letter: Reminder, open_: Sequence[int]) -> LetterSays:
    """What the free first reminder says of later costs: what the accepted clause allows, or none (CEL XIX.2)."""
    first, last = wait(letter)
    clause = "BE-clause" if terms.costs_clause and terms.rate is not None else "BE-none"
    return LetterSays(
        last,
        {
            "from": first.isoformat(),
            "until": last.isoformat(),
            "terms": terms.version or "-",
            "costs": str(sum(indemnity(one) for one in open_)),
            "rate": rate_text(terms.rate) if terms.rate is not None else "-",
        },
        clause,
    )


def _sums(question: Question, first: date) -> Sum:
    reminder = _first(question)
    if not question.terms.costs_clause:
        return Sum(
            why="the accepted terms have no clause on a lump sum, and the law gives none to a consumer's creditor"
        )
    if reminder is None:
        return Sum(why=f"the free first reminder has not been sent; fourteen days after it ({_CEL} XIX.2)")
    last = wait(reminder)[1]
    if question.as_of <= last:
        return Sum(why=f"the fourteen days after the free first reminder are running ({_CEL} XIX.2)", from_=last + DAY)
    return Sum(indemnity(question.open_on(last)), f"{_CEL} XIX.4", note="only as the accepted terms provide it")


COUNTRIES = (
    Country(
        "BE",
        "Belgium",
        business=Regime(
            law=f"{_LAW} art 4, 5",
            starts=after_due,
            rates="business",
            sums=flat(4_000, f"{_LAW} art 6"),
            currency="EUR",
            last_day=thirty_days_after,
        ),
        consumer=Regime(
            law="Law of 5 May 1865 art 2; Civil Code 5.240",
            starts=_starts,
            rates="consumer",
            letter="BE-first",
            letter_says=_says,
            contract_law=f"{_CEL} XIX.4",
            cap=_cap,
            sums=_sums,
            currency="EUR",
            never=(
                Barred(
                    "costs", f"the first reminder is free, and later ones cost nothing on a single sale ({_CEL} XIX.2)"
                ),
            ),
        ),
        # interrupted: old Civil Code 2244, 2248; the period itself is to be checked
        limitation=Limitation(
            interrupted="an acknowledgement, a writ,"
            " a formal notice by a lawyer or bailiff with what the law asks of it"
        ),
        register=Register(
            "https://kbopub.economie.fgov.be/kbopub/zoeknummerform.html?nummer={number}",
            by_name="https://kbopub.economie.fgov.be/kbopub/zoeknaamfonetischform.html",
        ),
        layout="right",
        keep_books=10,  # Act of 20 November 2022 (tax)
    ),
)
