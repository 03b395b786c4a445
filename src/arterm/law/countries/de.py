"""Germany. Buergerliches Gesetzbuch (BGB) 247, 286, 288, 289, 367 (gesetze-im-internet.de).

Interest needs default (Verzug): a day fixed by the calendar and agreed (286(2)), a reminder (286(1)), or thirty days
after due day and receipt (286(3); against a consumer only when the invoice said so). No interest on interest (289).
"""

from __future__ import annotations

from datetime import date, timedelta

from arterm.law.post import received
from arterm.law.question import Barred, Question
from arterm.law.regime import DAY, LOWER, REPLACES, Country, Limitation, Regime, Register, Start, after_due, flat


def default_from(
    due: date, got: date | None, consumer: bool, reminders: tuple[date, ...] = (), warned: bool = False
) -> date | None:
    """The first day of default where no day was agreed: after a reminder came, or thirty days after due day and
    receipt.

    `got` is when the invoice came, `reminders` when reminders came; `warned`: the invoice told a consumer of the rule.
    """
    days = [max(day, due) + DAY for day in reminders]
    if got is not None and (not consumer or warned):
        days.append(max(due, got) + timedelta(days=31))
    return min(days, default=None)


def _starts(question: Question) -> Start:
    if question.agreed:
        return after_due(question)
    consumer = question.debtor != "business"
    came = tuple(received("DE", one) for one in question.reminders if one.day > question.due)
    day = default_from(question.due, question.due, consumer, came)
    return (
        Start(day)
        if day
        else Start(None, "no day was agreed and no reminder has been sent, so there is no default (BGB 286)")
    )


COUNTRIES = (
    Country(
        "DE",
        "Germany",
        business=Regime(
            law="BGB 286, 288(2)",
            starts=_starts,
            rates="business",
            contract=REPLACES,
            contract_law="BGB 288(3)",
            sums=flat(4_000, "BGB 288(5)"),
            currency="EUR",
            payment_order="BGB 367",
        ),
        consumer=Regime(
            law="BGB 286, 288(1)",
            starts=_starts,
            rates="consumer",
            contract=LOWER,
            currency="EUR",
            payment_order="BGB 367",
            never=(
                Barred("compensation", "the 40 euro are owed only where no consumer is involved (BGB 288(5))"),
                Barred("costs", "the law gives no reminder fee; only real postage after default could be asked"),
            ),
        ),
        # BGB 195, 199; interrupted: BGB 203, 204, 212
        limitation=Limitation(
            3,
            3,
            year_end=True,
            interrupted="a payment or acknowledgement, a court order for payment, negotiations suspend it;"
            " a reminder does not",
        ),
        register=Register("https://www.unternehmensregister.de/ureg/", checked_by="handelsregisternummer"),
        letters={"costs": "mahnung"},
        layout="din-b",
    ),
)
