"""Mutants of the tables that enumerate: an entry taken out, a right loosened, a flag turned, a name changed.

`python -m tests.mutation --enumerations [N]` tries all of them, or every so-manieth so that N are tried, and always
those of `FIRST`. Works on a copy; nothing here is touched.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

TOP = Path(__file__).resolve().parents[1]
_HOUSE = ("tests/house/test_tables.py", "tests/house/test_settings.py", "tests/house/test_reference.py")


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of the source: the file, what makes an entry, which of its arguments are tried, the tests that own it."""

    path: str
    maker: str
    arguments: tuple[str, ...] = ()
    tests: tuple[str, ...] = field(default=_HOUSE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: what it does, and the text that the file then has."""

    path: str
    what: str
    text: str
    tests: tuple[str, ...]


_ROWS = ("customer", "invoice", "moves", "goes_with", "stands", "derived", "heavy", "export", "erase")
_ACTS = ("tests/house/test_acts.py", "tests/desk/test_roles.py")
_CATALOGUE = ("tests/house/test_catalogue.py", "tests/contract")
_PAPERS = (*_HOUSE, "tests/rules/test_letter_kinds.py", "tests/desk/letters")
_KEYS = ("tests/house/test_keys.py",)
TABLES = (
    Listed("desk/acts.py", "Act", ("right", "undo", "past_day"), _ACTS),
    *(
        Listed(str(path.relative_to(TOP / "src/arterm")), "Table", _ROWS, _CATALOGUE)
        for path in sorted((TOP / "src/arterm/store/catalogue").glob("*.py"))
        if path.stem not in ("__init__", "table", "every")
    ),
    Listed("formats/detect.py", "Format", ("sandbox",), ("tests/formats",)),
    Listed(
        "rules/outcomes.py", "Outcome", ("waits", "number", "then", "digit", "made"), ("tests/house", "tests/rules")
    ),
    Listed("rules/letter_kinds.py", "_other", ("says", "asks", "whole", "holds"), _PAPERS),
    Listed("rules/letter_kinds.py", "_reminder", (), _PAPERS),
    Listed("rules/report_kinds.py", "ReportKind", ("whole",), (*_HOUSE, "tests/contract")),
    Listed("cli/commands.py", "Command", (), (*_HOUSE, "tests/contract")),
    *(Listed(f"tui/{name}.py", "ScreenAct", ("writes",), _KEYS) for name in ("list_acts", "sheet_acts", "widget_acts")),
)
# What once got past every test: a right, a table that history forgets, an act of a past day, an export's name.
FIRST = (
    "CHARGE_WAIVE: right",
    "MEDIATION_END: right",
    "CUSTOMER_MERGE: right",
    "Handover: customer",
    "OFFER_EXTEND: out",
    "app.import: writes",
    "row.pay: writes",
    "Wish: customer",
    "Freeze: customer",
    "stops: export name",
)


def mutants() -> Iterator[Mutant]:
    """Every mutant there is, table after table."""
    for table in TABLES:
        path = TOP / "src/arterm" / table.path
        text = path.read_text(encoding="utf-8")
        for what, begins, ends, instead in _changes(text, table):
            yield Mutant(table.path, what, text[:begins] + instead + text[ends:], table.tests)


def _changes(text: str, table: Listed) -> Iterator[tuple[str, int, int, str]]:
    """What changes in a file: (what it is called, from which place to which, what stands there instead)."""
    lines = [0]
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def place(node: ast.expr | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset

    tree = ast.parse(text)
    for holder in ast.walk(tree):
        for node in holder.elts if isinstance(holder, ast.Tuple | ast.List) else ():
            if _makes(node, table.maker):
                begins, ends = place(node)
                yield f"{_name(node)}: out", begins, _after_comma(text, ends), ""
    for node, name in _entries(tree, table.maker):
        if isinstance(node.func, ast.Name) and node.func.id == "Act" and "right" in table.arguments:
            begins, ends = place(node)
            yield f"{name}: out", begins, ends, 'Act("another", "did something else to {0}")'
            loosened = [one for one in node.args[2:] if isinstance(one, ast.Name)]
            if loosened:
                yield f"{name}: right", *place(loosened[0]), "OWNER" if loosened[0].id == "CLERK" else "CLERK"
            else:
                end = place(node.args[-1])[1]
                yield f"{name}: right", end, end, ", CLERK"
        for one in node.keywords:
            if one.arg not in table.arguments:
                continue
            begins, ends = place(one)
            if one.arg == "export" and isinstance(one.value, ast.Call):
                first = one.value.args[0]
                assert isinstance(first, ast.Constant)
                assert isinstance(first.value, str)
                yield f"{first.value}: export name", *place(first), f'"{first.value}_of_it"'
            elif one.arg in ("customer", "invoice") and isinstance(one.value, ast.Tuple):
                yield f"{name}: {one.arg}", begins, ends, f'{one.arg}=Nobody("changed")'
            elif one.arg == "erase" and isinstance(one.value, ast.Call):
                yield f"{name}: erase", begins, ends, 'erase="changed"'
            elif one.arg not in ("export", "erase", "customer", "invoice"):
                yield f"{name}: {one.arg}", begins, _after_comma(text, ends), ""
        if table.arguments == ("writes",) and not any(one.arg == "writes" for one in node.keywords):
            end = max([place(one)[1] for one in node.args] + [place(one)[1] for one in node.keywords])
            yield f"{name}: writes", end, end, ", writes=False"


def _makes(node: ast.AST, maker: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == maker


def _entries(tree: ast.AST, maker: str) -> Iterator[tuple[ast.Call, str]]:
    named = {
        one.value: one.targets[0].id
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if _makes(node, maker) and node.args:
            yield node, named.get(node) or _name(node)


def _name(node: ast.Call) -> str:
    first = node.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first)


def _after_comma(text: str, end: int) -> int:
    rest = text[end:].lstrip()
    return len(text) - len(rest) + 1 if rest.startswith(",") else end


def run(most: int = 0) -> tuple[int, list[str]]:
    """Try the mutants, two at a time; returns how many were tried, and which of them no test saw."""
    every = list(mutants())
    known = {one.what for one in every}
    if missing := [what for what in FIRST if what not in known]:
        raise SystemExit(f"No such mutants any more: {missing}")
    stride = max(1, len(every) // most) if most else 1
    tried = [one for n, one in enumerate(every) if one.what in FIRST or n % stride == 0]
    left = iter(tried)
    survived, running = list[str](), dict[subprocess.Popen[bytes], Mutant]()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folders = [_copy(Path(name) / str(n)) for n in range(2)]
        free = list(folders)
        where: dict[subprocess.Popen[bytes], Path] = {}
        while True:
            while free and (mutant := next(left, None)):
                folder = free.pop()
                process = _start(folder, mutant)
                running[process], where[process] = mutant, folder
            if not running:
                return len(tried), survived
            process = next(iter(running))
            code = process.wait()
            mutant = running.pop(process)
            (where[process] / "src/arterm" / mutant.path).write_text(
                (TOP / "src/arterm" / mutant.path).read_text(encoding="utf-8"), encoding="utf-8"
            )
            free.append(where.pop(process))
            if code == 0:
                survived.append(f"{mutant.path}: {mutant.what}")


def _copy(folder: Path) -> Path:
    shutil.copytree(TOP, folder, ignore=shutil.ignore_patterns(".git", ".venv", "*.egg-info", ".hypothesis"))
    return folder


def _start(folder: Path, mutant: Mutant) -> subprocess.Popen[bytes]:
    (folder / "src/arterm" / mutant.path).write_text(mutant.text, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-x", "-n0", *mutant.tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
