"""Ladders as the owner edits and chooses them: whole ladders are kept, so that a change is one fact with its
history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from arterm.desk import acts, find
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.ladder import Ladder, Step, checked, to_text
from arterm.rules.ladders import SHIPPED, STEP_LETTERS
from arterm.rules.messages import Message, message
from arterm.rules.text import clean, fold
from arterm.store import case_facts, one_row
from arterm.store.models.dunning import Ladder as LadderRow
from arterm.store.models.dunning import LadderChoice
from arterm.store.reads import dunning as reads

FIELDS = ("name", "days", "after", "gap", "channel", "tone", "template", "charges", "approval", "act")


@dataclass(frozen=True, slots=True)
class LadderView:
    """A ladder with its steps; `yours` when the owner made or changed it, `chosen` by how many customers and
    invoices.
    """

    key: str
    words: str
    care: int
    yours: bool
    chosen: int
    steps: tuple[Step, ...]


def every(desk: Desk) -> tuple[LadderView, ...]:
    """All ladders, the most careful first."""
    owned, chosen = reads.owned_ladders(desk.book), reads.times_chosen(desk.book)
    found = sorted(case_facts.ladders(desk.book).values(), key=lambda ladder: (ladder.care, ladder.key))
    return tuple(
        LadderView(one.key, one.words, one.care, one.key in owned, chosen.get(one.key, 0), one.steps) for one in found
    )


def view(desk: Desk, key: str) -> LadderView:
    """One ladder. Refuses (`no_ladder`) one that does not exist, with those that do."""
    known = {one.key: one for one in every(desk)}
    if key not in known:
        raise ArtermError("no_ladder.named", "ladder", key=key[:30], known=tuple(known))
    return known[key]


def add(desk: Desk, words: str, like: str = "standard") -> Receipt:
    """A new ladder with the steps of another. Refuses (`exists`) a name there is already."""
    base = view(desk, like)
    key = "-".join(fold(clean(words, 40)).split())
    if not key:
        raise ArtermError("bad_ladder.unnamed", "words")
    if key in case_facts.ladders(desk.book):
        raise ArtermError("exists.ladder", "words", key=key)
    added = message("receipts.dunning.ladder_added", key=key, like=like)
    return save(desk, Ladder(key, clean(words, 40), base.care, base.steps), added)


def change_step(desk: Desk, key: str, n: int, values: Mapping[str, Any]) -> Receipt:
    """Change the n-th step, or add one after the last. Refuses (`bad_ladder`) what would be no ladder any more."""
    held = view(desk, key)
    if not 1 <= n <= len(held.steps) + 1:
        raise ArtermError("bad_ladder.which_step", "step", key=key, steps=len(held.steps), steps2=len(held.steps) + 1)
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ArtermError("unknown_field.step", "step", unknown=unknown.pop(), fields=tuple(FIELDS))
    base = held.steps[n - 1] if n <= len(held.steps) else Step(n, "", 14, "previous")
    template = values.get("template") or ""
    if template and template not in STEP_LETTERS:
        raise ArtermError(
            "bad_choice.template", "template", template=str(template)[:20], step_letters=tuple(STEP_LETTERS)
        )
    steps = list(held.steps)
    said: dict[str, Any] = {
        name: clean(value, 60) if isinstance(value, str) else value for name, value in values.items()
    }
    steps[n - 1 : n] = [replace(base, **said)]
    changed = message("receipts.dunning.step_changed", n=n, key=key)
    return save(desk, Ladder(key, held.words, held.care, tuple(steps)), changed)


def drop_step(desk: Desk, key: str, n: int) -> Receipt:
    """Take the n-th step out."""
    held = view(desk, key)
    if not 1 <= n <= len(held.steps):
        raise ArtermError("bad_ladder.no_step", "step", key=key, steps=len(held.steps))
    steps = (*held.steps[: n - 1], *held.steps[n:])
    dropped = message("receipts.dunning.step_dropped", n=n, key=key)
    return save(desk, Ladder(key, held.words, held.care, steps), dropped)


def reset(desk: Desk, key: str) -> Receipt:
    """Give a ladder that comes with arterm its own steps again; one that was added goes. Refuses (`in_use`) one that is
    chosen.
    """
    held = view(desk, key)
    row = reads.owned_ladder(desk.book, key)
    if row is None:
        return Receipt(message("receipts.dunning.ladder_as_it_came", key=key))
    if key not in SHIPPED and held.chosen:
        raise ArtermError("in_use.ladder", "ladder", key=key, chosen=held.chosen)
    with desk.act(acts.LADDER_RESET) as work:
        work.void(LadderRow, row)
    what = "ladder_as_it_came" if key in SHIPPED else "ladder_dropped"
    return Receipt(message(f"receipts.dunning.{what}", key=key), work.id)


def choose(desk: Desk, key: str, customer: int | None = None, invoice: int | None = None) -> Receipt:
    """Choose a ladder for a customer or one invoice; an empty key gives the choice back to the customer's kind."""
    if key:
        view(desk, key)
    if invoice is not None:
        number = one_row.invoice_number(desk.book, invoice)
        column, row, about = "invoice", invoice, str(message("dunning.schedules.invoice", number=number))
    else:
        assert customer is not None
        column, row, about = "customer", customer, find.customer_name(desk, customer)
    with desk.act(acts.LADDER_CHOOSE, column, row) as work:
        held = reads.choice(desk.book, customer, invoice)
        if held and key:
            work.update(LadderChoice, held, ladder=key)
        elif held:
            work.void(LadderChoice, held)
        elif key:
            work.insert(LadderChoice, **{column: row}, ladder=key)
    return Receipt(
        (
            message("receipts.dunning.ladder_chosen", about=about, key=key)
            if key
            else message("receipts.dunning.ladder_of_kind", about=about)
        ),
        work.id,
        (customer,) if customer else (),
    )


def save(desk: Desk, ladder: Ladder, done: Message) -> Receipt:
    """Keep a whole ladder, checked; `done` tells the owner what was done."""
    good = checked(ladder)
    row = reads.any_ladder(desk.book, good.key)
    values: dict[str, Any] = {"words": good.words, "care": good.care, "steps": to_text(good.steps)}
    with desk.act(acts.LADDER_CHANGE) as work:
        if row:
            work.update(LadderRow, row, void_act=None, **values)
        else:
            work.insert(LadderRow, key=good.key, **values)
    return Receipt(done, work.id)
