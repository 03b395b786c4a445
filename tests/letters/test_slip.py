"""The Swiss QR-bill: its content beside a library of another hand, read back from the rendered page by a decoder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import zxingcpp
from pypdfium2 import PdfDocument
from qrbill import QRBill

from arterm.letters.letter import Address, Letter, Sender
from arterm.letters.paper import render
from arterm.letters.slip import slip_of
from arterm.rules.references import creditor_reference, own_reference
from tests.letters.test_paper import read, sample_of

OWNER = Address("Bäckerei Müller & Söhne GmbH", "Bahnhofstrasse 12a", "8001", "Zürich", "CH")
DEBTOR = Address("Café Größer", "Rue du Rhône 5", "1204", "Genève", "CH")
IBAN, QR_IBAN = "CH9300762011623852957", "CH4431999123000889012"
SENDER = Sender(OWNER.name, ("Bahnhofstrasse 12a", "8001 Zürich"), "CH", IBAN, address=OWNER)
DAY = date(2026, 11, 22)


def swiss(
    language: str = "de",
    iban: str = IBAN,
    currency: str = "CHF",
    style: str = "numbers",
    lines: int = 1,
    **facts: Any,
) -> Letter:
    letter = sample_of("friendly", language, layout="ch")
    reference = own_reference(style, iban, 7, DAY, "2026-0143")
    return replace(
        letter,
        sender=replace(SENDER, iban=iban),
        customer=DEBTOR,
        currency=currency,
        reference=reference.shown,
        coded=reference.coded,
        lines=letter.lines[:1] * lines,
        **facts,
    )


def decoded(pdf: bytes) -> list[str]:
    document = PdfDocument(pdf)
    found = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())]
    document.close()
    return found


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
@pytest.mark.parametrize(("iban", "style"), [(IBAN, "numbers"), (IBAN, "rf"), (QR_IBAN, "numbers")])
def test_a_decoder_reads_from_the_page_what_another_library_would_have_written(
    language: str, iban: str, style: str
) -> None:
    letter = swiss(language, iban, style=style)
    (said,) = decoded(render(letter))
    theirs = QRBill(
        account=iban,
        amount="1000.00",
        currency="CHF",
        reference_number=letter.coded or None,
        creditor={
            "name": OWNER.name,
            "street": "Bahnhofstrasse",
            "house_num": "12a",
            "pcode": "8001",
            "city": "Zürich",
            "country": "CH",
        },
        debtor={
            "name": DEBTOR.name,
            "street": "Rue du Rhône",
            "house_num": "5",
            "pcode": "1204",
            "city": "Genève",
            "country": "CH",
        },
        additional_information="" if letter.coded else letter.reference,
    )
    assert said.replace("\r\n", "\n") == theirs.qr_data().replace("\r\n", "\n")
    assert said.split("\n")[20].startswith("S") or "S" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Empfangsschein", "Zahlteil", "Annahmestelle", "Zahlbar durch")),
        ("fr", ("Récépissé", "Section paiement", "Point de dépôt")),
        ("it", ("Ricevuta", "Sezione pagamento")),
        ("en", ("Receipt", "Payment part")),
    ],
)
def test_both_halves_say_in_the_language_what_the_code_says(language: str, words: tuple[str, ...]) -> None:
    page = read(render(swiss(language, style="rf")))[-1]
    for one in (*words, "CH93 0076 2011 6238 5295 7", creditor_reference("0000702517").shown, "1 000.00", "CHF"):
        assert one in page, one
    assert page.count("Bäckerei Müller & Söhne GmbH") >= 2


def test_a_slip_stands_at_the_foot_and_turns_the_page_where_the_letter_reaches_it() -> None:
    for lines in (1, 8, 14, 30):
        pdf = render(swiss(lines=lines))
        document = PdfDocument(pdf)
        page = document[len(document) - 1]
        text = page.get_textpage()
        found = text.search("Empfangsschein").get_next()
        top = text.get_charbox(found[0])[3]
        others = [text.get_charbox(n)[1] for n in range(text.count_chars()) if text.get_charbox(n)[1] > top + 12]
        assert 265 < top < 298
        assert all(low > 105 * 72 / 25.4 for low in others)
        document.close()
        assert len(decoded(pdf)) == 1


def test_the_foot_of_a_page_crosses_no_line_of_the_letter() -> None:
    for lines in (1, 3, 8, 30):
        document = PdfDocument(render(swiss(lines=lines, style="rf")))
        for page in document:
            text = page.get_textpage()
            found = text.search("Seite ").get_next()
            if found is None:
                continue
            foot = text.get_charbox(found[0])[1]
            near = "".join(
                text.get_text_range(n, 1) for n in range(text.count_chars()) if abs(text.get_charbox(n)[1] - foot) < 8
            )
            assert "Verwendungszweck" not in near
            assert near.count("Bäckerei Müller") == 1, near
        document.close()


def test_a_debtor_without_an_address_is_left_to_be_written_in() -> None:
    letter = replace(swiss(), customer=Address("Anna", "", "", "", "CH"))
    assert "Zahlbar durch (Name/Adresse)" in read(render(letter))[-1].replace("\n", " ")
    (said,) = decoded(render(letter))
    lines = said.replace("\r\n", "\n").split("\n")
    assert lines[20:27] == [""] * 7


@pytest.mark.parametrize(
    ("creditor", "iban", "amount", "currency", "coded"),
    [
        (OWNER, "DE89370400440532013000", 5, "EUR", ""),
        (OWNER, IBAN, 5, "USD", ""),
        (OWNER, IBAN, 0, "CHF", ""),
        (OWNER, IBAN, 10**11, "CHF", ""),
        (replace(OWNER, city=""), IBAN, 5, "CHF", ""),
        (replace(OWNER, name="Пекарня"), IBAN, 5, "CHF", ""),
        (OWNER, QR_IBAN, 5, "CHF", ""),
        (OWNER, QR_IBAN, 5, "CHF", "RF18539007547034"),
    ],
)
def test_where_there_is_no_slip_there_is_none(
    creditor: Address, iban: str, amount: int, currency: str, coded: str
) -> None:
    assert slip_of(creditor, DEBTOR, iban, amount, currency, "R", coded) is None


@pytest.mark.parametrize("name", ["株式会社", "two\nlines", "[red]x", "Zero\u200bwidth"])
def test_a_name_the_slip_has_no_letters_for_is_left_out_and_none_gets_out_of_its_line(name: str) -> None:
    slip = slip_of(OWNER, replace(DEBTOR, name=name), IBAN, 5, "CHF", f"R {name}", "")
    assert slip is not None
    assert len(slip.said.split("\r\n")) == 31
    assert "\n" not in slip.said.replace("\r\n", "")
