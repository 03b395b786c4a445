"""What columns are called: the usual names of each field, in the programs and languages met so far."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from arterm.rules.text import fold

NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(names)
    for field, names in tomllib.loads(files("arterm.formats").joinpath("headers.toml").read_text("utf-8")).items()
}
FIELDS = tuple(NAMES)


@cache
def bare(header: str) -> str:
    """A header as it is compared: folded, camel case opened, without signs."""
    opened = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.strip())
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", fold(opened).replace("#", " # ")).split())


def _key(text: str) -> str:
    return text.replace(" ", "").replace("#", "")


_RANKED = {
    (_key(name)): (field, rank) for field, names in NAMES.items() for rank, name in reversed(list(enumerate(names)))
}


_PREFIXES = ("invoice customer ", "invoice ", "customer ", "billing ", "addr 1 ", "address ", "customer address ")
_SECOND = 1000  # a name that is known only without its prefix, or without its unit, gives way to every other


def recognise(header: list[str]) -> dict[str, int]:
    """Which column holds which field, by name: field -> column index. The better name wins a field."""
    found: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(header):
        hit = _hit(bare(cell)) if cell.strip() else None
        if hit and (hit[0] not in found or hit[1] < found[hit[0]][0]):
            found[hit[0]] = (hit[1], index)
    columns = {field: index for field, (_, index) in found.items()}
    for index, cell in enumerate(header):  # names that mean something else where their first meaning has a better one
        also = _ALSO.get(bare(cell), "")
        if also and also not in columns and index not in (columns.get("number"), columns.get("total")):
            columns[also] = index
    return columns


_ALSO = {"factuur": "total", "details": "number", "reference": "number", "facture": "total", "rechnung": "total"}


def _hit(name: str) -> tuple[str, int] | None:
    """The field a name stands for and how good a name it is; tried as it is, then without what other programs put
    before it.
    """
    held = _RANKED.get(_key(name))
    if held:
        return held
    for prefix in _PREFIXES:
        held = _RANKED.get(_key(name.removeprefix(prefix))) if name.startswith(prefix) else None
        if held:
            return held[0], held[1] + _SECOND
    return None


def worth(cells: list[str]) -> int:
    """How much a row looks like a header: the number of fields its cells name."""
    return len(recognise(cells))
