"""Letters read back from the page: what they say, in which language, to the cent, and what they refuse to print."""

from __future__ import annotations

import io
import re
import sys
import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from arterm.letters.bind import bind
from arterm.letters.content import PaperTable, content, joined
from arterm.letters.fonts import FILES, width
from arterm.letters.layout import LAYOUTS, usual_layout
from arterm.letters.letter import TONES, Charge, Letter, Line, Sender
from arterm.letters.paper import LEFT, render
from arterm.letters.pen import MM, SMALL
from arterm.letters.sample import sample
from arterm.letters.scan import dots, transfer_code
from arterm.letters.setting import fit, wrap
from arterm.letters.template import fill
from arterm.letters.words import day_words, texts
from arterm.rules.countries import LETTER_LANGUAGES
from arterm.rules.errors import ArtermError
from tests.hostile import ALL, MARKUP, WIDE

SENDER = Sender(
    "Bakkerij De Korenaar",
    ("Molenstraat 27", "9000 Gent"),
    "BE",
    "BE68539007547034",
    "KREDBEBB",
    "BE0403170701",
    "+32 9 555 01 02",
)


def a_letter(language: str = "en", lines: int = 2, recipient: str = "Café Zuid", step: int = 1) -> Letter:
    rows = tuple(
        Line(f"2026-{n:04d}", date(2026, 9, 1), date(2026, 10, 1), 52, 120050, 20050, 100000) for n in range(lines)
    )
    return Letter(
        language,
        step,
        date(2026, 11, 22),
        date(2026, 12, 7),
        SENDER,
        (recipient, "Zuidlaan 4", "9000 Gent"),
        "K002",
        "2026-0000",
        "EUR",
        rows,
    )


def sample_of(kind: str, language: str = "en", full: bool = True, layout: str = "left") -> Letter:
    return sample(kind, language, SENDER, date(2026, 11, 22), "EUR", layout, full)


def read(pdf: bytes) -> list[str]:
    document = PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\u00a0", " ") for page in document]
    document.close()
    return pages


def test_a_letter_says_who_what_how_much_until_when_and_how() -> None:
    (page,) = read(render(a_letter()))
    for words in (
        "Bakkerij De Korenaar",
        "Café Zuid",
        "Zuidlaan 4",
        "22 November 2026",
        "Payment reminder",
        "2026-0001",
        "01/10/2026",
        "1,200.50",
        "200.50",
        "1,000.00",
        "EUR 2,000.00",
        "by 7 December 2026",
        "BE68 5390 0754 7034",
        "KREDBEBB",
        "Your number with us: K002",
        "VAT BE0403170701",
        "52",
    ):
        assert words in page, words


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_every_language_has_every_tone(language: str, step: int) -> None:
    (page,) = read(render(a_letter(language, step=step)))
    assert "{" not in page
    assert texts(language)["paragraphs"]["greeting"].rstrip(",:") in page


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("nl", "1.200,50", "01-10-2026"),
        ("de", "1.200,50", "01.10.2026"),
        ("fr", "1 200,50", "01/10/2026"),
        ("es", "1.200,50", "01/10/2026"),
        ("it", "1.200,50", "01/10/2026"),
    ],
)
def test_amounts_and_days_are_written_as_the_language_does(language: str, amount: str, day: str) -> None:
    (page,) = read(render(a_letter(language)))
    assert amount in page
    assert day in page


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_column_names_fit_beside_each_other(language: str) -> None:
    tables = [
        part
        for kind in ("friendly", "statement", "agreement")
        for part in content(sample_of(kind, language)).parts
        if isinstance(part, PaperTable)
    ]
    assert len(tables) == 4
    for table in tables:
        left = LEFT + width(table.columns[0].name, SMALL, True)
        for column in table.columns[1:]:
            start = LEFT + column.edge * MM - width(column.name, SMALL, True)
            assert start > left + 3, (language, column.name)
            left = LEFT + column.edge * MM


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render(a_letter()) == render(a_letter())


def test_many_invoices_go_over_pages_with_the_heading_and_the_count_on_each() -> None:
    pages = read(render(a_letter(lines=90)))
    assert len(pages) >= 3
    for n, page in enumerate(pages, 1):
        assert f"Page {n} of {len(pages)}" in page
    assert sum("Days late" in page for page in pages) >= 3
    assert "EUR 90,000.00" in pages[-1]


@pytest.mark.parametrize("name", [*MARKUP, *WIDE])
def test_a_hostile_name_is_printed_as_it_is(name: str) -> None:
    (page,) = read(render(a_letter(recipient=name)))
    assert name in page


def test_what_no_typeface_can_print_is_refused_by_name_and_not_printed_as_a_hole() -> None:
    for name, first in (("שלום", "05E9"), ("한국상사", "D55C"), ("مرحبا", "0645")):
        with pytest.raises(ArtermError, match=rf"'{name[0]}' \(U\+{first}\)"):
            render(a_letter(recipient=name))


def test_every_typeface_is_carried_by_the_file() -> None:
    pdf = render(a_letter(recipient="株式会社 🎂"))
    assert pdf.count(b"/FontFile2") == len(FILES)
    assert b"/Helvetica" not in pdf


def bound(*letters: bytes) -> bytes:
    target = io.BytesIO()
    bind(letters, target)
    return target.getvalue()


def test_letters_are_bound_in_order_each_on_a_sheet_of_its_own() -> None:
    long, short = a_letter(recipient="Long", lines=24), a_letter(recipient="Short")
    pages = read(bound(render(short), render(long), render(short), render(short)))
    assert [("Long" in page) - ("Short" in page) for page in pages] == [-1, 0, 1, 1, -1, 0, -1]
    assert (pages[1], pages[5]) == ("", "")
    assert "Page 2 of 2" in pages[3]


def test_bound_letters_say_and_look_what_they_did_alone_and_open_without_complaint() -> None:
    link = replace(
        SENDER,
        link="https://pay.example/1%200%20R?a=(b)",
        mail="a@b.example",
        contact="a@b.example",
        name="Fifth 5 0 R (GmbH)",
    )
    letters = [
        render(replace(a_letter(), sender=link)),
        render(a_letter("fr", recipient="株式会社 Ωμέγα 🎂")),
        render(replace(a_letter("de"), layout="us", sender=link)),
    ]
    whole = bound(*letters)
    found = PdfReader(io.BytesIO(whole), strict=True)
    assert len(found.pages) == 5
    for n, alone in enumerate(letters):
        assert read(whole)[2 * n] == read(alone)[0]
        before, after = PdfDocument(alone), PdfDocument(whole)
        assert before[0].render().to_pil().tobytes() == after[2 * n].render().to_pil().tobytes()
        before.close()
        after.close()
    notes: Any = found.pages[0]["/Annots"]
    assert {note["/A"]["/URI"] for note in notes} == {"https://pay.example/1%200%20R?a=(b)", "mailto:a@b.example"}
    assert found.pages[3].mediabox == found.pages[2].mediabox


def test_what_letters_share_is_written_once() -> None:
    one = render(a_letter())
    assert len(bound(*[one] * 50)) < 50 * 4000 + len(one)
    with pytest.raises(ArtermError, match="not as it was written"):
        bound(one[:-200])
    with pytest.raises(ArtermError, match="not as it was written"):
        bound(b"%PDF-1.4\nstartxref\n3\n%%EOF")


def test_a_long_word_is_cut_and_goes_on_below() -> None:
    assert len(wrap("x" * 2000, 400, 10)) > 5
    assert fit("x" * 500, 100, 10).endswith("…")
    assert joined([f"2026-{n:04d}" for n in range(30)]).endswith("(+23)")
    (page,) = read(render(a_letter(recipient="y" * 200)))
    assert page.count("y") >= 200


def test_a_long_invoice_number_is_printed_whole_and_apart_from_its_date() -> None:
    number = "2026/VERKOOP/FACTUUR/000017"
    letter = a_letter()
    (page,) = read(render(replace(letter, lines=tuple(replace(line, number=number) for line in letter.lines))))
    assert page.replace("\n", "").count(number) == 2 or all(page.count(p) == 2 for p in ("2026/VERKOOP/F", "000017"))
    assert "…" not in page
    assert f"{number[-4:]}01" not in page


@pytest.mark.parametrize("text", ["Dear {name", "Dear {nobody}", "Dear {}", "a } b"])
def test_a_template_with_a_wrong_place_is_refused(text: str) -> None:
    with pytest.raises(ArtermError) as refused:
        fill(text, {"name": "Acme"})
    assert refused.value.code == "bad_template"


@pytest.mark.parametrize("value", ALL)
def test_values_are_never_looked_at_again(value: str) -> None:
    assert fill("<{name}>", {"name": value}) == f"<{value}>"


def test_an_empty_value_is_refused_rather_than_left_out() -> None:
    with pytest.raises(ArtermError, match="nothing to put"):
        fill("Dear {name}", {"name": ""})


def test_a_sender_without_bank_and_number_still_makes_a_letter() -> None:
    (page,) = read(render(replace(a_letter(), sender=Sender("Solo", (), ""), customer_no="")))
    assert "IBAN" not in page
    assert "Solo" in page


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads from the printed pages."""
    document = PdfDocument(pdf)
    found = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())]
    document.close()
    return found


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_banking_app_reads_the_transfer_from_the_page(language: str) -> None:
    (said,) = scanned(render(a_letter(language, lines=3)))
    assert said.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "KREDBEBB",
        "Bakkerij De Korenaar",
        "BE68539007547034",
        "EUR3000.00",
        "",
        "",
        "2026-0000",
    ]
    assert texts(language)["ways"]["scan"] in read(render(a_letter(language)))[0].replace("\n", " ")


@pytest.mark.parametrize("name", [*MARKUP, *WIDE, "Überhaupt & Söhne", "two\nlines\nIBAN"])
def test_no_name_gets_out_of_its_line_in_the_code(name: str) -> None:
    parts = transfer_code(name, "BE68539007547034", "", 5, "EUR", f"{name}\n1").split("\n")
    assert len(parts) == 11
    assert (parts[5], parts[7]) == (" ".join(name.split())[:70].rstrip(), "EUR0.05")


def test_the_code_asks_for_the_charges_too_and_shortens_what_is_too_long() -> None:
    letter = replace(a_letter(), charges=(Charge("interest", 1234, "Act"),), reference="R" * 200)
    (said,) = scanned(render(replace(letter, sender=replace(SENDER, name="É" * 90))))
    assert said.split("\n")[5:] == ["É" * 70, "BE68539007547034", "EUR2012.34", "", "", "R" * 140]


@pytest.mark.parametrize(
    ("currency", "iban", "holder", "cents"),
    [
        ("GBP", "GB33BUKB20201555555555", "A", 5),
        ("EUR", "", "A", 5),
        ("EUR", "TR330006100519786457841326", "A", 5),
        ("EUR", "BE68539007547034", " ", 5),
        ("EUR", "BE68539007547034", "A", 0),
        ("EUR", "BE68539007547034", "A", 100_000_000_000),
    ],
)
def test_where_the_standard_has_no_code_there_is_none(currency: str, iban: str, holder: str, cents: int) -> None:
    assert transfer_code(holder, iban, "", cents, currency, "R1") == ""


def test_a_letter_without_a_code_does_not_speak_of_one() -> None:
    pdf = render(replace(a_letter(), currency="GBP"))
    assert scanned(pdf) == []
    assert "scan" not in read(pdf)[0]


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize(("tone", "layout"), list(zip(TONES, ("left", "us", "din-b"), strict=True)))
def test_pages_are_numbered_exactly_when_there_are_several(language: str, tone: str, layout: str) -> None:
    for lines in range(1, 9):
        for number in ("2026-1", "2026/VERKOOP/FACTUUR/000017"):
            letter = replace(a_letter(language), tone=tone, layout=layout, reference="2026-0000, " * 7)
            letter = replace(letter, lines=tuple(replace(letter.lines[0], number=number) for _ in range(lines)))
            pages = read(render(letter))
            said = [
                fill(texts(language)["page"], {"page": str(n), "pages": str(len(pages))})
                for n in range(1, len(pages) + 1)
            ]
            assert [words in page for words, page in zip(said, pages, strict=True)] == [len(pages) > 1] * len(pages)


def test_every_language_says_all_that_english_says_with_the_same_places() -> None:
    def shape(found: object, at: str = "") -> dict[str, set[str]]:
        if isinstance(found, dict):
            return {key: places for name, part in found.items() for key, places in shape(part, f"{at}.{name}").items()}
        return {
            at: {
                name
                for name in re.findall(r"{(.*?)}", str(found))
                if name not in ("else", "end", "if one", "if not one")
            }
        }

    for language in LETTER_LANGUAGES:
        assert shape(texts(language)) == shape(texts("en")), language


@pytest.mark.parametrize(
    ("language", "first", "eleventh"),
    [
        ("en", "1 December 2026", "11 December 2026"),
        ("nl", "1 december 2026", "11 december 2026"),
        ("fr", "1er décembre 2026", "11 décembre 2026"),
        ("de", "1. Dezember 2026", "11. Dezember 2026"),
        ("es", "1 de diciembre de 2026", "11 de diciembre de 2026"),
        ("it", "1 dicembre 2026", "11 dicembre 2026"),
    ],
)
def test_a_day_is_written_out_as_the_language_does(language: str, first: str, eleventh: str) -> None:
    assert (day_words(date(2026, 12, 1), language), day_words(date(2026, 12, 11), language)) == (first, eleventh)


# The window of the envelope over the folded letter, in millimetres from the top left corner: left, top, right, bottom.
WINDOWS = {
    "din-a": (20, 44.7, 105, 72),
    "din-b": (20, 62.7, 105, 90),
    "left": (20, 45, 110, 85),
    "right": (110, 45, 200, 90),
    "fr": (100, 45, 200, 90),
    "ch": (110, 47, 200, 90),
    "us": (22, 51, 133, 81),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_address_shows_in_the_window_and_keeps_clear_of_all_else(layout: str) -> None:
    long = (
        "Naamloze vennootschap voor brood en banket",
        "t.a.v. mevrouw De Smet",
        "Zuidlaan 4",
        "9050 Gentbrugge",
        "BELGIË",
    )
    document = PdfDocument(render(replace(a_letter(), layout=layout, recipient=long)))
    across, down = (round(side / MM, 1) for side in document[0].get_size())
    assert (across, down) == LAYOUTS[layout].page
    page = document[0].get_textpage()
    left, top, right, bottom = WINDOWS[layout]
    for line in long:
        found = page.search(line).get_next()
        assert found is not None, line
        for n in range(found[0], found[0] + found[1]):
            x0, y0, x1, y1 = (side / MM for side in page.get_charbox(n))
            if x1 > x0:
                assert left <= x0 < x1 <= right, line
                assert top <= down - y1 < down - y0 <= bottom, line
    marks = [n for n in range(page.count_chars()) if page.get_text_range(n, 1).strip()]
    inside = [
        n
        for n in marks
        for x0, y0, x1, y1 in [[side / MM for side in page.get_charbox(n)]]
        if x0 < right and x1 > left and down - y1 < bottom and down - y0 > top
    ]
    assert len(inside) == sum(len(line.replace(" ", "")) for line in long)
    document.close()


def test_german_letters_say_where_to_fold_and_who_sent_them_above_the_address() -> None:
    letter = replace(a_letter("de"), layout="din-b")
    (page,) = read(render(letter))
    assert page.index("Bakkerij De Korenaar · Molenstraat 27 · 9000 Gent") < page.index("Café Zuid")
    picture = PdfDocument(render(letter))[0].render(scale=10 / MM).to_pil().convert("L")
    dark = [y / 10 for y in range(picture.height) if picture.getpixel((60, y)) < 200]
    assert {round(y) for y in dark} == {105, 148, 210} or {round(y) for y in dark} == {105, 149, 210}


def test_the_usual_layout_is_that_of_the_country() -> None:
    assert [usual_layout(code) for code in ("DE", "GB", "NL", "BE", "FR", "CH", "US", "")] == [
        "din-b",
        "left",
        "left",
        "right",
        "fr",
        "ch",
        "us",
        "left",
    ]


@pytest.mark.parametrize(
    "name", ["É" * 70, "Ÿþ", "Café Größe", "Пекарня Ржаной", "株式会社さくら", "Łódź Żółć €", "\x80\x9f" + "é" * 5]
)
def test_the_code_holds_utf_8_and_nothing_else(name: str) -> None:
    said = transfer_code(name, "BE68539007547034", "", 5, "EUR", "R")
    side, path = dots(said)
    picture = Image.new("L", ((side + 8) * 4, (side + 8) * 4), 255)
    for x, y, wide, high in re.findall(r"(\d+) (\d+) (\d+) (\d+) re", path):
        left, top = (int(x) + 4) * 4, (int(y) + 4) * 4
        ImageDraw.Draw(picture).rectangle((left, top, left + int(wide) * 4 - 1, top + int(high) * 4 - 1), fill=0)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.bytes == said.encode()
    assert found.symbology_identifier == "]Q1"  # no switch of alphabets, which banking apps do not expect


def test_a_batch_written_aside_and_a_preview_may_be_drawn_at_once() -> None:
    """The library keeps state of typefaces for every document; without a lock this fails in one run of two at least."""
    wanted, wrong = render(sample_of("costs", "de")), list[str]()

    def draw(n: int) -> None:
        try:
            for k in range(25):
                if n % 2 and render(sample_of("costs", "de")) != wanted:
                    wrong.append("other bytes")
                elif not n % 2:
                    render(a_letter("fr", recipient=f"Ж Ω {k} 株 🎂"))
        except (KeyError, IndexError, RuntimeError) as error:
            wrong.append(repr(error))

    held = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    hands = [threading.Thread(target=draw, args=(n,)) for n in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    sys.setswitchinterval(held)
    assert wrong == []
