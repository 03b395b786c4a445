"""The letters on a letter sheet: due, wished for or written; each with its words, its page, and whether it is left
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from arterm.desk.dunning.run import DueNotice, Held, plan_run
from arterm.desk.letters import letters, notices, printing
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.preview import Preview, due_page, letter_page, preview_due, preview_letter, preview_written
from arterm.desk.letters.views import NoticeView
from arterm.desk.mail import compose, sending
from arterm.desk.session import Desk
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError
from arterm.tui.board.why import claim_text


@dataclass
class Shown:
    """One letter: what it is made of (exactly one of the three), and whether the next act leaves it out."""

    due: DueNotice | None = None
    draft: LetterDraft | None = None
    written: NoticeView | None = None
    out: bool = False

    def title(self, desk: Desk) -> str:
        """To whom, what, how much, and what stands in its way."""
        if self.written:
            one = self.written
            return (
                f"{one.customer} · {one.kind} · {desk.format_money(one.total)} · written"
                f" {in_words(one.day, desk.today)}, did it go out?"
            )
        if self.due:
            asks = " · its step asks for your approval" if self.due.approval else ""
            return f"{self.due.name} · {self.due.tone} · {desk.format_money(self.due.total)}{asks}"
        assert self.draft
        return self.draft.kind

    def preview(self, desk: Desk) -> Preview:
        """Its words. Raises ArtermError as writing it would."""
        if self.written:
            return preview_written(desk, self.written)
        if self.due:
            return preview_due(desk, self.due)
        assert self.draft
        return preview_letter(letters.letter_of(desk, self.draft)[0])

    def page(self, desk: Desk) -> bytes:
        """Its PDF, as it is or would be."""
        if self.written:
            return notices.document(desk, self.written.document)
        if self.due:
            return due_page(desk, self.due)
        assert self.draft
        return letter_page(letters.letter_of(desk, self.draft)[0])


@dataclass
class ShownLetters:
    """The letters of a sheet, and overdue invoices that are on none of them."""

    letters: list[Shown] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


def for_customers(desk: Desk, customers: Sequence[int]) -> ShownLetters:
    """What could be written to them now, and what is written and waits for an answer."""
    runs = [plan_run(desk, customer, by_hand=True) for customer in customers]
    waiting = [one for one in notices.waiting(desk) if one.customer_id in customers]
    shown = [Shown(written=one) for one in waiting] + [Shown(due=letter) for run in runs for letter in run.letters]
    return ShownLetters(shown, [one for run in runs for one in run.held])


def to_go(desk: Desk) -> ShownLetters:
    """Everything that is due today; letters that ask for approval are left out until the owner takes them in."""
    run = plan_run(desk)
    shown = [Shown(written=one) for one in notices.waiting(desk)]
    return ShownLetters([*shown, *(Shown(due=letter, out=letter.approval) for letter in run.letters)])


def claim_lines(desk: Desk, preview: Preview, due: DueNotice | None) -> list[str]:
    """What stands beside a letter: why it is due, what may be claimed, and what may not, and why."""
    lines = [f"Enclose: {what}" for what in preview.enclose]
    lines += [f"· {why}" for why in due.why] if due else []
    if due and due.unmatched:
        lines.append(f"· received or credited and not yet matched: {desk.format_money(due.unmatched)}, taken off")
    for claim in preview.claims:
        lines += ["", f"Invoice {claim.invoice}", *claim_text(desk, claim)]
    return lines


def held_lines(held: Sequence[Held]) -> list[str]:
    """Invoices that are on no letter, with the reasons."""
    return (
        ["Not on a letter:", *(f"  {one.customer} {one.invoice}: {'; '.join(one.why_not)}" for one in held)]
        if held
        else []
    )


def hand_out(
    desk: Desk, how: str, chosen: Sequence[Shown], progress: notices.Progress
) -> tuple[str, list[Shown], list[NoticeView]]:
    """Write what is not written yet, then put it into files or on the printer; or show one letter in the viewer,
    unwritten.

    Returns what was done in words, which of the letters are written now, and how they stand in the book: also when
    something was refused on the way, for what is written is kept.
    """
    handled, written = [one for one in chosen if one.written], [one.written for one in chosen if one.written]
    try:
        if how == "view":
            return printing.view_page(chosen[0].page(desk)).words, [], []
        for one in chosen:
            if one.draft:
                written.append(letters.write_letter(desk, one.draft))
                handled.append(one)
        due = [one for one in chosen if one.due]
        written += notices.write(desk, [one.due for one in due if one.due], progress=progress)
        handled += due
        if how == "print":
            return printing.print_out(desk, written).words, handled, written
        folder = (desk.book.path.parent / "letters").resolve()
        words = f"Written to {printing.save(desk, written, folder, len(written) > 1)[0].file}"
    except ArtermError as error:
        words = str(error)
    return words, handled, written


def refused(error: ArtermError) -> Preview:
    """Why there is nothing to see."""
    return Preview("", "", (str(error),))


def mail_out(desk: Desk, chosen: Sequence[Shown]) -> tuple[str, list[Shown]]:
    """Mail letters at the owner's word, each to the first good address of its customer.

    Returns what was done in words, and which are off the sheet: those that went, and those whose state is told
    elsewhere.
    """
    planned: dict[int, Shown] = {}
    trouble: list[str] = []
    for one in chosen:
        try:
            if one.written:
                planned[compose.plan_written(desk, one.written.id)] = one
            elif one.due:
                (row,) = compose.plan_reminders(desk, [one.due])
                planned[row] = one
            elif one.draft:
                planned[compose.plan_letter(desk, one.draft)] = one
        except ArtermError as error:
            trouble.append(str(error))
    words = ""
    if planned:
        try:
            words = sending.send_now(desk, list(planned)).words
        except ArtermError as error:
            trouble.append(f"They wait in the outbox (E): {error}")
    return " ".join([words, *trouble]).strip(), list(planned.values())
