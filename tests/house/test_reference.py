"""The reference page says what the program is."""

from __future__ import annotations

from arterm.cli.commands import COMMANDS
from tests.reference import PAGE, json_fields, page


def test_the_page_is_that_of_the_program() -> None:
    assert PAGE.read_text("utf-8") == page(), "renew it with: python -m tests.reference --write"


def test_every_command_that_prints_json_tells_its_fields() -> None:
    told = {path.split()[0] for path in json_fields()}
    assert set(COMMANDS) - told <= {"completion"}
