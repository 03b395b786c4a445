"""Only the store speaks SQL: the other rooms ask it, and read by name what it answers.

That no row is read by number follows from what the store says that it returns: mypy lets nobody subscript a record.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.house.syntax import SOURCE, texts, trees

# A statement, or a piece that one is put together from.
SQL = re.compile(
    r"""\bSELECT\s+\S | \bINSERT\s+INTO\b | \bUPDATE\s+\S+\s+SET\b | \bDELETE\s+FROM\b | \bPRAGMA\b | \bVACUUM\b
    | \b(CREATE|DROP|ALTER)\s+(TABLE|VIEW|INDEX|TRIGGER)\b | \bIS\s+(NOT\s+)?NULL\b | \bIN\s+\(
    | \b(GROUP|ORDER)\s+BY\b | \b(WHERE|JOIN|HAVING|VALUES|LIMIT)\s+\S | ^\s*(AND|OR|FROM|WITH|ON)\s+[a-z{]
    | ^\s*select\s.+\sfrom\s | ^\s*(insert\s+into|delete\s+from)\s | ^\s*update\s+\S+\s+set\s
    """,
    re.VERBOSE,
)
# How the store asks the book; what is left of it to the others is its file, its clock and the act it is in.
DOORS = {"rows", "one", "record", "records", "value", "column", "connection", "db", "execute"}
CURSORS = {"executemany", "executescript", "fetchone", "fetchall", "fetchmany"}
ASKING = {"arterm.store.records", "arterm.store.sql", "arterm.store.ways"}
# Answers that are no rows, by the function that gives them.
NO_ROWS = {
    "book.sqlite_version": "a version, in its three parts",
    "plan_facts.receipts_of": "what came in by day, as the rules of plans take it: pairs that are added up",
}


def outside() -> dict[str, ast.Module]:
    """The files that are not the store's."""
    return {name: tree for name, tree in trees().items() if not name.startswith("store/")}


def faults(tree: ast.Module) -> list[str]:
    """Where a file speaks SQL, or asks the book past the store's questions."""
    return [*_sql(tree), *_doors(tree), *_queries(tree)]


def _sql(tree: ast.Module) -> Iterator[str]:
    for line, text in texts(tree):
        if SQL.search(text):
            yield f"{line}: SQL: {' '.join(text.split())[:60]}"


def _doors(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if (of in ("book", "work") and node.attr in DOORS) or node.attr in CURSORS:
                yield f"{node.lineno}: asks the book itself: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and node.module in ASKING:
            yield f"{node.lineno}: what the store asks with: {node.module}"


def _queries(tree: ast.Module) -> Iterator[str]:
    """A table is named when a row is written to it, and not asked."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    models = {
        one.asname or one.name
        for node in imports
        if (node.module or "").startswith("arterm.store.models")
        for one in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in models:
            yield f"{node.lineno}: asks a table: {ast.unparse(node)}"


def test_only_the_store_speaks_sql() -> None:
    found = [f"{name}:{fault}" for name, tree in outside().items() for fault in faults(tree)]
    assert found == [], "ask it in the room's module of store/reads"


def asked() -> set[str]:
    """The functions of the store that other rooms use, as `module.function`."""
    found = set()
    for tree in outside().values():
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("arterm.store"):
                room = (node.module or "").removeprefix("arterm.store").strip(".")
                for one in node.names:
                    name = f"{room}.{one.name}".strip(".")
                    found.add(name)
                    modules[one.asname or one.name] = name
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in modules:
                found.add(f"{modules[getattr(node.value, 'id', '')]}.{node.attr}")
    return found


def bare_rows(tree: ast.Module) -> list[str]:
    """Public functions that return rows without names: tuples of this and that, or no one says what."""
    named = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (node.returns is None or _is_bare(node.returns, named))
    ]


def _is_bare(answer: ast.expr, named: dict[str, ast.expr]) -> bool:
    if isinstance(answer, ast.Name):
        return answer.id in ("Any", "tuple") or (answer.id in named and _is_bare(named[answer.id], named))
    if isinstance(answer, ast.Subscript):
        of = ast.unparse(answer.value)
        parts = answer.slice.elts if isinstance(answer.slice, ast.Tuple) else [answer.slice]
        if of == "tuple" and ast.unparse(parts[-1]) != "...":
            return True
        if of == "dict" and ast.unparse(parts[0]) == "str" and ast.unparse(parts[1]) == "Any":
            return False  # a row by the names of its columns
        return any(_is_bare(part, named) for part in parts)
    return isinstance(answer, ast.BinOp) and (_is_bare(answer.left, named) or _is_bare(answer.right, named))


def test_the_store_answers_with_names() -> None:
    used, found = asked(), set()
    for name, tree in trees().items():
        if name.startswith("store/") and not name.startswith("store/migrations/"):
            module = name.removeprefix("store/").removesuffix(".py").replace("/", ".")
            found |= {f"{module}.{function}" for function in bare_rows(tree)}
    found = {name for name in found if name in used or name.startswith("reads.")}
    assert found == set(NO_ROWS), "a frozen record says what is what"


def test_each_room_asks_its_own_questions() -> None:
    said = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = {one["protected_modules"][0]: one["allowed_importers"] for one in said if one["type"] == "protected"}
    rooms = {path.stem for path in (SOURCE / "store" / "reads").iterdir() if not path.stem.startswith("_")}
    for room in rooms:
        assert f"arterm.desk.{room}" in held.get(f"arterm.store.reads.{room}", []), f"pyproject.toml: who asks {room}?"


@pytest.mark.parametrize(
    "code",
    [
        'x = "SELECT 1"',
        'x = f"{start} WHERE id = ?"',
        'x = "SELECT " + columns + " FROM invoice"',
        'x = "select id from invoice where id = ?"',
        'x = "DELETE" + " FROM invoice"',
        "x = f\"for {desk.ask('SELECT 1')}\"",
        "desk.book.rows(query)",
        "book.value(query)",
        "work.connection.execute(query)",
        "from arterm.store.models.book import Invoice\nInvoice.select()",
        "from arterm.store.sql import marks",
    ],
)
def test_who_speaks_it_elsewhere_is_found(code: str) -> None:
    assert faults(ast.parse(code))


@pytest.mark.parametrize(
    "code", ['"""Words WHERE nothing is asked."""', 'x = "Select a customer from the list"', "x = desk.book.path"]
)
def test_what_is_none_is_not(code: str) -> None:
    assert not faults(ast.parse(code))


def test_rows_without_names_are_found() -> None:
    bare = ("list[tuple[int, str]]", "Any", "list[Any]", "Pair | None", "dict[int, tuple[str, date]]")
    fine = ("list[InvoiceRow]", "dict[str, Any]", "int | None", "dict[int, tuple[str, ...]]", "frozenset[int]")
    for answer in (*bare, *fine):
        code = f"Pair = tuple[int, str]\ndef asked(book: Book) -> {answer}: ..."
        assert bool(bare_rows(ast.parse(code))) == (answer in bare), answer
