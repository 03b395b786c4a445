"""Backups: verified, made while the book is in use, brought back without losing the one that is there."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from arterm.desk.dunning.run import due_notices
from arterm.desk.housekeeping import backup
from arterm.desk.letters import notices
from arterm.desk.session import Desk, utc_now
from arterm.rules.errors import ArtermError
from arterm.store.copies import verify
from tests.conftest import NOW, TODAY, customer, invoice


def test_a_backup_made_while_another_program_has_the_book_open_holds_every_act(desk: Desk, tmp_path: Path) -> None:
    customer(desk)
    other = sqlite3.connect(desk.book.path)
    other.execute("SELECT count(*) FROM customer").fetchone()
    receipt = backup.back_up(desk, tmp_path / "copy.arterm", utc_now())
    other.close()
    assert verify(tmp_path / "copy.arterm").id == desk.book.one("SELECT max(id) FROM act")[0]
    assert "opened and checked" in receipt.words
    with pytest.raises(ArtermError, match="There is a file already"):
        backup.back_up(desk, tmp_path / "copy.arterm", utc_now())


def test_restore_brings_back_and_keeps_the_newer_book(desk: Desk, tmp_path: Path) -> None:
    customer(desk, "First")
    backup.back_up(desk, tmp_path / "copy.arterm", utc_now())
    customer(desk, "Second")
    desk.close()
    before = desk.book.path.read_bytes()
    words = backup.restore(tmp_path / "copy.arterm", desk.book.path).words
    kept = next(tmp_path.glob("book.replaced-*.arterm"))
    assert kept.read_bytes() == before
    assert kept.name in words
    again = Desk.open(desk.book.path, TODAY)
    assert [row[0] for row in again.book.rows("SELECT name FROM customer")] == ["First"]
    assert again.warnings() == ()
    again.close()


def test_a_backup_that_carries_a_trigger_of_its_own_is_refused(demo: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.arterm"
    evil.write_bytes(demo.read_bytes())
    connection = sqlite3.connect(evil)
    connection.execute(
        "CREATE TRIGGER t AFTER INSERT ON log BEGIN UPDATE setting SET value = 'BE00' WHERE key = 'iban'; END"
    )
    connection.commit()
    connection.close()
    before = demo.read_bytes()
    with pytest.raises(ArtermError, match="did not make"):
        backup.restore(evil, demo)
    assert demo.read_bytes() == before


def test_a_damaged_backup_is_refused_and_the_book_stays(demo: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.arterm"
    content = bytearray(demo.read_bytes())
    content[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    broken.write_bytes(content)
    with pytest.raises(ArtermError) as refused:
        backup.restore(broken, demo)
    assert refused.value.code in ("damaged", "book_error")
    Desk.open(demo, TODAY).close()


def test_one_copy_a_day_is_made_and_old_ones_thin_out(desk: Desk) -> None:
    folder = desk.book.path.parent / "backups"
    folder.mkdir()
    for n in range(1, 400):
        day = TODAY - timedelta(days=n)
        (folder / f"book-{day.isoformat()}.backup.arterm").write_bytes(b"old")
    made = backup.back_up_daily(desk)
    assert made is not None
    assert verify(made).id > 0
    assert backup.back_up_daily(desk) is None
    kept = sorted(file.name for file in folder.iterdir())
    assert 17 <= len(kept) <= 23
    assert kept[-1] == made.name
    assert f"book-{(TODAY - timedelta(days=6)).isoformat()}.backup.arterm" in kept


def test_a_clock_set_back_is_pointed_out_and_no_letters_are_written_before_the_last_ones(desk: Desk) -> None:
    late = Desk.open(desk.book.path, TODAY, now=lambda: NOW - timedelta(days=2))
    assert any("clock of this machine" in words for words in late.warnings())
    late.close()
    again = Desk.open(desk.book.path, TODAY, now=lambda: NOW)
    assert again.warnings() == ()
    invoice(again, customer(again))
    notices.write(again, due_notices(again))
    invoice(again, customer(again, "Another"), due=TODAY - timedelta(days=30))
    again.today = TODAY - timedelta(days=1)
    with pytest.raises(ArtermError, match="Letters were written on 2026-11-22 already"):
        notices.write(again, due_notices(again))
    again.close()
