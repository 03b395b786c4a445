"""Commands, JSON and exit codes stay as they are, byte for byte: every chain does what `expected` says it did."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from pathlib import Path

import pytest

from arterm.cli.parser import build
from tests.contract.chain import steps
from tests.contract.golden import EXPECTED, apart, expected, helps, parsers
from tests.contract.play import Shelf, play
from tests.contract.scenarios import CHAINS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths and programs of Windows have other names")
RENEW = "Where this is meant, renew it with: python -m tests.contract --write"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The books that chains begin with."""
    return Shelf(tmp_path_factory.mktemp("shelf"), CHAINS)


@pytest.mark.parametrize("name", CHAINS)
def test_every_command_does_what_it_did(name: str, shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    compare(name, play(CHAINS[name], folder, shelf))


def test_the_help_of_every_command_is_what_it_was() -> None:
    compare("help", helps())


def compare(name: str, told: list[str]) -> None:
    """Fail with the first step that differs, and say how to renew."""
    held = apart(expected(name))
    wrong = [n for n, (was, now) in enumerate(zip(held, told, strict=False)) if was != now]
    if wrong:
        was, now = (one[wrong[0]].splitlines() for one in (held, told))
        shown = "\n".join(difflib.unified_diff(was, now, f"expected/{name}.txt", "now", lineterm="", n=3))
        raise AssertionError(
            f"{name}: {len(wrong)} of {len(held)} steps differ; step {wrong[0] + 1} ({was[0]}):\n{shown}\n{RENEW}"
        )
    assert len(held) == len(told), f"{name}: {len(told)} steps, {len(held)} in expected/{name}.txt. {RENEW}"


def test_every_command_and_every_option_stands_in_the_contract() -> None:
    said = {name: [step.words for step in steps(chain)] for name, chain in CHAINS.items()}
    lines = [list(words) for every in said.values() for words in every]
    missing = []
    for path, parser in parsers(build()):
        parts = {
            part
            for action in parser._actions
            if isinstance(action, argparse._SubParsersAction)
            for part in action.choices
        }
        of_it = [words[len(path) :] for words in lines if words[: len(path)] == path]
        own = [words for words in of_it if not parts or not words or words[0] not in parts]
        if not own and (not parts or parser.get_default("run")):
            missing.append(" ".join(path))
        for action in parser._actions:
            named = set(action.option_strings)
            if named and not any(word.partition("=")[0] in named for words in own for word in words):
                missing.append(" ".join([*path, action.option_strings[-1]]))
    everywhere = {"--help", "--book", "--today", "--json", "--plain", "--here-anyway", "--version"}
    assert [one for one in missing if one.split()[-1] not in everywhere] == []
    assert everywhere - {"--help"} <= {word for words in lines for word in words}


def test_the_golden_files_are_those_of_the_chains_and_name_no_machine() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{name}.txt" for name in (*CHAINS, "help")}
    for path in EXPECTED.iterdir():
        found = re.search(r"/(tmp|work|home|root|Users|private|var)/|/site-packages|[A-Z]:\\", path.read_text("utf-8"))
        assert found is None, f"{path.name}: {found}"


def test_no_chain_is_only_refused() -> None:
    for name in CHAINS:
        codes = re.findall(r"(?m)^\d{4}-\d\d-\d\d \S+: exit (\d+)$", expected(name))
        assert codes.count("0") * 3 > len(codes) or name == "refused", (name, codes)
        assert "went wrong inside" not in expected(name), name


def test_exit_codes_of_every_kind_stand_in_the_contract() -> None:
    found = {code for name in CHAINS for code in re.findall(r": exit (\d+)\n", expected(name))}
    assert found == {"0", "1", "2", "3"}
