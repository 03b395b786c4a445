"""What keys do on the figures: a report as a file, a forecast without somebody, statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arterm.tui.reports.forms import file_form, statements_form, without_form

if TYPE_CHECKING:
    from arterm.tui.reports.screen import FiguresScreen


def report_file(figures: FiguresScreen) -> None:
    """The report that is shown, as a file."""
    figures.host.push_screen(file_form(figures.host, figures.view, figures.asked))


def what_if(figures: FiguresScreen) -> None:
    """The forecast without somebody."""
    figures.host.push_screen(without_form(figures.host, figures.without))


def statements(figures: FiguresScreen) -> None:
    """Statements to everybody who owes something."""
    figures.host.push_screen(statements_form(figures.host))
