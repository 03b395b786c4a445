"""The round: one customer and one act after the other, until nothing is left; at the end, what it achieved.

What was done is seen in the book, so leaving and coming back goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Sequence

from arterm.desk.contacts.log import put_off
from arterm.desk.worklist.model import Task
from arterm.desk.worklist.worklist import achieved, worklist
from arterm.rules.text import count
from arterm.tui.host import Host
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import TextScreen

Key = tuple[str, int, str, str]


def key_of(task: Task) -> Key:
    """What makes a task the same one when it is asked for again."""
    return task.group, task.customer_id, task.currency, task.action


class Round:
    """Where the round stands. It begins at one task, goes to the end, then to those before it."""

    def __init__(self, host: Host, tasks: Sequence[Task], start: int) -> None:
        self.host = host
        self.of = len(tasks)
        self.order = [key_of(task) for task in (*tasks[start:], *tasks[:start])]
        self.began = host.desk.newest_act()
        self.here: Key | None = None
        self.asked = self.over = False

    def go_on(self) -> None:
        """Open what the next thing needs; where nothing is left, tell what was achieved."""
        self.asked = False
        open_ones = {key_of(task): task for task in worklist(self.host.desk).tasks}
        self.order = [key for key in self.order if key in open_ones]
        if not self.order:
            self._end()
            return
        self.here = self.order[0]
        self._open(open_ones[self.here], f"{self.of - len(self.order) + 1} of {self.of} · ")

    def resumed(self) -> None:
        """The list stands in front again: on to the next, or ask what to do with one that was left as it was."""
        if self.asked:
            self.host.call_later(self._unanswered)  # after what was chosen, if anything was
        elif self.here not in {key_of(task) for task in worklist(self.host.desk).tasks}:
            self.go_on()
        else:
            self.asked = True
            choices = [
                ("Try again", self.go_on),
                ("Skip", self._skip),
                ("Put it off until tomorrow", self._snooze),
                ("Stop here", self._end),
            ]
            self.host.push_screen(Pick("Not done yet", choices))

    def _unanswered(self) -> None:
        """The question was left: so is the round."""
        self.over = self.over or self.asked

    def _skip(self) -> None:
        """To the next; this one stays on the list for later."""
        self.order = [key for key in self.order if key != self.here]
        self.go_on()

    def _snooze(self) -> None:
        """Look at it again tomorrow."""
        assert self.here is not None
        if self.here[1]:  # receipts are nobody's to be put off
            self.host.done(put_off(self.host.desk, self.here[1], 1))
        self._skip()

    def _end(self) -> None:
        """What the round achieved."""
        self.asked, self.over = False, True
        done = achieved(self.host.desk, self.began)
        lines = [f"{count(done.contacts, 'contact')}, {done.reached} reached"]
        lines += [f"promised: {self.host.desk.format_money(money)}" for money in done.promised]
        lines += [f"{count(done.letters, 'letter')} written", f"{count(done.agreements, 'agreement')} proposed"]
        self.host.push_screen(TextScreen("The round is done", lines))

    def _open(self, task: Task, nth: str) -> None:
        # Loaded when a round begins: the list itself opens without letters, mail and the law.
        from arterm.tui.worklist.sheets import open_task

        open_task(self.host, task, nth)
