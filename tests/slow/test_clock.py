"""The clock: set back, daylight saving both ways, a second before midnight, 29 February, a day that turns while the
board is open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from arterm.desk.accounts.board import Board, Query
from arterm.desk.contacts import log, promises
from arterm.desk.housekeeping.demo import make_demo
from arterm.desk.session import Desk
from arterm.rules.dates import read_typed
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store import cases, verify
from arterm.tui.app import ArtermApp
from tests.conftest import Ran, customer, invoice
from tests.tui.conftest import Hand

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can be set on Unix only")


@pytest.fixture
def brussels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# Around both changes of 2026 in Brussels: the local day decides, whatever the clock in Greenwich says.
@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    ("utc", "local"),
    [
        ("2026-03-28T22:59:59", "2026-03-28"),
        ("2026-03-28T23:00:00", "2026-03-29"),
        ("2026-03-29T00:59:59", "2026-03-29"),
        ("2026-03-29T01:00:00", "2026-03-29"),
        ("2026-03-29T21:59:59", "2026-03-29"),
        ("2026-03-29T22:00:00", "2026-03-30"),
        ("2026-10-24T21:59:59", "2026-10-24"),
        ("2026-10-24T22:00:00", "2026-10-25"),
        ("2026-10-25T00:30:00", "2026-10-25"),
        ("2026-10-25T01:30:00", "2026-10-25"),
        ("2026-10-25T22:59:59", "2026-10-25"),
        ("2026-10-25T23:00:00", "2026-10-26"),
    ],
)
def test_a_call_is_logged_on_the_day_of_the_shop(
    utc: str, local: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from arterm.cli.main import run

    book = ["--book", str(tmp_path / "b.arterm")]
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()  # a datetime would bring its zone along
    with time_machine.travel(moment, tick=False):
        assert run([*book, "setup", "--name", "Shop", "--country", "BE"]) == 0
        assert run([*book, "customer", "add", "Zuid"]) == 0
        assert run([*book, "log", "Zuid", "--channel", "call", "--outcome", "no_answer"]) == 0
    capsys.readouterr()
    desk = Desk.open(tmp_path / "b.arterm", date.fromisoformat(local))
    entry = log.log_entries(desk)[0]
    assert (entry.day.isoformat(), entry.at[:19]) == (local, utc)
    assert entry.follow_up is not None
    assert entry.follow_up > entry.day
    desk.close()


@pytest.mark.parametrize("spring", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_late_are_whole_days_over_a_change_of_the_clock(desk: Desk, spring: date) -> None:
    desk.today = spring + timedelta(days=2)
    invoice(desk, customer(desk), due=spring - timedelta(days=1))
    assert Board(desk).rows()[0].days_overdue == 3


def test_the_29th_of_february_is_a_day_like_any_other(tmp_path: Path) -> None:
    leap = date(2028, 2, 29)
    desk = make_demo(tmp_path / "leap.arterm", leap)
    assert list(verify.complaints(desk.book)) == []
    assert cases.find_inconsistencies(desk.book) == []
    who = customer(desk, "Leap Ltd")
    row = invoice(desk, who, "L1", due=date(2028, 2, 28))
    log.log_contact(
        desk,
        log.ContactDraft(
            who, "call", "promise", invoices=(row,), promised=Money(100, desk.currency), promised_for=leap
        ),
    )
    assert promises.promises_of(desk, who)[0].state == "open"
    desk.set_today(date(2028, 3, 1))
    late = next(found for found in Board(desk).rows() if found.invoice == "L1")
    assert (late.days_overdue, late.status) == (2, "overdue")
    assert promises.promises_of(desk, who)[0].state == "broken"
    desk.close()


def test_a_29th_of_february_is_read_in_the_nearest_leap_year_or_refused() -> None:
    assert read_typed("29 feb", date(2027, 11, 1)) == date(2028, 2, 29)
    with pytest.raises(ArtermError, match="not a date"):
        read_typed("29 feb", date(2026, 11, 1))
    with pytest.raises(ArtermError, match="not a date"):
        read_typed("2027-02-29", date(2027, 1, 1))


def test_a_clock_set_back_is_pointed_out_and_nothing_is_lost(demo: Path, arterm: Callable[..., Ran]) -> None:
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC), tick=False):
        ran = arterm("board", "--json", book=demo, today="2020-01-01")
    assert ran.code == 0
    assert "clock of this machine stands before the last entry" in ran.err
    assert ran.json["rows"] == []
    assert arterm("doctor", book=demo).code == 0


async def test_the_board_turns_the_page_at_midnight(demo: Path) -> None:
    days = [date(2026, 11, 22)]
    app = ArtermApp(demo, lambda: days[-1])
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        hand = Hand(app, pilot)
        await pilot.pause()
        board = Board(app.desk, Query(everything=True))
        first = {row.invoice: row.days_overdue for row in board.rows()}
        assert "Sun 22 Nov 2026" in hand.text
        days.append(date(2026, 11, 23))
        await hand.until(lambda: "Mon 23 Nov 2026" in hand.text)
        later = {row.invoice: row.days_overdue for row in Board(app.desk, Query(everything=True)).rows()}
        assert all(later[number] == late + 1 for number, late in first.items() if late)
        assert "It is Mon 23 Nov 2026 now." in hand.toasts
        await hand.press("f3")
        await hand.type("2026-06-30")
        await hand.press("ctrl+s")
        days.append(date(2026, 11, 24))
        await hand.until(lambda: app.today == days[-1])
        assert app.desk.today == date(2026, 6, 30)
