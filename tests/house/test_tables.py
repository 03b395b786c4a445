"""Tables that enumerate: letter kinds and reports, each row held to what it names."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from inspect import signature

import pytest

from arterm.bundled import root
from arterm.cli.parser import build
from arterm.desk.letters.kinds import LetterDraft
from arterm.rules.countries import LETTER_LANGUAGES
from arterm.rules.ladders import STEP_LETTERS
from arterm.rules.letter_kinds import BY_HAND, KINDS
from arterm.rules.report_kinds import REPORTS


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_of_letter_has_its_text_in_every_language_and_its_writer(key: str) -> None:
    kind = KINDS[key]
    for language in LETTER_LANGUAGES:
        if language != "en-US":  # where nothing else is said, as in English
            assert (root() / "letters" / language / f"{key}.txt").is_file(), language
    assert bool(kind.writer) is not kind.reminder
    if kind.writer:
        module, _, name = kind.writer.rpartition(".")
        writer = getattr(import_module(f"arterm.desk.letters.{module}"), name)
        assert list(signature(writer).parameters) == ["desk", "draft"]
        known = {field.name for field in fields(LetterDraft)}
        assert {ask.field for ask in kind.asks} <= known


def test_letters_of_steps_are_kinds_and_the_command_knows_every_kind_that_is_written_by_hand() -> None:
    assert set(STEP_LETTERS) <= {key for key, kind in KINDS.items() if kind.reminder}
    letter = build()._subparsers._group_actions[0].choices["letter"]  # type: ignore[union-attr,index]
    kinds = next(action.choices for action in letter._actions if action.dest == "kind")
    assert list(kinds) == list(BY_HAND)


@pytest.mark.parametrize("key", REPORTS)
def test_a_report_has_its_maker(key: str) -> None:
    module, _, name = REPORTS[key].maker.rpartition(".")
    maker = getattr(import_module(f"arterm.desk.reports.{module}"), name)
    assert list(signature(maker).parameters) == ["desk", "asked"]
