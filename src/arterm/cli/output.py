"""What commands print: one JSON document, or aligned plain text in which nothing can steer the terminal."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from arterm.rules.errors import ArtermError
from arterm.rules.money import Money

_CONTROL = {
    n: "\ufffd"
    for n in [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    if n not in (9, 10)
}


def say(text: str = "", to_errors: bool = False) -> None:
    """Print a line; control characters are shown as replacement marks."""
    stream = sys.stderr if to_errors else sys.stdout
    encoding = stream.encoding or "utf-8"
    shown = text.translate(_CONTROL)
    print(shown.encode(encoding, "replace").decode(encoding), file=stream)


def _short(cell: str) -> str:
    """A cell as a person reads it; a script gets all of it."""
    return cell if len(cell) <= 80 or not sys.stdout.isatty() else cell[:79] + "…"


@contextmanager
def shown_progress(what: str) -> Iterator[Callable[[int, int], bool]]:
    """A bar on stderr while something long is done there by somebody who watches; else nothing is shown."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, of: int) -> bool:
            bar.update(task, completed=done, total=of)
            return True

        yield tell


def say_json(value: Any) -> None:
    """Print the one JSON document of a command."""
    print(json.dumps(jsonable(value), ensure_ascii=True, indent=2))


def jsonable(value: Any) -> Any:
    """Views as JSON: money as text with the currency's digits, dates as ISO days."""
    if isinstance(value, Money):
        return value.plain()
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: jsonable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(held) for held in value]
    return value


def error_json(error: ArtermError) -> dict[str, Any]:
    """A refusal as the contract prints it."""
    return {"error": {"code": error.code, "message": error.message, "where": error.where, "hint": error.hint}}


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> list[str]:
    """Rows as aligned lines under their header; `right` names by letter (l or r) how each column leans."""
    from rich.cells import cell_len

    cells = [list(header), *([_short(cell.replace("\n", " ").replace("\t", " ")) for cell in row] for row in rows)]
    widths = [max(cell_len(row[n]) for row in cells) for n in range(len(header))]
    leans = right.ljust(len(header), "l")
    lines = []
    for row in cells:
        parts = []
        for text, width, lean in zip(row, widths, leans, strict=True):
            gap = " " * (width - cell_len(text))
            parts.append(gap + text if lean == "r" else text + gap)
        lines.append("  ".join(parts).rstrip())
    return lines
