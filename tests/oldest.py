"""The oldest versions that pyproject.toml allows, a line each for pip: `python -m tests.oldest`.

What only tests need is taken as the lock file has it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]


def oldest() -> list[str]:
    """`name==version` for every dependency, at its lower bound, and for what tests need."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    for line in project["dependencies"]:
        name, bound = re.fullmatch(r"([\w-]+)>=([\w.]+)(?:,<[\w.]+)?", line).groups()  # type: ignore[union-attr]
        found.append(f"{name}=={bound}")
    return [*found, *project["optional-dependencies"]["test"]]


if __name__ == "__main__":
    print("\n".join(oldest()))
