"""What keys do on the figures: another report, period, currency; as a file; without somebody; statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from arterm.tui.reports.screen import FiguresScreen
    from arterm.tui.shell.list_screen import Place


def _figures(place: Place) -> FiguresScreen:
    return cast("FiguresScreen", place)


def report_file(place: Place) -> None:
    """The report that is shown, as a file."""
    from arterm.tui.reports.forms import file_form

    figures = _figures(place)
    place.host.push_screen(file_form(place.host, figures.view, figures.asked))


def what_if(place: Place) -> None:
    """The forecast without somebody."""
    from arterm.tui.reports.forms import without_form

    place.host.push_screen(without_form(place.host, _figures(place).without))


def statements(place: Place) -> None:
    """Statements to everybody who owes something."""
    from arterm.tui.reports.forms import statements_form

    place.host.push_screen(statements_form(place.host))


def compare(place: Place) -> None:
    """The figures beside those of a month, a quarter, a year before."""
    _figures(place).next_compared()


def next_period(place: Place) -> None:
    """Another period for the reports."""
    _figures(place).next_period()


def next_currency(place: Place) -> None:
    """Another currency for the reports."""
    _figures(place).next_currency()


def turn_disputed(place: Place) -> None:
    """With what is disputed, or without it."""
    _figures(place).turn_disputed()
