"""The program's source as syntax trees: its files, and the texts that stand in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "arterm"


@cache
def trees() -> dict[str, ast.Module]:
    """Every file by its name below the package."""
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text()) for path in sorted(SOURCE.rglob("*.py"))}


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text with its line, as it is put together: what is filled in as `{…}`; without docstrings."""
    whole: set[ast.AST] = set()
    for node in ast.walk(tree):  # from the outside in: a part of a text comes after the text
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            whole.add(node.value)
        elif node not in whole and (text := _text(node)) is not None:
            whole.update(ast.walk(node))
            yield getattr(node, "lineno", 0), text
            yield from (one for part in _filled(node) for one in texts(part))


def _text(node: ast.AST) -> str | None:
    """What a text says; None for what is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "" for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(part) for part in (node.left, node.right)]
        if any(part is not None for part in parts):
            return "".join("{…}" if part is None else part for part in parts)
    return None


def _filled(node: ast.AST) -> Iterator[ast.AST]:
    """What is filled into a text."""
    return (part.value for part in ast.walk(node) if isinstance(part, ast.FormattedValue))
