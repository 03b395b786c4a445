"""What a chain of command lines is: its book, its files, its lines; and how the lines are read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

DAY = date(2026, 11, 24)  # a Tuesday on which offices are open
OWNER = "els"


@dataclass(frozen=True)
class Chain:
    """Command lines that are run one after the other over one book.

    `book` is `demo` for a copy of the demo book, or the name of a chain that makes one; without it the lines make their
    own. `files` lie beside it from the beginning. `post` gives it a mail server on loopback, of which a line says
    `{port}` and `{ca}`, and which `hangs_up` after so many mails (0: never). A line of `lines` is what is typed after
    `arterm` (a backslash at its end: it goes on below), or has a mark before it:

        = board              as text, and again with --json
        day: 2026-12-05      from here on that is the day, by the clock too (09:00 UTC)
        who: piet            from here on that account is at the desk
        stdin: secret        what the next command reads
        # words              for who reads the chain; nothing is run
    """

    lines: str
    book: str = ""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    post: bool = False
    hangs_up: int = 0


@dataclass(frozen=True)
class Step:
    """One command line with the day, the account and the input that it is run with."""

    line: str
    words: tuple[str, ...]
    day: date
    who: str
    stdin: str


def steps(chain: Chain, **said: str) -> Iterator[Step]:
    """The steps in order; `said` takes the place of `{port}` and `{ca}` in what is run, not in what is shown."""
    day, who, stdin = DAY, OWNER, ""
    for line in filter(None, (re.sub(" +", " ", line.strip()) for line in chain.lines.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark == "day:":
            day = date.fromisoformat(rest)
        elif mark == "who:":
            who = rest
        elif mark == "stdin:":
            stdin = rest + "\n"
        elif mark != "#":
            for shown in (rest, f"{rest} --json") if mark == "=" else (line,):
                typed = shown
                for name, value in said.items():
                    typed = typed.replace(f"{{{name}}}", value)
                yield Step(shown, tuple(shlex.split(typed)), day, who, stdin)
            stdin = ""
