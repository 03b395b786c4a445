"""Every kind of letter in every language: whole, in its own words, with its figures, and with nothing it may not
say.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from arterm.bundled import root
from arterm.letters.content import PaperTable, Sums, Ways, content
from arterm.letters.letter import Charge, Letter, Stretch
from arterm.letters.paper import render
from arterm.letters.plain import WIDE, as_text
from arterm.letters.words import day_words, law, template, texts
from arterm.rules.countries import LETTER_LANGUAGES
from arterm.rules.letter_kinds import BLOCKS, KINDS, SHARED
from tests.letters.test_paper import SENDER, read, sample_of

LANGUAGES = [one for one in LETTER_LANGUAGES if one != "en-US"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_kind_is_whole_in_every_language(language: str, kind: str) -> None:
    for full in (True, False):
        letter = sample_of(kind, language, full)
        pages = " ".join(read(render(letter))).replace("\n", " ")
        assert not re.search(r"[{}]", pages)
        if "table" in template(language, kind).names:
            assert all(line.number in pages for line in letter.lines)
        subject = content(letter).subject
        assert " ".join(subject.split()) in " ".join(pages.split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_what_english_names_and_in_the_same_order(language: str, kind: str) -> None:
    def shape(found: str) -> tuple[set[str], list[str]]:
        held = template(found, kind)
        return set(held.names) - {"single"}, [part.block for part in held.paragraphs if part.block]

    assert shape(language) == shape("en")
    assert KINDS[kind].needs <= template(language, kind).names


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_in_english(language: str) -> None:
    if language == "en":
        return
    for kind in KINDS:
        ours, english = (
            (root() / "letters" / one / f"{kind}.txt").read_text().split("\n\n") for one in (language, "en")
        )
        same = {part for part in ours if part in english and not re.fullmatch(r"\{[a-z]+\}\n?", part)}
        assert not same, (language, kind)


def test_american_letters_are_american() -> None:
    british = re.compile(r"instalment|cheque|favour|honour|organisation|Yours faithfully|Dear Sir", re.I)
    for kind in KINDS:
        page = " ".join(read(render(sample_of(kind, "en-US"))))
        assert not british.search(page), (kind, british.search(page))
    page = read(render(sample_of("friendly", "en-US")))[0]
    assert "To Whom It May Concern:" in page
    assert "10/01/2026" in page
    assert "December 6, 2026" in page


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_one_invoice_is_spoken_of_in_the_singular(language: str) -> None:
    for kind in ("friendly", "second", "costs", "demand", "suspended"):
        letter = sample_of(kind, language)
        several = as_text(letter)
        one = as_text(replace(letter, lines=letter.lines[:1]))
        prose = [line for line in several if line and line not in one]
        assert len(prose) > 3, (language, kind)


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_demand_threatens_with_interest_only_where_the_law_gives_it(language: str) -> None:
    with_law = "\n".join(as_text(replace(sample_of("demand", language), interest_law="Law X art 5")))
    without = "\n".join(as_text(replace(sample_of("demand", language), interest_law="")))
    assert "Law X art 5" in with_law
    assert "(Law" not in without
    assert len(without) < len(with_law)


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_costs_are_spoken_of_only_where_some_are_asked_and_then_with_the_terms(language: str) -> None:
    letter = sample_of("costs", language)
    told = " ".join(as_text(letter))
    assert "(2026)" in told
    bare = " ".join(as_text(replace(letter, charges=(), stretches=(), said={"terms": ""})))
    assert "(2026)" not in bare
    assert not any(isinstance(part, Sums) for part in content(replace(letter, charges=())).parts)


def test_the_claim_shows_how_each_sum_comes_about_and_adds_up() -> None:
    (sums,) = (part for part in content(sample_of("costs")).parts if isinstance(part, Sums))
    assert sums.rows[0][2] == "1,500.00"
    assert [row[2] for row in sums.rows if row[2]] == ["1,500.00", "12.34", "40.00"]
    assert [row[1] for row in sums.rows if row[1]] == ["9.00", "3.34"]
    assert "2026-0143: 10.5 % a year on 1,000.00 from 02/10/2026 to 22/11/2026, 52 days" in sums.rows[2][0]
    assert sums.foot == ("Total now due", "EUR\u00a01,552.34")


def test_interest_that_was_asked_before_is_taken_off_in_sight() -> None:
    letter = replace(sample_of("costs"), charges=(Charge("interest", 1000, "L"), Charge("earlier", 234)))
    (sums,) = (part for part in content(letter).parts if isinstance(part, Sums))
    assert [row[1] for row in sums.rows if row[1]] == ["9.00", "3.34", "-2.34"]
    one = replace(
        letter, stretches=(Stretch("2026-0143", date(2026, 10, 2), date(2026, 11, 22), 52, 100000, "10.5", 1000),)
    )
    (sums,) = (part for part in content(one).parts if isinstance(part, Sums))
    assert [row[1] for row in sums.rows if row[1]] == ["10.00"]
    assert not sums.rows[2][0].startswith("2026")


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_what_was_sent_before_is_told_with_its_days(language: str) -> None:
    told = " ".join(as_text(sample_of("second", language)))
    for days in (date(2026, 10, 8), date(2026, 10, 25)):
        assert day_words(days, language).replace("\u00a0", " ") in told
    assert texts(language)["history"]["title"].partition("{list}")[0].replace("\u00a0", " ") in told


def test_every_way_to_pay_is_named_and_a_link_can_be_opened() -> None:
    sender = replace(
        SENDER,
        account="sort code 12-34-56",
        link="https://pay.example/R?amount=1500.00",
        ways="Card by telephone.",
        mail="a@b.example",
        contact="+32 9 555 01 02 · a@b.example",
    )
    pdf = render(replace(sample_of("friendly"), sender=sender))
    (page,) = read(pdf)
    for words in (
        "BE68 5390 0754 7034",
        "sort code 12-34-56",
        "https://pay.example/R?amount=1500.00",
        "Card by telephone.",
    ):
        assert words in page
    notes: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]
    links = {note["/A"]["/URI"] for note in notes}
    assert links == {"https://pay.example/R?amount=1500.00", "mailto:a@b.example"}


@pytest.mark.parametrize(("kind", "asked"), [("receipt", 0), ("reinstated", 0), ("statement", 0)])
def test_who_owes_nothing_is_not_told_how_to_pay(kind: str, asked: int) -> None:
    parts = content(replace(sample_of(kind, full=False), asked=asked)).parts
    assert not any(isinstance(part, Ways) for part in parts)


def test_the_code_asks_for_what_the_letter_asks_for() -> None:
    letter = replace(sample_of("settlement"), asked=99900)
    (ways,) = (part for part in content(letter).parts if isinstance(part, Ways))
    assert "EUR999.00" in ways.code.split("\n")


def test_an_agreement_has_its_schedule_and_two_places_to_sign() -> None:
    letter = sample_of("agreement")
    pages = read(render(letter))
    last = pages[-1]
    assert last.count("Place and date") == 2
    assert "The creditor: Bakkerij De Korenaar" in last
    assert "The debtor: Example Ltd" in last
    tables = [part for part in content(letter).parts if isinstance(part, PaperTable)]
    assert [row[-1] for row in tables[1].rows] == ["1,034.90", "517.46", "0.00"] or tables[1].rows[-1][-1] == "0.00"
    assert tables[1].foot[1] == "EUR\u00a01,552.34"
    assert "whole remaining debt is due at once" in " ".join(" ".join(pages).split())
    assert "whole remaining debt is due at once" not in " ".join(
        as_text(replace(letter, said={**letter.said, "accelerate": ""}))
    )


def test_the_british_letter_gives_consumers_what_the_protocol_asks_for() -> None:
    person = " ".join(as_text(replace(sample_of("before-action"), consumer=True)))
    firm = " ".join(as_text(replace(sample_of("before-action"), consumer=False)))
    for words in ("Pre-Action Protocol for Debt Claims", "Information Sheet", "Reply Form", "thirty days"):
        assert words in person
        assert words not in firm
    assert "Practice Direction" in firm


@pytest.mark.parametrize(
    ("language", "name", "cited"),
    [
        ("nl", "Law of 2 August 2002 art 6", "wet van 2 augustus 2002 art 6"),
        ("de", "BGB 286, 288(2)", "§§ 286, 288 Abs. 2 BGB"),
        ("fr", "OR 104(2)", "art. 104 al. 2 CO"),
        ("en", "BW 6:119a(8): an agreed rate takes its place", "BW 6:119a(8)"),
        ("it", "D.Lgs. 231/2002 art 6", "D.Lgs. 231/2002 art 6"),
    ],
)
def test_a_statute_is_cited_as_the_language_does(language: str, name: str, cited: str) -> None:
    assert law(name, language) == cited


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_on_the_screen_a_letter_says_what_it_says_on_paper(language: str, kind: str) -> None:
    letter = sample_of(kind, language)
    lines = as_text(letter)
    assert max(map(len, lines)) <= WIDE
    page = " ".join(" ".join(read(render(letter))).replace("\n", " ").split())
    for part in content(letter).parts:
        said = getattr(part, "text", "").replace("\u00a0", " ")
        if said:
            assert said in " ".join(" ".join(lines).split())
            assert said in page
        for row in getattr(part, "rows", ()):
            for cell in row:
                assert all(word in page for word in cell.replace("\u00a0", " ").split())


def test_pdf_says_what_it_is_and_opens_without_complaint() -> None:
    for kind in ("costs", "agreement"):
        letter = sample_of(kind, "de")
        found = PdfReader(io.BytesIO(render(letter)), strict=True)
        assert found.metadata is not None
        assert (found.metadata.title, found.metadata.author) == (content(letter).subject, "Bakkerij De Korenaar")
        top: Any = found.trailer["/Root"]
        assert top["/Lang"] == "de"
        text = found.pages[0].extract_text()
        order = [text.index(words) for words in ("Example Ltd", "22. November 2026", "2026-0143")]
        assert order == sorted(order)


def test_the_names_a_text_may_use_are_those_that_letters_fill() -> None:
    for kind, held in KINDS.items():
        known = held.names | BLOCKS
        for language in LANGUAGES:
            assert template(language, kind).names <= known
    assert set(texts("en")["paragraphs"]) == SHARED


def a_letter_with(**facts: object) -> Letter:
    return replace(sample_of("friendly"), **facts)  # type: ignore[arg-type]


def test_pages_after_the_first_say_whose_letter_they_are() -> None:
    letter = sample_of("statement")
    long = replace(letter, movements=letter.movements * 20)
    pages = read(render(long))
    assert len(pages) >= 3
    assert all("Bakkerij De Korenaar · Example Ltd · 22 November 2026" in page for page in pages[1:])
    assert "Bakkerij De Korenaar · Example Ltd" not in pages[0]


def test_the_closing_does_not_stand_alone_on_a_page() -> None:
    for lines in range(1, 40):
        letter = a_letter_with(lines=sample_of("friendly").lines[:1] * lines)
        pages = read(render(letter))
        if len(pages) > 1:
            last = pages[-1]
            assert "Yours faithfully" in last
            assert last.index("Any question") < last.index("Yours faithfully"), lines


def test_a_long_name_never_pushes_the_town_out_of_the_window() -> None:
    name = "Gesellschaft für die Herstellung und den Vertrieb von Backwaren aller Art " * 3
    letter = a_letter_with(
        recipient=(name.strip(), "Pariser Kommune 123, Hinterhof, dritter Aufgang links", "50676 Köln", "DEUTSCHLAND")
    )
    (page,) = read(render(letter))
    for words in ("50676 Köln", "DEUTSCHLAND", "Pariser Kommune 123"):
        assert words in page


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_one_day_of_grace_is_one_day(language: str) -> None:
    letter = sample_of("agreement", language)
    one = " ".join(as_text(replace(letter, said={**letter.said, "grace": "1", "one_day": "1"})))
    several = " ".join(as_text(letter))
    plural = {"en": "1 days", "nl": "1 dagen", "de": "1 Tage ", "fr": "1 jours", "es": "1 días", "it": "1 giorni"}[
        language[:2]
    ]
    assert plural not in one
    assert "7 " in several


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_who_was_not_reminded_of_all_is_not_told_so(language: str) -> None:
    for kind in ("second", "costs", "demand", "mahnung", "before-action", "handover"):
        letter = sample_of(kind, language)
        mixed = replace(letter, said={**letter.said, "mixed": "1"})
        assert as_text(mixed) != as_text(letter), kind
