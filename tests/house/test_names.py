"""A word has one meaning: no two public classes go by one name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "arterm"
# A table of the book may go by the name of the thing that it keeps: the two are one thing, reckoned with and written.
KEPT = {
    "Act": "what acts there are, and the journal's line of one that was done",
    "Assumption": "what can be assumed, and what the owner assumes",
    "Charge": "on a letter, and as it was booked",
    "Instalment": "on a letter, and as it was agreed",
    "Ladder": "its steps, and one that the owner changed",
    "Plan": "as it is judged, and as it was agreed",
    "Promise": "as it is judged, and as it was made",
    "Statement": "as it was read, and as it was brought in",
}


def classes() -> dict[str, list[str]]:
    """The files that define each public class."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        file = str(path.relative_to(SOURCE))
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(file)
    return found


def test_no_two_public_classes_go_by_one_name() -> None:
    twice = {name: files for name, files in classes().items() if len(files) > 1 and name not in KEPT}
    assert twice == {}, f"rename one of each by what it is: {twice}"


def test_what_may_go_by_one_name_is_a_thing_and_the_table_that_keeps_it() -> None:
    for name, why in KEPT.items():
        files = classes()[name]
        assert len(files) == 2, f"{name} needs no exception ({why}): {files}"
        assert sum(file.startswith("store/models/") for file in files) == 1, files
