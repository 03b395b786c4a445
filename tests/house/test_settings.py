"""Settings stand in one table: each read names one of it, says no default of its own, and each of it is read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from arterm.desk.business import settings
from arterm.desk.session import Desk
from arterm.letters.layout import LAYOUTS
from arterm.rules import settings as table
from arterm.rules.settings import SETTINGS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "arterm"
# Where the key is not written down: it is one that somebody typed or chose, and is looked up in the table first.
BY_KEY = {"desk/session.py", "desk/business/settings.py", "cli/setup.py", "tui/settings/screen.py"}


def reads() -> Iterator[tuple[str, ast.Call]]:
    """Every place that asks for a setting: the desk's, and the store's for its cases."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("setting", "_setting"):
                yield str(path.relative_to(SOURCE)), node


def test_a_read_says_no_default_of_its_own() -> None:
    assert [f"{file}:{call.lineno}" for file, call in reads() if len(call.args) != 1 or call.keywords] == []


def test_a_read_names_a_setting_of_the_table() -> None:
    for file, call in reads():
        key = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        assert key in SETTINGS or (key is None and file in BY_KEY), f"{file}:{call.lineno} reads {key!r}"


def test_every_setting_of_the_table_is_read_somewhere() -> None:
    named = {call.args[0].value for _, call in reads() if isinstance(call.args[0], ast.Constant)}
    assert sorted(set(SETTINGS) - named) == []


def test_nobody_else_reads_the_table_of_settings_in_the_book() -> None:
    found = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if any(words in path.read_text() for words in ("FROM setting", "FROM live_setting", "JOIN setting"))
    ]
    assert found == ["store/settings.py"]


@pytest.mark.parametrize("key", [key for key, kind in SETTINGS.items() if kind.default])
def test_a_default_is_a_value_that_the_owner_could_set(key: str) -> None:
    assert SETTINGS[key].check(SETTINGS[key].default) == SETTINGS[key].default


def test_where_nothing_was_said_the_default_holds_and_an_empty_value_says_nothing(tmp_path: Path) -> None:
    from tests.conftest import NOW, TODAY

    desk = Desk.create(tmp_path / "b.arterm", TODAY, now=lambda: NOW)
    assert desk.settings == {key: kind.default for key, kind in SETTINGS.items()}
    settings.change_settings(desk, {"imap_folder": "Post"})
    assert desk.setting("imap_folder") == "Post"
    settings.change_settings(desk, {"imap_folder": ""})
    assert desk.setting("imap_folder") == "INBOX"
    desk.close()


def test_set_up_takes_currency_and_language_of_the_country_unless_they_were_said(tmp_path: Path) -> None:
    from tests.conftest import NOW, TODAY

    desk = Desk.create(tmp_path / "b.arterm", TODAY, now=lambda: NOW)
    settings.set_up(desk, {"name": "Bakery", "country": "CH"})
    assert (desk.currency, desk.setting("language")) == ("CHF", "de")
    settings.set_up(desk, {"name": "Bakery", "country": "FR"})
    assert (desk.currency, desk.setting("language")) == ("CHF", "de")
    desk.close()


def test_a_setting_that_does_not_exist_is_a_mistake_of_the_program(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.setting("colour")


def test_the_layouts_one_can_choose_are_those_that_are_drawn() -> None:
    assert tuple(LAYOUTS) == table.LAYOUTS
