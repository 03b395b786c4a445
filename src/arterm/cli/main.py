"""The command line as a whole: global options before or after the command, one exit code, no traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arterm.cli.parser import build
from arterm.rules.errors import ArtermError

if TYPE_CHECKING:
    pass


def run(words: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 wrong usage, 3 done but look at it."""
    options = build(words).parse_args(words)
    from arterm.cli.output import error_json, say, say_json
    from arterm.cli.session import Session

    session = Session(options)
    try:
        if "run" in options:
            return int(options.run(session))
        from arterm.cli.setup import open_screens

        return open_screens(session)
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
