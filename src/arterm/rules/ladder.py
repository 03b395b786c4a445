"""Ladders: the steps by which a debt is chased, checked when they are made or changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from arterm.rules.errors import ArtermError

CHANNELS = ("letter", "email", "call", "act")
TONES = ("friendly", "firm", "formal")
ACTS = ("freeze", "compromise", "handover")
FROM = ("due", "previous")
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `days` after the due day or after the step before, and at least `gap` days after the last contact.

    By `channel` (a letter, an e-mail, a call, or one of the acts); `charges`: asks for what law and terms allow;
    `approval`: never taken without the owner's word.
    """

    n: int
    name: str
    days: int
    after: str = "due"
    gap: int = 7
    channel: str = "letter"
    tone: str = "friendly"
    template: str = ""
    charges: bool = False
    approval: bool = False
    act: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in order. On a letter shared by invoices of several ladders the one with the least `care` number sets the
    tone.
    """

    key: str
    words: str
    care: int
    steps: tuple[Step, ...]
    ages: tuple[int, ...] = field(init=False, repr=False, compare=False)  # days after the due day, step by step

    def __post_init__(self) -> None:
        days, found = 0, []
        for step in self.steps:
            days = step.days if step.after == "due" else days + step.days
            found.append(days)
        object.__setattr__(self, "ages", tuple(found))

    def next_after(self, n: int) -> Step | None:
        """The step that follows the n-th; None after the last."""
        return next((step for step in self.steps if step.n > n), None)

    def next_letter_after(self, n: int) -> Step | None:
        """The next step that goes out on paper or by mail."""
        return next((step for step in self.steps if step.n > n and step.channel in ("letter", "email")), None)

    def earliest(self, n: int) -> int:
        """Days after the due day at which the n-th step can come at the soonest."""
        return self.ages[n - 1] if n else 0

    def old_enough_for(self, late: int) -> int:
        """The last step that a debt of that age could stand at, had none been missed; 0 for none."""
        return sum(age <= late for age in self.ages)


def checked(ladder: Ladder) -> Ladder:
    """The ladder with its steps numbered from 1, or refused (`bad_ladder`) in a sentence that says what to change."""
    if not ladder.words.strip():
        raise ArtermError("bad_ladder.unnamed", "words")
    if not 0 < len(ladder.steps) <= MOST_STEPS:
        raise ArtermError("bad_ladder.count", "steps", most_steps=MOST_STEPS)
    steps = tuple(replace(step, n=n) for n, step in enumerate(ladder.steps, 1))
    if steps[0].after == "previous":
        raise ArtermError("bad_ladder.after", "after")
    names: dict[str, int] = {}
    for step in steps:
        _check(step)
        if step.name in names:
            raise ArtermError("bad_ladder.same_name", "name", names=names[step.name], n=step.n, name=step.name)
        names[step.name] = step.n
    whole = replace(ladder, steps=steps)
    days = [whole.earliest(step.n) for step in steps]
    for n in range(1, len(days)):
        if days[n] <= days[n - 1]:
            raise ArtermError("bad_ladder.order", "days", n=n + 1, days=days[n], n2=n, days2=days[n - 1])
    return whole


def _check(step: Step) -> None:
    for part, value, choices in (
        ("channel", step.channel, CHANNELS),
        ("tone", step.tone, TONES),
        ("after", step.after, FROM),
        ("act", step.act or ACTS[0], ACTS),
    ):
        if value not in choices:
            raise ArtermError("bad_choice.step", part, value=value[:20], part=part, choices=tuple(choices))
    if not step.name.strip():
        raise ArtermError("bad_ladder.name", "name", n=step.n)
    if not (0 <= step.days <= 730 and 0 <= step.gap <= 90):
        raise ArtermError("bad_ladder.days", "days", n=step.n)
    if (step.channel == "act") != bool(step.act):
        raise ArtermError("bad_ladder.act", "act", n=step.n, acts=tuple(ACTS))


def to_text(steps: Sequence[Step]) -> str:
    """Steps as they are kept."""
    return json.dumps([asdict(step) for step in steps], ensure_ascii=False)


def from_text(text: str) -> tuple[Step, ...]:
    """Steps out of what was kept."""
    found: list[dict[str, Any]] = json.loads(text)
    return tuple(Step(**step) for step in found)
