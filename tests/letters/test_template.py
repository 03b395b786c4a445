"""Letter texts as owners write them: what is understood, and what is refused with file and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.letters.template import MOST, read_template
from arterm.letters.words import checked_text, shipped_text
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import KINDS
from tests.hostile import ALL

NAMES = frozenset({"total", "deadline", "single"})


def read(text: str, needed: frozenset[str] = frozenset()):
    return read_template(text, "my.txt", NAMES, frozenset({"table", "legal"}), needed)


def said(text: str, **values: str) -> list[str]:
    return [
        part.say({"total": "", "deadline": "", "single": "", **values})
        for part in read(text).paragraphs
        if not part.block
    ]


def test_paragraphs_are_what_stands_between_empty_lines() -> None:
    found = read("# mine\nsubject: About {total}\n\nOne\ntwo.\n\n\n! Bold {total}\n# not printed\n\n{table}\n")
    assert found.subject.say({"total": "5"}) == "About 5"
    assert [(part.bold, part.block) for part in found.paragraphs] == [(False, ""), (True, ""), (False, "table")]
    assert found.paragraphs[0].say({}) == "One two."
    assert found.names == {"total", "table"}


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("{if total}A{else}B{end}", {"total": "1"}, "A"),
        ("{if total}A{else}B{end}", {}, "B"),
        ("{if not total}B{end}", {}, "B"),
        ("{if total}A{end}", {}, ""),
        ("{if total}{if single}one{else}many{end} {total}{end}.", {"total": "5"}, "many 5."),
        ("{if  total }x{end}", {"total": "1"}, "x"),
    ],
)
def test_a_condition_chooses(text: str, values: dict[str, str], wanted: str) -> None:
    assert said(f"subject: x\n\n{text}", **values) == [wanted]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("subject: x\n\nPay {totl}", 3, "nothing to put for {totl}"),
        ("subject: x\n\nPay {", 3, "brace stands alone"),
        ("subject: x\n\nPay {}", 3, "brace stands alone"),
        ("subject: x\n\nPay }", 3, "brace stands alone"),
        ("subject: x\n\n\n{if total}\nPay", 4, "no {end}"),
        ("subject: x\n\n{if total}a\n\nb{end}", 3, "no {end}"),
        ("subject: x\n\na{end}", 3, "no {if"),
        ("subject: x\n\na{else}b", 3, "no {if"),
        ("subject: x\n\n{if total}a{else}b{else}c{end}", 3, "no {if"),
        ("subject: x\n\n{if}a{end}", 3, "not understood"),
        ("subject: x\n\n{total.__class__}", 3, "not understood"),
        ("subject: x\n\n{total!r}", 3, "not understood"),
        ("subject: x\n\n{total:>9}", 3, "not understood"),
        ("subject: x\n\n{{total}}", 3, "brace"),
        ("subject: x\n\n{for x in total}", 3, "not understood"),
        ("subject: x\n\nSee {table} here", 3, "does not stand alone"),
        ("subject: x\n\n{if table}a{end}", 3, "nothing to put for {table}"),
        ("Dear you", 1, "first line"),
        ("subject:\n\na", 1, "first line"),
        ("", 1, "empty"),
        ("subject: x", 1, "empty"),
        ("subject: x\n\nBell\x07", 3, "U+0007"),
        ("subject: x\n\n\u202eevil", 3, "U+202E"),
        ("subject: x\n\n\x1b[2J", 3, "U+001B"),
        ("subject: {x}\n\na", 1, "nothing to put for {x}"),
    ],
)
def test_anything_else_is_refused_with_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(ArtermError) as refused:
        read(text)
    assert refused.value.code == "bad_template"
    assert refused.value.where == f"my.txt:{line}"
    assert words in refused.value.message


def test_what_a_letter_cannot_do_without_may_not_be_taken_out() -> None:
    with pytest.raises(ArtermError, match=r"\{legal\} is missing"):
        read("subject: x\n\n{table}", frozenset({"table", "legal"}))
    for kind, held in KINDS.items():
        text = shipped_text("en", kind)
        for name in held.needs:
            without = text.replace(f"{{{name}}}", "").replace(f"{{if {name}}}", "{if total}")
            with pytest.raises(ArtermError, match="is missing"):
                checked_text(without, kind, "mine.txt")


def test_a_text_has_an_end() -> None:
    with pytest.raises(ArtermError, match="longer than"):
        read("subject: x\n\n" + "a" * MOST)


@pytest.mark.parametrize("value", [*ALL, "{if total}x{end}", "! not bold", "{table}", "a\n\nb"])
def test_a_value_is_never_read_as_a_text(value: str) -> None:
    found = read("subject: x\n\nPay {total} now")
    (part,) = found.paragraphs
    assert part.say({"total": value}) == f"Pay {value} now"
    assert not part.bold


@given(st.text(max_size=200))
def test_no_text_does_anything_but_read_or_be_refused(text: str) -> None:
    try:
        found = read(f"subject: x\n\n{text}\n\nend")
    except ArtermError as refused:
        assert refused.code == "bad_template"
        assert refused.where.startswith("my.txt")
    else:
        values = dict.fromkeys(NAMES, "value")
        for part in found.paragraphs:
            assert "{" not in part.say(values)
