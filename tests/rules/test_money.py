"""Money: read as people write it, refused where it could mean two things, split without losing a cent."""

from __future__ import annotations

import iso4217
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money, decimal_sign, plain, read_amount, show
from arterm.rules.number_style import COMMA, POINT, NumberStyle, style_of

minors = st.integers(min_value=-(10**14), max_value=10**14)
codes = st.sampled_from(["EUR", "GBP", "JPY", "KWD", "USD"])
styles = st.sampled_from([POINT, COMMA, NumberStyle(",", " "), NumberStyle(".", "'")])


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234.50", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("1 234,56", 123456),
        ("1\u202f234,56", 123456),
        ("(12.00)", -1200),
        ("12.00-", -1200),
        ("-£10.99", -1099),
        ("$-142.85", -14285),
        ("10 EUR", 1000),
        ("EUR 10", 1000),
        ("1580.9400", 158094),
        ("2309.7899999999995", 230979),
        ("78.0", 7800),
        (".5", 50),
        ("1.234.567", 123456700),
        ("+50,00", 5000),
        ("1000,", 100000),
        ("10,-", 1000),
        ("€ 10.-", 1000),
        ("£-10.99", -1099),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    assert read_amount(text, {"£": "GBP", "$": "USD"}.get(text.strip("-")[0], "EUR"), None) == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.23.4",
        "１２",
        "١٢",
        "1e5",
        "NaN",
        "Infinity",
        "1_000",
        "--5",
        "1,23,456.00",
        "12,3456.7",
        "1.234,567.89",
        "(-5)",
        "(5-)",
        "-5-",
        "12 50",
        "1 2 3",
        "10’5",
        "5 5,00",
        "5 5,00 x",
        "1" * 50,
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ArtermError) as refused:
        read_amount(text, "EUR", POINT)
    assert refused.value.code in ("bad_amount", "amount_too_large")
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.345"])
def test_an_amount_that_can_mean_two_is_refused_until_a_style_decides(text: str) -> None:
    with pytest.raises(ArtermError, match="two amounts"):
        read_amount(text, "EUR", None)
    thousands = int(text.replace(",", "").replace(".", "")) * 100
    assert read_amount(text, "EUR", COMMA if "." in text else POINT) == thousands


def test_three_decimals_of_a_currency_with_two_are_not_guessed_and_another_sign_is_refused() -> None:
    with pytest.raises(ArtermError, match="two amounts"):
        read_amount("1.500", "EUR", POINT)
    assert read_amount("1.500", "KWD", POINT) == 1500
    with pytest.raises(ArtermError, match="two amounts"):
        read_amount("1,000", "JPY", COMMA)
    with pytest.raises(ArtermError, match="not in EUR"):
        read_amount("$100", "EUR", None)


def test_real_extra_decimals_are_refused_and_not_rounded() -> None:
    with pytest.raises(ArtermError, match="more decimals than EUR"):
        read_amount("10.1234", "EUR", POINT)


@given(minors, codes, styles)
def test_what_is_shown_reads_back_as_itself(minor: int, code: str, style: NumberStyle) -> None:
    assert read_amount(show(minor, code, style), code, style) == minor
    assert read_amount(plain(minor, code), code, POINT) == minor


@given(minors, st.integers(min_value=1, max_value=60))
def test_a_split_loses_no_cent_and_parts_differ_by_one_at_most(minor: int, parts: int) -> None:
    split = [money.minor for money in Money(minor, "EUR").split(parts)]
    assert sum(split) == minor
    assert max(split) - min(split) <= 1
    assert split == sorted(split)


@given(st.text(max_size=40), codes)
def test_any_text_is_an_amount_or_a_refusal(text: str, code: str) -> None:
    try:
        assert isinstance(read_amount(text, code, None), int)
    except ArtermError as refused:
        assert refused.message


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1, "EUR") + Money(1, "USD")


def test_the_currencies_agree_with_the_standard() -> None:
    standard = {currency.code: currency.exponent for currency in iso4217.Currency if currency.exponent is not None}
    ours = {code: digits for code, digits in DIGITS.items() if code in standard}
    assert ours == {code: standard[code] for code in ours}
    assert {"EUR", "JPY", "KWD", "BGN", "HRK"} <= DIGITS.keys()


def test_a_file_shows_its_decimal_sign_by_its_unambiguous_cells() -> None:
    assert decimal_sign(["1.234", "10,50", "7"]) == ","
    assert decimal_sign(["1,234.50", "1.234"]) == "."
    assert decimal_sign(["1.234", "100"]) == ""


def test_places_write_numbers_their_way() -> None:
    assert show(123456789, "EUR", style_of("de")) == "1.234.567,89"
    assert show(123456789, "CHF", style_of("de", "CH")) == "1'234'567.89"
    assert show(-5, "EUR", style_of("en")) == "-0.05"
    assert show(1234, "JPY") == "1,234"


def test_money_adds_subtracts_and_never_mixes_currencies() -> None:
    five, three = Money(500, "EUR"), Money(300, "EUR")
    assert (five + three, five - three, -five) == (Money(800, "EUR"), Money(200, "EUR"), Money(-500, "EUR"))
    assert (bool(five), bool(Money(0, "EUR"))) == (True, False)
    assert (five.plain(), str(five)) == ("5.00", "5.00 EUR")
    for do in (five.__add__, five.__sub__):
        with pytest.raises(ValueError, match="EUR and USD cannot be added"):
            do(Money(1, "USD"))
    assert five.split(1) == [five]
    with pytest.raises(ValueError, match="into one part or more"):
        five.split(0)
    assert Money(100, "USD").split(3) == [Money(33, "USD"), Money(33, "USD"), Money(34, "USD")]
