"""Mutation testing: `python -m tests.mutation [MODULE …] [--all]` changes each line of the rules, `--enumerations [N]`
each entry of the tables that enumerate (or N of them), and asks whether a test sees it.

Without names, the modules of `rules` and `law` that changed since the commit before last. Ends with 1 when fewer than
nine in ten mutants are killed. Works on a copy; nothing here is touched.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import enumerations

TOP = Path(__file__).resolve().parents[1]
ROOMS = ("rules", "law")
WANTED = 90  # per cent killed
_SETTINGS = """
[tool.mutmut]
source_paths = {paths}
also_copy = ["assets", "tests", "src"]
pytest_add_cli_args = ["-p", "no:xdist", "-o", "addopts=", "-x"]
pytest_add_cli_args_test_selection = {tests}
"""


def changed() -> list[Path]:
    """The modules of the rules that changed of late."""
    said = subprocess.run(
        ["git", "diff", "--name-only", "HEAD~1"], cwd=TOP, capture_output=True, text=True, check=False
    ).stdout.split()
    return [TOP / name for name in said if any(name.startswith(f"src/arterm/{room}/") for room in ROOMS)]


def every() -> list[Path]:
    """All modules of the rules."""
    found = [path for room in ROOMS for path in sorted((TOP / "src/arterm" / room).rglob("*.py"))]
    return [path for path in found if path.name != "__init__.py"]


def run(modules: list[Path]) -> tuple[dict[str, int], list[str]]:
    """How many mutants had which fate, and the names of those that no test saw."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name) / "copy"
        shutil.copytree(TOP, folder, ignore=shutil.ignore_patterns(".git", ".venv", "*.egg-info", ".hypothesis"))
        paths = [str(path.relative_to(TOP)) for path in modules if path.exists()]
        tests = [f"tests/{room}" for room in ROOMS if (TOP / "tests" / room).is_dir()]
        with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write(_SETTINGS.format(paths=str(paths).replace("'", '"'), tests=str(tests).replace("'", '"')))
        mutmut = [sys.executable, "-m", "mutmut"]
        ran = subprocess.run([*mutmut, "run"], cwd=folder, capture_output=True, text=True, check=False)
        said = subprocess.run(
            [*mutmut, "results", "--all", "true"], cwd=folder, capture_output=True, text=True, check=False
        )
        fates = re.findall(r"^\s+(\S+): (.+)$", said.stdout, re.MULTILINE)
        if not fates:
            raise SystemExit(ran.stdout[-2000:] + ran.stderr[-2000:])
    counts: dict[str, int] = {}
    for _, fate in fates:
        counts[fate] = counts.get(fate, 0) + 1
    return counts, [f"{mutant}: {fate}" for mutant, fate in fates if fate in ("survived", "no tests")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("module", nargs="*", help="such as rules/money")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--enumerations", type=int, nargs="?", const=0, metavar="N")
    options = parser.parse_args()
    if options.enumerations is not None:
        tried, unseen = enumerations.run(options.enumerations)
        print("\n".join(unseen))
        print(f"{tried} mutants of tables, {tried - len(unseen)} killed")
        sys.exit(bool(unseen))
    chosen = (
        every() if options.all else [TOP / "src/arterm" / f"{name.removesuffix('.py')}.py" for name in options.module]
    )
    chosen = chosen or changed()
    if not chosen:
        raise SystemExit("No module of the rules changed; name some, or say --all.")
    fates, survivors = run(chosen)
    total = sum(fates.values())
    killed = 100 * (total - len(survivors)) // total
    print("\n".join(survivors))
    print(f"{total} mutants in {len(chosen)} modules: {fates}; {killed} % killed, {WANTED} % wanted")
    sys.exit(killed < WANTED)
