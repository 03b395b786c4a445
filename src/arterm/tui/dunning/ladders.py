"""Ladders: all of them, then one step by step; enter changes, a adds, x takes out."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on

from arterm.desk.dunning import schedules
from arterm.rules.errors import ArtermError
from arterm.rules.ladder import ACTS, CHANNELS, FROM, TONES, Step
from arterm.tui.keys import bindings_of
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.list_modal import ListSheet
from arterm.tui.widgets.fields import Field
from arterm.tui.widgets.grid import Cell, Column, Grid, Rows

_LADDERS = (
    Column("Ladder", 20, share=2),
    Column("Steps", 5, right=True),
    Column("", 8),
    Column("Chosen", 6, right=True),
)
_STEPS = (
    Column("", 2, right=True),
    Column("Step", 16, share=2),
    Column("When", 22, share=1),
    Column("By", 7),
    Column("Tone", 8, yields=2),
    Column("Gap", 4, right=True, yields=3),
    Column("", 20, share=1, yields=1),
)
_YES = [("no", "no"), ("yes", "yes")]


class LaddersSheet(ListSheet):
    """The list; `key` empty, or the ladder whose steps are shown."""

    SCREEN = "ladders"
    BINDINGS: ClassVar[list[Any]] = bindings_of("ladders")

    def __init__(self, key: str = "") -> None:
        super().__init__(_STEPS if key else _LADDERS)
        self.key = key

    @property
    def list_name(self) -> str:
        """The steps of one, or all ladders."""
        return "ladders.steps" if self.key else "ladders"

    def load(self) -> None:
        """Ask the desk again."""
        desk = self.host.desk
        rows: list[list[Cell]]
        if self.key:
            held = schedules.view(desk, self.key)
            self.put("#title", f"{held.words}{' (yours)' if held.yours else ''}")
            rows = [_step_cells(step) for step in held.steps]
            self.grid.show(Rows([step.n for step in held.steps], lambda a, b: rows[a:b]))
        else:
            self.put("#title", "Ladders - an invoice's own comes first, then its customer's, then that of the kind")
            found = schedules.every(desk)
            rows = [
                [one.words, str(len(one.steps)), "yours" if one.yours else "", str(one.chosen or "")] for one in found
            ]
            self.grid.show(Rows([one.key for one in found], lambda a, b: rows[a:b]))

    @on(Grid.Chosen)
    def _opened(self, event: Grid.Chosen) -> None:
        event.stop()
        if not self.stands:
            return
        if self.key:
            self.host.push_screen(self._step_form(int(str(event.key))))
        else:
            self.host.push_screen(LaddersSheet(str(event.key)))

    def action_add(self) -> None:
        """A new ladder, or a step after the last."""
        if self.key:
            self.host.push_screen(self._step_form(len(self.grid.content_rows.keys) + 1))
            return
        desk = self.host.desk

        def submit(draft: dict[str, Any]) -> None:
            self.host.done(schedules.add(desk, draft["words"], draft["like"]))

        like = [(one.key, one.words) for one in schedules.every(desk)]
        fields = [
            Field("words", "Name", needed=True),
            Field("like", "With the steps of", "choice", "standard", choices=like),
        ]
        self.host.push_screen(FormScreen("New ladder", fields, self.host.habits, submit))

    def action_drop(self) -> None:
        """Take the step out; of a ladder, what the owner made of it."""
        if self.key and isinstance(self.grid.key, int):
            self._done(schedules.drop_step, self.key, self.grid.key)
        elif isinstance(self.grid.key, str):
            self._done(schedules.reset, self.grid.key)

    def action_reset(self) -> None:
        """The ladder as it came."""
        if self.key:
            self._done(schedules.reset, self.key)

    def _done(self, do: Any, *words: Any) -> None:
        try:
            self.host.done(do(self.host.desk, *words))
            self.load()
        except ArtermError as error:
            self.host.tell(str(error), "error")

    def _step_form(self, n: int) -> FormScreen:
        desk, key = self.host.desk, self.key
        steps = schedules.view(desk, key).steps
        held = steps[n - 1] if n <= len(steps) else Step(n, "", 14, "previous")

        def submit(draft: dict[str, Any]) -> None:
            said = {name: draft[name] for name in ("name", "after", "channel", "tone")}
            said |= {name: _number(draft[name], name) for name in ("days", "gap")}
            said |= {name: draft[name] == "yes" for name in ("charges", "approval")}
            said["act"] = draft["act"] if draft["channel"] == "act" else ""
            self.host.done(schedules.change_step(desk, key, n, said))

        fields = [
            Field("name", "Name", value=held.name, needed=True),
            Field("days", "Days", value=str(held.days), needed=True),
            Field(
                "after",
                "After the",
                "choice",
                held.after,
                choices=[(one, f"{one} day" if one == "due" else f"{one} step") for one in FROM],
            ),
            Field("gap", "Least days after a contact", value=str(held.gap), needed=True),
            Field("channel", "By", "choice", held.channel, choices=[(one, one) for one in CHANNELS]),
            Field("tone", "Tone", "choice", held.tone, choices=[(one, one) for one in TONES]),
            Field("charges", "Asks for charges", "choice", "yes" if held.charges else "no", choices=_YES),
            Field("approval", "Asks for your approval", "choice", "yes" if held.approval else "no", choices=_YES),
            Field("act", "Which act", "choice", held.act or ACTS[0], choices=[(one, one) for one in ACTS]),
        ]
        lead = "Charges are asked from the third reminder on, and only as law and terms allow."
        return FormScreen(f"Step {n}", fields, self.host.habits, submit, lead)


def _number(text: str, name: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 4):
        raise ArtermError("bad_number.days_text", name, text=text[:20])
    return int(text)


def _step_cells(step: Step) -> list[Cell]:
    when = f"{step.days} d after {'the due day' if step.after == 'due' else 'step before'}"
    more = " · ".join(
        part for part in ("charges" if step.charges else "", "approval" if step.approval else "", step.act) if part
    )
    return [str(step.n), (step.name, "strong"), when, step.channel, step.tone, str(step.gap), (more, "quiet")]
