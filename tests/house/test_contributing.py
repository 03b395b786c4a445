"""Where something new goes is said in CONTRIBUTING.md; what it says of the examples is true of the source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SOURCE = TOP / "src/arterm"
MOST_FILES = 3
# Where an example stands too, though who adds another of its kind need not go there.
ALSO = {
    "IE": {
        "letters/scan.py": "all countries of the euro payment area",
        "rules/countries.py": "other names of all countries of the world",
    },
    "more-time": {"desk/compromise/agreements.py": "the offer that this letter confirms"},
    "days_overdue": {"desk/worklist/why.py": "a row of the worklist has it too"},
    "match_limit": {"desk/bank/matching.py": "where it is read"},
}


def questions() -> dict[str, tuple[str, list[str]]]:
    """Each question with its example and files."""
    text = (TOP / "CONTRIBUTING.md").read_text("utf-8").partition("## Where would I add")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| (.+?) \| `(.+?)` \| (.+?) \|$", text)
    return {what: (example, re.findall(r"`(.+?)`", files)) for what, example, files in rows}


def words() -> dict[str, set[str]]:
    """Every text in the source, with the files it stands in."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(node.value, set()).add(path.relative_to(SOURCE).as_posix())
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, set()).add(path.relative_to(SOURCE).as_posix())
    return found


def test_ten_questions_are_answered() -> None:
    assert len(questions()) == 10


@pytest.mark.parametrize("what", questions())
def test_something_new_is_a_matter_of_three_files(what: str) -> None:
    example, files = questions()[what]
    assert 1 <= len(files) <= MOST_FILES
    for name in files:
        assert (SOURCE / name).exists() or (TOP / name).exists(), name
    held = words().get(example, set())
    assert held, f"{example} stands nowhere"
    beyond = held - set(files) - ALSO.get(example, {}).keys()
    assert not beyond, f"{example} also stands in {sorted(beyond)}"
    assert held & set(files)
