"""The desk itself: an open book, the day that counts as today, and the owner's settings within reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from arterm.desk import acts
from arterm.desk.acts import Act, refuse_without_right
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.number_style import NumberStyle, style_of
from arterm.store import location
from arterm.store.acts import act as one_act
from arterm.store.book import Book, who
from arterm.store.cases import refresh_expired
from arterm.store.journal import UnitOfWork
from arterm.store.reads import session as reads
from arterm.store.settings import settings

T = TypeVar("T")
CLOCK_SLACK = timedelta(minutes=5)


def utc_now() -> datetime:
    """The clock of this machine; the one place that asks it."""
    return datetime.now(UTC)


class Desk:
    """What every activity is given. `today` is a value day; `now` stamps the journal."""

    def __init__(self, book: Book, today: date) -> None:
        self.book = book
        self.today = today
        self.looking_back = False
        self.memory: dict[str, tuple[Any, Any]] = {}
        refresh_expired(book, today)

    @classmethod
    def open(cls, path: Path, today: date, now: Callable[[], datetime] = utc_now, anywhere: bool = False) -> Desk:
        """Sit down at a book that exists. Raises ArtermError in plain words when it cannot be used."""
        return cls(Book.open(path, now, anywhere), today)

    @classmethod
    def create(cls, path: Path, today: date, now: Callable[[], datetime] = utc_now, anywhere: bool = False) -> Desk:
        """Make a new, empty book and sit down at it."""
        if path.suffix != ".arterm":
            raise ArtermError("bad_name", str(path), stem=path.stem)
        desk = cls(Book.create(path, now, anywhere), today)
        with desk.act(acts.BOOK_BEGIN):
            pass
        return desk

    def set_today(self, day: date, looking_back: bool = False) -> None:
        """Another day begins: cases whose promise has run out by then are judged again. `looking_back`: it is a past
        one, to look at only; acts are refused until today is set again.
        """
        self.today = day
        self.looking_back = looking_back
        if not looking_back:
            refresh_expired(self.book, day)

    def close(self) -> None:
        """Leave the desk: the book is closed."""
        self.book.close()

    def discard(self) -> None:
        """Take away a book that was made a moment ago and came to nothing. The desk must be closed."""
        path = self.book.path
        for file in (path, self.book.head_file, path.with_name(path.name + "-journal")):
            file.unlink(missing_ok=True)

    @contextmanager
    def in_thread(self) -> Iterator[None]:
        """Work in another thread: it has a connection of its own, closed at the end."""
        try:
            yield
        finally:
            self.book.leave_thread()

    @contextmanager
    def act(
        self, act: Act, about: str | None = None, about_id: int | None = None, day: date | None = None
    ) -> Iterator[UnitOfWork]:
        """One act, dated today. Refuses (`not_allowed`) what the role of whoever is at the desk does not reach to, and
        (`past_day`) whatever would write while a past day is looked at.
        """
        if self.looking_back and not act.past_day:
            raise ArtermError("past_day.looking_back", self.today.isoformat())
        roles = self.setting("roles")
        if roles:
            refuse_without_right(act, who(), roles)
        with one_act(self.book, act.name, day or self.today, about, about_id) as work:
            yield work

    def newest_act(self) -> int:
        """The number of the newest act in the journal."""
        return reads.newest_act(self.book)

    def remember(self, key: str, make: Callable[[], T]) -> T:
        """A value that stays until the book changes, here or elsewhere."""
        stamp = (self.book.version(), self.today)
        held = self.memory.get(key)
        if held is None or held[0] != stamp:
            held = (stamp, make())
            self.memory[key] = held
        value: T = held[1]
        return value

    @property
    def settings(self) -> dict[str, str]:
        """Every setting with its value, in the order they are shown."""
        return self.remember("settings", lambda: settings(self.book))

    def setting(self, key: str) -> str:
        """A setting's value: what the owner said, or its default. The key is one of `SETTINGS`."""
        return self.settings[key]

    @property
    def currency(self) -> str:
        """The owner's currency."""
        return self.setting("currency")

    @property
    def country(self) -> str:
        """The owner's country, or empty."""
        return self.setting("country")

    @property
    def style(self) -> NumberStyle:
        """How the owner writes numbers."""
        return style_of(self.setting("language"), self.country)

    def format_money(self, money: Money) -> str:
        """An amount in words for the owner: `1.234,50 EUR`, as they write numbers."""
        return money.shown(self.style)

    def warnings(self) -> tuple[str, ...]:
        """What the owner should know about this book before anything else."""
        said = list(self.book.warnings)
        last = reads.last_entry(self.book)
        if last and last > self.book.now() + CLOCK_SLACK:
            said.append(message("session.session.clock_behind", isoformat=last.isoformat()[:16]))
        if self.book.read_only:
            said.append(message("session.session.read_only"))
        return tuple(said)


def default_book() -> Path:
    """The book that is opened when none is named."""
    return location.default_book()


def refuse_future(day: date, today: date, where: str = "date") -> None:
    """Refuse (`future_day`) a day that has not come yet."""
    if day > today:
        raise ArtermError("future_day.day", where, day=day, today=today)
