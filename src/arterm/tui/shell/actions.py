"""What the keys of every list do: go somewhere, back, a step in time, take back, copy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from arterm.desk.housekeeping.backup import back_up
from arterm.desk.session import refuse_future, utc_now
from arterm.desk.undo import history as journal
from arterm.desk.undo import undo as undo_last
from arterm.desk.undo import undoable
from arterm.rules.errors import ArtermError
from arterm.tui.host import OpenDossier
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.modal import Sheet
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import TextScreen
from arterm.tui.widgets.fields import Field


def dossier(screen: ListScreen) -> None:
    """Ask for the customer's dossier."""
    screen.host.post_message(OpenDossier(screen.chosen()[1]))


def past_day(screen: ListScreen) -> None:
    """Ask for a day to look back to; `today` comes back. Nothing can be done on a past one."""
    host = screen.host

    def submit(draft: dict[str, Any]) -> None:
        day = draft["day"] or host.today
        refuse_future(day, host.today, "day")
        host.desk.set_today(day, looking_back=day != host.today)
        host.changed()

    field = Field("day", "Day", "past", host.desk.today.isoformat(), "today, 30 jun, -30")
    habits = replace(host.habits, today=host.today)
    host.push_screen(FormScreen("Show the book as of", [field], habits, submit, "By value dates, as known today."))


def undo(screen: ListScreen) -> None:
    """Take back the last act."""
    host = screen.host
    try:
        host.done(undo_last(screen.desk))
    except ArtermError as error:
        before = undoable(screen.desk, 1)
        if error.code != "mail_went" or not before:
            raise
        choices = [
            ("Nothing", lambda: None),
            (
                f"Take back what was done before it: {before[0].words}",
                lambda: host.done(undo_last(screen.desk, past_mail=True)),
            ),
        ]
        host.push_screen(Pick(error.message, choices))


def history(screen: ListScreen) -> None:
    """Show the journal in words."""
    lines = [
        f"{act.day.isoformat()}  {act.who:<10.10}  {act.words}{'  (taken back)' if act.undone_by else ''}"
        for act in journal(screen.desk)
    ]
    screen.host.push_screen(TextScreen("What was done, newest first", lines))


def backup(screen: ListScreen) -> None:
    """Make a verified copy beside the book."""
    screen.host.tell(back_up(screen.desk, None, utc_now()).words)


def go(screen: ListScreen, where: str) -> None:
    """Lead to another list."""
    screen.host.switch_mode(where)


def leave(screen: ListScreen) -> None:
    """One step back; from the board out: everything is saved already."""
    if screen.step_back():
        return
    if len(screen.host.screen_stack) > 1:
        screen.host.pop_screen()
    elif screen.SCREEN == "board":
        screen.host.exit(0)
    else:
        screen.host.switch_mode("board")


def close(screen: Sheet) -> None:
    """Out, from wherever one is: everything is saved."""
    screen.host.exit(0)
