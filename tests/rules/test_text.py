"""Foreign text: nothing gets in that could steer a terminal or hide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.rules.text import clean, clean_note, count, fold, number_key, ordinal
from tests.hostile import CONTROL


@given(st.text(max_size=300))
def test_cleaning_is_idempotent_and_leaves_no_control_character(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once) <= 200
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn") for char in once)
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


def test_hostile_names_lose_only_what_is_hostile() -> None:
    assert [clean(name) for name in CONTROL[:8]] == [
        "Esc ]0;PWNED\\ Ltd",
        "Clear [2J",
        "C1 31m",
        "Bidi gnp.exe",
        "Zerowidth",
        "Nulbyte",
        "Bell",
        "Tags",
    ]
    assert clean("Tab\there\nline") == "Tab here line"
    assert clean("e" + "\u0301" * 200).count("\u0301") <= 4


def test_markup_brackets_emoji_and_scripts_stay_as_they_are() -> None:
    for name in (
        "[@click=app.quit]Evil[/]",
        "ACME [UK] Ltd",
        "株式会社",
        "Cake 🎂",
        "\u0915\u094d\u200d\u0937",
        "👩‍👧",
    ):
        assert clean(name) == name


def test_notes_keep_their_lines() -> None:
    assert clean_note("one\r\ntwo\x1b[2J\n\nthree") == "one\ntwo[2J\n\nthree"


def test_names_are_compared_without_case_and_accents() -> None:
    assert fold("  Café   ZÜRICH ") == "cafe zurich"
    assert fold("Straße") == "strasse"
    assert number_key("0000611365") == number_key("611365") == "611365"
    assert number_key("000") == "0"


def test_counting_words() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "112th",
    ]
    assert count(1, "invoice") == "1 invoice"
    assert count(1200, "invoice") == "1,200 invoices"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Wid\u200dth", "Width"),
        ("Ltd\u200c", "Ltd"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
)
def test_a_joiner_stays_only_where_a_script_needs_it(said: str, kept: str) -> None:
    assert clean(said) == kept
