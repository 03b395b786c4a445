"""Structured references and instalments: check digits against a library's own checks, sums to the last cent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.ch import esr

from arterm.rules.errors import ArtermError
from arterm.rules.instalments import EVERY, days_from, split
from arterm.rules.references import belgian, creditor_reference, is_qr_iban, known_reference, own_reference

DAY = date(2026, 11, 22)


@given(st.integers(0, 10**10 - 1))
def test_check_digits_are_right(number: int) -> None:
    base = f"{number:010d}"
    assert ogm_vcs.is_valid(belgian(base).coded)
    assert iso11649.is_valid(creditor_reference(base).coded)
    swiss = own_reference("numbers", "CH4431999123000889012", number, DAY, "").coded
    assert len(swiss) == 27
    assert esr.is_valid(swiss)


def test_a_reference_is_shown_as_people_write_it() -> None:
    assert belgian("0909337554").shown == "+++090/9337/55493+++"
    assert belgian("0000000000").coded == "000000000097"
    assert creditor_reference("539007547034").shown == "RF18 5390 0754 7034"


@pytest.mark.parametrize(
    ("style", "iban", "shown"),
    [
        ("numbers", "BE68539007547034", "A, B"),
        ("ogm", "BE68539007547034", "+++000/4202/51789+++"),
        ("rf", "BE68539007547034", "RF26 0004 2025 17"),
    ],
)
def test_the_owner_chooses_the_style(style: str, iban: str, shown: str) -> None:
    assert own_reference(style, iban, 42, DAY, "A, B").shown == shown


def test_two_customers_and_two_days_have_references_of_their_own() -> None:
    found = {own_reference("rf", "", who, date(2026, 11, day), "").coded for who in range(50) for day in range(1, 29)}
    assert len(found) == 50 * 28


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("RF18 5390 0754 7034", "RF18539007547034"),
        ("rf18539007547034", "RF18539007547034"),
        ("+++090/9337/55493+++", "090933755493"),
        ("***090/9337/55493***", "090933755493"),
        ("21 00000 00003 13947 14300 09017", "210000000003139471430009017"),
    ],
)
def test_a_reference_on_an_invoice_is_known_again(text: str, coded: str) -> None:
    found = known_reference(text)
    assert found is not None
    assert found.coded == coded


@pytest.mark.parametrize("text", ["", "2026-0143", "RF19 5390 0754 7034", "090933755494", "order 7", "9" * 27, "RF"])
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert known_reference(text) is None


def test_accounts_for_swiss_references_are_told_by_their_institution() -> None:
    assert is_qr_iban("CH4431999123000889012")
    assert not is_qr_iban("CH9300762011623852957")
    assert not is_qr_iban("BE68539007547034")
    assert not is_qr_iban("")


@given(st.integers(1, 10**9), st.integers(1, 60), st.integers(0, 10**6))
def test_parts_add_up_and_the_remainder_lands_on_the_last(total: int, parts: int, deposit: int) -> None:
    try:
        found = split(total, parts, deposit)
    except ArtermError:
        assert total - deposit < parts
        return
    assert sum(found) == total
    assert len(found) == parts + bool(deposit)
    equal = found[1 if deposit else 0 : -1]
    assert len(set(equal)) <= 1
    assert 0 <= found[-1] - (equal[0] if equal else found[-1]) < parts


def test_month_ends_are_kept_and_weeks_are_weeks() -> None:
    assert days_from(date(2027, 1, 31), "month", 4) == (
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    )
    assert days_from(date(2027, 2, 28), "month", 3) == (date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30))
    assert days_from(date(2027, 1, 30), "month", 3) == (date(2027, 1, 30), date(2027, 2, 28), date(2027, 3, 30))
    assert days_from(date(2026, 12, 7), "week", 3) == (date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21))
    assert days_from(date(2026, 12, 7), "2weeks", 2) == (date(2026, 12, 7), date(2026, 12, 21))
    assert EVERY == ("week", "2weeks", "month")


@pytest.mark.parametrize(
    ("total", "parts", "deposit", "code"),
    [
        (100, 0, 0, "bad_plan"),
        (100, 121, 0, "bad_plan"),
        (2, 3, 0, "bad_plan"),
        (100, 2, 99, "bad_plan"),
        (100, 2, -1, "bad_plan"),
    ],
)
def test_what_cannot_be_split_is_refused(total: int, parts: int, deposit: int, code: str) -> None:
    with pytest.raises(ArtermError) as refused:
        split(total, parts, deposit)
    assert refused.value.code == code


def test_another_rhythm_is_refused() -> None:
    with pytest.raises(ArtermError, match="rhythm"):
        days_from(DAY, "year", 2)
