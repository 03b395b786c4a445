"""A command loads its own room and no other; help and the version load nothing of the desk."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arterm.cli.commands import COMMANDS


def loaded(*words: str) -> set[str]:
    """The modules of arterm that a command line has loaded when it has printed its help or version."""
    code = (
        "import sys, arterm.cli.main as m\n"
        f"try: m.run({list(words)!r})\n"
        "except SystemExit: pass\n"
        "print('\\n' + ' '.join(one for one in sys.modules if one.startswith('arterm')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("no_such_command",)])
def test_help_and_version_load_nothing_of_the_desk(words: tuple[str, ...]) -> None:
    found = loaded(*words)
    assert not {one for one in found if one.startswith(("arterm.desk", "arterm.store", "arterm.tui"))}
    assert not {f"arterm.cli.{one.module}" for one in COMMANDS.values()} & found


@pytest.mark.parametrize("name", dict.fromkeys(one.module for one in COMMANDS.values()))
def test_a_command_loads_its_own_module_only(name: str) -> None:
    command = next(one.name for one in COMMANDS.values() if one.module == name)
    found = loaded("--today", "2026-12-01", command, "--help")
    others = {f"arterm.cli.{one.module}" for one in COMMANDS.values()} - {f"arterm.cli.{name}"}
    assert f"arterm.cli.{name}" in found
    assert not others & found
