"""The rules of the house that tools do not know: what is loaded when, how words get to the screen, what no room may
hold.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "arterm"
FILES = sorted(SOURCE.rglob("*.py"))
# Every widget or call that reads a bare string as markup, and the one file that may build it.
SINKS = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "OptionList",
    "Option",
    "Select",
    "Markdown",
    "Tree",
    "DataTable",
    "Collapsible",
    "TabPane",
    "ListItem",
}


def loaded_after(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split("\n"))


def test_the_command_line_opens_without_screens_paper_or_secrets() -> None:
    modules = loaded_after("import arterm.cli.parser as m; m.build()")
    assert not modules & {"textual", "textual.app", "reportlab", "keyring", "babel", "rich.console", "PIL"}


def test_the_board_by_command_needs_neither_textual_nor_paper(demo: Path) -> None:
    modules = loaded_after(
        f"import arterm.cli.main as m; m.run(['--book', {str(demo)!r}, '--today', '2026-11-22', 'board', '--json'])"
    )
    assert "peewee" in modules
    assert not modules & {"textual", "reportlab", "keyring", "babel", "PIL", "email_validator", "holidays"}


def test_the_screens_open_without_paper_secrets_and_locale_data() -> None:
    modules = loaded_after("import arterm.tui.app")
    assert not modules & {"reportlab", "keyring", "babel", "PIL", "email_validator", "stdnum", "pypdfium2"}


def test_words_reach_the_screen_only_by_the_safe_door() -> None:
    for path in FILES:
        if "tui" in path.relative_to(SOURCE).parts:
            _holds_no_markup(path)


def _holds_no_markup(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SINKS:
            raise AssertionError(f"{path.name}:{node.lineno} builds a {name}")
        if name == "notify":
            assert path.name == "app.py"
            assert any(word.arg == "markup" and getattr(word.value, "value", None) is False for word in node.keywords)
        if name in ("from_markup", "escape"):
            raise AssertionError(f"{path.name}:{node.lineno} handles markup")


def test_a_file_is_small_and_says_what_it_is_for() -> None:
    texts = {str(path.relative_to(SOURCE)): path.read_text() for path in FILES}
    assert [name for name, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []
    assert [name for name, text in texts.items() if len(text.splitlines()) > 400] == []
    assert [name for name, text in texts.items() if any(len(line) > 120 for line in text.splitlines())] == []
    assert [name for name, text in texts.items() if re.search(r"#\s*fmt:", text)] == []


def test_nothing_dangerous_is_called_and_what_is_public_says_what_it_does() -> None:
    for path in FILES:
        _is_harmless_and_documented(path)


def _is_harmless_and_documented(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            assert name not in ("eval", "exec", "system", "popen"), name
            assert not any(word.arg == "shell" and getattr(word.value, "value", None) is True for word in node.keywords)
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            assert not named & {"pickle", "marshal", "tarfile", "yaml"}
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and node.name != "Meta"
        ):
            assert ast.get_docstring(node) or _is_inner(tree, node), f"{node.name} has no docstring"


def _is_inner(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a definition stands inside a function."""
    return any(
        wanted is not outer and wanted in ast.walk(outer)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize("room", ["rules", "law", "store", "desk", "letters", "formats"])
def test_no_float_comes_near_money(room: str) -> None:
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"), path
            if room in ("rules", "law", "store", "desk", "formats"):
                assert not (
                    isinstance(node, ast.Constant) and isinstance(node.value, float) and path.name != "demo.py"
                ), f"{path}: {getattr(node, 'value', '')}"
            if room in ("rules", "store", "desk"):  # the law divides whole fractions, which are exact
                assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node)), (
                    f"{path}:{getattr(node, 'lineno', 0)}"
                )


def _is_path(node: ast.BinOp) -> bool:
    """Division of paths is no division of money; a fraction that is rounded at once is a figure, not an amount."""
    text = ast.unparse(node)
    return any(
        word in text for word in ("folder", "root()", "path", "target", "weight", "files(", "resolve", "inside", "top")
    )


def test_the_readme_names_keys_that_exist() -> None:
    from arterm.tui.keys import ACTS, key_text

    readme = (SOURCE.parents[1] / "README.md").read_text()
    table = readme.split("## Ten keys")[1].split("\n\n")[1]
    keys = [line.split("|")[1].strip().strip("`") for line in table.splitlines()[2:]]
    assert len(keys) == 10
    known = {part for act in ACTS for part in key_text(act).split(" or ")} | {"enter", "space"}
    assert set(keys) <= known


def test_no_two_acts_of_a_screen_share_a_key_and_a_clashing_keymap_is_refused() -> None:
    from arterm.tui.keys import ACTS, acts_of, read_keymap

    for screen in {screen for act in ACTS for screen in act.screens}:
        keys = [key for act in acts_of(screen) for key in act.key.split(",")]
        assert len(keys) == len(set(keys)), screen
    assert read_keymap("row.call=x") == ({}, ["x already stands for row.more."])
    assert read_keymap("row.call=f9") == ({"row.call": "f9"}, [])
    assert read_keymap("nonsense=f9")[0] == {}
