"""What tests share: a desk over a real book in a temporary folder, a demo book, and the command line in-process."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from arterm.desk.accounts import customers, invoices
from arterm.desk.business import settings as business
from arterm.desk.housekeeping.demo import make_demo
from arterm.desk.session import Desk
from arterm.rules.messages import Speech, speak
from arterm.rules.money import Money
from tests import budget

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

# Where a change is judged, the same examples every time; at a desk, new ones at every run.
settings.register_profile(
    "house",
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=True,
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ARTERM_BOOK", "ARTERM_TODAY", "NO_COLOR", "LC_ALL", "LC_MONETARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    speak(Speech)  # the book of the test before may have been that of an owner who writes 1.000,00


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A set-up business in Belgium with an empty board."""
    made = Desk.create(tmp_path / "book.arterm", TODAY, now=lambda: NOW)
    business.set_up(made, {"name": "Bakkerij", "country": "BE", "language": "en", "iban": "BE68539007547034"})
    yield made
    made.close()


@pytest.fixture(scope="session")
def _demo_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.arterm"
    make_demo(path, TODAY).close()
    return path


@pytest.fixture
def demo(tmp_path: Path, _demo_original: Path) -> Path:
    """A demo book of one's own."""
    path = tmp_path / "demo.arterm"
    shutil.copy(_demo_original, path)
    return path


def customer(desk: Desk, name: str = "Van Damme NV", **facts: str) -> int:
    """A customer's id."""
    return customers.add_customer(desk, {"name": name, **facts}).id


def invoice(
    desk: Desk,
    who: int,
    number: str = "2026-1",
    total: int = 10000,
    due: date = date(2026, 10, 1),
    currency: str = "EUR",
) -> int:
    """An invoice's id; issued a month before it is due."""
    issued = date.fromordinal(due.toordinal() - 30)
    return invoices.add_invoice(desk, invoices.InvoiceDraft(who, number, Money(total, currency), issued, due)).id


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def arterm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command on a book in the test's folder."""
    from arterm.cli.main import run

    def command(*words: str, book: Path | None = None, today: str = "2026-11-22") -> Ran:
        capsys.readouterr()
        try:
            code = run(["--book", str(book or tmp_path / "b.arterm"), "--today", today, *words])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "went wrong inside" not in said.err, said.err
        return Ran(code, said.out, said.err)

    return command


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what each harness used of its budget."""
    reports = [report for found in terminalreporter.stats.values() for report in found if hasattr(report, "duration")]
    terminalreporter.section("budgets")
    for line in budget.lines(reports):
        terminalreporter.write_line(line)
