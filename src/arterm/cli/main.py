"""The command line as a whole: global options before or after the command, one exit code, no traceback."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence

from arterm import __version__
from arterm.cli import (
    bank,
    claims,
    contacts,
    credit,
    dunning,
    imports,
    letters,
    mail,
    maintenance,
    offers,
    partners,
    payments,
    plans,
    records,
    reminders,
    setup,
    show,
)
from arterm.cli.output import error_json, say, say_json
from arterm.cli.session import Session
from arterm.rules.errors import ArtermError

Command = Callable[[Session], int]


def build() -> argparse.ArgumentParser:
    """The parser of everything."""
    parser = argparse.ArgumentParser(
        prog="arterm", description="Get unpaid invoices paid. Without a command, opens the screens."
    )
    parser.add_argument("--version", action="version", version=f"arterm {__version__}")
    _globals(parser, first=True)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (
        setup,
        show,
        contacts,
        reminders,
        letters,
        mail,
        dunning,
        claims,
        payments,
        bank,
        plans,
        offers,
        partners,
        records,
        imports,
        credit,
        maintenance,
    ):
        module.register(commands)
    for command in _all(commands):
        _globals(command)
    parser.set_defaults(run=setup.open_screens, parser=parser)
    return parser


def run(words: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 wrong usage, 3 done but look at it."""
    options = build().parse_args(words)
    session = Session(options)
    try:
        return int(options.run(session))
    except ArtermError as error:
        if session.json:
            say_json(error_json(error))
        say(f"arterm: {error}", to_errors=True)
        return 1
    except KeyboardInterrupt:
        say("arterm: stopped; nothing half done was kept.", to_errors=True)
        return 130
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        system = ArtermError("system", str(error.filename or ""), strerror=error.strerror or "The system refused")
        if session.json:
            say_json(error_json(system))
        say(f"arterm: {system}", to_errors=True)
        return 1
    except Exception as error:  # the last net: one sentence without anybody's data, never a traceback
        if os.environ.get("ARTERM_DEBUG"):
            raise
        inside = ArtermError("fault", name=type(error).__name__)
        if session.json:
            say_json(error_json(inside))
        say(f"arterm: {inside}", to_errors=True)
        return 1
    finally:
        with contextlib.suppress(ArtermError):
            session.close()


def _globals(parser: argparse.ArgumentParser, first: bool = False) -> None:
    def default(value: object) -> object:
        return value if first else argparse.SUPPRESS

    group = parser.add_argument_group("everywhere")
    group.add_argument("--book", metavar="PATH", default=default(None), help="the book to use (ARTERM_BOOK)")
    group.add_argument(
        "--today", metavar="YYYY-MM-DD", default=default(None), help="the day that counts as today (ARTERM_TODAY)"
    )
    group.add_argument("--json", action="store_true", default=default(False), help="print one JSON document")
    group.add_argument("--plain", action="store_true", default=default(False), help="plain text, as when piped")
    group.add_argument(
        "--here-anyway",
        action="store_true",
        default=default(False),
        help="use a book in a synced or network folder all the same",
    )


def _all(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> list[argparse.ArgumentParser]:
    found: list[argparse.ArgumentParser] = []
    for command in dict.fromkeys(commands.choices.values()):
        found.append(command)
        for action in command._actions:
            if isinstance(action, argparse._SubParsersAction):
                found += _all(action)
    return found
