"""Start arterm: `python -m arterm` or the `arterm` command."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run a command; returns the exit code. Files made from here on are readable by their owner only."""
    os.umask(0o077)
    from arterm.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
