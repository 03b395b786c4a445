"""The typefaces that letters carry: every letter of the European languages, Greek and Cyrillic, in regular and bold."""

from __future__ import annotations

import pytest

from arterm.letters.fonts import BOLD, REGULAR, faces
from arterm.letters.paper import render
from tests.letters.test_paper import a_letter, read

# One sentence or alphabet for each language: every letter it has beyond A to Z.
ALPHABETS = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüßẞ",
    "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
    "es": "áéíñóúü¿¡",
    "et": "äõöüšž",
    "fi": "åäöšž",
    "fr": "àâæçéèêëîïôœùûüÿ«»’",
    "ga": "áéíóúḃċḋḟġṁṗṡṫ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "mt": "ċġħżà",
    "nl": "áéëïóöüĳ",
    "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõú",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sv": "åäöé",
    "nb": "æøå",
    "is": "áðéíóúýþæö",
    "tr": "çğıİöşü",
    "sq": "çë",
    "uk": "ґєіїйщюя'",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "sr": "ђјљњћџ",
    "mk": "ѓѕќѝ",
    "be": "ўі",
    "signs": "€£$¥§№©®™‰°–—…•·„“”‚‘‹›±×÷½¼¾²³\u00a0\u202f",
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_has_its_shape_in_both_weights(language: str) -> None:
    covered = faces()
    for char in ALPHABETS[language] + ALPHABETS[language].upper():
        for face in (REGULAR, BOLD):
            assert all(ord(one) in covered[face] for one in char), (face, char, f"U+{ord(char[0]):04X}")


@pytest.mark.parametrize(
    "name",
    ["Ωμέγα Α.Ε. Αθήνα", "ООО Ромашка, Щёлково", "Łódź Ścięgno", "Țăndărică SRL", "Győrfű Kft.", "Ķekava Ģipsis"],
)
def test_names_come_back_from_the_page_as_they_are(name: str) -> None:
    assert name in read(render(a_letter(recipient=name)))[0]
