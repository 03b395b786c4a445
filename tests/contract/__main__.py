"""`python -m tests.contract --write` renews the golden files; without it, says which differ.

`--only NAME` is for some chains alone; `--shuffled N` runs the chains in another order, which changes nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.contract import golden
from tests.contract.play import Shelf, play
from tests.contract.scenarios import CHAINS


def main() -> int:
    """Run every chain, and compare or renew; 1 where something differs and is not renewed."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the golden files")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--shuffled", type=int, metavar="N")
    options = parser.parse_args()
    names = [name for name in CHAINS if name in options.only or not options.only]
    if options.shuffled is not None:
        random.Random(options.shuffled).shuffle(names)
    other = []
    with tempfile.TemporaryDirectory() as held:
        shelf = Shelf(Path(held) / "shelf", CHAINS)
        for name in names:
            folder = Path(held) / "chains" / name
            folder.mkdir(parents=True)
            other += [name] if _settle(name, play(CHAINS[name], folder, shelf), options.write) else []
    if not options.only:
        other += ["help"] if _settle("help", golden.helps(), options.write) else []
        for path in sorted(golden.EXPECTED.glob("*.txt")):
            if path.stem not in CHAINS and path.stem != "help":
                other.append(path.stem)
                if options.write:
                    path.unlink()
    print(("Renewed: " if options.write else "Other than expected: ") + (", ".join(other) or "nothing"))
    return 1 if other and not options.write else 0


def _settle(name: str, told: list[str], write: bool) -> bool:
    """Whether a chain did something else than its golden file says, which is renewed at the owner's word."""
    return golden.write(name, told) if write else golden.expected(name) != "".join(told)


if __name__ == "__main__":
    sys.exit(main())
