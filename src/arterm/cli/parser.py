"""What may be typed: the global options, and the arguments of the command that is meant."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from arterm import __version__
from arterm.cli.commands import COMMANDS, Commands, Subparsers


def build(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser of everything; for what was typed, only that command's module is loaded and the others are names."""
    parser = argparse.ArgumentParser(
        prog="arterm", description="Get unpaid invoices paid. Without a command, opens the screens."
    )
    parser.add_argument("--version", action="version", version=f"arterm {__version__}")
    _globals(parser, first=True)
    parsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    meant = COMMANDS.get(_command_of(words)) if words is not None else None
    of_all = [one.module for one in COMMANDS.values()] if words is None else []
    commands = Commands(parsers)
    for module in [meant.module] if meant else dict.fromkeys(of_all):
        import_module(f"arterm.cli.{module}").register(commands)
    for command in _all(parsers):
        _globals(command)
    for name in COMMANDS:
        if name not in parsers.choices:
            commands.add_parser(name)
    return parser


def _command_of(words: Sequence[str]) -> str:
    """The command that was typed; empty where none was, or where the whole parser will say what is wrong."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _globals(first, first=True)
    try:
        _, rest = first.parse_known_args(words)
    except argparse.ArgumentError:
        return ""
    return next((word for word in rest if not word.startswith("-")), "")


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


def _all(commands: Subparsers) -> list[argparse.ArgumentParser]:
    found: list[argparse.ArgumentParser] = []
    for command in dict.fromkeys(commands.choices.values()):
        found.append(command)
        for action in command._actions:
            if isinstance(action, argparse._SubParsersAction):
                found += _all(action)
    return found
