"""Start arterm: `python -m arterm` or the `arterm` command."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run a command; returns the exit code. Files made from here on are readable by their owner only."""
    os.umask(0o077)
    gc.disable()  # loading makes no garbage worth looking for: a tenth of the start is saved
    from arterm.cli.main import run

    gc.enable()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
