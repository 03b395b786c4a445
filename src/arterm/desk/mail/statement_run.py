"""Statements at the month's end: one for every account on which something stands; who cannot have one is told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from arterm.desk import acts
from arterm.desk.accounts.account_statement import open_accounts
from arterm.desk.find import customer_name
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import draw
from arterm.desk.letters.printing import write_drawn_to
from arterm.desk.letters.views import NoticeView
from arterm.desk.mail.account import outgoing
from arterm.desk.mail.compose import draw_to_mail, plan_drawn
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WrittenStatements:
    """Statements in a folder, and a sentence about each customer who gets none."""

    notices: tuple[NoticeView, ...]
    refused: tuple[str, ...]

    @property
    def words(self) -> str:
        """What was done, in one sentence."""
        return " ".join((message("mail.statement_run.wrote", statements=len(self.notices)), *self.refused))


def write_statements(desk: Desk, since: date | None, folder: Path, items: bool = False) -> WrittenStatements:
    """A PDF each, all in one act; none counts as gone out yet. Movements from `since` on, what was before in one line;
    or the open `items` only.
    """
    made, refused = _each(desk, since, items, lambda draft: draw(desk, draft))
    return WrittenStatements(write_drawn_to(desk, acts.NOTICES_STATEMENTS, made, folder), tuple(refused))


def plan_statements(desk: Desk, since: date | None, items: bool = False) -> tuple[list[int], list[str]]:
    """An e-mail each, all planned in one act; and who gets none. Refuses (`no_mail`) before anything is planned where
    mail is not set up.
    """
    outgoing(desk)
    made, refused = _each(desk, since, items, lambda draft: draw_to_mail(desk, draft))
    return plan_drawn(desk, made), refused


def _each(desk: Desk, since: date | None, items: bool, make: Callable[[LetterDraft], T]) -> tuple[list[T], list[str]]:
    made, refused = list[T](), list[str]()
    for customer, code in open_accounts(desk):
        try:
            made.append(make(LetterDraft("statement", customer, currency=code, since=since, items=items)))
        except ArtermError as why:
            refused.append(
                message(
                    "mail.statement_run.gets_none",
                    customer_name=customer_name(desk, customer),
                    message=why.message,
                    hint=why.hint,
                ).rstrip()
            )
    return made, refused
