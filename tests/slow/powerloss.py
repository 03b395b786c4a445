"""Simulated power loss: what the disk may hold at any moment, when only what was synced is sure to be there.

The statements are the program's own, taken down while the desk works, and run again through another build of SQLite
whose file system calls are recorded. So it proves the settings and the statements, not the disk: a drive that lies
about syncing is not modelled. Cut at any call: what was synced is there; of everything else any 512-byte sector may be
old or new, and a truncation or deletion may or may not have happened.

`python -m tests.slow.powerloss [--trials N] [--seed S] [--set synchronous=1]` prints what became of the book.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.contacts import log
from arterm.desk.dunning.run import due_notices
from arterm.desk.importing.run import commit, read
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.store.book import PRAGMAS
from tests.slow.scenarios import NOW, TODAY, base

SECTOR = 512
Call = tuple[Any, ...]  # (what, file, …); ("ack", facts) where a commit has returned
Facts = tuple[Any, ...]


def own_statements(folder: Path) -> tuple[Path, list[str]]:
    """A small book, and every statement of a few minutes at its desk."""
    path = base(folder)
    before = folder / "before.arterm"
    before.write_bytes(path.read_bytes())
    desk = Desk.open(path, TODAY, now=lambda: NOW, anywhere=True)
    said: list[str] = []
    desk.book.connection.set_trace_callback(said.append)
    payments.book_credit(desk, payments.CreditDraft(2, Money(3000, "EUR"), TODAY))
    log.log_contact(desk, log.ContactDraft(3, "call", "promise", promised=Money(500, "EUR"), promised_for=TODAY))
    commit(desk, read(desk, [folder / "new.csv"]))
    written = notices.write(desk, due_notices(desk))
    notices.issue(desk, [one.id for one in written])
    customers.edit_customer(desk, 1, {"city": "Gent"})
    for _ in range(3):
        undo.undo(desk)
    desk.book.connection.set_trace_callback(None)
    desk.close()
    # A statement that fires triggers is told once more for each.
    return before, [words for n, words in enumerate(said) if words != said[n - 1] and "data_version" not in words]


class _Recorder(apsw.VFS):
    """The machine's file system, with every call that changes a file taken down."""

    def __init__(self, calls: list[Call]) -> None:
        self.calls = calls
        super().__init__("recorder", "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(name, flags, self.calls)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self.calls.append(("delete", Path(name).name, bool(sync_folder)))
        super().xDelete(name, sync_folder)


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], calls: list[Call]) -> None:
        self.calls = calls
        self.file = Path(name.filename() if hasattr(name, "filename") else name or "temporary").name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.calls.append(("write", self.file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self.calls.append(("truncate", self.file, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.calls.append(("sync", self.file))


def recorded(before: Path, statements: list[str], settings: Mapping[str, int | str]) -> list[Call]:
    """Run the statements with these settings; every call to the file system, and an ack after each commit."""
    calls: list[Call] = []
    recorder = _Recorder(calls)
    path = before.with_name("played.arterm")
    path.write_bytes(before.read_bytes())
    connection = apsw.Connection(str(path), vfs="recorder")
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
    calls.append(("ack", facts(connection)))
    for statement in statements:
        connection.execute(statement).fetchall()
        if statement.upper().startswith("COMMIT"):
            calls.append(("ack", facts(connection)))
    connection.close()
    recorder.unregister()
    return calls


def facts(connection: Any) -> Facts:
    """What a whole book says after an act: its newest act, and how much of everything there is."""
    queries = ["SELECT id, hash FROM act ORDER BY id DESC LIMIT 1", "SELECT count(*), sum(length(after)) FROM change"]
    queries += [f"SELECT count(*), sum(open), sum(total) FROM {table}" for table in ("invoice",)]
    queries += ["SELECT count(*), sum(free) FROM credit", "SELECT count(*), sum(amount) FROM allocation"]
    queries += [f"SELECT count(*), max(act) FROM {table}" for table in ("log", "promise", "notice", "document")]
    queries += ["SELECT count(*), sum(open), sum(rank) FROM board_case", "SELECT count(*), sum(version) FROM customer"]
    return tuple(value for query in queries for value in connection.execute(query).fetchone())


@dataclass
class Disk:
    """Files as they surely are, and what was done to each since its last sync."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Call]] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        """One more call has returned."""
        what, file, *rest = call
        if what == "ack":
            return
        if what == "sync":
            held = self.sure.setdefault(file, bytearray())
            for one in self.pending.pop(file, []):
                _apply(held, one)
        elif what == "delete" and rest[0]:
            self.sure.pop(file, None)
            self.pending.pop(file, None)
        else:
            self.pending.setdefault(file, []).append(call)

    def after_the_cut(self, dice: random.Random) -> dict[str, bytes]:
        """The files as somebody may find them when the power is back."""
        found = {}
        for file in {*self.sure, *self.pending}:
            held = bytearray(self.sure.get(file, b""))
            gone = False
            for call in self.pending.get(file, []):
                if call[0] == "delete":
                    gone = dice.random() < 0.5
                elif call[0] == "truncate":
                    if dice.random() < 0.5:
                        _apply(held, call)
                else:
                    _, _, offset, data = call
                    for at in range(0, len(data), SECTOR):
                        if dice.random() < 0.5:
                            _apply(held, ("write", file, offset + at, data[at : at + SECTOR]))
            if not gone and (file in self.sure or dice.random() < 0.5):
                found[file] = bytes(held)
        return found


def _apply(held: bytearray, call: Call) -> None:
    if call[0] == "truncate":
        del held[call[2] :]
    elif call[0] == "write":
        offset, data = call[2], call[3]
        if len(held) < offset:
            held.extend(bytes(offset - len(held)))
        held[offset : offset + len(data)] = data


def verdict(folder: Path, files: Mapping[str, bytes], acked: list[Facts], later: list[Facts]) -> str:
    """`ok`, or what is wrong with the book found on the disk."""
    path = folder / "played.arterm"
    for old in folder.glob("played.arterm*"):
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                return "corrupt"
            now = facts(connection)
    except sqlite3.Error:
        return "corrupt"
    if now == acked[-1] or now in later[:1]:
        return "ok"
    return "lost" if now in acked else "half an act"


def run(trials: int, seed: int, changes: Mapping[str, int | str] | None = None) -> dict[str, int]:
    """Cut the power at that many random moments; how often each verdict came."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="power-") as name:
        folder = Path(name)
        before, statements = own_statements(folder)
        calls = recorded(before, statements, {**PRAGMAS, **(changes or {})})
        told = [call[1] for call in calls if call[0] == "ack"]
        disk, found, acked = Disk({"played.arterm": bytearray(before.read_bytes())}), dict[str, int](), 1
        first = next(n for n, call in enumerate(calls) if call[0] == "ack") + 1
        cuts = sorted(dice.randrange(first, len(calls) + 1) for _ in range(trials))
        n = 0
        for cut in cuts:
            while n < cut:
                disk.take(calls[n])
                acked += calls[n][0] == "ack" and n >= first
                n += 1
            words = verdict(folder, disk.after_the_cut(dice), told[:acked], told[acked:])
            found[words] = found.get(words, 0) + 1
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="PRAGMA=VALUE")
    options = parser.parse_args()
    changed = dict(pair.split("=", 1) for pair in options.set)
    print(json.dumps({"seed": options.seed, "trials": options.trials, **run(options.trials, options.seed, changed)}))
