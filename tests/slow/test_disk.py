"""A full disk, a damaged page, a swapped or foreign file, a read-only book: one sentence, nothing written, nothing
lost.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
from pathlib import Path

import pytest

from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store import cases, verify
from tests.conftest import TODAY
from tests.slow.killing import telling
from tests.slow.scenarios import SCENARIOS, base

SEED = int(os.environ.get("ARTERM_SEED", "20261122"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return base(tmp_path)


def sound(path: Path) -> int:
    """The number of acts of a book that is whole."""
    desk = Desk.open(path, TODAY)
    assert list(verify.complaints(desk.book)) == []
    assert cases.find_inconsistencies(desk.book) == []
    acts = desk.newest_act()
    desk.close()
    return acts


@pytest.mark.parametrize("scenario", ["import", "payment", "letter", "undo", "backup"])
def test_a_disk_that_fills_up_at_any_size_loses_nothing(scenario: str, tmp_path: Path) -> None:
    """The limit on file size stands for the full disk: writing fails there in the same place."""
    dice = random.Random(SEED)
    print("seed", SEED)
    refused = 0
    for n in range(12):
        folder = tmp_path / str(n)
        folder.mkdir()
        path = base(folder)
        before, size = sound(path), path.stat().st_size
        limit = dice.randint(size // 2, size + 120_000) if scenario != "backup" else dice.randint(4096, size)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = 3
            try:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                SCENARIOS[scenario][1](folder, telling(writing))
                code = 0
            except ArtermError as error:
                code = 1 if error.message.endswith(".") else 4
            finally:
                os._exit(code)
        os.close(writing)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with os.fdopen(reading) as pipe:
            acks = pipe.read().split()
        assert code in (0, 1), f"limit {limit}: exit {code}"
        refused += code
        assert sound(path) >= before + len([a for a in acks if a != "backup"])
        assert ("backup" in acks) == (folder / "copy.arterm").exists()
        assert all(paper.read_bytes().rstrip().endswith(b"%%EOF") for paper in folder.glob("letters/*.pdf"))
    assert refused > 0


def test_a_damaged_page_is_found_and_never_papered_over(book: Path) -> None:
    """Whatever page is hit: the book is refused in a sentence, or the doctor finds what differs, or nothing was
    lost.
    """
    dice = random.Random(SEED)
    print("seed", SEED)
    whole = book.read_bytes()
    clean = _facts(book)
    for _ in range(60):
        page = dice.randrange(len(whole) // 4096)
        torn = bytearray(whole)
        torn[page * 4096 : page * 4096 + 4096] = os.urandom(4096) if dice.random() < 0.5 else bytes(4096)
        book.write_bytes(torn)
        try:
            desk = Desk.open(book, TODAY)
            try:
                found = list(verify.complaints(desk.book)) + desk.book.rows("PRAGMA integrity_check")
                if found == [("ok",)]:
                    assert _facts(book) == clean, f"page {page} was lost in silence"
            finally:
                desk.book.db.close()
        except ArtermError as refused:
            assert refused.message.endswith(".")
    book.write_bytes(whole)
    sound(book)


def _facts(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    try:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("customer", "invoice", "credit", "allocation", "log", "promise")
        ]
    except sqlite3.Error as error:
        return [str(error)]
    finally:
        connection.close()


def test_a_file_swapped_under_an_open_book_is_noticed_and_nothing_is_written_to_the_new_one(
    book: Path, tmp_path: Path
) -> None:
    desk = Desk.open(book, TODAY)
    other = tmp_path / "other.arterm"
    other.write_bytes((tmp_path / "older.arterm").read_bytes())
    before = other.read_bytes()
    other.replace(book)
    with pytest.raises(ArtermError) as refused:
        payments.book_credit(desk, payments.CreditDraft(1, Money(100, "EUR"), TODAY))
    assert refused.value.message.endswith(".")
    desk.book.db.close()
    assert book.read_bytes() == before


def test_a_missing_journal_after_a_crash_is_found(book: Path, tmp_path: Path) -> None:
    """Only the book was copied while a write was under way: the copy is refused or whole, never quietly wrong."""
    connection = sqlite3.connect(book, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("PRAGMA cache_spill=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE junk (x)")
    connection.executemany("INSERT INTO junk VALUES (?)", [("y" * 3000,) for _ in range(400)])
    torn = book.read_bytes()
    connection.rollback()
    connection.close()
    copy = tmp_path / "copied.arterm"
    copy.write_bytes(torn)
    try:
        desk = Desk.open(copy, TODAY)
        found = desk.book.rows("PRAGMA integrity_check") + list(verify.complaints(desk.book))
        desk.book.db.close()
        assert found != [("ok",)] or torn == book.read_bytes()
    except ArtermError as refused:
        assert refused.code in ("damaged", "not_a_book", "book_error")


def test_a_foreign_journal_beside_the_book_changes_nothing(book: Path) -> None:
    before = _facts(book)
    book.with_name(book.name + "-journal").write_bytes(os.urandom(5000))
    desk = Desk.open(book, TODAY)
    assert _facts(book) == before
    desk.close()
    sound(book)


def test_a_book_that_cannot_be_written_is_shown_and_every_act_refused(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    desk = Desk.open(book, TODAY)
    assert any("only be read" in words for words in desk.warnings())
    with pytest.raises(ArtermError, match="not written"):
        payments.book_credit(desk, payments.CreditDraft(1, Money(100, "EUR"), TODAY))
    desk.close()
    assert book.read_bytes() == before
