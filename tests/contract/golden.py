"""The golden files: what every chain did when they were written, and the help of every command."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from arterm.cli.parser import build

EXPECTED = Path(__file__).parent / "expected"


def expected(name: str) -> str:
    """The golden file of a chain; empty where there is none yet."""
    path = EXPECTED / f"{name}.txt"
    return path.read_text("utf-8") if path.exists() else ""


def apart(text: str) -> list[str]:
    """A golden file as its steps: each begins with the line that was typed."""
    return re.findall(r"(?ms)^\$ .*?(?=^\$ |\Z)", text)


def write(name: str, told: list[str]) -> bool:
    """Renew a golden file; whether it is another one now."""
    text = "".join(told)
    if expected(name) == text:
        return False
    EXPECTED.mkdir(exist_ok=True)
    (EXPECTED / f"{name}.txt").write_text(text, "utf-8", newline="\n")
    return True


def helps() -> list[str]:
    """The help of arterm and of every command, as wide as a terminal of a hundred columns."""
    with mock.patch.dict(os.environ, {"COLUMNS": "100"}):
        told = [(path, parser.format_help()) for path, parser in parsers(build())]
    return [
        "".join((f"$ arterm {' '.join([*path, '--help'])}\n", *(f"| {line}\n" for line in text.splitlines())))
        for path, text in told
    ]


def parsers(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[list[str], argparse.ArgumentParser]]:
    """Every command with the words that lead to it, arterm itself first."""
    yield list(path), parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, part in action.choices.items():
                yield from parsers(part, (*path, name))
