"""A real terminal: signals, two programs at one book, a storm of resizes, random keys with random kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.accounts.board import Board, Query
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.store import cases, verify
from tests.conftest import TODAY
from tests.hostile import ALL
from tests.slow.terminal import Terminal

SEED = int(os.environ.get("ARTERM_SEED", "20261122"))
SECONDS = int(os.environ.get("ARTERM_KEYS_SECONDS", "15"))  # .ci/run says 120
pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a pseudo-terminal needs Unix"),
    pytest.mark.timeout(300 + 2 * SECONDS),
]


def sound(path: Path) -> Desk:
    """The book, whole."""
    desk = Desk.open(path, TODAY)
    assert list(verify.complaints(desk.book)) == []
    assert cases.find_inconsistencies(desk.book) == []
    return desk


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_in_order_and_the_terminal_is_as_it_was(demo: Path, number: int) -> None:
    terminal = Terminal(demo)
    terminal.until("WZC Avondrust")
    terminal.send(b"p")
    terminal.until("Payment")
    started = time.monotonic()
    terminal.kill(number)
    assert terminal.ended(15) == 0
    assert time.monotonic() - started < 8  # two seconds on an idle machine
    assert terminal.out.rstrip().endswith(b"\x1b[?1049l") or b"\x1b[?1049l" in terminal.out[-400:]
    assert b"Traceback" not in terminal.out
    sound(demo).close()


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_stopped_and_continued_it_draws_again_and_ends_when_asked(demo: Path, number: int) -> None:
    terminal = Terminal(demo)
    terminal.until("WZC Avondrust")
    for _ in range(2):
        terminal.kill(number)
        terminal.read(0.5)
        terminal.screen.reset()
        terminal.kill(signal.SIGCONT)
        terminal.until("WZC Avondrust")
    terminal.send(b"c")
    terminal.until("esc back")
    terminal.send(b"\x1b")
    terminal.until_gone("esc back")
    terminal.until("? keys")
    terminal.read(0.3)  # an escape that something follows at once is another key
    terminal.send(b"\x11")
    assert terminal.ended() == 0


def test_what_one_program_does_the_other_shows_and_neither_loses_anything(demo: Path) -> None:
    one, other = Terminal(demo), Terminal(demo)
    for terminal in (one, other):
        terminal.until("WZC Avondrust")
    one.send(b"p")
    one.until("Payment")
    one.send(b"17.00")
    other.send(b"c")
    other.until("promised to pay")
    other.send(b"1")
    other.until("Promised amount")
    other.send(b"\r")
    other.until("Logged for")
    one.until("17.00")
    one.send(b"\x13")
    one.until("Booked a payment of 17.00 EUR", 10)
    other.until("Somebody else changed", 10)
    other.read(0.3)
    for terminal in (one, other):
        terminal.send(b"\x11")
        assert terminal.ended() == 0
    desk = sound(demo)
    assert [act.name for act in undo.undoable(desk, 2)] == ["money.receipt", "contact.log"]
    desk.close()


def test_many_hands_at_once_lose_no_update(demo: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "arterm",
        "--book",
        str(demo),
        "--today",
        "2026-11-22",
        "pay",
        "--customer",
        "WZC Avondrust",
        "--amount",
    ]
    running = [
        subprocess.Popen([*words, f"{n + 1}.00"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for n in range(8)
    ]
    codes = []
    for process in running:
        process.communicate()
        codes.append(process.returncode)
    assert codes == [0] * 8
    desk = sound(demo)
    assert desk.book.one(
        "SELECT count(*), sum(total) FROM credit WHERE total <= 800 AND total % 100 = 0 AND day = '2026-11-22'"
    ) == (8, 3600)
    desk.close()


def test_a_storm_of_resizes_leaves_the_screen_whole(demo: Path) -> None:
    dice = random.Random(SEED)
    terminal = Terminal(demo)
    terminal.until("WZC Avondrust")
    for n in range(60):
        terminal.resize(dice.randint(1, 200), dice.randint(1, 60))
        terminal.send(dice.choice([b"j", b"\x1b[6~", b"\x1b[5~", b"v", b"\x10", b"c", b"\x1b", b"n", b"?"]))
        terminal.read(0.02 if n % 5 else 0.2)
    terminal.resize(100, 30)
    for _ in range(6):
        terminal.send(b"\x1b")
        terminal.read(0.3)
    terminal.send(b"1")
    terminal.until("Customer")
    terminal.send(b"\x11")
    assert terminal.ended() == 0
    assert b"Traceback" not in terminal.out
    assert b"went wrong" not in terminal.out


KEYS = [
    *[bytes([c]) for c in b"jkgGvbsSciwplneaxtmuHdhNfy2k13451234567890/?\r\r\r  "],
    b"\x1b",
    b"\x1b",
    b"\x1b",
    b"\t",
    b"\x13",
    b"\x10",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[D",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1b[H",
    b"\x1b[F",
    b"\x1bOQ",
    b"\x1bOS",
    b"\x7f",
    b"+7",
    b"12.50",
    b"fri",
    b"\x1a",
]


def hostile_names(path: Path) -> None:
    """Give the customers of a demo book names that try to be something else."""
    desk = Desk.open(path, TODAY)
    for n, one in enumerate(customers.everyone(desk)):
        try:
            customers.edit_customer(desk, one.id, {"name": f"{ALL[n % len(ALL)]} {n}", "note": ALL[(n * 7) % len(ALL)]})
        except ArtermError:
            continue
    desk.close()


def test_random_keys_with_random_kills_never_trip_it(demo: Path) -> None:
    """Seeded; the number of keys and kills is printed; longer with ARTERM_KEYS_SECONDS."""
    dice = random.Random(SEED)
    hostile_names(demo)
    until, keys, kills, grown = time.monotonic() + SECONDS, 0, 0, 0
    while time.monotonic() < until:
        terminal = Terminal(demo, dice.choice([80, 100, 140]), dice.choice([24, 30, 40]))
        terminal.until("overdue", 30)
        first = terminal.memory
        life = time.monotonic() + dice.uniform(3, 12)
        while time.monotonic() < min(life, until) and terminal.is_alive:
            if dice.random() < 0.02:
                terminal.resize(dice.randint(30, 200), dice.randint(8, 60))
            if dice.random() < 0.02:
                terminal.send(b"\x1b[200~" + dice.choice(ALL).encode("utf-8", "replace") + b"\x1b[201~")
            burst = [dice.choice(KEYS) for _ in range(12)]
            keys += len(burst)
            terminal.send(b"".join(burst))
            terminal.read(0.03)
        assert b"Traceback" not in terminal.out
        wrong = terminal.out.find(b"went wrong")
        assert wrong < 0, terminal.out[max(0, wrong - 12_000) : wrong + 300].decode(errors="replace")
        if terminal.is_alive:
            grown = max(grown, terminal.memory - first)
            terminal.kill()
            kills += 1
            os.waitpid(terminal.pid, 0)
        os.close(terminal.handle)
        sound(demo).close()
    print(f"seed {SEED}: {keys} keys, {kills} kills, memory grew by {grown} kB at the most")
    assert keys > 50 * SECONDS
    assert grown < 120_000  # typefaces, paper and PDFium are brought in when a letter is first seen
    desk = sound(demo)
    while undo.undoable(desk):
        undo.undo(desk)
    assert list(verify.complaints(desk.book)) == []
    assert Board(desk, Query(everything=True)).ids == []
    desk.close()
