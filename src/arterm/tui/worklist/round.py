"""The round: one customer and one act after the other, until nothing is left; at the end, what it achieved.

What was done is seen in the book, so leaving and coming back goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arterm.desk.worklist.model import Task
from arterm.desk.worklist.worklist import achieved, worklist
from arterm.rules.text import count
from arterm.tui.shell.pick import Pick
from arterm.tui.shell.text import WordsScreen

if TYPE_CHECKING:
    from arterm.tui.host import Host

Key = tuple[str, int, str, str]


def key_of(task: Task) -> Key:
    """What makes a task the same one when it is asked for again."""
    return task.group, task.customer_id, task.currency, task.action


class Round:
    """Where the round stands. It begins at one task, goes to the end, then to those before it."""

    def __init__(self, host: Host, tasks: Sequence[Task], start: int) -> None:
        self.app = host
        self.of = len(tasks)
        self.order = [key_of(task) for task in (*tasks[start:], *tasks[:start])]
        self.began = host.desk.newest_act()
        self.here: Key | None = None
        self.asked = self.over = False

    def go_on(self) -> None:
        """Open what the next thing needs; where nothing is left, tell what was achieved."""
        self.asked = False
        open_ones = {key_of(task): task for task in worklist(self.app.desk).tasks}
        self.order = [key for key in self.order if key in open_ones]
        if not self.order:
            self._end()
            return
        self.here = self.order[0]
        self._open(open_ones[self.here], f"{self.of - len(self.order) + 1} of {self.of} · ")

    def resumed(self) -> None:
        """The place stands in front again: on to the next, or ask what to do with one that was left as it was."""
        if self.asked:
            self.app.call_later(self._unanswered)  # after what was chosen, if anything was
        elif self.here not in {key_of(task) for task in worklist(self.app.desk).tasks}:
            self.go_on()
        else:
            self.asked = True
            choices = [
                ("Try again", self.go_on),
                ("Skip", self._skip),
                ("Put it off until tomorrow", self._snooze),
                ("Stop here", self._end),
            ]
            self.app.push_screen(Pick("Not done yet", choices))

    def _unanswered(self) -> None:
        """The question was left: so is the round."""
        self.over = self.over or self.asked

    def _skip(self) -> None:
        """To the next; this one stays on the list for later."""
        self.order = [key for key in self.order if key != self.here]
        self.go_on()

    def _snooze(self) -> None:
        """Look at it again tomorrow."""
        from arterm.desk.contacts.log import put_off

        assert self.here is not None
        if self.here[1]:  # receipts are nobody's to be put off
            self.app.done(put_off(self.app.desk, self.here[1], 1))
        self._skip()

    def _end(self) -> None:
        """What the round achieved."""
        self.asked, self.over = False, True
        done = achieved(self.app.desk, self.began)
        lines = [f"{count(done.contacts, 'contact')}, {done.reached} reached"]
        lines += [f"promised: {self.app.desk.format_money(money)}" for money in done.promised]
        lines += [f"{count(done.letters, 'letter')} written", f"{count(done.agreements, 'agreement')} proposed"]
        self.app.push_screen(WordsScreen("The round is done", lines))

    def _open(self, task: Task, nth: str) -> None:
        """The sheet that a task needs."""
        from arterm.tui.calls.sheet import CallSheet
        from arterm.tui.doing import open_dossier
        from arterm.tui.dunning.forms import dispute_form
        from arterm.tui.letters.sheet import LetterSheet
        from arterm.tui.letters.shown import for_customers

        if task.group == "receipts":
            from arterm.tui.importing.match import MatchSheet

            self.app.push_screen(MatchSheet())
        elif task.group in ("answers", "unclear mail"):
            from arterm.tui.mail.sheet import MailSheet

            self.app.push_screen(MailSheet(coming=task.group == "answers"))
        elif task.watched in ("broken", "remind"):
            from arterm.tui.compromise.forms import plan_letter

            self.app.push_screen(plan_letter(self.app, task.row, f"{nth}Letter"))
        elif task.group in ("call-backs", "calls", "promises") or task.watched in ("late", "due", "proposal", "offer"):
            self.app.push_screen(CallSheet(task.customer_id, task.invoice_ids, nth=nth))
        elif task.group in ("letters", "letters waiting"):
            self.app.push_screen(
                LetterSheet(
                    f"{nth}Letters",
                    for_customers(self.app.desk, (task.customer_id,)),
                    task.customer_id,
                    task.invoice_ids,
                )
            )
        elif task.action in ("supply again?", "stop supply?", "check credit again"):
            from arterm.tui.supply.forms import decide_supply

            decide_supply(self.app, task.customer_id)
        elif task.action == "settle the dispute":
            self.app.push_screen(dispute_form(self.app, task.invoice_ids[0]))
        elif task.action == "decide: hand over?":
            from arterm.tui.partners.forms import choose_partner

            choose_partner(self.app, task.customer_id, task.invoice_ids)
        else:
            open_dossier(self.app, task.customer_id)
