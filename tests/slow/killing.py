"""Kill a process at every step it takes, or at any moment, and look at what is left.

`python -m tests.slow.killing SCENARIO [--random N] [--seed S]` prints what it did as one JSON line. Each trial is a
process of its own, killed with SIGKILL: once before every statement that changes something and every rename, link
and flush, or after a random time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from arterm.desk.accounts import ageing
from arterm.desk.accounts.board import Board, Query
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.store import cases
from arterm.store import verify as chain
from arterm.store.copies import verify
from arterm.store.migrations import NEWEST
from tests.slow.scenarios import NOW, SCENARIOS, TODAY

_READS = ("SELECT", "WITH", "EXPLAIN", "-- PRAGMA")
_SCHEMA = ("CREATE ", "INSERT INTO CURRENCY", "INSERT INTO VACUUM_DB")  # one after the other when a book is copied
_FILE_STEPS = ("replace", "rename", "link", "fsync", "unlink")


def install(kill_at: int) -> None:
    """Count steps from here on and die before number `kill_at`."""
    count, last = 0, ""

    def step(what: str) -> None:
        nonlocal count, last
        words = what.lstrip().upper()
        kind = next((start for start in _SCHEMA if words.startswith(start)), what[:24])
        if words.startswith(_READS):  # nothing on the disk changes by looking: the next change is its own step
            last = ""
            return
        if kind == last:  # rows of one statement are one step
            return
        last = kind
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    connect = sqlite3.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)
        connection.set_trace_callback(step)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]
    for name in _FILE_STEPS:
        setattr(os, name, _counted(getattr(os, name), name, step))


def _counted(real: Callable[..., Any], name: str, step: Callable[[str], None]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        step(f"{name} {time.monotonic_ns()}")
        return real(*args, **options)

    return call


def trial(scenario: str, original: Path, kill_at: int = 0, after: float = 0.0) -> tuple[bool, list[str]]:
    """Run the scenario in a process that is killed; returns whether it was, and what is wrong afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    try:
        shutil.copytree(original, folder, dirs_exist_ok=True)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _child(scenario, folder, writing, kill_at)
        os.close(writing)
        if after:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            acks = pipe.read().split()
        killed = os.WIFSIGNALED(status)
        wrong = [] if killed or os.WEXITSTATUS(status) == 0 else [f"the process ended with {os.WEXITSTATUS(status)}"]
        return killed, wrong + oracle(scenario, folder, acks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def telling(writing: int) -> Callable[[str], None]:
    """An `ack` that goes through a pipe, out of reach of the kill."""

    def ack(word: str) -> None:
        os.write(writing, f"{word}\n".encode())

    return ack


def _child(scenario: str, folder: Path, writing: int, kill_at: int) -> None:
    code = 1
    try:
        if kill_at:
            install(kill_at)
        SCENARIOS[scenario][1](folder, telling(writing))
        code = 0
    finally:
        os._exit(code)


def oracle(scenario: str, folder: Path, acks: list[str]) -> list[str]:
    """What a person would call lost: an acknowledged act that is gone, half an act, books that do not add up."""
    wrong: list[str] = []
    try:
        desk = Desk.open(folder / "book.arterm", TODAY, now=lambda: NOW, anywhere=True)
    except ArtermError as error:
        return [f"the book does not open: {error}"]
    try:
        wrong += list(chain.complaints(desk.book)) + cases.find_inconsistencies(desk.book)
        wrong += [] if desk.book.rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check complains"]
        board = Board(desk, Query(everything=True))
        aged = {row.currency: sum(age.minor for age in row.buckets) for row in ageing.ageing(desk).totals}
        wrong += [
            f"board and ageing differ in {t.currency}" for t in board.totals if aged.get(t.currency, 0) != t.open.minor
        ]
        wrong += _acts(scenario, desk, acks) + _files(folder, desk)
    finally:
        desk.book.db.close()
    return wrong


def _acts(scenario: str, desk: Desk, acks: list[str]) -> list[str]:
    names = [row[0] for row in desk.book.rows("SELECT name FROM act ORDER BY id")]
    brought = desk.book.one("SELECT count(*) FROM invoice WHERE number LIKE 'N%'")[0]
    lost = {
        "import": brought != 60 if "import" in acks else brought not in (0, 60),
        "payment": names.count("money.receipt") - 3 < acks.count("payment"),
        "letter": (
            ("written" in acks and "notices.write" not in names) or ("issued" in acks and "notices.issue" not in names)
        ),
        "undo": names.count("undo") < acks.count("undo"),
        "migration": desk.book.one("PRAGMA user_version")[0] != NEWEST,
    }
    return [f"after {acks}: {names[-4:]}"] if lost.get(scenario) else []


def _files(folder: Path, desk: Desk) -> list[str]:
    """No copy and no letter stands under its final name unless it is whole."""
    wrong = []
    for copy in folder.glob("*.arterm"):
        try:
            verify(copy)
        except ArtermError as error:
            wrong.append(f"{copy.name}: {error}")
    kept = {bytes(row[0]) for row in desk.book.rows("SELECT bytes FROM document")}
    return wrong + [
        f"{paper.name} is not a letter of the book"
        for paper in (folder / "letters").glob("*.pdf")
        if paper.read_bytes() not in kept
    ]


def run(scenario: str, trials: int, seed: int) -> dict[str, Any]:
    """Every step once (`trials` 0), or that many random moments."""
    dice = random.Random(seed)
    original = Path(tempfile.mkdtemp(prefix="base-"))
    kills, wrong, n = 0, list[str](), 0
    try:
        SCENARIOS[scenario][0](original)
        started = time.monotonic()
        trial(scenario, original)
        whole = time.monotonic() - started
        while trials == 0 or (kills < trials and n < 8 * trials):
            n += 1
            killed, found = trial(
                scenario, original, kill_at=n if trials == 0 else 0, after=dice.uniform(0.001, whole) if trials else 0.0
            )
            kills += killed
            wrong += [f"trial {n}: {words}" for words in found]
            if trials == 0 and not killed:
                break
    finally:
        shutil.rmtree(original, ignore_errors=True)
    return {
        "scenario": scenario,
        "seed": seed,
        "trials": n,
        "kills": kills,
        "seconds": round(time.monotonic() - started, 1),
        "wrong": wrong,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario", choices=tuple(SCENARIOS))
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(json.dumps(run(options.scenario, options.random, options.seed)))
