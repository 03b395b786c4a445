"""One run of a command: its options, the desk it sits down at, and words turned into amounts and days."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from arterm.cli.output import say, say_json
from arterm.desk.paths import path_of
from arterm.desk.session import Desk, default_book
from arterm.rules.countries import find_country, usual_currency
from arterm.rules.dates import month_first, parse_iso, read_past, read_typed
from arterm.rules.errors import ArtermError
from arterm.rules.messages import Speech, speak
from arterm.rules.money import Money, read_amount, show


class Session:
    """What a command is given."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.json = bool(options.json)
        self._desk: Desk | None = None

    @property
    def path(self) -> Path:
        """The book that is meant."""
        named = self.options.book or os.environ.get("ARTERM_BOOK") or ""
        if named.startswith(("postgresql://", "postgres://")):
            raise ArtermError("no_postgres", named.split("@")[-1])
        return path_of(named) if named else default_book()

    @property
    def today(self) -> date:
        """The day that counts as today."""
        named = self.options.today or os.environ.get("ARTERM_TODAY") or ""
        return parse_iso(named, "--today") if named else date.today()  # noqa: DTZ011 - the owner's own day

    @property
    def desk(self) -> Desk:
        """The desk at the book, opened on first use."""
        if self._desk is None:
            self.sit_down(Desk.open(self.path, self.today, anywhere=self.options.here_anyway))
        assert self._desk is not None
        return self._desk

    def sit_down(self, desk: Desk) -> None:
        """Use this desk from here on; what the owner should know about the book goes to stderr."""
        self._desk = desk
        speak(lambda: Speech(desk.style, desk.today))
        for warning in desk.warnings():
            say(f"arterm: {warning}", to_errors=True)

    def begin(self) -> Desk:
        """A new book where none is; its country and currency from the options, else the locale, else EUR, and said."""
        from arterm.desk.business.settings import change_settings

        self.sit_down(Desk.create(self.path, self.today, anywhere=self.options.here_anyway))
        options = vars(self.options)
        country = find_country(options.get("country") or "") or _locale_country()
        currency = (options.get("currency") or usual_currency(country)).upper()
        change_settings(self.desk, {"currency": currency, **({"country": country} if country else {})})
        where = f" for {country}" if country else ""
        if not options.get("dry_run"):
            say(f"arterm: made a new book{where} in {currency}: {self.path}", to_errors=True)
        return self.desk

    def close(self) -> None:
        """Leave the desk."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def discard(self) -> None:
        """Take away the book that `begin` made a moment ago: nothing came of it."""
        if self._desk is not None:
            desk, self._desk = self._desk, None
            desk.close()
            desk.discard()

    def day(self, text: str, where: str) -> date:
        """A day as typed on the command line."""
        return read_typed(text, self.today, month_first(self.desk.country), where)

    def past_day(self, text: str, where: str) -> date:
        """A day that has been, as typed on the command line."""
        return read_past(text, self.today, month_first(self.desk.country), where)

    def amount(self, text: str, currency: str, where: str = "amount") -> Money:
        """An amount as typed on the command line; what can mean two amounts is refused."""
        return Money(read_amount(text, currency, None, where), currency)

    def plain_day(self, text: str, where: str) -> date:
        """A day as typed where no book is needed: the day before the month."""
        return read_typed(text, self.today, where=where)

    def plain_show(self, money: Money) -> str:
        """An amount without its currency where no book is needed."""
        return money.plain() if self._desk is None else self.show(money)

    def show(self, money: Money) -> str:
        """An amount as the owner writes numbers, without its currency."""
        return show(money.minor, money.currency, self.desk.style)

    def tell(self, value: Any, text: Callable[[], list[str]]) -> None:
        """Print a view: as JSON, or as the lines that `text` makes."""
        if self.json:
            say_json(value)
        else:
            for line in text():
                say(line)

    def receipt(self, receipt: Any) -> int:
        """Print what was done, and who might be supplied again because of it."""
        from arterm.desk.supply.holds import settled_but_stopped

        self.tell(
            {"done": receipt.words, "act": receipt.act, "id": receipt.id, "customers": receipt.customers},
            lambda: [receipt.words],
        )
        for one in settled_but_stopped(self.desk, receipt.customers):
            say(
                f"arterm: {one.customer} has paid all that was due and is still stopped: arterm release"
                f' "{one.customer}"',
                to_errors=True,
            )
        return 0

    @property
    def on_terminal(self) -> bool:
        """Whether somebody sits there: both ends are a terminal."""
        return sys.stdin.isatty() and sys.stdout.isatty()


def _locale_country() -> str:
    for name in ("LC_ALL", "LC_MONETARY", "LANG"):
        found = os.environ.get(name, "")
        if "_" in found:
            return find_country(found.split("_")[1][:2])
    if sys.platform != "win32":  # elsewhere Python answers en_US where nothing is set
        return ""
    spoken = locale.getlocale()[0] or ""
    return find_country(spoken.split("_")[1]) if "_" in spoken else ""
