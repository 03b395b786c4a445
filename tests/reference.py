"""The page of everything that can be typed and read by a script: commands, JSON fields, codes of refusals.

`python -m tests.reference` prints it, `--write` renews `assets/manual/reference.md`. Commands come from the parser,
JSON fields from what the contract's golden files hold, codes from the catalogue of messages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arterm.cli.parser import build
from tests.contract.golden import EXPECTED, apart, parsers

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "assets/manual/reference.md"
_EVERYWHERE = {"--help", "--book", "--today", "--json", "--plain", "--here-anyway", "--version"}


def page() -> str:
    """The whole page."""
    return "\n".join([*_head(), *_commands(), *_codes()]) + "\n"


def _head() -> list[str]:
    return [
        "# Reference",
        "",
        "Every command takes `--book PATH`, `--today YYYY-MM-DD`, `--json`, `--plain` and `--here-anyway`, before it or"
        " after.",
        "",
        "| exit code | what it means |",
        "| --- | --- |",
        "| 0 | done |",
        "| 1 | refused: nothing was done; the last part of this page lists the codes |",
        "| 2 | it was not typed as a command is |",
        "| 3 | done, but something waits for you to look at it; for `check`: no, or with money first |",
        "",
        "## Commands",
    ]


def _commands() -> Iterator[str]:
    fields = json_fields()
    for path, parser in parsers(build()):
        parts = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        if not path or (parts and not parser.get_default("run")):
            continue
        yield from ("", f"### arterm {' '.join(path)}", "")
        own = [one for one in parser._actions if one not in parts and not set(one.option_strings) & _EVERYWHERE]
        yield from (f"- {_argument(one)}" for one in own)
        known = fields.get(" ".join(path))
        if known:
            yield from ([""] if own else [])
            yield f"JSON: {', '.join(f'`{one}`' for one in sorted(known))}"


def _argument(action: argparse.Action) -> str:
    name = action.option_strings[-1] if action.option_strings else ""
    takes = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    typed = " ".join(one for one in (name, str(takes) if action.nargs != 0 else "") if one)
    choices = f": {', '.join(map(str, action.choices))}" if action.choices and not action.help else ""
    told = f": {(action.help or '').replace('%%', '%')}" if action.help else choices
    return f"`{typed}`{told}"


def json_fields() -> dict[str, set[str]]:
    """The names of the first two levels of what each command prints as JSON, as its golden files hold it."""
    names = [path for path, _ in parsers(build()) if path]
    found: dict[str, set[str]] = {}
    for file in sorted(EXPECTED.glob("*.txt")):
        for step in apart(file.read_text("utf-8")):
            line, _, told = step.partition("\n")
            words = line.removeprefix("$ arterm ").split()
            if "--json" not in words or ": exit 1" in told.partition("\n")[0]:
                continue
            text = "\n".join(one[2:] for one in told.splitlines() if one.startswith("| "))
            try:
                value = json.loads(text)
            except ValueError:
                continue  # a command that prints a file as it is, or whose output was cut
            path = max((one for one in names if words[: len(one)] == one), key=len, default=[])
            if path:
                found.setdefault(" ".join(path), set()).update(_names(value))
    return found


def _names(value: Any, before: str = "", deep: int = 2) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _names(one, f"{before}[]" if before else "[]", deep)
    elif isinstance(value, dict) and deep:
        for name, held in value.items():
            if not re.fullmatch(r"[a-z_]+", name):
                continue  # a number or a name that is data
            whole = f"{before}.{name}" if before else name
            inner = list(_names(held, whole, deep - 1))
            yield from inner or [whole]


def _codes() -> Iterator[str]:
    told = tomllib.loads((TOP / "assets/messages/en/errors.toml").read_text("utf-8"))
    yield from ("", "## Codes of refusals", "", "Each ends with exit code 1. `{…}` stands for what it is about.", "")
    yield from ("| code | what is wrong |", "| --- | --- |")
    for code in sorted(told):
        held = told[code]
        texts = [held[0]] if isinstance(held, list) else [one[0] for one in held.values()]
        said = "<br>".join(
            dict.fromkeys(text.replace("{{", "{").replace("}}", "}").replace("|", "\\|") for text in texts)
        )
        yield f"| `{code}` | {said} |"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), "utf-8", newline="\n")
    else:
        print(page(), end="")
