"""The book: opened safely or refused in a sentence; the schema refuses what must never be stored; damage is found."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from arterm.desk import acts
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.store import cases, location, migrations, verify
from arterm.store.book import PRAGMAS, Book
from arterm.store.catalogue import JOURNALLED
from arterm.store.models.book import Credit, Invoice
from tests.conftest import TODAY, customer, invoice


def test_the_settings_that_keep_a_book_safe_are_in_force(desk: Desk) -> None:
    held = {name: desk.book.one(f"PRAGMA {name}")[0] for name in PRAGMAS}
    assert held == {**PRAGMAS, "journal_mode": "truncate"}


def test_a_book_is_readable_by_its_owner_only(desk: Desk) -> None:
    assert stat.S_IMODE(desk.book.path.stat().st_mode) == 0o600


def test_the_tables_are_what_the_models_say(desk: Desk) -> None:
    for table, model in JOURNALLED.items():
        assert {row[1] for row in desk.book.rows(f'PRAGMA table_info("{table}")')} == set(
            model._meta.sorted_field_names
        ), table


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("a negative total", {"total": -1, "open": -1}),
        ("an unknown currency", {"currency": "XXX"}),
        ("an open sum above the total", {"open": 101}),
        ("a day that is none", {"due": "1 Dec"}),
        ("an unknown kind", {"kind": "gift"}),
        ("no customer", {"customer": 999}),
        ("no number", {"number": ""}),
    ],
)
def test_the_schema_refuses(desk: Desk, what: str, values: dict[str, object]) -> None:
    who = customer(desk)
    good: dict[str, object] = {
        "customer": who,
        "number": "1",
        "number_key": "1",
        "currency": "EUR",
        "issued": "2026-01-01",
        "due": "2026-02-01",
        "original_due": "2026-02-01",
        "total": 100,
        "open": 100,
    }
    with pytest.raises(ArtermError, match="would not add up"), desk.act(acts.IMPORT) as work:
        work.insert(Invoice, **{**good, **values})
    assert desk.book.rows("SELECT * FROM invoice") == [], what


def test_an_allocation_beyond_the_payment_or_the_invoice_cannot_be_stored(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    for total, part in ((4000, 4001), (20000, 10001)):
        with pytest.raises(ArtermError), desk.act(acts.IMPORT) as work:
            credit = work.insert(
                Credit, customer=who, currency="EUR", day="2026-11-01", total=total, kind="receipt", free=total
            )
            work.connection.execute(
                "INSERT INTO allocation (credit, invoice, amount, value_day, act) VALUES (?,?,?,'2026-11-01',?)",
                (credit, owed, part, work.id),
            )
    assert desk.book.rows("SELECT * FROM credit") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE credit SET total = 1",
        "UPDATE log SET note = 'x'",
        "UPDATE act SET name = 'x'",
        "DELETE FROM invoice",
        "DELETE FROM change",
        "DELETE FROM customer",
        "UPDATE allocation SET amount = 5",
        "UPDATE document SET bytes = x'00'",
        "UPDATE change SET digest = 'x'",
    ],
)
def test_what_is_history_is_neither_changed_nor_deleted(demo: Path, statement: str) -> None:
    book = Book.open(demo)
    with pytest.raises(ArtermError):
        book.rows(statement)
    book.close()


def test_an_act_that_fails_leaves_nothing(desk: Desk) -> None:
    who = customer(desk)
    before = desk.book.rows("SELECT count(*) FROM act")
    with pytest.raises(RuntimeError), desk.act(acts.IMPORT) as work:
        work.insert(
            Invoice,
            customer=who,
            number="1",
            number_key="1",
            currency="EUR",
            issued="2026-01-01",
            due="2026-01-02",
            original_due="2026-01-02",
            total=1,
            open=1,
        )
        raise RuntimeError
    assert desk.book.rows("SELECT * FROM invoice") == []
    assert desk.book.rows("SELECT count(*) FROM act") == before


def _older(tmp_path: Path, version: int) -> Path:
    """A book as arterm of that version left it, with an invoice and a payment in it."""
    path = tmp_path / f"v{version}.arterm"
    connection = sqlite3.connect(path, isolation_level=None)
    for step in migrations.STEPS[:version]:
        step(connection)
    connection.execute(f"PRAGMA application_id={0x41525431}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.close()
    os.chmod(path, 0o600)
    return path


@pytest.mark.parametrize("version", range(1, migrations.NEWEST + 1))
def test_a_book_of_every_version_opens_and_is_whole(tmp_path: Path, version: int) -> None:
    path = _older(tmp_path, version)
    desk = Desk.open(path, TODAY)
    invoice(desk, customer(desk))
    assert desk.book.one("PRAGMA user_version")[0] == migrations.NEWEST
    assert list(verify.complaints(desk.book)) == []
    assert cases.find_inconsistencies(desk.book) == []
    kept = list(tmp_path.glob("*.before-version-*.arterm"))
    assert len(kept) == (1 if version < migrations.NEWEST else 0)
    desk.close()


def test_a_newer_book_is_refused_and_left_as_it_is(demo: Path) -> None:
    connection = sqlite3.connect(demo)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = demo.read_bytes()
    with pytest.raises(ArtermError, match="newer arterm"):
        Book.open(demo)
    assert demo.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not_a_book"), (b"hello, I am a text" * 100, "not_a_book"), (b"\x89PNG\r\n" + b"\0" * 2000, "not_a_book")],
)
def test_what_is_no_book_is_refused_in_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.arterm"
    path.write_bytes(content)
    with pytest.raises(ArtermError) as refused:
        Book.open(path)
    assert refused.value.code == code
    assert path.read_bytes() == content


def test_a_book_in_a_synced_or_network_folder_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    with pytest.raises(ArtermError, match="kept in step by 'Dropbox'"):
        Book.create(synced / "b.arterm")
    assert list(synced.iterdir()) == []
    Book.create(synced / "b.arterm", anywhere=True).close()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(location, "MOUNTS", mounts)
    with pytest.raises(ArtermError, match="network drive"):
        Book.create(tmp_path / "c.arterm")


def test_a_data_folder_others_can_read_is_refused(tmp_path: Path) -> None:
    folder = location.data_folder()
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(ArtermError, match="chmod 700"):
        Book.create(folder / "b.arterm")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE invoice SET total = total + 1, open = open + 1 WHERE id = (SELECT min(id) FROM invoice WHERE open > 0)",
        "UPDATE customer SET name = 'Somebody' WHERE id = 3",
        "UPDATE credit SET total = total + 100, free = free + 100 WHERE id = 1",
        "DELETE FROM log WHERE id = 1",
        "UPDATE credit SET void_act = 5, free = total WHERE id = 1",
        "DELETE FROM act WHERE id = (SELECT max(id) FROM act)",
        "UPDATE act SET who = 'nobody' WHERE id = 7",
        "UPDATE change SET after = replace(after, 'EUR', 'USD') WHERE act = 50",
        (
            "INSERT INTO promise (customer, currency, amount, made, day, act) VALUES (1, 'EUR', 5, '2026-11-01',"
            " '2026-11-30', 3)"
        ),
    ],
)
def test_a_line_or_row_changed_outside_arterm_is_found(demo: Path, tampering: str) -> None:
    connection = sqlite3.connect(demo)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    changed = connection.execute(tampering).rowcount
    connection.commit()
    connection.close()
    assert changed == 1
    book = Book.open(demo)
    assert list(verify.complaints(book)) != []
    book.close()


def test_an_older_copy_quietly_put_back_is_noticed(tmp_path: Path, desk: Desk) -> None:
    copy = desk.book.path.read_bytes
    customer(desk)
    desk.close()
    older = copy()
    desk = Desk.open(desk.book.path, TODAY)
    customer(desk, "Another")
    desk.close()
    desk.book.path.write_bytes(older)
    again = Desk.open(desk.book.path, TODAY)
    assert any("not the one that was closed here last" in words for words in again.warnings())
    again.close()


def test_a_change_made_elsewhere_shows_in_the_stamp(demo: Path) -> None:
    book = Book.open(demo)
    stamp = book.stamp()
    other = sqlite3.connect(demo)
    other.execute("INSERT INTO cache_state (key, value) VALUES ('x', 'y')")
    other.commit()
    other.close()
    assert book.stamp() != stamp
    book.close()


def test_days_past_the_newest_value_day_are_read_from_the_caches_and_agree(demo: Path) -> None:
    from arterm.desk.accounts.board import Board, Query

    desk = Desk.open(demo, date(2026, 11, 25))
    board = Board(desk, Query(everything=True))
    assert board.kept
    asked_anew = {one.id: one.case.open for one in cases.facts(desk.book, desk.today)}
    assert {row.invoice_id: row.balance.minor for row in board.rows()} == asked_anew
    desk.close()
