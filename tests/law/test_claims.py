"""Claims: deadlines, what is never charged, what is not known, and properties that any interest must have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.law import interest
from arterm.law.claim import claim, last_day_to_pay, refuse_other_currency
from arterm.law.countries import be, country, de, every, nl
from arterm.law.question import Claim, OwnRate, Question, Reminder, Terms
from arterm.law.rates import kinds, published, refuse_overlap
from arterm.rules.errors import ArtermError

DAY = timedelta(days=1)
DUE, LATER = date(2026, 1, 31), date(2026, 6, 30)


def ask(code: str, debtor: str = "business", **facts: object) -> Claim:
    base = Question(code, debtor, 100_000, country(code).business.currency or "USD", DUE, LATER)
    return claim(replace(base, **facts))  # type: ignore[arg-type]


def why(found: Claim, what: str) -> str:
    return " | ".join(f"{one.why} [{one.from_}]" for one in found.not_allowed if one.what == what)


# Deadlines

POSTED = [
    # D-BE-01 .. D-BE-03: fourteen days from the third working day after posting, or the day after an e-mail
    ("BE", Reminder(date(2023, 9, 18)), date(2023, 9, 21), date(2023, 10, 4)),
    ("BE", Reminder(date(2025, 9, 10), "email"), date(2025, 9, 11), date(2025, 9, 24)),
    ("BE", Reminder(date(2026, 1, 9)), date(2026, 1, 14), date(2026, 1, 27)),
    ("BE", Reminder(date(2026, 5, 12)), date(2026, 5, 18), date(2026, 5, 31)),  # Ascension Day on the 14th
]


@pytest.mark.parametrize(("code", "sent", "first", "last"), POSTED)
def test_the_belgian_wait_begins_and_ends(code: str, sent: Reminder, first: date, last: date) -> None:
    assert be.wait(sent) == (first, last)


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        (Reminder(date(2026, 3, 6), "email"), date(2026, 3, 6)),  # D-NL-01
        (Reminder(date(2026, 3, 4)), date(2026, 3, 6)),  # D-NL-02
        (Reminder(date(2026, 3, 6)), date(2026, 3, 10)),  # D-NL-03: Sunday and Monday do not count
        (Reminder(date(2026, 4, 24)), date(2026, 4, 28)),
        (Reminder(date(2026, 12, 23)), date(2026, 12, 29)),  # both days of Christmas, Sunday and Monday do not count
    ],
)
def test_a_dutch_letter_counts_as_delivered(sent: Reminder, came: date) -> None:
    assert nl.delivered(sent) == came
    free = came + 14 * DAY
    for as_of, costs in ((free, 0), (free + DAY, 15_000)):
        found = ask("NL", "consumer", due=date(2026, 1, 1), reminders=(sent,), as_of=as_of)
        assert found.costs == costs


def test_without_an_agreed_day_the_law_gives_one() -> None:
    got = date(2026, 3, 1)
    assert last_day_to_pay("NL", got) == date(2026, 3, 31)  # D-NL-04
    assert last_day_to_pay("BE", got) == date(2026, 3, 31)  # D-BE-04
    assert last_day_to_pay("GB", got) == date(2026, 3, 30)  # D-UK-01
    with pytest.raises(ArtermError, match="no rule"):
        last_day_to_pay("US", got)


def test_german_default_needs_a_reminder_an_agreed_day_or_thirty_days() -> None:
    due, got = date(2026, 9, 1), date(2026, 8, 20)
    assert de.default_from(due, got, consumer=False) == date(2026, 10, 2)  # D-DE-01
    assert de.default_from(due, got, consumer=True) is None  # D-DE-02
    assert de.default_from(due, got, consumer=True, reminders=(date(2026, 9, 10),)) == date(2026, 9, 11)  # D-DE-03
    assert de.default_from(due, got, consumer=True, warned=True) == date(2026, 10, 2)
    none = ask("DE", "consumer", agreed=False)
    assert (none.interest, "no reminder" in why(none, "interest")) == (0, True)
    reminded = ask("DE", "consumer", agreed=False, reminders=(Reminder(date(2026, 3, 2), "email"),))
    assert reminded.interest_periods[0].from_ == date(2026, 3, 3)


# What is never charged


@pytest.mark.parametrize("code", ["GB", "IE"])
def test_a_british_or_irish_consumer_owes_the_principal_alone_whatever_the_terms_say(code: str) -> None:
    found = ask(
        code, "consumer", currency="GBP", terms=Terms(Fraction(20), costs_clause=True), reminders=(Reminder(DUE + DAY),)
    )
    assert (found.interest, found.compensation, found.costs, found.total) == (0, 0, 0, 100_000)
    assert {one.what for one in found.not_allowed} == {"interest", "compensation", "costs"}


@pytest.mark.parametrize("code", ["US", "CA", "AU"])
@pytest.mark.parametrize("debtor", ["business", "consumer"])
def test_where_the_law_gives_nothing_only_what_was_agreed_is_owed(code: str, debtor: str) -> None:
    assert ask(code, debtor).total == 100_000
    assert ask(code, debtor, terms=Terms(Fraction(12))).interest == round(Fraction(100_000 * 12 * 150, 36_500))


def test_a_canadian_rate_is_never_above_the_criminal_one() -> None:
    assert ask("CA", terms=Terms(Fraction(60))).interest == ask("CA", terms=Terms(Fraction(35))).interest


def test_a_belgian_consumer_owes_nothing_before_the_free_reminder_and_its_fourteen_days() -> None:
    clause = Terms(Fraction("10.15"), costs_clause=True)
    none = ask("BE", "consumer", terms=clause)
    assert (none.interest, none.compensation) == (0, 0)
    assert "free first reminder" in why(none, "interest")
    sent = Reminder(date(2026, 3, 2), "email")
    running = ask("BE", "consumer", terms=clause, reminders=(sent,), as_of=date(2026, 3, 16))
    assert (running.interest, running.compensation) == (0, 0)
    assert "2026-03-17" in why(running, "interest")
    assert "2026-03-17" in why(running, "compensation")
    over = ask("BE", "consumer", terms=clause, reminders=(sent,), as_of=date(2026, 3, 17))
    assert (over.compensation, over.interest_periods[0].from_) == (9_000, date(2026, 3, 17))
    assert ask("BE", "consumer", reminders=(sent,), as_of=date(2026, 3, 17)).compensation == 0
    assert ask("BE", "consumer", terms=clause, reminders=(Reminder(DUE),)).interest == 0  # sent before it was late


def test_a_belgian_clause_above_the_cap_is_void_and_leaves_the_legal_rate() -> None:
    sent = (Reminder(date(2026, 2, 2), "email"),)
    void = ask("BE", "consumer", terms=Terms(Fraction("10.5")), reminders=sent)
    assert {period.rate for period in void.interest_periods} == {Fraction("4.5")}
    assert {p.rate for p in ask("BE", "consumer", terms=Terms(Fraction(10)), reminders=sent).interest_periods} == {10}


def test_a_contract_rate_in_britain_takes_the_place_of_interest_and_fixed_sum() -> None:
    found = ask("GB", terms=Terms(Fraction(4), accepted=date(2025, 1, 1), version="3"))
    assert {period.rate for period in found.interest_periods} == {4}
    assert found.compensation == 0
    assert found.basis[0].note.endswith("agreed on 01 Jan 2025, terms 3")


def test_where_nothing_lets_a_contract_ask_more_the_lower_rate_counts() -> None:
    assert ask("IE", terms=Terms(Fraction(20))).interest == ask("IE").interest
    assert ask("IE", terms=Terms(Fraction(1))).interest < ask("IE").interest


def test_a_french_consumer_owes_interest_from_the_formal_demand_alone() -> None:
    assert ask("FR", "consumer").interest == 0
    friendly = Reminder(date(2026, 3, 2), "email", formal=False)
    assert ask("FR", "consumer", reminders=(friendly,)).interest == 0
    formal = ask("FR", "consumer", reminders=(friendly, Reminder(date(2026, 4, 1), "email")))
    assert formal.interest_periods[0].from_ == date(2026, 4, 2)
    assert (formal.compensation, formal.costs) == (0, 0)


def test_a_debtor_of_unknown_kind_is_treated_as_a_consumer_and_that_is_said() -> None:
    found = ask("GB", "unknown")
    assert (found.debtor, found.total) == ("consumer", 100_000)
    assert any("not known whether" in one.why for one in found.not_allowed)


def test_dutch_costs_beyond_the_floor_need_real_work() -> None:
    plain, work = ask("NL"), ask("NL", collection_work=True)
    assert (plain.compensation, plain.costs) == (4_000, 0)
    assert "real collection work" in why(plain, "costs")
    assert (work.compensation, work.costs) == (0, 15_000)


# What is not known


def test_a_rate_that_is_not_published_stops_the_claim_and_is_never_guessed() -> None:
    found = ask("FR", "consumer", reminders=(Reminder(date(2026, 2, 1), "email"),), as_of=date(2026, 9, 30))
    assert found.stopped == date(2026, 6, 30)
    assert found.interest_periods[-1].to == date(2026, 6, 30)
    assert "no rate is published for 2026-07-01" in why(found, "interest")
    next_year = ask("BE", as_of=date(2027, 2, 1))
    assert next_year.stopped == date(2026, 12, 31)
    fixed = ask("GB", as_of=date(2027, 2, 1))
    assert (fixed.stopped, fixed.interest_periods[-1].to) == (None, date(2027, 2, 1))
    unknown = ask("GB", due=date(2027, 1, 5), as_of=date(2027, 2, 1))
    assert (unknown.interest, unknown.stopped) == (0, date(2027, 1, 5))


def test_a_rate_the_owner_adds_carries_the_claim_on_and_is_marked_as_theirs() -> None:
    own = OwnRate("BE", "business", date(2027, 1, 1), date(2027, 6, 30), Fraction(11), "Moniteur belge")
    found = ask("BE", as_of=date(2027, 2, 1), owned=(own,))
    assert found.stopped is None
    assert found.interest_periods[-1].rate == 11
    assert any("you added yourself" in one.note for one in found.basis)
    refuse_overlap(own, ())
    for wrong, held in (
        (replace(own, start=date(2026, 12, 31)), ()),
        (own, (own,)),
        (replace(own, until=date(2026, 1, 1)), ()),
    ):
        with pytest.raises(ArtermError):
            refuse_overlap(wrong, held)
    with pytest.raises(ArtermError, match="No rate called BE reference"):
        refuse_overlap(replace(own, kind="reference"), ())


def test_a_rate_known_from_memory_gives_nothing_and_the_reason() -> None:
    demand = (Reminder(date(2024, 2, 1), "email"),)
    found = ask("IT", "consumer", due=date(2023, 12, 1), reminders=demand, as_of=date(2024, 12, 31))
    assert found.interest == 0
    assert "from memory only" in why(found, "interest")
    onward = ask("IT", "consumer", due=date(2023, 12, 1), reminders=demand, as_of=date(2025, 1, 31))
    assert onward.interest_periods[0].from_ == date(2025, 1, 1)


@pytest.mark.parametrize("code", sorted(every()))
@pytest.mark.parametrize("debtor", ["business", "consumer"])
def test_what_was_paid_by_its_day_costs_nothing_however_late_one_looks(code: str, debtor: str) -> None:
    sent = (Reminder(date(2026, 2, 20)), Reminder(date(2026, 3, 20)))
    terms = Terms(Fraction(8), True, date(2025, 1, 1))
    found = ask(code, debtor, payments=((DUE, 100_000),), reminders=sent, terms=terms)
    assert (found.principal, found.interest, found.compensation, found.costs) == (0, 0, 0, 0)
    assert found.not_allowed


@pytest.mark.parametrize("code", ["AT", "BE", "DE", "ES", "FR", "GB", "IE", "NL"])
def test_what_was_paid_after_its_day_still_costs_the_fixed_sum(code: str) -> None:
    found = ask(code, payments=((date(2026, 5, 31), 100_000),))
    assert found.interest > 0
    assert found.compensation > 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"jurisdiction": "PL"}, "unknown_jurisdiction"),
        ({"debtor": "friend"}, "unknown_kind"),
        ({"principal": -1}, "bad_amount"),
    ],
)
def test_senseless_questions_are_refused(facts: dict[str, object], code: str) -> None:
    with pytest.raises(ArtermError) as refused:
        claim(replace(Question("GB", "business", 100, "GBP", DUE, LATER), **facts))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_currency_that_the_fixed_sums_are_not_in_is_refused_or_gives_no_sum() -> None:
    with pytest.raises(ArtermError, match="are in GBP"):
        refuse_other_currency("GB", "business", "EUR")
    refuse_other_currency("CH", "business", "EUR")
    found = ask("GB", currency="EUR")
    assert (found.compensation, found.interest > 0) == (0, True)
    assert "are in GBP" in why(found, "compensation")


def test_what_is_not_late_has_its_day_from_which_it_may_be_claimed() -> None:
    found = ask("DE", as_of=DUE)
    assert found.total == 100_000
    assert [(one.what, one.from_) for one in found.not_allowed] == [("interest", DUE + DAY)]


def test_every_rate_has_a_source_and_no_two_overlap() -> None:
    for rate in published():
        assert rate.source
        assert rate.start <= rate.until
    for code, of in kinds().items():
        for kind in of:
            mine = sorted(r.start for r in published() if (r.jurisdiction, r.kind) == (code, kind))
            ends = sorted(r.until for r in published() if (r.jurisdiction, r.kind) == (code, kind))
            assert all(start > end for start, end in zip(mine[1:], ends, strict=False))


@pytest.mark.parametrize("code", every())
@pytest.mark.parametrize("debtor", ["business", "consumer"])
def test_every_country_says_what_it_rests_on(code: str, debtor: str) -> None:
    found = ask(code, debtor, currency=country(code).business.currency or "USD", terms=Terms(Fraction(5)))
    assert all(one.law and one.what in ("interest", "compensation", "costs") for one in found.basis)
    for what, amount in (("interest", found.interest), ("compensation", found.compensation), ("costs", found.costs)):
        assert (amount > 0) == any(one.what == what for one in found.basis)
    assert all(one.why for one in found.not_allowed)


# Properties

codes = st.sampled_from([code for code in every() if code not in ("NL",)])
sums = st.integers(0, 10**9)
some_days = st.dates(date(2016, 1, 1), date(2026, 12, 31))


@given(codes, sums, some_days, st.integers(0, 900), st.integers(0, 300))
def test_interest_never_falls_because_days_pass(code: str, principal: int, due: date, late: int, more: int) -> None:
    as_of = min(due + late * DAY, date(2026, 12, 31))
    if as_of < due:
        return
    base = Question(
        code, "business", principal, country(code).business.currency or "USD", due, as_of, terms=Terms(Fraction(9))
    )
    later = min(as_of + more * DAY, date(2026, 12, 31))
    assert claim(base).interest <= claim(replace(base, as_of=later)).interest
    assert claim(replace(base, principal=0)).interest == 0


@given(sums, some_days, st.integers(1, 600), st.integers(1, 600), st.fractions(0, 30))
def test_adjoining_stretches_add_up_without_compounding(
    principal: int, first: date, a: int, b: int, rate: Fraction
) -> None:
    on = interest.path([(date(2000, 1, 1), date(2100, 1, 1), rate)])
    for count in (interest.ACT_365, interest.ACT_ACT):
        whole = interest.accrue(principal, first, first + (a + b - 1) * DAY, on, (), count)
        parts = interest.accrue(principal, first, first + (a - 1) * DAY, on, (), count)
        parts += interest.accrue(principal, first + a * DAY, first + (a + b - 1) * DAY, on, (), count)
        assert sum(one.interest for one in whole) == sum(one.interest for one in parts)


@given(sums, some_days, st.integers(2, 900), st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 900))
def test_a_payment_split_in_two_on_one_day_changes_nothing(
    principal: int, due: date, late: int, a: int, b: int, on: int
) -> None:
    day = due + on * DAY
    base = Question("GB", "business", principal, "GBP", due, min(due + late * DAY, date(2026, 12, 31)))
    if base.as_of < due:
        return
    one, two = claim(replace(base, payments=((day, a + b),))), claim(replace(base, payments=((day, a), (day, b))))
    assert (one.interest, one.principal, one.total) == (two.interest, two.principal, two.total)


@given(
    sums, some_days, st.integers(1, 1500), st.lists(st.tuples(st.integers(0, 900), st.integers(1, 10**8)), max_size=4)
)
def test_shown_periods_add_up_and_no_year_costs_more_than_its_rate(
    principal: int, due: date, late: int, paid: list[tuple[int, int]]
) -> None:
    as_of = min(due + late * DAY, date(2026, 12, 31))
    if as_of <= due:
        return
    payments = tuple((due + n * DAY, amount) for n, amount in paid)
    found = claim(Question("BE", "business", principal, "EUR", due, as_of, payments))
    assert sum(one.interest for one in found.interest_periods) == found.interest
    assert all(one.days == (one.to - one.from_).days + 1 for one in found.interest_periods)
    most = max((one.rate for one in found.interest_periods), default=0)
    years = (as_of.year - due.year) + 1
    assert found.interest <= principal * most / 100 * years + 1
