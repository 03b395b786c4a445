"""Matching: what a receipt is for by number, reference, sum, name and account; never more than came in or is owed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from arterm.rules.match_index import DebtToMatch, IncomingPayment, Index, name_words, pieces_of, squeeze, without_zeros
from arterm.rules.matching import CERTAIN, Suggestion, suggest

DUE = date(2026, 10, 1)
ZUID, NOORD, OOST = "cafe zuid", "slagerij noord", "garage oost"
NAMES = {1: ZUID, 2: NOORD, 3: OOST}
ACCOUNTS = {"BE71": 1, "BE72": 2}
STRUCTURED = "+++090/9337/55493+++"


def debt(row: int, left: int, number: str = "", customer: int = 1, **more: Any) -> DebtToMatch:
    facts: dict[str, Any] = {"name": NAMES[customer], "currency": "EUR", "due": DUE + timedelta(days=row)} | more
    return DebtToMatch(row, number or f"2026-0{140 + row}", customer, open=left, **facts)


def came(amount: int, text: str = "", payer: str = "", **more: Any) -> IncomingPayment:
    facts: dict[str, Any] = {"currency": "EUR", "account": "", "reference": ""} | more
    return IncomingPayment(amount, payer=payer, text=text, **facts)


def found(
    receipt: IncomingPayment, *debts: DebtToMatch, wrong: tuple[int, ...] = (), **more: Any
) -> tuple[Suggestion, ...]:
    return suggest(receipt, Index.of(debts, ACCOUNTS, **more), frozenset(wrong))


def first(receipt: IncomingPayment, *debts: DebtToMatch, **more: Any) -> Suggestion:
    return found(receipt, *debts, **more)[0]


TWO = (debt(3, 12100), debt(4, 5000))  # 2026-0143 and 2026-0144


@pytest.mark.parametrize("where", ["reference", "text"])
def test_a_structured_reference_with_its_sum_is_certain_whoever_paid(where: str) -> None:
    one = first(came(12100, **{where: STRUCTURED}), debt(3, 12100, reference="090933755493"), TWO[1])
    assert (one.parts, one.certain, one.customer) == (((3, 12100),), True, 1)
    assert "its reference is that of 2026-0143" in one.why
    letter = first(came(17100, **{where: STRUCTURED}), *TWO, references=[(STRUCTURED, 3), (STRUCTURED, 4)])
    assert (letter.parts, letter.certain) == (((3, 12100), (4, 5000)), True)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2026-0143", "factuur 2026-0143"),
        ("2026-0143", "2026 - 0143 bedankt"),
        ("2026-0143", "FACT20260143 20260143"),
        ("INV/2026/143", "Inv 2026 143"),
        ("F0020143", "f20143"),
        ("00020143", "ref 20143"),
        ("20143", "ref 00020143"),
        ("ÅR-7701", "ar7701"),
    ],
)
def test_a_number_however_written_with_sum_and_name_is_certain(number: str, text: str) -> None:
    one = first(came(12100, text, "Café Zuid"), debt(3, 12100, number), debt(4, 12100, "2025-9999"))
    assert (one.parts, one.certain, one.exact) == (((3, 12100),), True, True)
    assert any(why.startswith(f"names {number}") for why in one.why)
    assert "the payer has the customer's name" in one.why


def test_a_number_but_for_its_zeros_says_so_and_weighs_less_than_the_number() -> None:
    loose, plain = (first(came(12100, text), debt(3, 12100, "F0020143")) for text in ("f20143", "f0020143"))
    assert "names F0020143, but for its zeros" in loose.why
    assert 0 < loose.points < plain.points
    assert not loose.certain


def test_a_short_number_weighs_little() -> None:
    short, long = (first(came(12100, number), debt(3, 12100, number)) for number in ("143", "1430"))
    assert "names 143, a short number" in short.why
    assert short.points < long.points
    assert not short.certain
    assert not first(came(12100, "for 7", ZUID), debt(3, 12100, "7"), debt(4, 12100, "8")).certain


def test_one_receipt_settles_all_the_invoices_it_names() -> None:
    one = first(came(17100, "2026-0143 + 2026-0144", ZUID), *TWO, debt(5, 17100))
    assert (one.parts, one.certain) == (((3, 12100), (4, 5000)), True)
    assert "the sum is all that is open on them" in one.why


@pytest.mark.parametrize("rows", [(1, 3), (2, 4), (1, 2, 4), (2, 3, 4)])
def test_unnamed_invoices_that_add_up_are_suggested_and_not_certain(rows: tuple[int, ...]) -> None:
    debts = {row: debt(row, left) for row, left in ((1, 1001), (2, 2010), (3, 4100), (4, 8000), (5, 90000))}
    receipt = came(sum(debts[row].left for row in rows), "invoices", ZUID, account="BE71")
    one = first(receipt, *debts.values())
    assert one.parts == tuple((row, debts[row].left) for row in rows)
    assert f"the sum of {len(rows)} invoices" in one.why
    assert not one.certain


def test_a_part_of_a_named_invoice_is_certain_only_with_more_evidence() -> None:
    alone, known = (first(came(4000, "2026-0143", account=account), *TWO) for account in ("", "BE71"))
    assert alone.parts == known.parts == ((3, 4000),)
    assert (alone.certain, known.certain) == (False, True)
    assert alone.short == 0
    assert "a part of what is open" in alone.why
    over = first(came(13000, "2026-0143", ZUID, account="BE71"), *TWO)
    assert (over.parts, over.certain) == (((3, 12100),), False)


@pytest.mark.parametrize(
    ("lacks", "charges", "short", "difference"),
    [
        (200, 0, 200, "small difference"),
        (201, 0, 0, ""),
        (0, 0, 0, ""),
        (1500, 1500, 1500, "bank charges"),
        (150, 150, 150, "bank charges"),
        (150, 100, 150, "small difference"),
        (1500, 1400, 0, ""),
    ],
)
def test_what_lacks_is_named_within_its_limit(lacks: int, charges: int, short: int, difference: str) -> None:
    one = first(came(12100 - lacks, "2026-0143", ZUID, charges=charges), *TWO, limit=200)
    assert (one.short, one.difference) == (short, difference)
    assert one.parts == ((3, 12100 - lacks),)
    assert one.certain == (bool(difference) or not lacks)


def test_another_currency_counts_by_what_was_instructed() -> None:
    dollars = (debt(3, 13000, currency="USD"), debt(4, 12100, currency="USD"))
    told = came(12100, "2026-0143", ZUID, instructed=13000, instructed_currency="USD")
    one = first(told, *dollars)
    assert (one.parts, one.amount, one.currency, one.certain) == (((3, 13000),), 13000, "USD", True)
    assert one.why[-1] == "paid in another currency"
    assert found(came(13000, "2026-0143", ZUID), *dollars) == ()


def test_charges_beside_an_invoice_are_settled_with_it() -> None:
    late = debt(3, 100, reported=12000, charges=((31, 4000), (32, 150)))
    one = first(came(16250, "2026-0143", ZUID), late, TWO[1])
    assert (one.parts, one.certain) == (((3, 12100), (31, 4000), (32, 150)), True)
    assert "with the charges beside it" in one.why
    without = first(came(12100, "2026-0143", ZUID), late)
    assert (without.parts, without.certain) == (((3, 12100),), True)
    assert first(came(16250, "", ZUID), late, TWO[1]).parts == one.parts


def test_the_next_instalment_of_a_plan_goes_to_the_oldest() -> None:
    one = first(came(6000, "", ZUID, account="BE71"), TWO[1], TWO[0], plans={1: (6000,), 2: (7000,)})
    assert (one.parts, one.certain) == (((3, 6000),), True)
    assert "the sum is their next instalment" in one.why
    assert not first(came(7000, "", ZUID, account="BE71"), *TWO, plans={1: (6000,), 2: (7000,)}).certain


def test_two_customers_who_owe_the_same_are_both_suggested_and_neither_is_certain() -> None:
    both = found(came(12100), debt(3, 12100), debt(4, 12100, customer=2))
    named = first(came(12100, reference="REF777"), *(debt(n, 12100, customer=n, reference="REF777") for n in (1, 2)))
    assert (named.points >= CERTAIN, named.certain) == (True, False)
    assert [(one.customer, one.certain) for one in both] == [(1, False), (2, False)]
    assert both[0].points == both[1].points < first(came(12100), debt(3, 12100), debt(4, 12101, customer=2)).points


def test_an_account_speaks_for_its_customer_and_against_every_other() -> None:
    mine, nobodys, anothers = (first(came(12100, "2026-0143", account=one), *TWO) for one in ("BE71", "XX", "BE72"))
    assert mine.points > nobodys.points > anothers.points > 0
    assert "that account is another customer's" in anothers.why
    assert (mine.certain, anothers.certain) == (True, False)


def test_what_the_owner_said_it_is_not_for_is_not_suggested_again() -> None:
    receipt = came(12100, "2026-0143", ZUID, reference=STRUCTURED, account="BE71")
    debts = (debt(3, 12100, reference="090933755493"), debt(4, 12100))
    assert first(receipt, *debts).parts == ((3, 12100),)
    assert {one.parts for one in found(receipt, *debts, wrong=(3,))} == {((4, 12100),)}
    assert found(receipt, *debts, wrong=(3, 4)) == ()


def test_words_and_numbers_are_compared_by_what_tells_them_apart() -> None:
    assert squeeze(" Année-2026/0143. ") == "annee20260143"
    assert [without_zeros(one) for one in ("000143", "f0020143", "20260143", "0", "100")] == [
        "143",
        "f20143",
        "20260143",
        "0",
        "100",
    ]
    assert name_words("bakkerij de zon bvba") == ["bakkerij"]
    assert pieces_of("nr 2026 - 0143") == {
        "nr2026": "in pieces",
        "nr20260143": "in pieces",
        "2026": "as it is",
        "20260143": "in pieces",
        "0143": "as it is",
    }
    assert pieces_of("merci beaucoup") == {}


@st.composite
def situations(draw: st.DrawFn) -> tuple[IncomingPayment, list[DebtToMatch], dict[str, Any], frozenset[int]]:
    few = st.sampled_from([50, 100, 150, 200, 250, 300])
    debts = [
        debt(
            row,
            draw(few),
            draw(st.sampled_from(["", str(row), f"F00{row}00"])),
            draw(st.integers(1, 3)),
            reported=draw(st.sampled_from([0, 0, 50])),
            due=DUE + timedelta(days=draw(st.integers(0, 3))),
            currency=draw(st.sampled_from(["EUR", "EUR", "USD"])),
            reference=draw(st.sampled_from(["", f"REF{row}77"])),
            charges=draw(st.sampled_from([(), (), ((100 + row, 40),), ((100 + row, 40), (200 + row, 10))])),
        )
        for row in range(1, draw(st.integers(1, 8)) + 1)
    ]
    meant = draw(st.lists(st.sampled_from(debts), min_size=1, max_size=3, unique=True))
    off = draw(st.sampled_from([0, 0, -5, -50, 10]))
    total = sum(draw(st.sampled_from([one.left, one.whole])) for one in meant) + off
    receipt = came(
        max(1, total),
        " ".join(one.number for one in meant if draw(st.booleans())),
        draw(st.sampled_from(["", "Zuid", *NAMES.values()])),
        account=draw(st.sampled_from(["", *ACCOUNTS])),
        reference=draw(st.sampled_from(["", meant[0].reference])),
        charges=draw(st.sampled_from([0, 5])),
        instructed=draw(st.sampled_from([0, total, 120])),
        instructed_currency=draw(st.sampled_from(["", "USD"])),
    )
    more = {"limit": draw(st.sampled_from([0, 5])), "plans": {1: (draw(few),)}}
    return receipt, debts, more, draw(st.frozensets(st.integers(1, 8), max_size=2))


@given(situations())
def test_no_suggestion_gives_out_more_than_came_in_or_is_owed(case: Any) -> None:
    receipt, debts, more, wrong = case
    known = {row: (one, left) for one in debts for row, left in ((one.id, one.left), *one.charges)}
    ranked = found(receipt, *debts, wrong=tuple(wrong), **more)
    event(f"certain: {any(one.certain for one in ranked)}")
    for one in ranked:
        sums = {receipt.instructed_currency: receipt.instructed} | {receipt.currency: receipt.amount}
        assert one.amount == sums[one.currency]
        assert 0 < sum(part for _, part in one.parts) <= one.amount
        assert len({row for row, _ in one.parts}) == len(one.parts)
        for row, part in one.parts:
            owed, left = known[row]
            assert 0 < part <= left
            assert (owed.customer, owed.currency) == (one.customer, one.currency)
            assert owed.id not in wrong
    assert [one.points for one in ranked] == sorted((one.points for one in ranked), reverse=True)
    assert not any(one.certain for one in ranked[1:])


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_debts_come_changes_nothing(case: Any, chance: Any) -> None:
    receipt, debts, more, wrong = case
    other = chance.sample(debts, len(debts))
    ranked = [found(receipt, *some, wrong=tuple(wrong), **more) for some in (debts, other)]
    one, two = (Counter((frozenset(s.parts), s.points, s.certain) for s in some) for some in ranked)
    assert one == two
